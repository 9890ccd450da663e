// Choices that are all in view: one of several, or any of several.

import { el, freshId } from "../dom.js";
import { focusKey, isTold, press } from "./pressing.js";
import { textNodes } from "./text_object.js";

/** Return radio buttons. */
export function radioButtonsNode(element, block, host) {
  const chosen = element.initial_option ? [element.initial_option.value] : [];
  return choicesNode("radio", element, block, host, chosen, ([first]) => first ?? null);
}

/** Return checkboxes. */
export function checkboxesNode(element, block, host) {
  const chosen = (element.initial_options ?? []).map((option) => option.value);
  return choicesNode("checkbox", element, block, host, chosen, (values) => values);
}

function choicesNode(type, element, block, host, chosen, valueOf) {
  const name = freshId("choice");
  const inputs = (element.options ?? []).map((option) =>
    el("input", {
      type,
      name,
      id: freshId("option"),
      value: option.value,
      checked: chosen.includes(option.value),
      data: { focus: focusKey(block, element, option.value), action: element.action_id },
    }),
  );
  const rows = inputs.map((input, at) => choiceRow(input, element.options[at], host));
  const node = el(
    "div",
    {
      class: "choices",
      role: type === "radio" ? "radiogroup" : "group",
      "aria-labelledby": host.labelled?.label,
      "aria-describedby": host.labelled?.describedBy,
      "aria-required": type === "radio" && host.labelled?.isRequired ? "true" : null,
      "aria-label": host.labelled ? null : "Choices",
    },
    rows,
  );
  const read = () => valueOf(inputs.filter((input) => input.checked).map((input) => input.value));
  const write = (value) => {
    for (const input of inputs) {
      input.checked = [value].flat().includes(input.value);
    }
  };
  host.form.add({ block, element, control: node, read, write });
  node.addEventListener("change", () => {
    if (isTold(block)) {
      press(host, block, element, read(), node);
    }
  });
  return node;
}

function choiceRow(input, option, host) {
  const described = option.description && freshId("described");
  if (described) {
    input.setAttribute("aria-describedby", described);
  }
  return el(
    "div",
    { class: "choice" },
    input,
    el(
      "div",
      {},
      el("label", { for: input.id }, textNodes(option.text, host.context)),
      described &&
        el(
          "p",
          { class: "choice-hint", id: described },
          textNodes(option.description, host.context),
        ),
    ),
  );
}
