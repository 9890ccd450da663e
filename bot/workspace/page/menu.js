// Menus that open beside a button: arrows, Home and End, first letters, Escape.

import { el, freshId } from "./dom.js";

const GAP_PX = 6;
const EDGE_PX = 8;

let close = null;

/**
 * Open a menu beside `anchor`. An entry has `label` and `act`, and may have `icon`, `hint`,
 * `isChecked`, `isDanger`; the entry `"-"` is a line.
 */
export function openMenu(anchor, entries, label) {
  if (close !== null && anchor.getAttribute("aria-expanded") === "true") {
    close(true);
    return;
  }
  close?.(false);
  const items = [];
  const node = el(
    "div",
    { class: "menu", role: "menu", "aria-label": label, popover: "manual", id: freshId("menu") },
    entries.map((entry) => (entry === "-" ? el("hr", { role: "separator" }) : item(entry))),
  );
  function item(entry) {
    const isChoice = entry.isChecked !== undefined;
    const made = el(
      "button",
      {
        type: "button",
        class: entry.isDanger ? "menu-item menu-danger" : "menu-item",
        role: isChoice ? "menuitemradio" : "menuitem",
        "aria-checked": isChoice ? String(entry.isChecked) : null,
        tabindex: "-1",
        on: {
          click() {
            close(true);
            entry.act();
          },
          pointermove: () => made.focus(),
        },
      },
      entry.icon && el("span", { class: "menu-icon" }, entry.icon),
      el(
        "span",
        { class: "menu-said" },
        el("span", {}, entry.label),
        entry.hint && el("span", { class: "menu-hint" }, entry.hint),
      ),
    );
    items.push(made);
    return made;
  }
  show(anchor, node, items);
}

function show(anchor, node, items) {
  const onPointer = (event) => {
    if (!node.contains(event.target) && !anchor.contains(event.target)) {
      close(false);
    }
  };
  const onResize = () => close(false);
  close = (isFocused) => {
    close = null;
    document.removeEventListener("pointerdown", onPointer, true);
    window.removeEventListener("resize", onResize);
    node.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (isFocused) {
      anchor.focus();
    }
  };
  // Inside an open dialog everything else is out of reach, so the menu belongs where its button is.
  (anchor.closest("dialog, nav, main, aside, section") ?? document.body).append(node);
  node.showPopover();
  place(anchor, node);
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", onPointer, true);
  window.addEventListener("resize", onResize);
  node.addEventListener("keydown", (event) => onKey(event, items));
  node.addEventListener("focusout", (event) => {
    if (close !== null && event.relatedTarget && !node.contains(event.relatedTarget)) {
      close(false);
    }
  });
  (items.find((one) => one.getAttribute("aria-checked") === "true") ?? items[0])?.focus();
}

function place(anchor, node) {
  const beside = anchor.getBoundingClientRect();
  const { width, height } = node.getBoundingClientRect();
  const fitsBelow = beside.bottom + GAP_PX + height + EDGE_PX <= window.innerHeight;
  const top = fitsBelow ? beside.bottom + GAP_PX : beside.top - GAP_PX - height;
  const left =
    beside.left + width + EDGE_PX <= window.innerWidth ? beside.left : beside.right - width;
  node.style.top = `${Math.max(EDGE_PX, Math.min(top, window.innerHeight - height - EDGE_PX))}px`;
  node.style.left = `${Math.max(EDGE_PX, left)}px`;
}

function onKey(event, items) {
  const at = items.indexOf(document.activeElement);
  const moves = {
    ArrowDown: at + 1,
    ArrowUp: at - 1 + items.length,
    Home: 0,
    End: items.length - 1,
  };
  if (event.key in moves) {
    event.preventDefault();
    items[moves[event.key] % items.length].focus();
  } else if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    close(true);
  } else if (event.key === "Tab") {
    close(true);
  } else if (event.key.length === 1 && event.key !== " ") {
    const later = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    const said = (one) => one.textContent.trim().toLowerCase();
    later.find((one) => said(one).startsWith(event.key.toLowerCase()))?.focus();
  }
}
