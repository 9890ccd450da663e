// Slack's own markup, mrkdwn: *bold* _italic_ ~strike~ `code`, quotations, code blocks, references.

import { el } from "../dom.js";
import { withEmoji } from "./emoji.js";
import { readEscapes } from "./entities.js";
import { BARE_ADDRESS, link, reference, REFERENCE } from "./links.js";

const CODE_BLOCK = /```\n?([\s\S]+?)\n?```/;
const QUOTE_LINE = /^(?:&gt;|>) ?/;
const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    `(?<reference>${REFERENCE.source})`,
    `(?<address>${BARE_ADDRESS.source})`,
    marked("bold", "\\*"),
    marked("italic", "_"),
    marked("strike", "~"),
  ].join("|"),
  "gu",
);
const TAGS = { bold: "strong", italic: "em", strike: "s" };

/** Return the nodes that a text in Slack's markup makes. */
export function mrkdwn(text, context) {
  const nodes = [];
  let rest = text;
  for (;;) {
    const found = CODE_BLOCK.exec(rest);
    if (found === null) {
      nodes.push(...lines(rest, context));
      return nodes;
    }
    nodes.push(...lines(rest.slice(0, found.index).replace(/\n$/, ""), context));
    nodes.push(el("pre", { tabindex: "0" }, el("code", {}, readEscapes(found[1]))));
    rest = rest.slice(found.index + found[0].length).replace(/^\n/, "");
  }
}

/** Return the nodes of a text without markup; `&amp;` and the like are read, names of emoji too. */
export function plainText(text, hasEmoji = true) {
  const read = readEscapes(text);
  return [document.createTextNode(hasEmoji ? withEmoji(read) : read)];
}

function marked(name, mark) {
  return `(?<![\\p{L}\\p{N}])${mark}(?<${name}>(?=\\S)[^\\n]*?\\S)${mark}(?![\\p{L}\\p{N}])`;
}

function lines(text, context) {
  const nodes = [];
  let quoted = [];
  const endQuote = () => {
    if (quoted.length > 0) {
      nodes.push(el("blockquote", {}, inline(quoted.join("\n"), context)));
      quoted = [];
    }
  };
  let plain = [];
  const endPlain = () => {
    if (plain.length > 0) {
      nodes.push(...inline(plain.join("\n"), context));
      plain = [];
    }
  };
  for (const line of text === "" ? [] : text.split("\n")) {
    if (QUOTE_LINE.test(line)) {
      endPlain();
      quoted.push(line.replace(QUOTE_LINE, ""));
    } else {
      endQuote();
      plain.push(line);
    }
  }
  endQuote();
  endPlain();
  return nodes;
}

function inline(text, context) {
  const nodes = [];
  let done = 0;
  for (const found of text.matchAll(INLINE)) {
    nodes.push(...plainText(text.slice(done, found.index)), styled(found, context));
    done = found.index + found[0].length;
  }
  return [...nodes, ...plainText(text.slice(done))];
}

function styled(found, context) {
  const { code, reference: referred, address } = found.groups;
  if (code !== undefined) {
    return el("code", {}, readEscapes(code));
  }
  if (referred !== undefined) {
    return reference(readEscapes(referred.slice(1, -1)), context);
  }
  if (address !== undefined) {
    return link(readEscapes(address), readEscapes(address), context);
  }
  const name = Object.keys(TAGS).find((one) => found.groups[one] !== undefined);
  return el(TAGS[name], {}, inline(found.groups[name], context));
}
