// Where somebody is, in the page's address: #/person/channel/thread. Back and reload work.

export const DEFAULT_PERSON = "U0MEMBER";
const HOME = "home";
const CHANNEL = /^[CDG][A-Z0-9]+$/;

/** Read the address. `message` is one to show, when the address is that of a message. */
export function currentRoute() {
  const [, first, second, third] = location.hash.split("/").map(decoded);
  if (CHANNEL.test(first ?? "")) {
    const view = { channel: first, thread: null, tab: "messages" };
    return { person: DEFAULT_PERSON, view, message: second || null };
  }
  return { ...placeOf(first, second, third), message: null };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

function placeOf(person, channel, last) {
  return {
    person: person || DEFAULT_PERSON,
    view: {
      channel: channel || null,
      thread: last && last !== HOME ? last : null,
      tab: last === HOME ? HOME : "messages",
    },
  };
}

/** Write the address, as a new step of the history unless `isReplaced`. */
export function writeRoute({ person, view }, isReplaced = false) {
  const last = view.tab === HOME ? HOME : view.thread;
  const parts = [person, view.channel, view.channel && last].filter(Boolean);
  const address = `#/${parts.map(encodeURIComponent).join("/")}`;
  if (address !== location.hash) {
    history[isReplaced ? "replaceState" : "pushState"](null, "", address);
  }
}
