// Dialogs over the page: the focus goes in, stays in, and comes back.

import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { textNodes } from "./kit/text_object.js";

/**
 * Open a dialog. `leave()` is called on Escape and on the cross; the dialog stays until `close`.
 */
export function openDialog({ title, content, footer, className = "", leave, context = null }) {
  const id = freshId("dialog");
  const before = document.activeElement;
  const heading = el("h2", { id, class: "dialog-title", tabindex: "-1" }, title);
  const cross = el(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Close", on: { click: leave } },
    icon("close"),
  );
  const node = el(
    "dialog",
    { class: `dialog ${className}`, "aria-labelledby": id, on: { cancel } },
    el("div", { class: "dialog-head" }, context, heading, cross),
    el("div", { class: "dialog-body", tabindex: "-1" }, content),
    footer && el("div", { class: "dialog-foot" }, footer),
  );
  function cancel(event) {
    event.preventDefault();
    leave();
  }
  document.body.append(node);
  node.showModal();
  return {
    node,
    heading,
    close() {
      if (node.isConnected) {
        node.close();
        node.remove();
        giveBack(before);
      }
    },
  };
}

/** Ask whether to go on; resolves to true when confirmed. */
export function confirmDialog(
  { title, text, confirm, deny = "Cancel", style = "primary" },
  context,
) {
  return new Promise((resolve) => {
    const answer = (isSure) => {
      dialog.close();
      resolve(isSure);
    };
    const no = el(
      "button",
      { type: "button", class: "button", on: { click: () => answer(false) } },
      deny,
    );
    const yes = el(
      "button",
      { type: "button", class: `button button-${style}`, on: { click: () => answer(true) } },
      confirm,
    );
    const said = typeof text === "string" ? text : textNodes(text, context);
    const dialog = openDialog({
      title,
      content: el("p", { class: "block-text" }, said),
      footer: [no, yes],
      className: "dialog-small",
      leave: () => answer(false),
    });
    (style === "danger" ? no : yes).focus();
  });
}

function giveBack(before) {
  if (before instanceof HTMLElement && before.isConnected) {
    before.focus({ preventScroll: true });
  }
}
