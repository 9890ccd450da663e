// The pane beside a channel: one thread, and a composer to reply.

import { composer } from "./composer.js";
import { el, fill, setText } from "./dom.js";
import { lastOwn, threadEntries } from "./entries.js";
import { keepFocus } from "./focus.js";
import { icon } from "./icons.js";
import { messageList } from "./message_list.js";
import { markRead, readUpTo } from "./reading.js";
import { statusLine } from "./statuses.js";
import { channelOf, statusOf, titleOf } from "./workspace.js";

/** Return the thread pane. */
export function threadPane(app) {
  const from = el("span", { class: "pane-from" });
  const close = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close thread",
      data: { tip: "Close thread" },
      on: { click: () => app.closeThread() },
    },
    icon("close"),
  );
  const back = el(
    "button",
    {
      type: "button",
      class: "icon-button back",
      "aria-label": "Back to the channel",
      on: { click: () => app.closeThread() },
    },
    icon("back"),
  );
  const head = el(
    "header",
    { class: "pane-head" },
    back,
    el("h2", { class: "pane-title", id: "thread-title" }, "Thread"),
    from,
    close,
  );
  const body = el("div", { class: "pane-body" });
  const status = el("div", { class: "thread-status" });
  const write = composer(app, { isThread: true });
  const node = el(
    "aside",
    {
      class: "thread",
      "aria-labelledby": "thread-title",
      hidden: true,
      tabindex: "-1",
      on: { keydown },
    },
    head,
    body,
    status,
    write.node,
  );
  let list = null;
  let entries = [];
  let shown = null;
  let newSince = "0";

  function keydown(event) {
    if (event.key === "Escape" && !event.defaultPrevented && write.field.value === "") {
      app.closeThread();
    }
  }

  function update(state) {
    const { snapshot, view } = state;
    const channel = view.channel && channelOf(snapshot, view.channel);
    node.hidden = !channel || !view.thread;
    if (node.hidden) {
      shown = null;
      return;
    }
    const key = `${snapshot.me}/${channel.id}/${view.thread}`;
    if (shown !== key) {
      open(channel, view.thread, snapshot.me, key);
    }
    setText(from, titleOf(snapshot, channel));
    entries = threadEntries(snapshot, channel, view.thread, newSince);
    list.update(entries);
    drawStatus(statusOf(snapshot, channel.id, view.thread), channel.id, view.thread);
    write.update({ channel: channel.id, thread: view.thread, label: "Reply…" });
    if (document.visibilityState === "visible") {
      markRead(
        snapshot.me,
        channel.id,
        entries.findLast((one) => one.kind === "message").message.ts,
        view.thread,
      );
    }
  }

  function open(channel, thread, me, key) {
    shown = key;
    const read = readUpTo(me, channel.id, thread);
    newSince = read === "0" ? null : read; // nothing is marked as new in a thread never read before
    list = messageList(app, { channel: channel.id, isThread: true }, "Messages of the thread");
    fill(body, list.node);
    queueMicrotask(() => list.toBottom());
  }

  let drawnStatus = "";
  function drawStatus(text, channel, thread) {
    const sign = text && `${channel}/${thread}/${text}`;
    if (sign === drawnStatus) {
      return;
    }
    drawnStatus = sign;
    keepFocus(
      status,
      () => fill(status, text && statusLine(app, { channel, thread, text })),
      write.field,
    );
  }

  return {
    node,
    update,
    focus: () => write.focus(),
    reveal: (ts) => list?.reveal(ts) ?? false,
    get lastOwn() {
      return lastOwn(entries);
    },
  };
}
