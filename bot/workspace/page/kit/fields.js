// An input block: a label, a field, a hint, and what is wrong with it.

import { el, freshId } from "../dom.js";
import { words } from "./text_object.js";

const GROUPS = ["radio_buttons", "checkboxes"];

/** Return an input block; `build` makes its field, named and described by the given ids. */
export function fieldNode(block, host, build) {
  const id = freshId("field");
  const hint = block.hint && el("p", { class: "field-hint", id: `${id}-hint` }, words(block.hint));
  const error = el("p", {
    class: "field-error",
    id: `${id}-error`,
    data: { block: block.block_id },
  });
  error.hidden = true;
  const isRequired = !block.optional;
  const labelled = {
    id,
    label: `${id}-label`,
    describedBy: [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(" "),
    isRequired,
  };
  const isGroup = GROUPS.includes(block.element?.type);
  const label = el(
    isGroup ? "span" : "label",
    { class: "field-label", id: `${id}-label`, for: isGroup ? null : id },
    words(block.label),
    !isRequired && el("span", { class: "field-optional" }, " (optional)"),
  );
  return el("div", { class: "field" }, label, build(labelled), hint, error);
}
