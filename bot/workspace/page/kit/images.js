// Images of blocks. The page loads nothing from elsewhere: it says what an image shows, and links it.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { link } from "../text/links.js";
import { words } from "./text_object.js";

/** Return what stands for an image. */
export function imageNode(image, host, isSmall = false) {
  const said = image.alt_text || "Image";
  if (isSmall) {
    return el(
      "span",
      { class: "image-small", role: "img", "aria-label": said, title: said },
      icon("eye"),
    );
  }
  return el(
    "figure",
    { class: "block-image" },
    image.title && el("figcaption", {}, words(image.title)),
    el("p", {}, icon("eye"), link(image.image_url ?? "", said, host.context)),
  );
}
