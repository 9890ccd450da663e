// Keys that work everywhere, and the list of all keys.

import { openDialog } from "./dialogs.js";
import { el } from "./dom.js";

const KEYS = [
  ["Enter", "send the message"],
  ["Shift + Enter", "begin a new line"],
  ["@ and /", "suggest people and commands; Tab or Enter takes one, Escape closes"],
  ["↑ in an empty message", "edit your last message"],
  ["↑ ↓ Home End", "go from message to message, once one has the focus"],
  ["T", "reply to the message in its thread"],
  ["E", "edit the message, if it is yours"],
  ["Delete", "delete the message, if it is yours"],
  ["Shift + F10", "open the message's menu"],
  ["Escape", "close what is open: suggestions, menu, dialog, thread"],
  ["Alt + ↑ ↓", "go to the conversation above or below"],
  ["F6", "go from pane to pane"],
  ["Ctrl + /", "show this list"],
];

/** Listen for the keys that work everywhere. */
export function listenForKeys(app) {
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]") !== null) {
      return;
    }
    if (event.key === "F6") {
      event.preventDefault();
      app.nextPane(event.shiftKey ? -1 : 1);
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      app.nextChannel(event.key === "ArrowUp" ? -1 : 1);
    } else if (event.key === "/" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      showKeys();
    }
  });
}

/** Show the list of keys. */
export function showKeys() {
  const dialog = openDialog({
    title: "Keyboard shortcuts",
    content: el(
      "dl",
      { class: "keys" },
      KEYS.map(([key, what]) =>
        el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)),
      ),
    ),
    leave: () => dialog.close(),
  });
}
