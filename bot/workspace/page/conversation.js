// The middle of the page: one channel or direct conversation, or the app's home.

import { composer } from "./composer.js";
import { el, fill, setText } from "./dom.js";
import { channelEntries, lastOwn } from "./entries.js";
import { homePane } from "./home.js";
import { icon } from "./icons.js";
import { intro } from "./intro.js";
import { messageList } from "./message_list.js";
import { lastTs, markRead, readUpTo } from "./reading.js";
import { tabList } from "./tabs.js";
import { isWithBot, shownChannel, titleOf } from "./workspace.js";

/** Return the pane in the middle. */
export function conversationPane(app) {
  const sign = el("span", { class: "pane-sign" });
  const title = el("h1", { class: "pane-title", id: "conversation-title" });
  const badge = el("span", { class: "badge", hidden: true }, "App");
  const back = el(
    "button",
    {
      type: "button",
      class: "icon-button back",
      "aria-label": "Back to the list of conversations",
      on: { click: () => app.showList() },
    },
    icon("back"),
  );
  const tabs = tabList(app);
  const banner = el("p", { class: "banner", role: "status", hidden: true });
  const head = el("header", { class: "pane-head" }, back, sign, title, badge, tabs.node);
  const body = el("div", { class: "pane-body" });
  const write = composer(app, { isThread: false });
  const home = homePane(app);
  const node = el(
    "main",
    { class: "conversation", "aria-labelledby": "conversation-title", tabindex: "-1" },
    head,
    banner,
    body,
    write.node,
  );
  const begin = intro(app);
  let list = null;
  let shown = null;
  let newSince = null;
  let entries = [];

  function update(state) {
    const { snapshot, view, isOnline } = state;
    const channel = shownChannel(snapshot, view);
    const isHome = isWithBot(snapshot, channel) && view.tab === "home";
    setText(title, titleOf(snapshot, channel).replace(/^#/, ""));
    document.title = `${titleOf(snapshot, channel)} – Onrecord`;
    banner.hidden = isOnline;
    setText(banner, isOnline ? "" : "The workspace is out of reach. Trying again…");
    tabs.update(snapshot, channel, view);
    const key = `${snapshot.me}/${channel.id}/${isHome ? "home" : ""}`;
    if (key !== shown) {
      open(snapshot, channel, isHome, key);
    }
    if (isHome) {
      home.update(snapshot);
      return;
    }
    begin.update(snapshot, channel);
    entries = channelEntries(snapshot, channel, newSince);
    list.update(entries);
    const name = titleOf(snapshot, channel);
    write.update({ channel: channel.id, thread: null, label: `Message ${name}` });
    if (document.visibilityState === "visible" && !(app.isNarrow() && !view.channel)) {
      markRead(snapshot.me, channel.id, lastTs(snapshot, channel));
    }
  }

  function open(snapshot, channel, isHome, key) {
    shown = key;
    const withBot = isWithBot(snapshot, channel);
    fill(
      sign,
      withBot
        ? el("img", { class: "pane-mark", src: "/page/mark.svg", alt: "" })
        : icon(channel.kind === "group" ? "lock" : "hash"),
    );
    badge.hidden = !withBot;
    write.node.hidden = isHome;
    if (isHome) {
      fill(body, home.node);
      return;
    }
    const read = readUpTo(snapshot.me, channel.id);
    newSince = read === "0" ? null : read;
    const place = { channel: channel.id, isThread: false };
    list = messageList(app, place, `Messages in ${titleOf(snapshot, channel)}`, begin.node);
    if (withBot && snapshot.tabs?.length > 1) {
      list.node.setAttribute("role", "tabpanel");
      list.node.setAttribute("aria-labelledby", "tab-messages");
      list.node.id = "messages-panel";
    }
    fill(body, list.node);
    queueMicrotask(() => list.toBottom());
  }

  return {
    node,
    update,
    focus: () => (write.node.hidden ? home.node : write).focus(),
    reveal: (ts) => list?.reveal(ts) ?? false,
    get lastOwn() {
      return lastOwn(entries);
    },
  };
}
