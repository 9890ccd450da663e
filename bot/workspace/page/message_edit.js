// Changing one's own message where it stands.

import { el } from "./dom.js";
import { fitHeight } from "./heights.js";
import { typedText } from "./text/typed.js";

/** Return under which name a message is edited. */
export function editKey(place, message) {
  return `${place.isThread ? "thread" : "channel"}/${place.channel}/${message.ts}`;
}

/** Return the form in which a message is edited: Enter saves, Escape leaves it as it was. */
export function editForm(app, place, message) {
  const before = typedText(message.text ?? "", app.context);
  const field = el("textarea", {
    class: "composer-field",
    rows: "1",
    "aria-label": "Edit message",
    value: before,
    on: { keydown, input: () => fitHeight(field) },
  });
  const form = el(
    "form",
    { class: "edit", on: { submit } },
    field,
    el(
      "div",
      { class: "edit-foot" },
      el("span", { class: "composer-hint" }, "Escape cancels"),
      el(
        "button",
        { type: "button", class: "button button-small", on: { click: leave } },
        "Cancel",
      ),
      el("button", { type: "submit", class: "button button-small button-primary" }, "Save"),
    ),
  );
  function keydown(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      leave();
    }
  }
  function leave() {
    const row = form.closest(".message");
    app.edit(null);
    row?.focus({ preventScroll: true });
  }
  async function submit(event) {
    event.preventDefault();
    const text = field.value.trim();
    if (text === before.trim()) {
      leave();
    } else if (text === "") {
      app.say("A message needs some words. Delete it instead.");
    } else if (await app.act("edit", { channel: place.channel, ts: message.ts, text })) {
      leave();
    }
  }
  queueMicrotask(() => {
    fitHeight(field);
    field.setSelectionRange(before.length, before.length);
  });
  return form;
}
