// The modal that the app has opened: its blocks, its fields, and what is wrong with them.

import { openDialog } from "./dialogs.js";
import { el, fill, setText } from "./dom.js";
import { keepFocus } from "./focus.js";
import { icon } from "./icons.js";
import { blockNodes } from "./kit/blocks.js";
import { focusProblem, problemsOf, showProblems } from "./kit/field_errors.js";
import { createForm } from "./kit/form.js";
import { words } from "./kit/text_object.js";

/** Show whatever modal a snapshot holds. */
export function modalLayer(app) {
  const entered = new Map();
  const folded = new Map();
  let dialog = null;
  let view = null;
  let drawn = "";
  let leftId = null;

  const host = {
    place: "modal",
    form: createForm(),
    confirm: (question) => app.confirm(question),
    press: (pressed) => app.press({ ...pressed, place: "modal", state: host.form.values() }),
  };

  function update(snapshot) {
    const next = snapshot.modal?.id === leftId ? null : snapshot.modal;
    if (!snapshot.modal) {
      leftId = null;
    }
    if (!next) {
      end();
      return;
    }
    const { errors, state: _state, ...shape } = next;
    const sign = JSON.stringify([shape, snapshot.me]);
    if (sign !== drawn) {
      drawn = sign;
      draw(snapshot, next);
    }
    if (Object.keys(errors ?? {}).length > 0) {
      showErrors(errors);
    }
  }

  let shownErrors = "";
  function showErrors(errors) {
    const sign = JSON.stringify(errors);
    if (sign !== shownErrors) {
      shownErrors = sign;
      showProblems(dialog.node, errors);
      focusProblem(dialog.node);
    }
  }

  function draw(snapshot, next) {
    if (dialog === null) {
      open();
    }
    const isOther = view?.id !== next.id;
    if (isOther && view !== null) {
      entered.set(view.id, host.form.entered());
    }
    view = next;
    shownErrors = "";
    Object.assign(host, {
      context: app.context,
      me: snapshot.me,
      people: snapshot.people,
      channels: app.channelChoices(),
      memory: memoryOf(next.id),
    });
    if (isOther) {
      host.form.clear();
      host.form.enter(entered.get(next.id) ?? new Map());
    } else {
      host.form.redraw();
    }
    setText(dialog.heading, words(next.title));
    dialog.back.hidden = !next.previous_view_id;
    const body = dialog.node.querySelector(".dialog-body");
    const draw = () => {
      fill(body, el("div", { class: "blocks" }, blockNodes(next.blocks, host)));
      drawFoot(next);
    };
    if (isOther) {
      draw();
      body.scrollTop = 0;
      focusFirst(body);
    } else {
      keepFocus(dialog.node, draw, dialog.heading);
    }
  }

  function memoryOf(id) {
    if (!folded.has(id)) {
      folded.set(id, new Map());
    }
    return folded.get(id);
  }

  function open() {
    const back = el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": "Back",
        hidden: true,
        on: { click: leave },
      },
      icon("back"),
    );
    dialog = openDialog({ title: "", content: [], className: "modal", leave, context: back });
    dialog.back = back;
    dialog.foot = el("div", { class: "dialog-foot" });
    const form = dialog.node.querySelector(".dialog-body");
    dialog.node.append(dialog.foot);
    form.addEventListener("keydown", submitOnEnter);
  }

  function drawFoot(next) {
    const close = el(
      "button",
      { type: "button", class: "button", data: { focus: "close" }, on: { click: leave } },
      words(next.close) || (next.submit ? "Cancel" : "Close"),
    );
    const submit =
      next.submit &&
      el(
        "button",
        {
          type: "button",
          class: "button button-primary",
          disabled: next.submit_disabled,
          data: { focus: "submit" },
          on: { click: () => send(submit) },
        },
        words(next.submit),
      );
    fill(dialog.foot, close, submit);
  }

  async function send(button) {
    if (button.getAttribute("aria-busy") === "true") {
      return;
    }
    const problems = problemsOf(host.form.fields);
    showProblems(dialog.node, problems);
    shownErrors = "";
    if (Object.keys(problems).length > 0) {
      focusProblem(dialog.node);
      return;
    }
    button.setAttribute("aria-busy", "true");
    await app.act("submit", { values: host.form.values() });
    button.removeAttribute("aria-busy");
  }

  function submitOnEnter(event) {
    const isLine = event.target.matches("input[type=text], input[type=date]");
    if (
      event.key === "Enter" &&
      isLine &&
      view?.submit &&
      !event.isComposing &&
      !event.defaultPrevented
    ) {
      event.preventDefault();
      send(dialog.foot.querySelector("[data-focus=submit]"));
    }
  }

  async function leave() {
    const id = view?.id;
    const isClosed = await app.act("close_modal", {});
    if (!isClosed) {
      // The workspace does not answer: nobody shall be locked in.
      leftId = id;
      end();
    }
  }

  function end() {
    if (dialog !== null) {
      dialog.close();
      dialog = view = null;
      drawn = shownErrors = "";
      entered.clear();
      folded.clear();
      host.form.clear();
    }
  }

  function focusFirst(body) {
    const first = body.querySelector("[autofocus], .field :is(input, textarea, select)");
    (first ?? dialog.heading).focus();
  }

  return { update };
}
