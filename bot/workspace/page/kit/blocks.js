// Block Kit: each block as elements of the page.

import { el, freshId } from "../dom.js";
import { markdown } from "../text/markdown.js";
import { richText, richWords } from "../text/rich_text.js";
import { containerNode } from "./container.js";
import { elementNode } from "./elements.js";
import { fieldNode } from "./fields.js";
import { imageNode } from "./images.js";
import { textNodes, words } from "./text_object.js";

const BLOCKS = {
  actions: (block, host) => el("div", { class: "block-actions" }, elementNodes(block, host)),
  container: (block, host) => containerNode(block, host, (children) => blockNodes(children, host)),
  context: contextNode,
  context_actions: (block, host) =>
    el("div", { class: "block-context-actions" }, elementNodes(block, host)),
  divider: () => el("hr"),
  header: headerNode,
  image: (block, host) => imageNode(block, host),
  input: inputNode,
  markdown: (block, host) =>
    el("div", { class: "block-text markdown" }, markdown(block.text ?? "", host.context)),
  rich_text: (block, host) =>
    el("div", { class: "block-text rich-text" }, richText(block, host.context)),
  section: sectionNode,
  table: tableNode,
};

/** Return the nodes of some blocks. */
export function blockNodes(blocks, host) {
  return (blocks ?? []).map((block) => {
    const build = BLOCKS[block.type];
    return build === undefined ? unknownNode(block) : build(block, host);
  });
}

function unknownNode(block) {
  return el(
    "p",
    { class: "block-unknown" },
    `A block of the type “${block.type}” cannot be shown here.`,
  );
}

function elementNodes(block, host) {
  return (block.elements ?? []).map((element) => elementNode(element, block, host));
}

function headerNode(block, host) {
  const level = host.place === "home" ? "2" : "3";
  return el(
    "div",
    { class: "block-header", role: "heading", "aria-level": level },
    textNodes(block.text),
  );
}

function sectionNode(block, host) {
  const text =
    block.text && el("div", { class: "block-text" }, textNodes(block.text, host.context));
  const fields = (block.fields ?? []).map((field) => el("div", {}, textNodes(field, host.context)));
  const said = el(
    "div",
    { class: "section-said" },
    text,
    fields.length > 0 && el("div", { class: "block-text section-fields" }, fields),
  );
  const accessory = block.accessory && elementNode(block.accessory, block, host);
  return el(
    "div",
    { class: "block-section" },
    said,
    accessory && el("div", { class: "section-accessory" }, accessory),
  );
}

function contextNode(block, host) {
  const shown = (block.elements ?? []).map((element) =>
    element.type === "image"
      ? imageNode(element, host, true)
      : el("span", { class: "context-text" }, textNodes(element, host.context)),
  );
  return el("div", { class: "block-context" }, shown);
}

function inputNode(block, host) {
  return fieldNode(block, host, (labelled) =>
    elementNode(block.element, block, { ...host, labelled }),
  );
}

function tableNode(block, host) {
  const rows = (block.rows ?? []).map((row, at) =>
    el(
      "tr",
      {},
      row.map((cell, column) => cellNode(cell, at === 0, sideOf(block, column), host)),
    ),
  );
  const table = el("table", {}, el("thead", {}, rows.slice(0, 1)), el("tbody", {}, rows.slice(1)));
  const id = freshId("table");
  return el(
    "div",
    { class: "table-frame", tabindex: "0", role: "group", "aria-label": "Table", id },
    table,
  );
}

function sideOf(block, column) {
  const align = block.column_settings?.[column]?.align;
  return ["center", "right"].includes(align) ? `side-${align}` : null;
}

function cellNode(cell, isName, side, host) {
  const shown =
    cell.type === "rich_text"
      ? (cell.elements ?? []).map((part) => richWords(part.elements, host.context))
      : words(cell);
  return el(isName ? "th" : "td", { class: side, scope: isName ? "col" : null }, shown);
}
