// Links and mentions: the only things in a text that do anything.

import { el } from "../dom.js";

const PERMALINK = /\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})$/;

/** Return an address that may be followed, or null: http and https, nothing else. */
export function safeAddress(href) {
  let address;
  try {
    address = new URL(href);
  } catch {
    return null;
  }
  return ["http:", "https:"].includes(address.protocol) ? address : null;
}

/** Build a link; an address that must not be followed leaves only its words. */
export function link(href, shown, context) {
  const address = safeAddress(href);
  if (address === null) {
    return el("span", {}, shown);
  }
  const place = placeOf(address, context);
  if (place !== null) {
    return el(
      "a",
      {
        href: address.href,
        rel: "noopener noreferrer",
        on: {
          click(event) {
            event.preventDefault();
            context.open(place);
          },
        },
      },
      shown,
    );
  }
  // Whoever points at a link sees where it leads, whatever it says.
  return el(
    "a",
    { href: address.href, rel: "noopener noreferrer", target: "_blank", title: address.href },
    shown,
  );
}

/** Build the mention of somebody. */
export function mention(id, context, label = "") {
  const person = context.person(id);
  const name = person?.name ?? (label || id);
  return el("span", { class: person?.isMe ? "mention mention-me" : "mention" }, `@${name}`);
}

/** Build the mention of a channel, which leads there. */
export function channelMention(id, context, label = "") {
  const name = context.channelName(id) ?? (label || id);
  if (context.channelName(id) === null) {
    return el("span", { class: "mention" }, `#${name}`);
  }
  return el(
    "button",
    { type: "button", class: "mention", on: { click: () => context.open({ channel: id }) } },
    `#${name}`,
  );
}

/** Build a call to everybody, such as @here. */
export function broadcast(range) {
  return el("span", { class: "mention mention-me" }, `@${range}`);
}

/** Build what stands between angle brackets in Slack's text: a mention or a link. */
export function reference(inside, context) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : inside.slice(bar + 1);
  if (/^@[UW][A-Z0-9]+$/.test(target)) {
    return mention(target.slice(1), context, label);
  }
  if (/^#[CG][A-Z0-9]+$/.test(target)) {
    return channelMention(target.slice(1), context, label);
  }
  if (/^!(here|channel|everyone)$/.test(target)) {
    return broadcast(target.slice(1));
  }
  if (target.startsWith("!")) {
    return broadcast((label || target.slice(1)).replace(/^@/, ""));
  }
  return link(target, label || target.replace(/^mailto:/, ""), context);
}

/** What stands between angle brackets and is more than words. */
export const REFERENCE =
  /<(?:@[UW][A-Z0-9]+|#[CG][A-Z0-9]+|![^<>\s|]+|https?:\/\/[^<>\s|]+|mailto:[^<>\s|]+)(?:\|[^<>\n]*)?>/;

/** A bare address in running text. */
export const BARE_ADDRESS = /https?:\/\/[^\s<>"'`|]*[^\s<>"'`|.,;:!?)\]}*_~]/;

function placeOf(address, context) {
  const found = PERMALINK.exec(address.pathname);
  if (found === null || context.channelName(found[1]) === null) {
    return null;
  }
  const thread = address.searchParams.get("thread_ts");
  return { channel: found[1], thread, message: `${found[2]}.${found[3]}` };
}
