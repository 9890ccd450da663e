// Fields to write in, and to enter a date.

import { el } from "../dom.js";
import { focusKey, isTold, press } from "./pressing.js";
import { words } from "./text_object.js";

/** Return a field for text, of one line or several. */
export function textInputNode(element, block, host) {
  const given = {
    ...named(element, block, host),
    class: "text-field",
    placeholder: words(element.placeholder) || null,
    maxlength: element.max_length,
  };
  const node = element.multiline
    ? el("textarea", { ...given, rows: "4" })
    : el("input", { ...given, type: "text", autocomplete: "off" });
  node.value = element.initial_value ?? "";
  host.form.add({
    block,
    element,
    control: node,
    read: () => node.value,
    write: (value) => {
      node.value = value;
    },
  });
  node.addEventListener("keydown", (event) => {
    const isLine = event.key === "Enter" && !element.multiline && !event.isComposing;
    if (isLine && block.dispatch_action) {
      event.preventDefault();
      press(host, block, element, node.value, node);
    }
  });
  return node;
}

/** Return a field for a date. */
export function dateNode(element, block, host) {
  const node = el("input", {
    ...named(element, block, host),
    type: "date",
    class: "text-field date-field",
  });
  node.value = element.initial_date ?? "";
  const read = () => node.value || null;
  host.form.add({
    block,
    element,
    control: node,
    read,
    write: (value) => {
      node.value = value ?? "";
    },
  });
  node.addEventListener("change", () => {
    if (isTold(block) && node.value) {
      press(host, block, element, node.value, node);
    }
  });
  return node;
}

function named(element, block, host) {
  return {
    id: host.labelled?.id,
    "aria-describedby": host.labelled?.describedBy,
    "aria-required": host.labelled?.isRequired ? "true" : null,
    "aria-label": host.labelled ? null : words(element.placeholder) || "Field",
    autofocus: element.focus_on_load,
    data: { focus: focusKey(block, element), action: element.action_id },
  };
}
