// A menu of further choices behind three dots.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../menu.js";
import { safeAddress } from "../text/links.js";
import { focusKey, press } from "./pressing.js";
import { words } from "./text_object.js";

/** Return an overflow menu. */
export function overflowNode(element, block, host) {
  const entries = () =>
    (element.options ?? []).map((option) => ({
      label: words(option.text),
      hint: option.description && words(option.description),
      act() {
        const address = option.url && safeAddress(option.url);
        if (address) {
          window.open(address.href, "_blank", "noopener,noreferrer");
        }
        press(host, block, element, option.value, node);
      },
    }));
  const node = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "More choices",
      "aria-haspopup": "menu",
      data: { tip: "More choices", focus: focusKey(block, element), action: element.action_id },
      on: { click: () => openMenu(node, entries(), "More choices") },
    },
    icon("more"),
  );
  return node;
}
