// Slack's rich text: words whose style is said beside them, so that none of them is markup.

import { el } from "../dom.js";
import { emojiOf } from "./emoji.js";
import { broadcast, channelMention, link, mention } from "./links.js";

const STYLES = [
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["code", "code"],
];

/** Return the nodes of a `rich_text` block. */
export function richText(block, context) {
  return (block.elements ?? []).map((part) => partNode(part, context));
}

/** Return the nodes of words in a row. */
export function richWords(elements, context) {
  return (elements ?? []).map((element) => wordNode(element, context));
}

function partNode(part, context) {
  switch (part.type) {
    case "rich_text_quote":
      return el("blockquote", {}, richWords(part.elements, context));
    case "rich_text_preformatted":
      return el("pre", { tabindex: "0" }, el("code", {}, richWords(part.elements, context)));
    case "rich_text_list":
      return listNode(part, context);
    default:
      return el("p", { class: "rich-line" }, richWords(part.elements, context));
  }
}

function listNode(part, context) {
  const items = (part.elements ?? []).map((item) =>
    el("li", {}, richWords(item.elements, context)),
  );
  const indent = Math.min(part.indent ?? 0, 5);
  const tag = part.style === "ordered" ? "ol" : "ul";
  const start = tag === "ol" && part.offset ? String(part.offset + 1) : null;
  return el(tag, { class: `indent-${indent}`, start }, items);
}

function wordNode(element, context) {
  switch (element.type) {
    case "text":
      return withStyle(document.createTextNode(element.text ?? ""), element.style);
    case "link":
      return withStyle(
        link(element.url ?? "", element.text || element.url, context),
        element.style,
      );
    case "user":
      return mention(element.user_id, context);
    case "usergroup":
      return broadcast(element.usergroup_id);
    case "channel":
      return channelMention(element.channel_id, context);
    case "broadcast":
      return broadcast(element.range);
    case "emoji":
      return document.createTextNode(emojiOf(element.name) ?? `:${element.name}:`);
    default:
      return document.createTextNode(element.text ?? "");
  }
}

function withStyle(node, style = {}) {
  let styled = node;
  for (const [name, tag] of STYLES) {
    if (style[name]) {
      styled = el(tag, {}, styled);
    }
  }
  return styled;
}
