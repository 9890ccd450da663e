// Where messages and commands are written.

import { completion } from "./completion.js";
import { el } from "./dom.js";
import { draftOf, keepDraft } from "./drafts.js";
import { fitHeight } from "./heights.js";
import { icon } from "./icons.js";
import { suggestionsFor } from "./suggestions.js";

/** Return a composer. `place()` says where it writes: `{channel, thread, label}`. */
export function composer(app, { isThread }) {
  const field = el("textarea", {
    class: "composer-field",
    rows: "1",
    id: isThread ? "thread-composer" : "composer",
    autocomplete: "off",
    on: { keydown, input },
  });
  const suggested = completion(field, (before) =>
    suggestionsFor(app.store.state.snapshot, before, !isThread),
  );
  const send = el(
    "button",
    { type: "submit", class: "send", "aria-label": "Send", data: { tip: "Send" } },
    icon("send"),
  );
  const box = el(
    "div",
    { class: "composer-box" },
    field,
    el(
      "div",
      { class: "composer-bar" },
      opener("at", "Mention somebody", "@"),
      !isThread && opener("slash", "Use a command", "/"),
      el(
        "span",
        { class: "composer-hint", "aria-hidden": "true" },
        el("kbd", {}, "Enter"),
        " sends, ",
        el("kbd", {}, "Shift"),
        " + ",
        el("kbd", {}, "Enter"),
        " a new line",
      ),
      send,
    ),
  );
  const node = el(
    "form",
    { class: "composer", on: { submit } },
    suggested.node,
    box,
    suggested.count,
  );
  let place = null;
  let key = null;

  function opener(name, label, sign) {
    return el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": label,
        data: { tip: label },
        on: {
          click() {
            insert(sign);
          },
        },
      },
      icon(name),
    );
  }

  function insert(sign) {
    field.focus();
    const before = field.value.slice(0, field.selectionStart);
    const needsSpace = before !== "" && !/\s$/.test(before);
    const isMisplaced = sign === "/" && field.value.trim() !== "";
    if (isMisplaced) {
      app.say("A command stands at the beginning of an empty message.");
      return;
    }
    field.setRangeText(
      `${needsSpace ? " " : ""}${sign}`,
      field.selectionStart,
      field.selectionEnd,
      "end",
    );
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function input() {
    keepDraft(key, field.value);
    changed();
  }

  function changed() {
    fitHeight(field);
    const isEmpty = field.value.trim() === "";
    send.setAttribute("aria-disabled", String(isEmpty));
    box.classList.toggle("composer-full", !isEmpty);
  }

  function keydown(event) {
    if (suggested.onKey(event) || event.isComposing) {
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      node.requestSubmit();
    } else if (event.key === "ArrowUp" && field.value === "") {
      if (app.editLast(isThread)) {
        event.preventDefault();
      }
    }
  }

  async function submit(event) {
    event.preventDefault();
    const typed = field.value;
    if (typed.trim() === "") {
      return;
    }
    const sentFrom = key;
    setField("");
    suggested.close();
    const isDone = typed.trimStart().startsWith("/")
      ? await app.command(place, typed.trim())
      : await app.post(place, typed.trim());
    if (!isDone) {
      giveBack(sentFrom, typed);
    }
  }

  /** What could not be sent stands there again, before what has been typed since. */
  function giveBack(sentFrom, typed) {
    const since = draftOf(sentFrom);
    keepDraft(sentFrom, since === "" ? typed : `${typed}\n${since}`);
    if (sentFrom === key) {
      setField(draftOf(key));
    }
  }

  function setField(text) {
    field.value = text;
    keepDraft(key, text);
    changed();
  }

  return {
    node,
    field,
    /** Write somewhere: `{channel, thread, label}`. */
    update(next) {
      const nextKey = `${app.store.state.person}/${next.channel}/${next.thread ?? ""}`;
      place = next;
      field.setAttribute("aria-label", next.label);
      field.placeholder = next.label;
      if (nextKey !== key) {
        key = nextKey;
        suggested.close();
        field.value = draftOf(key);
        changed();
      }
    },
    focus: () => field.focus(),
  };
}
