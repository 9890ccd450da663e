// Keeps the snapshot fresh: one long request after the other, and again after a failure.

import { DEFAULT_PERSON } from "./route.js";
import { snapshot, Unreachable } from "./server.js";

const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 4000;

/** Keep `store` up to date for as long as the page is open. */
export function keepFresh(store) {
  let running = null;
  let pause = FIRST_PAUSE_MS;

  async function once(person, after) {
    running = new AbortController();
    try {
      const fresh = await snapshot(person, after, running.signal);
      if (fresh.error === "user_not_found" && person !== DEFAULT_PERSON) {
        store.update({ person: DEFAULT_PERSON });
        return null;
      }
      if (!Array.isArray(fresh.channels)) {
        throw new Unreachable("The workspace answered with something else.");
      }
      pause = FIRST_PAUSE_MS;
      if (fresh.version !== after) {
        store.update({ snapshot: fresh, isOnline: true });
      }
      return fresh.version;
    } catch (error) {
      if (error.name !== "AbortError") {
        store.update({ isOnline: false });
        await new Promise((resolve) => setTimeout(resolve, pause));
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
      return null; // a workspace that has started anew counts its versions from the beginning
    }
  }

  async function forever() {
    let person = store.state.person;
    let after = null;
    for (;;) {
      after = await once(person, after);
      if (person !== store.state.person) {
        person = store.state.person;
        after = null;
      }
    }
  }

  store.subscribe((state, before) => {
    if (state.person !== before.person) {
      running?.abort();
    }
  });
  forever();
}
