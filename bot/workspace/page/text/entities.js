// Characters that are written as entities.

const SLACK = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]+));/g;

/** Read the three entities that Slack's own texts use. */
export function readEscapes(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => SLACK[entity]);
}

/** Read the entities of Markdown. */
export function readEntities(text) {
  return text.replace(ENTITY, (entity, decimal, hex, name) => {
    if (name !== undefined) {
      return NAMED[name] ?? entity;
    }
    const code = decimal === undefined ? parseInt(hex, 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : "\ufffd";
  });
}
