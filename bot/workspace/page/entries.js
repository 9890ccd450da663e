// What a list of messages shows, line by line: days, what is new, messages, tombstones. Pure.

import { isThreadUnread } from "./reading.js";
import { dayName, isSameDay } from "./times.js";
import { ephemeralsOf, isReply, statusOf, threadsOf } from "./workspace.js";

const GROUPED_S = 5 * 60;

/** Return the entries of a channel. `newSince` is up to where the reader had read on coming here. */
export function channelEntries(snapshot, channel, newSince) {
  const threads = threadsOf(channel);
  const roots = channel.messages.filter((message) => !isReply(message) || isBroadcast(message));
  const known = new Set(channel.messages.map((message) => message.ts));
  const orphans = [...threads.keys()].filter((ts) => !known.has(ts)).map(tombstone);
  const shown = sorted([...roots, ...orphans, ...ephemeralsOf(snapshot, channel)]);
  return withLines(
    shown.map((message) => rootEntry(snapshot, channel, message, threads.get(message.ts) ?? [])),
    newSince,
  );
}

/** Return the entries of a thread, its first message included. */
export function threadEntries(snapshot, channel, ts, newSince) {
  const replies = threadsOf(channel).get(ts) ?? [];
  const root = channel.messages.find((message) => message.ts === ts) ?? tombstone(ts);
  const said = sorted([...replies, ...ephemeralsOf(snapshot, channel, ts)]);
  const lines = withLines(said.map(entry), newSince, false);
  const count = replies.length;
  const divider = {
    key: "count",
    kind: "count",
    label: count === 1 ? "1 reply" : `${count} replies`,
  };
  return [entry(root), ...(said.length > 0 ? [divider] : []), ...lines];
}

/** Return what somebody has written last and may still edit, or null. */
export function lastOwn(entries) {
  const own = entries.filter((one) => one.kind === "message" && one.message.is_mine);
  return own.at(-1)?.message ?? null;
}

function rootEntry(snapshot, channel, message, replies) {
  const made = entry(message);
  if (message.isTombstone || replies.length > 0) {
    made.summary = summaryOf(snapshot, channel, message, replies);
  }
  made.status = statusOf(snapshot, channel.id, message.ts);
  return made;
}

function entry(message) {
  return {
    key: message.is_mine === undefined && !message.isTombstone ? `only-${message.ts}` : message.ts,
    kind: "message",
    message,
    isOnlyForMe: message.is_mine === undefined && !message.isTombstone,
    isCompact: false,
    summary: null,
    status: "",
  };
}

function summaryOf(snapshot, channel, root, replies) {
  return {
    count: replies.length,
    people: [...new Set(replies.map((reply) => reply.user))].slice(0, 4),
    latest: replies.at(-1).ts,
    isNew: isThreadUnread(snapshot, channel, root, replies),
  };
}

/** Add the days and the line above what is new, and put together what one person said in a row. */
function withLines(entries, newSince, hasDays = true) {
  const lines = [];
  let before = null;
  let hasNew = false;
  for (const one of entries) {
    const { ts, user, is_mine: isMine } = one.message;
    if (hasDays && (before === null || !isSameDay(before.message.ts, ts))) {
      lines.push({ key: `day-${dayName(ts)}`, kind: "day", label: dayName(ts) });
      before = null;
    }
    if (!hasNew && newSince !== null && ts > newSince && !isMine) {
      hasNew = true;
      lines.push({ key: "new", kind: "new", label: "New" });
      before = null;
    }
    one.isCompact = before !== null && continues(before, one, user);
    lines.push(one);
    before = one;
  }
  return lines;
}

function continues(before, after, user) {
  const isSame = before.message.user === user && before.isOnlyForMe === after.isOnlyForMe;
  const isPlain = !before.summary && !before.message.isTombstone && !after.message.isTombstone;
  return isSame && isPlain && Number(after.message.ts) - Number(before.message.ts) < GROUPED_S;
}

function isBroadcast(message) {
  return message.subtype === "thread_broadcast";
}

function tombstone(ts) {
  return { ts, thread_ts: ts, user: null, text: "", isTombstone: true };
}

function sorted(messages) {
  return messages.sort((one, other) => (one.ts < other.ts ? -1 : 1));
}
