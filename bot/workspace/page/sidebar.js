// The list of conversations, who one is, and whether the app is connected.

import { avatar } from "./avatars.js";
import { el, fill, setText } from "./dom.js";
import { icon } from "./icons.js";
import { keyedList } from "./keyed_list.js";
import { openMenu } from "./menu.js";
import { isUnread } from "./reading.js";
import { themeEntries } from "./theme.js";
import { isWithBot, personOf, shownChannel, titleOf } from "./workspace.js";

/** Return the sidebar. */
export function sidebar(app) {
  const team = el("span", { class: "team-name" });
  const connection = el("p", { class: "connection", role: "status" });
  const channels = el("ul", { role: "list" });
  const directs = el("ul", { role: "list" });
  const me = el("button", {
    type: "button",
    class: "me",
    "aria-haspopup": "menu",
    on: { click: () => switchPerson(app, me) },
  });
  const theme = tool("sun", "Theme", () => openMenu(theme, themeEntries(), "Theme"), true);
  const faults = tool("bolt", "Faults and calls", () => app.toggleFaults());
  const keys = tool("keyboard", "Keyboard shortcuts", () => app.showKeys());
  const node = el(
    "nav",
    { class: "sidebar", "aria-label": "Conversations", tabindex: "-1" },
    el(
      "div",
      { class: "team" },
      el("img", { class: "team-mark", src: "/page/mark.svg", alt: "" }),
      el("div", {}, el("p", { class: "team-line" }, team), connection),
    ),
    el(
      "div",
      { class: "places" },
      el("h2", { class: "places-title", id: "places-channels" }, "Channels"),
      el("div", { role: "group", "aria-labelledby": "places-channels" }, channels),
      el("h2", { class: "places-title", id: "places-direct" }, "Direct messages"),
      el("div", { role: "group", "aria-labelledby": "places-direct" }, directs),
    ),
    el("div", { class: "side-foot" }, me, el("div", { class: "tools" }, theme, faults, keys)),
  );
  const patchChannels = keyedList(channels, () => placeRow(app));
  const patchDirects = keyedList(directs, () => placeRow(app));
  let drawnMe = "";

  function update(state) {
    const { snapshot, view } = state;
    setText(team, snapshot.team.name);
    showConnection(connection, state);
    const current = app.isNarrow() && !view.channel ? null : shownChannel(snapshot, view);
    const entries = snapshot.channels.map((channel) => ({
      key: channel.id,
      channel,
      title: titleOf(snapshot, channel).replace(/^#/, ""),
      person:
        channel.kind === "im"
          ? (personOf(snapshot, channel.with) ?? { is_bot: isWithBot(snapshot, channel) })
          : null,
      isCurrent: channel.id === current?.id,
      isUnread: isUnread(snapshot, channel),
    }));
    patchChannels(entries.filter((one) => one.channel.kind !== "im"));
    patchDirects(entries.filter((one) => one.channel.kind === "im"));
    drawMe(snapshot);
    faults.classList.toggle("tool-on", isFaulty(snapshot.faults));
  }

  function drawMe(snapshot) {
    const person = personOf(snapshot, snapshot.me);
    const sign = JSON.stringify(person);
    if (sign !== drawnMe) {
      drawnMe = sign;
      fill(
        me,
        avatar(person, "medium"),
        el("span", { class: "sr-only" }, "You are "),
        el(
          "span",
          { class: "me-said" },
          el("span", { class: "me-name" }, person.name),
          el("span", { class: "me-role" }, roleOf(person)),
        ),
        el("span", { class: "sr-only" }, "(switch person)"),
        icon("down"),
      );
    }
  }

  return {
    node,
    update,
    focus: () => (node.querySelector("[aria-current]") ?? node.querySelector(".place")).focus(),
  };
}

/** Whether any fault is switched on. */
export function isFaulty(faults) {
  return Object.values(faults ?? {}).some((value) => Boolean(value));
}

function tool(name, label, act, hasMenu = false) {
  return el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": label,
      "aria-haspopup": hasMenu ? "menu" : null,
      data: { tip: label },
      on: { click: act },
    },
    icon(name),
  );
}

function placeRow(app) {
  const picture = el("span", { class: "place-icon" });
  const title = el("span", { class: "place-title" });
  const news = el(
    "span",
    { class: "place-news", hidden: true },
    el("span", { class: "sr-only" }, "unread"),
  );
  let channel = null;
  const button = el(
    "button",
    {
      type: "button",
      class: "place",
      on: { click: () => app.go({ channel: channel.id, thread: null, tab: "messages" }) },
    },
    picture,
    title,
    news,
  );
  const node = el("li", {}, button);
  let drawn = "";
  return {
    node,
    update(entry) {
      ({ channel } = entry);
      const sign = JSON.stringify([entry.person, channel.kind]);
      if (sign !== drawn) {
        drawn = sign;
        fill(
          picture,
          entry.person
            ? avatar(entry.person, "small")
            : icon(channel.kind === "group" ? "lock" : "hash"),
        );
      }
      setText(title, entry.title);
      news.hidden = !entry.isUnread;
      button.classList.toggle("place-unread", entry.isUnread);
      if (entry.isCurrent) {
        button.setAttribute("aria-current", "page");
      } else {
        button.removeAttribute("aria-current");
      }
    },
  };
}

function switchPerson(app, anchor) {
  const { snapshot } = app.store.state;
  const entries = snapshot.people
    .filter((person) => !person.is_bot)
    .map((person) => ({
      label: person.name,
      hint: roleOf(person),
      icon: avatar(person, "small"),
      isChecked: person.id === snapshot.me,
      act: () => app.become(person.id),
    }));
  openMenu(anchor, entries, "Look at the workspace as");
}

function roleOf(person) {
  if (person.is_admin) {
    return "admin of the workspace";
  }
  return person.is_guest ? "guest from outside" : "no special rights";
}

function showConnection(node, { snapshot, isOnline }) {
  const { name } = snapshot.bot;
  const { open, total, mode } = snapshot.connection;
  let state = ["good", `${name} is connected`];
  if (!isOnline) {
    state = ["bad", "Workspace out of reach"];
  } else if (mode === "http") {
    state = ["good", `${name} listens over HTTP`];
  } else if (!open) {
    state = total ? ["wait", `${name} is reconnecting…`] : ["wait", `Waiting for ${name}…`];
  }
  node.className = `connection connection-${state[0]}`;
  setText(node, state[1]);
}
