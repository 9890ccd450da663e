// Tables of Markdown: a row of names, a row of dashes, and rows of cells.

import { el } from "../dom.js";

const DASHES = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** Return the table that opens at a line and where it ends, or null when none does. */
export function readTable(lines, at, inline) {
  const dashes = lines[at + 1];
  if (!lines[at].includes("|") || dashes === undefined || !DASHES.test(dashes)) {
    return null;
  }
  const names = cellsOf(lines[at]);
  const sides = cellsOf(dashes).map(sideOf);
  if (names.length !== sides.length) {
    return null;
  }
  let end = at + 2;
  const rows = [];
  while (
    end < lines.length &&
    lines[end].trim() !== "" &&
    !/^ {0,3}(?:>|`{3}|#{1,6} )/.test(lines[end])
  ) {
    rows.push(cellsOf(lines[end]));
    end += 1;
  }
  const cell = (tag, text, column) =>
    el(tag, { class: sides[column], scope: tag === "th" ? "col" : null }, inline(text ?? ""));
  const head = el(
    "thead",
    {},
    el(
      "tr",
      {},
      names.map((name, column) => cell("th", name, column)),
    ),
  );
  const body = rows.map((row) =>
    el(
      "tr",
      {},
      names.map((_, column) => cell("td", row[column], column)),
    ),
  );
  const table = el("table", {}, head, el("tbody", {}, body));
  return [
    el("div", { class: "table-frame", tabindex: "0", role: "group", "aria-label": "Table" }, table),
    end,
  ];
}

function cellsOf(line) {
  const cells = [];
  let cell = "";
  const inside = line.trim().replace(/^\|/, "");
  for (let at = 0; at < inside.length; at += 1) {
    if (inside[at] === "\\" && inside[at + 1] === "|") {
      cell += "|";
      at += 1;
    } else if (inside[at] === "|") {
      cells.push(cell.trim());
      cell = "";
    } else {
      cell += inside[at];
    }
  }
  return cell.trim() === "" ? cells : [...cells, cell.trim()];
}

function sideOf(dashes) {
  if (!dashes.endsWith(":")) {
    return null;
  }
  return dashes.startsWith(":") ? "side-center" : "side-right";
}
