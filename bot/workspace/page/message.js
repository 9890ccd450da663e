// One message of a list: who, when, what, and what can be done with it.

import { avatar } from "./avatars.js";
import { el, fill } from "./dom.js";
import { keepFocus } from "./focus.js";
import { icon } from "./icons.js";
import { blockNodes } from "./kit/blocks.js";
import { createForm } from "./kit/form.js";
import { editForm, editKey } from "./message_edit.js";
import { toolbar } from "./message_toolbar.js";
import { statusLine } from "./statuses.js";
import { emojiOf } from "./text/emoji.js";
import { mrkdwn } from "./text/mrkdwn.js";
import { clock, momentOf, wholeMoment } from "./times.js";
import { isFromBot, nameOf, personOf } from "./workspace.js";

/** Return a message of a list; `place` is what the list shows: `{channel, isThread}`. */
export function messageRow(app, place) {
  const article = el("article", {
    class: "message",
    tabindex: "-1",
    on: { pointerenter: meet, focusin: meet },
  });
  const node = el("li", { class: "row" }, article);
  const host = hostOf(app, place);
  let drawn = "";
  let shown = null;
  let isMet = false;

  /** Nobody needs the toolbar of a message before coming near it; most are never met. */
  function meet() {
    if (!isMet && shown !== null) {
      isMet = true;
      article.append(...toolbarOf(app, place, shown, host));
    }
  }

  function update(entry) {
    const { snapshot, editing } = app.store.state;
    const isEdited = editing === editKey(place, entry.message) && entry.message.is_mine;
    // Whoever writes in a message is not disturbed by what else happens to it.
    const sign = isEdited
      ? `editing ${entry.key}`
      : JSON.stringify([entry, snapshot.shortcuts, snapshot.people, place]);
    if (sign === drawn) {
      return;
    }
    drawn = sign;
    shown = isEdited ? null : entry;
    host.use(snapshot, entry.message);
    node.className = rowClass(entry, isEdited);
    article.setAttribute("aria-label", nameOfMessage(snapshot, entry));
    article.dataset.ts = entry.message.ts;
    keepFocus(article, () => {
      const toolbars = isMet && shown ? toolbarOf(app, place, entry, host) : [];
      fill(article, parts(app, place, entry, host, isEdited), toolbars);
    });
    if (isEdited) {
      article.querySelector("textarea").focus();
    }
  }
  return { node, update };
}

function rowClass(entry, isEdited) {
  const names = ["row"];
  if (entry.isCompact) {
    names.push("row-compact");
  }
  if (entry.isOnlyForMe) {
    names.push("row-only");
  }
  if (isEdited) {
    names.push("row-editing");
  }
  return names.join(" ");
}

function nameOfMessage(snapshot, { message, isOnlyForMe }) {
  if (message.isTombstone) {
    return "A deleted message";
  }
  const only = isOnlyForMe ? ", only visible to you" : "";
  return `${authorName(snapshot, message)} at ${clock(message.ts)}${only}`;
}

function authorName(snapshot, message) {
  return message.user ? nameOf(snapshot, message.user) : snapshot.bot.name;
}

function parts(app, place, entry, host, isEdited) {
  const { snapshot } = app.store.state;
  const { message } = entry;
  if (message.isTombstone) {
    return [
      el(
        "div",
        { class: "gutter" },
        el("span", { class: "avatar avatar-large avatar-gone" }, icon("trash")),
      ),
      el(
        "div",
        { class: "said" },
        el("p", { class: "gone" }, "This message was deleted."),
        summary(app, place, entry),
      ),
    ];
  }
  const body = isEdited ? editForm(app, place, message) : content(snapshot, message, host);
  return [
    gutter(snapshot, entry),
    el(
      "div",
      { class: "said" },
      entry.isOnlyForMe && el("p", { class: "only" }, icon("eye"), "Only visible to you"),
      !entry.isCompact && head(snapshot, message),
      body,
      reactions(snapshot, message),
      entry.status &&
        statusLine(app, { channel: place.channel, thread: message.ts, text: entry.status }),
      summary(app, place, entry),
    ),
  ];
}

function toolbarOf(app, place, entry, host) {
  return entry.message.isTombstone ? [] : [toolbar(app, place, entry, host.context)];
}

function gutter(snapshot, { message, isCompact }) {
  if (isCompact) {
    return el(
      "div",
      { class: "gutter" },
      el("span", { class: "small-time", "aria-hidden": "true" }, clock(message.ts)),
    );
  }
  const person = personOf(snapshot, message.user ?? snapshot.bot.id);
  const drawn = isFromBot(snapshot, message) || !message.user ? { is_bot: true } : person;
  return el("div", { class: "gutter" }, avatar(drawn));
}

function head(snapshot, message) {
  const isBot = isFromBot(snapshot, message) || !message.user;
  const isGuest = personOf(snapshot, message.user)?.is_guest;
  return el(
    "p",
    { class: "head" },
    el("span", { class: "author" }, authorName(snapshot, message)),
    isBot && el("span", { class: "badge" }, "App"),
    isGuest && el("span", { class: "badge" }, "Guest"),
    el(
      "time",
      {
        class: "time",
        datetime: momentOf(message.ts).toISOString(),
        title: wholeMoment(message.ts),
      },
      clock(message.ts),
    ),
  );
}

function content(snapshot, message, host) {
  const isBot = isFromBot(snapshot, message) || !message.user;
  const edited = message.edited && el("span", { class: "edited" }, " (edited)");
  if (isBot && message.blocks?.length > 0) {
    return el("div", { class: "blocks" }, blockNodes(message.blocks, host), edited);
  }
  return el("div", { class: "block-text typed" }, mrkdwn(message.text ?? "", host.context), edited);
}

function reactions(snapshot, message) {
  if (!message.reactions?.length) {
    return null;
  }
  const shown = message.reactions.map(({ name, users, count }) => {
    const who = users.map((user) => nameOf(snapshot, user)).join(", ");
    return el(
      "li",
      { class: "reaction", title: `${who} reacted with :${name}:` },
      el("span", { role: "img", "aria-label": name }, emojiOf(name) ?? `:${name}:`),
      el("span", {}, String(count)),
    );
  });
  return el("ul", { class: "reactions", "aria-label": "Reactions" }, shown);
}

function summary(app, place, entry) {
  if (entry.summary === null) {
    return null;
  }
  const { snapshot } = app.store.state;
  const { count, people, latest, isNew } = entry.summary;
  return el(
    "button",
    {
      type: "button",
      class: isNew ? "summary summary-new" : "summary",
      data: { focus: "summary" },
      on: { click: () => app.openThread(place.channel, entry.message.ts) },
    },
    el(
      "span",
      { class: "summary-people" },
      people.map((id) => avatar(personOf(snapshot, id), "small")),
    ),
    el("span", { class: "summary-count" }, count === 1 ? "1 reply" : `${count} replies`),
    isNew && el("span", { class: "summary-mark" }, "new"),
    el("span", { class: "summary-last" }, `Last reply at ${clock(latest)}`),
  );
}

/** What the blocks of a message need to know and may do. */
function hostOf(app, place) {
  const form = createForm();
  let ts = null;
  return {
    place: "message",
    channel: place.channel,
    form,
    memory: new Map(),
    confirm: (question) => app.confirm(question),
    use(snapshot, message) {
      ts = message.ts;
      form.redraw();
      this.context = app.context;
      this.me = snapshot.me;
      this.people = snapshot.people;
      this.channels = app.channelChoices();
    },
    press(pressed) {
      return app.press({
        ...pressed,
        place: "message",
        channel: place.channel,
        ts,
        state: form.values(),
      });
    },
  };
}
