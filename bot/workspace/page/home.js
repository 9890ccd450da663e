// The app's home: the view that it has published for one person.

import { el, fill } from "./dom.js";
import { keepFocus } from "./focus.js";
import { blockNodes } from "./kit/blocks.js";
import { createForm } from "./kit/form.js";

/** Return the home pane. */
export function homePane(app) {
  const inside = el("div", { class: "home-inside blocks" });
  const node = el(
    "div",
    {
      class: "home scroller",
      id: "home-panel",
      role: "tabpanel",
      "aria-labelledby": "tab-home",
      tabindex: "-1",
    },
    inside,
  );
  const host = {
    place: "home",
    form: createForm(),
    memory: new Map(),
    confirm: (question) => app.confirm(question),
    press: (pressed) => app.press({ ...pressed, place: "home", state: host.form.values() }),
  };
  let drawn = "";
  return {
    node,
    update(snapshot) {
      const sign = JSON.stringify([snapshot.home?.blocks, snapshot.me]);
      if (sign === drawn) {
        return;
      }
      drawn = sign;
      Object.assign(host, {
        context: app.context,
        me: snapshot.me,
        people: snapshot.people,
        channels: app.channelChoices(),
      });
      host.form.redraw();
      keepFocus(
        inside,
        () =>
          fill(inside, snapshot.home ? blockNodes(snapshot.home.blocks, host) : nothing(snapshot)),
        node,
      );
    },
  };
}

function nothing(snapshot) {
  return el(
    "p",
    { class: "empty" },
    `${snapshot.bot.name} has not shown a home yet. It does as soon as it is connected.`,
  );
}
