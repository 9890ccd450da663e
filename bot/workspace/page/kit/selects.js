// Menus of which one entry is chosen: fixed choices, people, channels.

import { el } from "../dom.js";
import { focusKey, isTold, press } from "./pressing.js";
import { words } from "./text_object.js";

/** Return a menu of fixed choices. */
export function staticSelectNode(element, block, host) {
  const groups = element.option_groups ?? [];
  const options = (element.options ?? []).map(optionNode);
  const grouped = groups.map((group) =>
    el("optgroup", { label: words(group.label) }, group.options.map(optionNode)),
  );
  return selectNode(element, block, host, [...options, ...grouped], element.initial_option?.value);
}

/** Return a menu of people. */
export function usersNode(element, block, host) {
  const options = host.people.map((person) => el("option", { value: person.id }, person.name));
  return selectNode(element, block, host, options, element.initial_user);
}

/** Return a menu of channels and conversations. */
export function conversationsNode(element, block, host) {
  const options = host.channels.map((channel) =>
    el("option", { value: channel.id }, channel.title),
  );
  const current = element.default_to_current_conversation ? host.channel : null;
  return selectNode(element, block, host, options, element.initial_conversation ?? current);
}

function optionNode(option) {
  const description = option.description ? ` (${words(option.description)})` : "";
  return el("option", { value: option.value }, words(option.text) + description);
}

function selectNode(element, block, host, options, initial) {
  const placeholder = words(element.placeholder) || "Choose…";
  const node = el(
    "select",
    {
      class: "select",
      id: host.labelled?.id,
      "aria-describedby": host.labelled?.describedBy,
      "aria-required": host.labelled?.isRequired ? "true" : null,
      "aria-label": host.labelled ? null : placeholder,
      autofocus: element.focus_on_load,
      data: { focus: focusKey(block, element), action: element.action_id },
    },
    el("option", { value: "" }, placeholder),
    options,
  );
  node.value = initial ?? "";
  if (node.selectedIndex < 0) {
    node.value = "";
  }
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
  let before = node.value;
  node.addEventListener("change", async () => {
    if (isTold(block) && !(await press(host, block, element, read(), node)) && element.confirm) {
      node.value = before;
    }
    before = node.value;
  });
  return el("span", { class: "select-frame" }, node);
}
