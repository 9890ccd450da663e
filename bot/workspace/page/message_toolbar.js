// What can be done with a message: buttons that appear beside it, and a menu with the rest.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { editKey } from "./message_edit.js";
import { typedText } from "./text/typed.js";

/** Return the toolbar of a message. */
export function toolbar(app, place, entry, context) {
  const acts = messageActs(app, place, entry, context);
  const shown = acts.filter((one) => one.isShown);
  const more = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "More actions",
      "aria-haspopup": "menu",
      data: { tip: "More actions", focus: "more" },
      on: { click: () => openMenu(more, menuOf(acts), "More actions") },
    },
    icon("more"),
  );
  return el(
    "div",
    { class: "toolbar", role: "group", "aria-label": "Message actions" },
    shown.map((one) =>
      el(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": one.label,
          data: { tip: one.label, focus: `toolbar/${one.label}` },
          on: { click: one.act },
        },
        icon(one.icon),
      ),
    ),
    more,
  );
}

/** Return all that somebody may do with a message. */
export function messageActs(app, place, { message, isOnlyForMe }, context) {
  const target = { channel: place.channel, ts: message.ts };
  if (isOnlyForMe) {
    return [
      copying(app, message, context),
      {
        label: "Dismiss this message",
        icon: "close",
        isShown: true,
        act: () => app.dismiss(message.ts),
      },
    ];
  }
  const root = message.thread_ts ?? message.ts;
  const acts = [
    {
      label: "Reply in thread",
      key: "t",
      icon: "reply",
      isShown: !place.isThread,
      isHidden: place.isThread,
      act: () => app.openThread(place.channel, root, true),
    },
    ...shortcuts(app, target),
    copying(app, message, context),
  ];
  if (message.is_mine) {
    acts.push(
      {
        label: "Edit message",
        key: "e",
        icon: "edit",
        act: () => app.edit(editKey(place, message)),
      },
      {
        label: "Delete message…",
        key: "Delete",
        icon: "trash",
        isDanger: true,
        act: () => deleteAfterAsking(app, target),
      },
    );
  }
  return acts.filter((one) => !one.isHidden);
}

function shortcuts(app, target) {
  return app.store.state.snapshot.shortcuts.map((shortcut, at) => ({
    label: shortcut.name,
    hint: app.store.state.snapshot.bot.name,
    icon: "check",
    isShown: at === 0,
    act: () => app.act("shortcut", { callback_id: shortcut.callback_id, ...target }),
  }));
}

function copying(app, message, context) {
  return {
    label: "Copy text",
    icon: "copy",
    async act() {
      try {
        await navigator.clipboard.writeText(typedText(message.text ?? "", context));
        app.say("Copied.", false);
      } catch {
        app.say("The browser does not let this page copy.");
      }
    },
  };
}

async function deleteAfterAsking(app, target) {
  const isSure = await app.confirm({
    title: "Delete message",
    text: "This message will be deleted for everybody. This cannot be undone.",
    confirm: "Delete",
    style: "danger",
  });
  if (isSure) {
    await app.act("delete", target);
  }
}

function menuOf(acts) {
  const entries = acts.map((one) => ({ ...one, icon: icon(one.icon) }));
  const at = entries.findIndex((one) => one.label === "Edit message");
  return at < 0 ? entries : [...entries.slice(0, at), "-", ...entries.slice(at)];
}
