// Questions to a snapshot: who is who, which channel, which messages. Pure.

const DEFAULT_CHANNEL = "questions";

/** Return somebody by id. */
export function personOf(snapshot, id) {
  return snapshot.people.find((person) => person.id === id) ?? null;
}

/** Return the name of somebody, or the id when nobody is known by it. */
export function nameOf(snapshot, id) {
  return personOf(snapshot, id)?.name ?? (id === snapshot.bot.id ? snapshot.bot.name : id);
}

/** Return a channel by id. */
export function channelOf(snapshot, id) {
  return snapshot.channels.find((channel) => channel.id === id) ?? null;
}

/** Whether a channel is the conversation with the app. */
export function isWithBot(snapshot, channel) {
  return channel.kind === "im" && [snapshot.bot.id, snapshot.me].includes(channel.with);
}

/** Return what a channel is called in running text. */
export function titleOf(snapshot, channel) {
  if (channel.kind !== "im") {
    return `#${channel.name}`;
  }
  return isWithBot(snapshot, channel) ? snapshot.bot.name : nameOf(snapshot, channel.with);
}

/** Return the channel that is shown: the one asked for, or the one that everybody begins in. */
export function shownChannel(snapshot, view) {
  return (
    (view.channel && channelOf(snapshot, view.channel)) ||
    snapshot.channels.find((channel) => channel.name === DEFAULT_CHANNEL) ||
    snapshot.channels[0] ||
    null
  );
}

/** Whether a message stands inside a thread. */
export function isReply(message) {
  return Boolean(message.thread_ts) && message.thread_ts !== message.ts;
}

/** Whether the app wrote a message. */
export function isFromBot(snapshot, message) {
  return Boolean(message.bot_id) || message.user === snapshot.bot.id;
}

/** Return the threads of a channel: replies by the timestamp of their first message. */
export function threadsOf(channel) {
  const threads = new Map();
  for (const message of channel.messages) {
    if (isReply(message)) {
      const replies = threads.get(message.thread_ts) ?? [];
      replies.push(message);
      threads.set(message.thread_ts, replies);
    }
  }
  return threads;
}

/** Return what only the reader sees in a channel, or in one thread of it. */
export function ephemeralsOf(snapshot, channel, thread = null) {
  return snapshot.ephemerals.filter(
    (one) => one.channel === channel.id && (one.thread_ts || null) === thread,
  );
}

/** Return what the app says it is doing in a thread, or an empty text. */
export function statusOf(snapshot, channelId, ts) {
  const found = snapshot.statuses.find((one) => one.channel === channelId && one.thread_ts === ts);
  return found?.text ?? "";
}

/** Whether somebody takes part in a thread. */
export function takesPart(snapshot, channel, root, replies) {
  return channel.kind === "im" || Boolean(root?.is_mine) || replies.some((reply) => reply.is_mine);
}

/** Whether a text mentions the app. */
export function mentionsBot(snapshot, typed) {
  return typed.toLowerCase().includes(`@${snapshot.bot.name.toLowerCase()}`);
}
