// Slack's text as somebody would type it, for editing.

import { readEscapes } from "./entities.js";

const REFERENCE = /<([@#!]?)([^<>|\n]+)(?:\|([^<>\n]*))?>/g;

/** Return a message's text with names instead of ids. */
export function typedText(text, context) {
  const named = text.replace(REFERENCE, (whole, sigil, target, label) => {
    if (sigil === "@") {
      return `@${context.person(target)?.name ?? label ?? target}`;
    }
    if (sigil === "#") {
      return `#${context.channelName(target) ?? label ?? target}`;
    }
    return sigil === "!" ? `@${label ?? target}` : (label ?? target);
  });
  return readEscapes(named);
}
