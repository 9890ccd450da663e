// Buttons of blocks.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { safeAddress } from "../text/links.js";
import { focusKey, press } from "./pressing.js";
import { textNodes, words } from "./text_object.js";

const ICONS = { trash: "trash" };

/** Return a button; one with an address is a link that is told to the app as well. */
export function buttonNode(element, block, host) {
  const given = {
    class: `button ${styleOf(element)}`,
    "aria-label": nameOf(element),
    data: { focus: focusKey(block, element, element.value), action: element.action_id },
  };
  const address = element.url && safeAddress(element.url);
  const use = () => press(host, block, element, element.value ?? null, node);
  const node = address
    ? el(
        "a",
        {
          ...given,
          href: address.href,
          target: "_blank",
          rel: "noopener noreferrer",
          on: { click: use },
        },
        textNodes(element.text),
      )
    : el("button", { ...given, type: "button", on: { click: use } }, textNodes(element.text));
  return node;
}

/** Return a button that shows an icon, if this reader may see it. */
export function iconButtonNode(element, block, host) {
  const seers = element.visible_to_user_ids;
  if (seers && !seers.includes(host.me)) {
    return null;
  }
  const label = element.accessibility_label || words(element.text);
  const node = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": label,
      data: { tip: label, focus: focusKey(block, element), action: element.action_id },
      on: { click: () => press(host, block, element, element.value ?? null, node) },
    },
    icon(ICONS[element.icon] ?? "more"),
  );
  return node;
}

function styleOf(element) {
  return { primary: "button-primary", danger: "button-danger" }[element.style] ?? "";
}

/** What is read out begins with what is seen, so that both name the same thing. */
function nameOf(element) {
  const label = element.accessibility_label;
  if (!label) {
    return null;
  }
  const seen = words(element.text);
  return label.toLowerCase().includes(seen.toLowerCase()) ? label : `${seen}: ${label}`;
}
