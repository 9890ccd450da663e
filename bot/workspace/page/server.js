// What the page asks the workspace: what there is now, and to do something.

/** The workspace could not be reached, or answered with something else than JSON. */
export class Unreachable extends Error {}

/** Names this window for as long as the page is open: a modal opens where it was asked for. */
const WINDOW = crypto.randomUUID();

/** Return what a person sees; with `after`, wait until it has changed since that version. */
export async function snapshot(person, after, signal) {
  const asked = new URLSearchParams({ user: person, window: WINDOW });
  if (after !== null) {
    asked.set("after", after);
  }
  return read(await send(`/page/snapshot?${asked}`, { signal }));
}

/** Do something as a person; `{ok: false, message}` when it is refused. */
export async function act(person, name, fields) {
  const response = await send("/page/act", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Workspace": "page" },
    body: JSON.stringify({ ...fields, user: person, window: WINDOW, act: name }),
  });
  return read(response);
}

async function send(address, options) {
  try {
    return await fetch(address, { cache: "no-store", ...options });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Unreachable("The workspace cannot be reached.");
  }
}

async function read(response) {
  try {
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Unreachable(`The workspace answered with HTTP status ${response.status}.`);
  }
}
