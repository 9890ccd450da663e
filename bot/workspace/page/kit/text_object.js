// Text objects of blocks: plain or in Slack's markup.

import { mrkdwn, plainText } from "../text/mrkdwn.js";
import { readEscapes } from "../text/entities.js";

/** Return the nodes of a text object. */
export function textNodes(object, context) {
  if (!object) {
    return [];
  }
  if (object.type === "mrkdwn") {
    return mrkdwn(object.text ?? "", context);
  }
  return plainText(object.text ?? "", object.emoji !== false);
}

/** Return the words of a text object, for a label or a choice of a menu. */
export function words(object) {
  return readEscapes(object?.text ?? "");
}
