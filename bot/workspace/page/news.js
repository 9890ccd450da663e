// What has come in since the last snapshot, for those who hear the page rather than see it. Pure.

import { isReply, nameOf, takesPart, threadsOf, titleOf } from "./workspace.js";

/** Return what shall be read out after a snapshot has followed another one of the same person. */
export function newsBetween(before, after) {
  if (before === null || before.me !== after.me) {
    return [];
  }
  const said = [];
  for (const channel of after.channels) {
    const old = before.channels.find((one) => one.id === channel.id);
    const seen = new Set(old?.messages.map((message) => message.ts));
    const fresh = channel.messages.filter((message) => !seen.has(message.ts) && !message.is_mine);
    said.push(
      ...fresh
        .filter((message) => concerns(after, channel, message))
        .map((message) => line(after, channel, message)),
    );
  }
  const seen = new Set(before.ephemerals.map((one) => one.ts));
  for (const one of after.ephemerals) {
    if (!seen.has(one.ts)) {
      said.push(`Only visible to you: ${one.text}`);
    }
  }
  return [...said, ...statuses(before, after)];
}

function concerns(snapshot, channel, message) {
  if (!isReply(message)) {
    return true;
  }
  const root = channel.messages.find((one) => one.ts === message.thread_ts);
  return takesPart(snapshot, channel, root, threadsOf(channel).get(message.thread_ts));
}

function line(snapshot, channel, message) {
  const where = isReply(message) ? "in a thread" : `in ${titleOf(snapshot, channel)}`;
  return `${nameOf(snapshot, message.user)} ${where}: ${message.text ?? ""}`;
}

function statuses(before, after) {
  const seen = new Set(before.statuses.map((one) => `${one.thread_ts} ${one.text}`));
  return after.statuses
    .filter((one) => !seen.has(`${one.thread_ts} ${one.text}`))
    .map((one) => `${after.bot.name} ${one.text}`);
}
