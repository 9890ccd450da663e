// What somebody has read so far, kept for as long as the tab is open.

import { ephemeralsOf, isReply, takesPart, threadsOf } from "./workspace.js";

const KEY = "onrecord-read";

let marks = load();

/** Return up to which timestamp somebody has read a channel, or a thread of it. */
export function readUpTo(person, channel, thread = "") {
  return marks[keyOf(person, channel, thread)] ?? "0";
}

/** Note that somebody has read a channel, or a thread of it, up to a timestamp. */
export function markRead(person, channel, ts, thread = "") {
  const key = keyOf(person, channel, thread);
  if (ts > (marks[key] ?? "0")) {
    marks[key] = ts;
    try {
      sessionStorage.setItem(KEY, JSON.stringify(marks));
    } catch {
      // Storage is switched off: the marks last until the page is loaded again.
    }
  }
}

/** Return the timestamp of the last thing in a channel, or `"0"`. */
export function lastTs(snapshot, channel) {
  const last = channel.messages.at(-1)?.ts ?? "0";
  const ephemeral = snapshot.ephemerals.findLast((one) => one.channel === channel.id)?.ts ?? "0";
  return last > ephemeral ? last : ephemeral;
}

/** Whether a channel holds something for the reader that is not read yet. */
export function isUnread(snapshot, channel) {
  const read = readUpTo(snapshot.me, channel.id);
  if (lastTs(snapshot, channel) <= read) {
    return false;
  }
  const threads = threadsOf(channel);
  const roots = new Map(channel.messages.map((message) => [message.ts, message]));
  const isForMe = (message) => {
    if (message.is_mine || message.ts <= read) {
      return false;
    }
    const thread = message.thread_ts;
    return (
      !isReply(message) || takesPart(snapshot, channel, roots.get(thread), threads.get(thread))
    );
  };
  const ephemerals = snapshot.ephemerals.filter((one) => one.channel === channel.id);
  return channel.messages.some(isForMe) || ephemerals.some((one) => one.ts > read);
}

/** Whether a thread that the reader takes part in holds replies that are not read yet. */
export function isThreadUnread(snapshot, channel, root, replies) {
  const read = readUpTo(snapshot.me, channel.id, root.ts);
  const said = [
    ...replies.filter((reply) => !reply.is_mine),
    ...ephemeralsOf(snapshot, channel, root.ts),
  ];
  return takesPart(snapshot, channel, root, replies) && said.some((reply) => reply.ts > read);
}

function keyOf(person, channel, thread) {
  return `${person}/${channel}/${thread}`;
}

function load() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
