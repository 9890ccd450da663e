// Short notes of what went wrong or well, above everything else for a few seconds.

import { el } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_MS = { error: 8000, news: 3500 };
const MOST = 3;

const area = el("div", { class: "toasts" });

/** Show a note; `isError` has it read out at once. */
export function say(text, isError = true) {
  home();
  const node = el(
    "div",
    { class: isError ? "toast toast-error" : "toast", role: isError ? "alert" : "status" },
    icon(isError ? "info" : "check"),
    el("p", {}, text),
    el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": "Dismiss",
        on: { click: () => node.remove() },
      },
      icon("close"),
    ),
  );
  area.append(node);
  while (area.childElementCount > MOST) {
    area.firstElementChild.remove();
  }
  leaveLater(node, isError ? SHOWN_MS.error : SHOWN_MS.news);
}

function leaveLater(node, shownMs) {
  let timer = setTimeout(() => node.remove(), shownMs);
  const stay = () => clearTimeout(timer);
  const leave = () => {
    timer = setTimeout(() => node.remove(), shownMs);
  };
  node.addEventListener("pointerenter", stay);
  node.addEventListener("pointerleave", leave);
  node.addEventListener("focusin", stay);
  node.addEventListener("focusout", leave);
}

/** Everything outside an open dialog is out of reach, so notes are shown inside it. */
function home() {
  const open = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  if (area.parentElement !== open) {
    open.append(area);
  }
}

document.addEventListener("close", () => area.isConnected && queueMicrotask(home), true);
