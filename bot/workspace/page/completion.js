// The list of suggestions above a field: arrows choose, Tab and Enter take, Escape closes.

import { avatar } from "./avatars.js";
import { el, fill, freshId } from "./dom.js";

/** Offer suggestions in `field`; `find(before)` returns `{start, options}` or null. */
export function completion(field, find) {
  const list = el("ul", {
    class: "completion",
    role: "listbox",
    id: freshId("completion"),
    "aria-label": "Suggestions",
  });
  const count = el("span", { class: "sr-only", role: "status" });
  const node = el("div", { class: "completion-frame", hidden: true }, list);
  let found = null;
  let chosen = 0;
  let refused = null;
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.addEventListener("input", look);
  field.addEventListener("click", look);
  field.addEventListener("blur", close);

  function look() {
    const before = field.value.slice(0, field.selectionStart);
    found = field.selectionStart === field.selectionEnd && before !== refused ? find(before) : null;
    if (before !== refused) {
      refused = null;
    }
    chosen = 0;
    if (found === null) {
      close();
    } else {
      show();
    }
  }

  function show() {
    fill(list, found.options.map(optionNode));
    node.hidden = false;
    count.textContent =
      found.options.length === 1 ? "1 suggestion" : `${found.options.length} suggestions`;
    mark();
  }

  function optionNode(option, at) {
    const picture = option.person
      ? avatar(option.person, "small")
      : el("span", { class: "completion-mark" }, option.mark);
    return el(
      "li",
      {
        class: "completion-option",
        role: "option",
        id: `${list.id}-${at}`,
        on: {
          // Before the field loses the focus.
          pointerdown(event) {
            event.preventDefault();
            take(at);
          },
        },
      },
      picture,
      el("span", { class: "completion-label" }, option.label),
      option.hint && el("span", { class: "completion-hint" }, option.hint),
    );
  }

  function mark() {
    [...list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === chosen));
    });
    field.setAttribute("aria-activedescendant", `${list.id}-${chosen}`);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  }

  function close() {
    found = null;
    node.hidden = true;
    field.removeAttribute("aria-activedescendant");
  }

  function take(at) {
    const { start, options } = found;
    const after = field.value.slice(field.selectionStart).replace(/^ /, "");
    field.value = field.value.slice(0, start) + options[at].insert + after;
    const cursor = start + options[at].insert.length;
    field.setSelectionRange(cursor, cursor);
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Whether what is typed already says what the chosen option would insert. */
  function isTyped() {
    const typed = field.value.slice(found.start, field.selectionStart);
    return typed.trim().toLowerCase() === found.options[chosen].insert.trim().toLowerCase();
  }

  /** Deal with a key; returns whether that was all. */
  function onKey(event) {
    if (found === null || event.isComposing) {
      return false;
    }
    const count = found.options.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      mark();
    } else if (event.key === "Escape") {
      refused = field.value.slice(0, field.selectionStart);
      close();
    } else if (event.key === "Tab" && !event.shiftKey) {
      take(chosen);
    } else if (event.key === "Enter" && !event.shiftKey && !isTyped()) {
      take(chosen);
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return { node, count, onKey, look, close };
}
