// Standard Markdown, as a `markdown` block has it: its blocks. HTML is text, images become links.

import { el } from "../dom.js";
import { inlineNodes } from "./markdown_inline.js";
import { readItems, startOfItem } from "./markdown_lists.js";
import { readTable } from "./markdown_tables.js";

const FENCE = /^ {0,3}(`{3,}|~{3,}) *([^`]*)$/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const QUOTE = /^ {0,3}> ?/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
const INDENTED = /^(?: {4}| {0,3}\t)/;

/** Return the nodes that a text in Markdown makes. */
export function markdown(text, context) {
  return blocks(text.replace(/\r\n?/g, "\n").split("\n"), context);
}

function blocks(lines, context, isTight = false) {
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    if (lines[at].trim() === "") {
      at += 1;
      continue;
    }
    const [node, end] = block(lines, at, context, isTight);
    nodes.push(node);
    at = end;
  }
  return nodes;
}

function block(lines, at, context, isTight) {
  const line = lines[at];
  if (INDENTED.test(line)) {
    return indentedCode(lines, at);
  }
  const fence = FENCE.exec(line);
  if (fence !== null) {
    return fencedCode(lines, at, fence);
  }
  const heading = HEADING.exec(line);
  if (heading !== null) {
    return [headingNode(heading[1].length, heading[2] ?? "", context), at + 1];
  }
  if (RULE.test(line)) {
    return [el("hr"), at + 1];
  }
  if (QUOTE.test(line)) {
    return quotation(lines, at, context);
  }
  if (startOfItem(line) !== null) {
    return list(lines, at, context);
  }
  return (
    readTable(lines, at, (cell) => inlineNodes(cell, context)) ??
    paragraph(lines, at, context, isTight)
  );
}

function fencedCode(lines, at, [, fence]) {
  const closing = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}[ \\t]*$`);
  const indent = /^ */.exec(lines[at])[0].length;
  const code = [];
  let end = at + 1;
  while (end < lines.length && !closing.test(lines[end])) {
    code.push(lines[end].replace(new RegExp(`^ {0,${indent}}`), ""));
    end += 1;
  }
  return [codeNode(code), end + 1];
}

function indentedCode(lines, at) {
  const code = [];
  let end = at;
  while (end < lines.length && (INDENTED.test(lines[end]) || lines[end].trim() === "")) {
    code.push(lines[end].replace(/^(?: {1,4}| {0,3}\t)/, ""));
    end += 1;
  }
  while (code.at(-1).trim() === "") {
    code.pop();
  }
  return [codeNode(code), end];
}

function codeNode(lines) {
  return el("pre", { tabindex: "0" }, el("code", {}, lines.join("\n")));
}

// Slack shows all headings in one size; `aria-level` keeps their rank, below the pane's own.
function headingNode(level, text, context) {
  return el(
    "div",
    { class: "md-heading", role: "heading", "aria-level": String(Math.min(level + 2, 6)) },
    inlineNodes(text, context),
  );
}

function quotation(lines, at, context) {
  const inside = [];
  let end = at;
  while (end < lines.length && (QUOTE.test(lines[end]) || continues(lines, end, inside))) {
    inside.push(lines[end].replace(QUOTE, ""));
    end += 1;
  }
  return [el("blockquote", {}, blocks(inside, context)), end];
}

/** Whether a line without a quotation mark still belongs to the paragraph of a quotation. */
function continues(lines, at, inside) {
  const last = inside.at(-1) ?? "";
  return last.trim() !== "" && !INDENTED.test(last) && !FENCE.test(last) && isPlain(lines[at]);
}

function list(lines, at, context) {
  const { items, isOrdered, start, isLoose, end } = readItems(lines, at, RULE);
  const nodes = items.map(({ inside, isDone }) => {
    const children = blocks(inside, context, !isLoose);
    return el("li", { class: isDone === null ? null : "task" }, taskMark(isDone), children);
  });
  const first = isOrdered && start !== 1 ? String(start) : null;
  return [el(isOrdered ? "ol" : "ul", { start: first }, nodes), end];
}

function taskMark(isDone) {
  if (isDone === null) {
    return null;
  }
  return el("span", { role: "img", "aria-label": isDone ? "done" : "to do" }, isDone ? "☑ " : "☐ ");
}

function paragraph(lines, at, context, isTight) {
  const said = [lines[at].trimStart()];
  let end = at + 1;
  while (end < lines.length && (isPlain(lines[end]) || INDENTED.test(lines[end]))) {
    if (lines[end].trim() === "") {
      break;
    }
    const underline = UNDERLINE.exec(lines[end]);
    if (underline !== null) {
      return [headingNode(underline[1][0] === "=" ? 1 : 2, said.join("\n"), context), end + 1];
    }
    said.push(lines[end].trimStart());
    end += 1;
  }
  if (end < lines.length) {
    const underline = UNDERLINE.exec(lines[end]);
    if (underline !== null && underline[1][0] === "-") {
      return [headingNode(2, said.join("\n"), context), end + 1];
    }
  }
  const nodes = inlineNodes(said.join("\n").trimEnd(), context);
  return [el(isTight ? "span" : "p", { class: isTight ? "tight" : null }, nodes), end];
}

/** Whether a line opens nothing, so that it goes on with a paragraph. */
function isPlain(line) {
  if (line.trim() === "") {
    return false;
  }
  const item = startOfItem(line);
  const interrupts = item !== null && !item.isEmpty && (!item.isOrdered || item.number === 1);
  return ![FENCE, HEADING, RULE, QUOTE].some((opening) => opening.test(line)) && !interrupts;
}
