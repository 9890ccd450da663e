// Faults to switch on, what is on, and what the app has called: to see how it copes.

import { el, fill, setText } from "./dom.js";
import { icon } from "./icons.js";

const TIMES = { name: "times", label: "times", value: 1, max: 100 };
const SECONDS = { name: "seconds", label: "seconds", value: 3, max: 120 };

const FAULTS = [
  {
    name: "drop_socket",
    title: "Drop the connection",
    text: "Cuts the app's Socket Mode connections.",
  },
  {
    name: "redeliver",
    title: "Deliver again",
    text: "Sends events once more though they were acknowledged.",
    takes: [TIMES],
  },
  {
    name: "duplicate",
    title: "Deliver twice",
    text: "Sends the same envelope twice in a row.",
    takes: [TIMES],
  },
  {
    name: "answer_429",
    title: "Answer 429",
    text: "Tells the app that it posts too fast.",
    takes: [TIMES],
  },
  {
    name: "answer_5xx",
    title: "Answer 503",
    text: "Fails Web API calls with a server error.",
    takes: [TIMES],
  },
  {
    name: "cut_after_accept",
    title: "Cut after accepting",
    text: "Posts, then cuts the connection before the answer.",
    takes: [TIMES],
  },
  { name: "slow", title: "Be slow", text: "Waits before doing calls.", takes: [TIMES, SECONDS] },
  {
    name: "unreachable",
    title: "Be out of reach",
    text: "Refuses the app's calls for a while.",
    takes: [SECONDS],
  },
];

const SAYINGS = {
  slow_s: (value) => `calls wait ${value} s`,
  status: (value) => `calls are answered with ${value}`,
  unreachable: () => "the app cannot reach the workspace",
  redeliver: (value) => `${value} more to be delivered again`,
  duplicate: (value) => `${value} more to be delivered twice`,
  cut_after_accept: () => "the next post is cut after it is accepted",
};

/** Return the panel with faults and calls. */
export function faultPanel(app) {
  const state = el("p", { class: "faults-on", role: "status" });
  const calls = el("tbody");
  const close = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close",
      on: { click: () => app.toggleFaults() },
    },
    icon("close"),
  );
  const clear = el(
    "button",
    {
      type: "button",
      class: "button button-small",
      on: { click: () => app.act("fault", { name: "clear" }) },
    },
    "Switch all off",
  );
  const node = el(
    "section",
    {
      class: "faults",
      role: "dialog",
      "aria-labelledby": "faults-title",
      hidden: true,
      tabindex: "-1",
      on: { keydown },
    },
    el(
      "header",
      { class: "pane-head" },
      el("h2", { class: "pane-title", id: "faults-title" }, "Faults and calls"),
      close,
    ),
    el(
      "div",
      { class: "faults-inside", tabindex: "0", role: "group", "aria-label": "Faults and calls" },
      el(
        "p",
        { class: "faults-lead" },
        "What networks and busy servers do now and then. The app should cope with all of it.",
      ),
      el("div", { class: "faults-now" }, state, clear),
      el(
        "ul",
        { class: "faults-list", role: "list" },
        FAULTS.map((fault) => faultRow(app, fault)),
      ),
      el("h3", {}, "Last calls of the Web API"),
      el(
        "div",
        { class: "table-frame" },
        el(
          "table",
          { class: "calls" },
          el(
            "thead",
            {},
            el(
              "tr",
              {},
              ["Method", "Result", "ms"].map((name) => el("th", { scope: "col" }, name)),
            ),
          ),
          calls,
        ),
      ),
    ),
  );
  function keydown(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      app.toggleFaults();
    }
  }
  let drawn = "";
  return {
    node,
    update({ snapshot, areFaultsShown }) {
      node.hidden = !areFaultsShown;
      if (node.hidden) {
        return;
      }
      const on = sayings(snapshot.faults);
      setText(state, on.length > 0 ? `Now: ${on.join("; ")}.` : "All works as it should.");
      state.classList.toggle("faults-active", on.length > 0);
      const sign = JSON.stringify(snapshot.calls);
      if (sign !== drawn) {
        drawn = sign;
        fill(calls, snapshot.calls.toReversed().map(callRow));
      }
    },
    focus: () => close.focus(),
  };
}

function sayings(faults) {
  return Object.entries(faults ?? {})
    .filter(([, value]) => Boolean(value))
    .map(([name, value]) => (SAYINGS[name] ?? (() => `${name}: ${value}`))(value));
}

function faultRow(app, fault) {
  const fields = (fault.takes ?? []).map((one) => ({
    ...one,
    control: el("input", {
      type: "number",
      min: "1",
      max: String(one.max),
      value: String(one.value),
      "aria-label": `${fault.title}: ${one.label}`,
    }),
  }));
  const button = el(
    "button",
    {
      type: "button",
      class: "button button-small",
      "aria-label": `${fault.title}: do it`,
      on: { click: cause },
    },
    "Do it",
  );
  async function cause() {
    const numbers = fields.map(({ name, control, value, max }) => [
      name,
      clamped(control.value, value, max),
    ]);
    button.setAttribute("aria-busy", "true");
    await app.act("fault", { name: fault.name, ...Object.fromEntries(numbers) });
    button.removeAttribute("aria-busy");
  }
  return el(
    "li",
    { class: "fault" },
    el("div", { class: "fault-said" }, el("b", {}, fault.title), el("p", {}, fault.text)),
    el(
      "div",
      { class: "fault-do" },
      fields.map(({ control, label }) => el("span", { class: "fault-field" }, control, label)),
      button,
    ),
  );
}

function clamped(typed, otherwise, max) {
  const number = Math.round(Number(typed));
  return Number.isFinite(number) && number >= 1 ? Math.min(number, max) : otherwise;
}

function callRow(call) {
  return el(
    "tr",
    { class: call.error ? "call-failed" : null },
    el("td", {}, call.method),
    el("td", {}, call.error ?? "ok"),
    el("td", { class: "side-right" }, String(Math.round(call.ms))),
  );
}
