// What the parts of the page ask for: acts in the workspace, and ways through the page.

import { confirmDialog } from "./dialogs.js";
import { showKeys } from "./keys.js";
import { writeRoute } from "./route.js";
import * as server from "./server.js";
import { say } from "./toast.js";
import { channelOf, mentionsBot, personOf, shownChannel, titleOf } from "./workspace.js";

const NARROW = "(max-width: 760px)";
const WIDE = "(min-width: 1080px)";

/** Return what all parts share. `panes` is filled in by whoever makes them. */
export function createApp(store) {
  const panes = {};
  const app = {
    store,
    panes,
    say,
    showKeys,
    context: textContext(store, (place) => app.open(place)),
    isNarrow,
    confirm: (question) => confirmDialog(question, app.context),
    channelChoices: () =>
      store.state.snapshot.channels.map((one) => ({
        id: one.id,
        title: titleOf(store.state.snapshot, one),
      })),
    ...acts(store),
    ...ways(store, panes),
  };
  Object.assign(app, asking(app));
  return app;
}

/** Things to do in the workspace; each returns whether it was done, and says why when not. */
function acts(store) {
  async function tried(name, fields) {
    try {
      const reply = await server.act(store.state.snapshot.me, name, fields);
      if (!reply.ok) {
        say(reply.message ?? "That did not work.");
      }
      return reply;
    } catch (error) {
      if (!(error instanceof server.Unreachable)) {
        throw error;
      }
      say(`${error.message} Nothing was done; try again.`);
      return { ok: false };
    }
  }
  return {
    tried,
    act: async (name, fields) => (await tried(name, fields)).ok === true,
    press: async (fields) => (await tried("press", fields)).ok === true,
  };
}

/** Posting and commands, which also lead somewhere. */
function asking(app) {
  const { store } = app;
  return {
    /** Post what was typed; the thread of a question to the app opens beside the channel. */
    async post({ channel, thread }, text, isOpened = false) {
      const fields = { channel, text, ...(thread ? { thread_ts: thread } : {}) };
      const reply = await app.tried("post", fields);
      if (!reply.ok) {
        return false;
      }
      const { snapshot, view } = store.state;
      const isAsked = channelOf(snapshot, channel)?.kind === "im" || mentionsBot(snapshot, text);
      const hasRoom = matchMedia(WIDE).matches || (isOpened && !app.isNarrow());
      if (
        !thread &&
        isAsked &&
        reply.ts &&
        hasRoom &&
        shownChannel(snapshot, view).id === channel
      ) {
        app.openThread(channel, reply.ts, isOpened);
      }
      return true;
    },
    async command({ channel, thread }, typed) {
      const name = typed.split(/\s/, 1)[0];
      if (thread) {
        say(`Slack takes no commands in threads. Use ${name} in the channel.`);
        return false;
      }
      if (!store.state.snapshot.commands.some((one) => one.command === name.toLowerCase())) {
        say(`There is no command ${name}.`);
        return false;
      }
      return app.act("command", { channel, typed });
    },
  };
}

/** Ways through the page. */
function ways(store, panes) {
  function go(view) {
    store.update({ view, editing: null });
    writeRoute(store.state);
  }
  const here = () => ({
    ...store.state.view,
    channel: shownChannel(store.state.snapshot, store.state.view).id,
  });
  return {
    go,
    /** Show a thread; `isFocused` puts the cursor into its composer, where there is room for it. */
    openThread(channel, thread, isFocused = true) {
      go({ channel, thread, tab: "messages" });
      if (isNarrow()) {
        panes.thread.node.focus(); // a phone would cover half of the thread with its keyboard
      } else if (isFocused && !isTyping()) {
        panes.thread.focus();
      }
    },
    closeThread() {
      const { channel, thread } = here();
      go({ channel, thread: null, tab: "messages" });
      panes.conversation.reveal(thread) || panes.conversation.focus();
    },
    showList() {
      go({ channel: null, thread: null, tab: "messages" });
      panes.sidebar.focus();
    },
    /** Follow a link to a message. */
    open({ channel, thread = null, message = null }) {
      const { snapshot } = store.state;
      const found = channelOf(snapshot, channel)?.messages.find((one) => one.ts === message);
      const root =
        thread ?? (found?.thread_ts && found.thread_ts !== message ? found.thread_ts : null);
      go({ channel, thread: root, tab: "messages" });
      if (message !== null) {
        queueMicrotask(() => (root ? panes.thread : panes.conversation).reveal(message));
      }
    },
    become(person) {
      const { snapshot } = store.state;
      const name = personOf(snapshot, person).name;
      const view = { channel: keptChannel(snapshot), thread: null, tab: "messages" };
      store.update({ person, view, editing: null });
      writeRoute(store.state);
      say(`You are ${name} now.`, false);
    },
    edit: (key) => store.update({ editing: key }),
    editLast(isThread) {
      const pane = isThread ? panes.thread : panes.conversation;
      const message = pane.lastOwn;
      if (message) {
        store.update({
          editing: `${isThread ? "thread" : "channel"}/${here().channel}/${message.ts}`,
        });
      }
      return Boolean(message);
    },
    dismiss(ts) {
      store.update({ dismissed: new Set([...store.state.dismissed, ts]) });
      panes.conversation.focus();
    },
    focusComposer: (isThread) => (isThread ? panes.thread : panes.conversation).focus(),
    toggleFaults() {
      const areFaultsShown = !store.state.areFaultsShown;
      store.update({ areFaultsShown });
      if (areFaultsShown) {
        panes.faults.focus();
      } else {
        panes.sidebar.node.querySelector("[aria-label='Faults and calls']").focus();
      }
    },
    nextChannel(step) {
      const { channels } = store.state.snapshot;
      const at = channels.findIndex((one) => one.id === here().channel);
      const next = channels[(at + step + channels.length) % channels.length];
      go({ channel: next.id, thread: null, tab: "messages" });
      panes.conversation.focus();
    },
    nextPane(step) {
      const shown = [panes.sidebar, panes.conversation, panes.thread, panes.faults].filter(
        (pane) => pane.node.offsetParent !== null,
      );
      const at = shown.findIndex((pane) => pane.node.contains(document.activeElement));
      shown[(at + step + shown.length) % shown.length].focus();
    },
  };

  /** The channel stays when the other person is probably in it, too. */
  function keptChannel(snapshot) {
    const channel = shownChannel(snapshot, store.state.view);
    return channel.kind === "channel" ? channel.id : null;
  }
}

function isNarrow() {
  return matchMedia(NARROW).matches;
}

function isTyping() {
  const active = document.activeElement;
  return active instanceof HTMLTextAreaElement && active.value !== "";
}

/** What texts need to know of people and channels. */
function textContext(store, open) {
  return {
    person(id) {
      const { snapshot } = store.state;
      const person = personOf(snapshot, id) ?? (id === snapshot.bot.id ? snapshot.bot : null);
      return person && { name: person.name, isMe: id === snapshot.me };
    },
    channelName: (id) => channelOf(store.state.snapshot, id)?.name ?? null,
    open,
  };
}
