// Fields that grow with what is written in them.

const MOST_PX = 260;

/** Make a field as high as its text, up to a limit. */
export function fitHeight(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, MOST_PX)}px`;
}
