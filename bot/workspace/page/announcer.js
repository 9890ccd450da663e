// Reads new messages out to those who do not see them appear.

import { el } from "./dom.js";

const MAX_CHARS = 400;

const region = el("div", {
  class: "sr-only",
  role: "log",
  "aria-live": "polite",
  "aria-label": "News",
});

/** The element that is read out; it belongs into the page from the beginning. */
export function announcerNode() {
  return region;
}

/** Have a text read out. */
export function announce(text) {
  const short = text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS)} …` : text;
  region.append(el("p", {}, short));
  while (region.childElementCount > 5) {
    region.firstElementChild.remove();
  }
}
