// Using an element: ask when the app wants to be sure, show that it is in work, send it once.

import { words } from "./text_object.js";

/** Send what was done with an element; returns whether the app has taken it. */
export async function press(host, block, element, value, control) {
  if (control.getAttribute("aria-busy") === "true") {
    return false;
  }
  if (element.confirm && !(await host.confirm(questionOf(element.confirm)))) {
    return false;
  }
  control.setAttribute("aria-busy", "true");
  try {
    return await host.press({ block_id: block.block_id, action_id: element.action_id, value });
  } finally {
    control.removeAttribute("aria-busy");
  }
}

/** Whether using an element is told to the app at once, rather than when a form is submitted. */
export function isTold(block) {
  return block.type !== "input" || Boolean(block.dispatch_action);
}

/** Return the name under which an element finds the focus again after a new drawing. */
export function focusKey(block, element, part = "") {
  return `${block.block_id}/${element.action_id}${part && `/${part}`}`;
}

function questionOf(confirm) {
  return {
    title: words(confirm.title),
    text: confirm.text,
    confirm: words(confirm.confirm),
    deny: words(confirm.deny),
    style: confirm.style ?? "primary",
  };
}
