// Two thumbs below an answer.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { focusKey, press } from "./pressing.js";
import { words } from "./text_object.js";

/** Return a pair of feedback buttons; the one that was pressed stays marked. */
export function feedbackNode(element, block, host) {
  const memory = `feedback/${element.action_id}/${element.positive_button?.value ?? ""}`;
  const sides = ["positive", "negative"];
  const buttons = sides.map((side) => thumb(side));
  function thumb(side) {
    const shown = element[`${side}_button`];
    const label = shown?.accessibility_label || words(shown?.text);
    const node = el(
      "button",
      {
        type: "button",
        class: "icon-button thumb",
        "aria-label": label,
        data: {
          tip: words(shown?.text),
          focus: focusKey(block, element, side),
          action: element.action_id,
          side,
        },
        on: {
          async click() {
            if (await press(host, block, element, side, node)) {
              host.memory.set(memory, side);
              mark();
            }
          },
        },
      },
      icon(side === "positive" ? "good" : "bad"),
    );
    return node;
  }
  function mark() {
    buttons.forEach((node, at) => {
      node.setAttribute("aria-pressed", String(host.memory.get(memory) === sides[at]));
    });
  }
  mark();
  return el("span", { class: "thumbs", role: "group", "aria-label": "Feedback" }, buttons);
}
