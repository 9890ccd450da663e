// Small pictures of people: an initial on a colour of their own, and the app's mark.

import { el } from "./dom.js";

const COLOURS = 6;

/** Draw somebody; without a name of its own, since the name always stands beside it. */
export function avatar(person, size = "large") {
  const common = `avatar avatar-${size}`;
  if (person?.is_bot) {
    return el("img", { class: `${common} avatar-bot`, src: "/page/mark.svg", alt: "" });
  }
  const name = person?.name ?? "?";
  return el(
    "span",
    { class: `${common} avatar-${colourOf(name)}`, "aria-hidden": "true" },
    name.slice(0, 1).toUpperCase(),
  );
}

function colourOf(name) {
  let sum = 0;
  for (const character of name) {
    sum = (sum * 31 + character.codePointAt(0)) % 9973;
  }
  return sum % COLOURS;
}
