// The tabs of the app: its home, and the messages with it.

import { el, fill } from "./dom.js";
import { isWithBot } from "./workspace.js";

const NAMES = { home: "Home", messages: "Messages" };

/** Return the tabs above the conversation with the app. */
export function tabList(app) {
  const node = el("div", {
    class: "tabs",
    role: "tablist",
    "aria-label": "Tabs of the app",
    hidden: true,
    on: { keydown },
  });
  let drawn = "";

  function update(snapshot, channel, view) {
    const offered = snapshot.tabs ?? ["home", "messages"];
    node.hidden = !isWithBot(snapshot, channel) || offered.length < 2;
    if (node.hidden) {
      return;
    }
    const sign = JSON.stringify([offered, channel.id]);
    if (sign !== drawn) {
      drawn = sign;
      fill(
        node,
        offered.map((tab) => tabNode(tab, channel)),
      );
    }
    for (const tab of node.children) {
      const isChosen = tab.dataset.tab === view.tab;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
    }
  }

  function tabNode(tab, channel) {
    return el(
      "button",
      {
        type: "button",
        class: "tab",
        role: "tab",
        id: `tab-${tab}`,
        data: { tab },
        on: { click: () => app.go({ channel: channel.id, thread: null, tab }) },
      },
      NAMES[tab],
    );
  }

  function keydown(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      const tabs = [...node.children];
      const next = tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length];
      next.focus();
      next.click();
    }
  }

  return { node, update };
}
