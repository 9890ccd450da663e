// The page: its panes put together, and kept up to date with the workspace.

import { announce, announcerNode } from "./announcer.js";
import { createApp } from "./app.js";
import { conversationPane } from "./conversation.js";
import { el } from "./dom.js";
import { faultPanel } from "./faults.js";
import { listenForKeys } from "./keys.js";
import { modalLayer } from "./modal.js";
import { newsBetween } from "./news.js";
import { keepFresh } from "./polling.js";
import { currentRoute } from "./route.js";
import { createStore } from "./store.js";
import { act } from "./server.js";
import { sidebar } from "./sidebar.js";
import { threadPane } from "./thread.js";
import { isWithBot, shownChannel } from "./workspace.js";

const root = document.getElementById("app");
const store = createStore({
  ...currentRoute(),
  snapshot: null,
  isOnline: true,
  editing: null,
  areFaultsShown: false,
  dismissed: new Set(),
});
const app = createApp(store);
const { panes } = app;
panes.sidebar = sidebar(app);
panes.conversation = conversationPane(app);
panes.thread = threadPane(app);
panes.faults = faultPanel(app);
const modal = modalLayer(app);

root.replaceChildren(
  el(
    "button",
    { type: "button", class: "skip", on: { click: () => panes.conversation.focus() } },
    "Skip to the message box",
  ),
  panes.sidebar.node,
  panes.conversation.node,
  panes.thread.node,
  panes.faults.node,
  announcerNode(),
);

let opened = "";
const offered = new Set();

function show(state, before) {
  // Until the snapshot of another person has come, the page stays as it is.
  if (state.snapshot?.me !== state.person) {
    return;
  }
  root.dataset.pane = paneOf(state);
  root.classList.remove("is-waiting");
  const seen = withoutDismissed(state);
  // What is read in a thread is no news in the channel, and neither is in the list.
  for (const pane of [panes.thread, panes.conversation, panes.sidebar, panes.faults]) {
    pane.update(seen);
  }
  modal.update(seen.snapshot);
  if (state.snapshot !== before.snapshot) {
    newsBetween(before.snapshot, state.snapshot).forEach(announce);
  }
  openTabs(state);
}

/** On a narrow window one pane is shown at a time. */
function paneOf({ view }) {
  if (!view.channel) {
    return "list";
  }
  return view.thread ? "thread" : "conversation";
}

function withoutDismissed(state) {
  if (state.dismissed.size === 0) {
    return state;
  }
  const ephemerals = state.snapshot.ephemerals.filter((one) => !state.dismissed.has(one.ts));
  return { ...state, snapshot: { ...state.snapshot, ephemerals } };
}

/** Tell the app which of its tabs somebody has opened, as Slack does, once for each time. */
function openTabs({ snapshot, view, person }) {
  const tab = isWithBot(snapshot, shownChannel(snapshot, view)) ? view.tab : "";
  const place = `${person}/${tab}`;
  if (tab !== "" && place !== opened) {
    openTab(person, tab);
  }
  opened = place;
  // The app offers its questions to whoever comes by, and the page shows them in a channel, too.
  if (snapshot.prompts.length === 0 && snapshot.connection.open > 0 && !offered.has(person)) {
    offered.add(person);
    openTab(person, "messages");
  }
}

function openTab(person, tab) {
  act(person, "open_home", { tab }).catch(() => {
    // Out of reach: the page says so already.
  });
}

/** Go where the address of a message leads, once it is known which thread that is in. */
function followMessage({ snapshot, view, message }) {
  if (message && snapshot?.me === store.state.person) {
    store.update({ message: null });
    app.open({ channel: view.channel, message });
  }
}

store.subscribe(show);
store.subscribe(followMessage);
addEventListener("popstate", () => store.update({ ...currentRoute(), editing: null }));
document.addEventListener("visibilitychange", () => store.refresh());
matchMedia("(max-width: 760px)").addEventListener("change", () => store.refresh());
listenForKeys(app);
keepFresh(store);
show(store.state, store.state);
