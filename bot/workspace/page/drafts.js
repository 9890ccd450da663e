// What has been typed and not sent, by person and place.

const drafts = new Map();

/** Return the draft of a place. */
export function draftOf(key) {
  return drafts.get(key) ?? "";
}

/** Keep a draft; an empty one is forgotten. */
export function keepDraft(key, text) {
  if (text === "") {
    drafts.delete(key);
  } else {
    drafts.set(key, text);
  }
}
