// Standard Markdown inside a paragraph: emphasis, code, links, escapes, by CommonMark's rules.

import { el } from "../dom.js";
import { withEmoji } from "./emoji.js";
import { readEntities } from "./entities.js";
import { resolveEmphasis } from "./markdown_emphasis.js";
import { BARE_ADDRESS, link, reference, REFERENCE } from "./links.js";

const PUNCTUATION = /[!-/:-@[-`{-~]/;
const TEXT = /[^\\`*_~[\]!<\n&h]+/y;
const ENTITY = /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-z]+);/y;
const ANGLES = new RegExp(REFERENCE.source, "y");
const AUTOMATIC = /<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>/y;
const ADDRESS = new RegExp(`(?<![\\w])${BARE_ADDRESS.source}`, "y");
const TARGET =
  /\(\s*(?:<([^<>\n]*)>|((?:\\.|[^\s()\\]|\([^\s()]*\))*))(?:\s+(?:"[^"]*"|'[^']*'|\([^)]*\)))?\s*\)/y;

/** Return the nodes of a line or a paragraph. */
export function inlineNodes(text, context) {
  return nodesOf(pieces(text, context));
}

/** Read a text into pieces: finished nodes, words, and marks that may turn out to be emphasis. */
function pieces(text, context) {
  const found = [];
  const brackets = [];
  let at = 0;
  while (at < text.length) {
    const [piece, end] = next(text, at, context);
    if (piece.bracket === "[") {
      brackets.push({ at: found.length, isImage: piece.text === "![", isActive: true });
      found.push(piece);
    } else if (piece.bracket === "]") {
      at = closeBracket(text, at, found, brackets, context) ?? (found.push(piece), end);
      continue;
    } else {
      found.push(piece);
    }
    at = end;
  }
  return found;
}

function next(text, at, context) {
  switch (text[at]) {
    case "\\":
      return escaped(text, at);
    case "`":
      return codeSpan(text, at);
    case "*":
    case "_":
    case "~":
      return markRun(text, at);
    case "!":
      return text[at + 1] === "["
        ? [{ bracket: "[", text: "![" }, at + 2]
        : [{ text: "!" }, at + 1];
    case "[":
    case "]":
      return [{ bracket: text[at], text: text[at] }, at + 1];
    case "<":
      return angles(text, at, context);
    case "\n":
      return [{ node: el("br") }, at + 1];
    default:
      return words(text, at, context);
  }
}

function escaped(text, at) {
  const after = text[at + 1];
  if (after === "\n") {
    return [{ node: el("br") }, at + 2];
  }
  if (after !== undefined && PUNCTUATION.test(after)) {
    return [{ literal: after }, at + 2];
  }
  return [{ text: "\\" }, at + 1];
}

function codeSpan(text, at) {
  const fence = /`+/y;
  fence.lastIndex = at;
  const [ticks] = fence.exec(text);
  const closing = new RegExp(`(?<!\`)${ticks}(?!\`)`, "g");
  closing.lastIndex = at + ticks.length;
  const end = closing.exec(text);
  if (end === null) {
    return [{ text: ticks }, at + ticks.length];
  }
  let code = text.slice(at + ticks.length, end.index).replaceAll("\n", " ");
  if (/^ .* $/.test(code) && code.trim() !== "") {
    code = code.slice(1, -1);
  }
  return [{ node: el("code", {}, code) }, end.index + ticks.length];
}

function markRun(text, at) {
  const mark = text[at];
  let end = at;
  while (text[end] === mark) {
    end += 1;
  }
  return [{ mark, count: end - at, length: end - at, ...flanks(text, at, end, mark) }, end];
}

function flanks(text, at, end, mark) {
  const before = text[at - 1] ?? " ";
  const after = text[end] ?? " ";
  const isBroad = (character) => /\s/u.test(character);
  const isMark = (character) => /[\p{P}\p{S}]/u.test(character);
  const left = !isBroad(after) && (!isMark(after) || isBroad(before) || isMark(before));
  const right = !isBroad(before) && (!isMark(before) || isBroad(after) || isMark(after));
  if (mark !== "_") {
    return { opens: left, closes: right };
  }
  return { opens: left && (!right || isMark(before)), closes: right && (!left || isMark(after)) };
}

function angles(text, at, context) {
  const referred = matchAt(ANGLES, text, at);
  if (referred !== null) {
    return [{ node: reference(referred[0].slice(1, -1), context) }, at + referred[0].length];
  }
  const automatic = matchAt(AUTOMATIC, text, at);
  if (automatic !== null) {
    return [{ node: link(automatic[1], automatic[1], context) }, at + automatic[0].length];
  }
  return [{ text: "<" }, at + 1];
}

function words(text, at, context) {
  const address = matchAt(ADDRESS, text, at);
  if (address !== null) {
    return [{ node: link(address[0], address[0], context) }, at + address[0].length];
  }
  const entity = matchAt(ENTITY, text, at);
  if (entity !== null) {
    return [{ literal: readEntities(entity[0]) }, at + entity[0].length];
  }
  const plain = matchAt(TEXT, text, at)?.[0] ?? text[at];
  // Spaces before a line's end are not shown.
  const shown = text[at + plain.length] === "\n" ? plain.trimEnd() : plain;
  return [{ text: shown }, at + plain.length];
}

/** Make a link of what stands since the last open bracket; null when that is none. */
function closeBracket(text, at, found, brackets, context) {
  const open = brackets.pop();
  const target = open?.isActive ? matchAt(TARGET, text, at + 1) : null;
  if (target === null) {
    return null;
  }
  const inside = nodesOf(found.splice(open.at).slice(1));
  const href = readEntities((target[1] ?? target[2] ?? "").replace(/\\([!-/:-@[-`{-~])/g, "$1"));
  const hasLink = inside.some((node) => node.nodeName === "A" || node.querySelector?.("a"));
  found.push({ node: hasLink ? el("span", {}, inside) : link(href, inside, context) });
  // A link holds no other link.
  for (const outer of brackets) {
    outer.isActive &&= open.isImage || outer.isImage;
  }
  return at + 1 + target[0].length;
}

function nodesOf(found) {
  return resolveEmphasis(found.map(toNode)).map((piece) =>
    piece instanceof Node ? piece : document.createTextNode(piece.mark.repeat(piece.count)),
  );
}

function toNode(piece) {
  if (piece.node !== undefined) {
    return piece.node;
  }
  if (piece.mark !== undefined) {
    return { ...piece };
  }
  return document.createTextNode(piece.literal ?? withEmoji(piece.text));
}

function matchAt(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
