// A list of messages: patched line by line, read with the arrow keys, and never scrolled away.

import { el, setText } from "./dom.js";
import { icon } from "./icons.js";
import { keyedList } from "./keyed_list.js";
import { messageRow } from "./message.js";
import { messageActs } from "./message_toolbar.js";
import { openMenu } from "./menu.js";
import { keepAtBottom } from "./scrolling.js";

/** Return a list of messages. `top` is shown above the first one. */
export function messageList(app, place, label, top = null) {
  const list = el("ol", { class: "rows", role: "list", "aria-label": label });
  const bottom = el("div", { class: "list-end" });
  const scroller = el("div", { class: "scroller", on: { keydown, focusin } }, top, list, bottom);
  const fresh = el(
    "button",
    { type: "button", class: "fresh", hidden: true, on: { click: () => scroll.toBottom() } },
    icon("down"),
    "New messages",
  );
  const node = el("div", { class: "list-frame" }, scroller, fresh);
  const scroll = keepAtBottom(scroller, (isAway) => {
    fresh.hidden = !isAway;
  });
  const patch = keyedList(list, (entry) =>
    entry.kind === "message" ? messageRow(app, place) : lineRow(),
  );
  let entries = [];
  let current = null;

  function update(next) {
    const grown = newest(next);
    const isNew =
      entries.length > 0 &&
      grown !== null &&
      grown.message.ts > (newest(entries)?.message.ts ?? "0");
    entries = next;
    scroll.around(() => patch(next), { isNew, isMine: isNew && Boolean(grown.message.is_mine) });
    keepCurrent();
  }

  /** One message can be reached with Tab; the arrow keys go on from there. */
  function keepCurrent() {
    const rows = articles();
    if (!rows.includes(current)) {
      current = rows.at(-1) ?? null;
    }
    for (const row of rows) {
      row.tabIndex = row === current ? 0 : -1;
    }
  }

  function articles() {
    return [...list.querySelectorAll(".message")];
  }

  function focusin(event) {
    const row = event.target.closest(".message");
    if (row !== null && row !== current) {
      current = row;
      keepCurrent();
    }
  }

  function keydown(event) {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.target.matches(".message") && isPlain) {
      moveOn(event) || doOn(event);
    } else if (event.key === "Escape" && event.target.closest(".message")) {
      event.target.closest(".message").focus();
    }
  }

  function moveOn(event) {
    const rows = articles();
    const at = rows.indexOf(event.target);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined) {
      return false;
    }
    event.preventDefault();
    if (to >= rows.length) {
      app.focusComposer(place.isThread);
    } else {
      rows[Math.max(to, 0)].focus();
    }
    return true;
  }

  function doOn(event) {
    const entry = entries.find(
      (one) => one.kind === "message" && one.message.ts === event.target.dataset.ts,
    );
    const acts = entry.message.isTombstone ? [] : messageActs(app, place, entry, app.context);
    const chosen = acts.find((one) => one.key?.toLowerCase() === event.key.toLowerCase());
    if (chosen !== undefined) {
      event.preventDefault();
      chosen.act();
    } else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      event.preventDefault();
      openMenu(
        event.target,
        acts.map((one) => ({ ...one, icon: icon(one.icon) })),
        "Message actions",
      );
    }
  }

  return {
    node,
    scroller,
    update,
    /** Show the end of the list. */
    toBottom: () => scroll.toBottom(),
    /** Show one message, and put the focus on it. */
    reveal(ts) {
      const row = list.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
      row?.scrollIntoView({ block: "center" });
      row?.focus({ preventScroll: true });
      return Boolean(row);
    },
    get isAtBottom() {
      return scroll.isAtBottom;
    },
  };
}

function newest(entries) {
  return entries.findLast((one) => one.kind === "message") ?? null;
}

function lineRow() {
  const said = el("span");
  const node = el("li", {}, said);
  return {
    node,
    update(entry) {
      node.className = `line line-${entry.kind}`;
      setText(said, entry.label);
    },
  };
}
