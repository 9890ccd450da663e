// What the app says it is doing, and a button that stops it.

import { el } from "./dom.js";
import { icon } from "./icons.js";

/** Return the line that says what the app is doing in a thread. */
export function statusLine(app, { channel, thread, text }) {
  const { snapshot } = app.store.state;
  const stop = el(
    "button",
    {
      type: "button",
      class: "button button-small stop",
      data: { focus: `stop/${thread}` },
      on: {
        async click() {
          stop.setAttribute("aria-busy", "true");
          await app.act("stop", { channel, thread_ts: thread });
          stop.removeAttribute("aria-busy");
        },
      },
    },
    icon("stop"),
    "Stop",
  );
  return el(
    "div",
    { class: "status" },
    el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
    el("span", { class: "status-text" }, el("b", {}, snapshot.bot.name), ` ${text}`),
    stop,
  );
}
