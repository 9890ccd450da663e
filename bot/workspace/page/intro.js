// The beginning of a conversation: what it is, who one is, and what one could ask.

import { avatar } from "./avatars.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { isWithBot, nameOf, personOf } from "./workspace.js";

const MOST_EXAMPLES = 3;
const ASKED_IN = "questions";

/** Return what stands above the first message. */
export function intro(app) {
  const node = el("section", { class: "intro", "aria-label": "About this conversation" });
  let drawn = "";
  return {
    node,
    update(snapshot, channel) {
      const sign = JSON.stringify([
        channel.id,
        snapshot.me,
        snapshot.prompts,
        snapshot.people,
        snapshot.commands,
      ]);
      if (sign !== drawn) {
        drawn = sign;
        fill(
          node,
          isWithBot(snapshot, channel)
            ? direct(app, snapshot, channel)
            : inChannel(app, snapshot, channel),
        );
      }
    },
  };
}

function direct(app, snapshot, channel) {
  return [
    avatar({ is_bot: true }, "huge"),
    el("h2", {}, snapshot.bot.name),
    el(
      "p",
      {},
      "This conversation is between you and ",
      el("b", {}, snapshot.bot.name),
      ". Ask a question in a sentence; you need not mention it here.",
      " Follow-up questions go into the thread of an answer.",
    ),
    examples(app, snapshot, channel, (question) => question),
  ];
}

function inChannel(app, snapshot, channel) {
  const { name } = snapshot.bot;
  const me = nameOf(snapshot, snapshot.me);
  const title = el("h2", {}, icon(channel.kind === "group" ? "lock" : "hash"), channel.name);
  if (channel.name !== ASKED_IN) {
    return [
      title,
      el(
        "p",
        {},
        `This is the beginning of #${channel.name}. Mention `,
        mention(name),
        " with a question to ask the documents.",
      ),
    ];
  }
  return [
    title,
    el(
      "p",
      {},
      "You are ",
      el("b", {}, me),
      `${roleNote(snapshot)}. To ask the documents, mention `,
      mention(name),
      " together with your question. The answer comes into the thread of your message;",
      " ask on there without a mention.",
    ),
    el(
      "p",
      {},
      commandNote(snapshot),
      "You can also write to ",
      el("b", {}, name),
      " directly, or look at this workspace as somebody else: your name, below the list of",
      " conversations, opens a menu of people.",
    ),
    examples(app, snapshot, channel, (question) => `@${name} ${question}`),
  ];
}

function mention(name) {
  return el("span", { class: "mention" }, `@${name}`);
}

function roleNote(snapshot) {
  const person = personOf(snapshot, snapshot.me);
  if (person?.is_admin) {
    return ", an admin of this workspace";
  }
  return person?.is_guest ? ", a guest of this workspace" : "";
}

function commandNote(snapshot) {
  const command = snapshot.commands[0]?.command;
  return command ? [el("code", {}, command), " lists what else it does. "] : null;
}

function examples(app, snapshot, channel, asked) {
  const prompts = snapshot.prompts.slice(0, MOST_EXAMPLES);
  if (prompts.length === 0) {
    return null;
  }
  return el(
    "div",
    { class: "examples" },
    el("h3", {}, "Try one of these"),
    el(
      "ul",
      { role: "list" },
      prompts.map((prompt) =>
        el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              class: "example",
              on: {
                click: () =>
                  app.post({ channel: channel.id, thread: null }, asked(prompt.message), true),
              },
            },
            el("span", {}, prompt.title),
            icon("right"),
          ),
        ),
      ),
    ),
  );
}
