// Elements that can be used: buttons, menus, fields, thumbs.

import { el } from "../dom.js";
import { imageNode } from "./images.js";
import { buttonNode, iconButtonNode } from "./buttons.js";
import { checkboxesNode, radioButtonsNode } from "./choices.js";
import { feedbackNode } from "./feedback.js";
import { overflowNode } from "./overflow.js";
import { conversationsNode, staticSelectNode, usersNode } from "./selects.js";
import { dateNode, textInputNode } from "./text_fields.js";

const ELEMENTS = {
  button: buttonNode,
  checkboxes: checkboxesNode,
  conversations_select: conversationsNode,
  datepicker: dateNode,
  feedback_buttons: feedbackNode,
  icon_button: iconButtonNode,
  image: (element, block, host) => imageNode(element, host),
  overflow: overflowNode,
  plain_text_input: textInputNode,
  radio_buttons: radioButtonsNode,
  static_select: staticSelectNode,
  users_select: usersNode,
};

/** Return the node of an element. */
export function elementNode(element, block, host) {
  const build = ELEMENTS[element?.type];
  if (build === undefined) {
    return el("span", { class: "block-unknown" }, `(${element?.type ?? "nothing"})`);
  }
  return build(element, block, host);
}
