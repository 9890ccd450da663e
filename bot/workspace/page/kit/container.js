// A container: blocks under a title, which may be folded away.

import { el, freshId } from "../dom.js";
import { icon } from "../icons.js";
import { words } from "./text_object.js";

/** Return a container; what the reader has folded stays folded over a new drawing. */
export function containerNode(block, host, children) {
  const id = freshId("container");
  const memory = `container/${block.block_id ?? words(block.title)}`;
  const isOpen = host.memory.get(memory) ?? !(block.is_collapsible && block.default_collapsed);
  const inside = el("div", { class: "container-inside", id }, children(block.child_blocks));
  const title = [
    el("span", { class: "container-title" }, words(block.title)),
    block.subtitle && el("span", { class: "container-subtitle" }, words(block.subtitle)),
  ];
  if (!block.is_collapsible) {
    return el(
      "section",
      { class: "block-container" },
      el("div", { class: "container-head" }, title),
      inside,
    );
  }
  const head = el(
    "button",
    {
      type: "button",
      class: "container-head",
      "aria-controls": id,
      data: { focus: memory },
      on: { click: () => show(head.getAttribute("aria-expanded") !== "true") },
    },
    icon("right"),
    el("span", { class: "container-titles" }, title),
  );
  function show(opened) {
    host.memory.set(memory, opened);
    head.setAttribute("aria-expanded", String(opened));
    inside.hidden = !opened;
  }
  show(isOpen);
  return el("section", { class: "block-container" }, head, inside);
}
