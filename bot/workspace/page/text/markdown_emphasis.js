// Which marks of emphasis belong together, by CommonMark's delimiter rules.

import { el } from "../dom.js";

/**
 * Turn marks into emphasis. `pieces` holds nodes, and marks `{mark, count, length, opens, closes}`;
 * marks that belong to nothing stay.
 */
export function resolveEmphasis(pieces) {
  const found = [...pieces];
  let closer = 0;
  while (closer < found.length) {
    const mark = found[closer];
    const opener = isMark(mark) && mark.closes ? openerOf(found, closer) : -1;
    if (opener < 0) {
      closer += 1;
    } else {
      closer = join(found, opener, closer);
    }
  }
  return found;
}

function isMark(piece) {
  return !(piece instanceof Node);
}

function openerOf(found, closer) {
  const closing = found[closer];
  for (let at = closer - 1; at >= 0; at -= 1) {
    const opening = found[at];
    if (
      isMark(opening) &&
      opening.mark === closing.mark &&
      opening.opens &&
      fits(opening, closing)
    ) {
      return at;
    }
  }
  return -1;
}

/** Marks that both open and close only pair when their lengths do not add up to a multiple of 3. */
function fits(opening, closing) {
  if (opening.mark === "~") {
    return opening.count === closing.count && opening.count <= 2;
  }
  const isDouble = opening.closes || closing.opens;
  const isMultiple = (opening.length + closing.length) % 3 === 0;
  return !isDouble || !isMultiple || (opening.length % 3 === 0 && closing.length % 3 === 0);
}

function join(found, opener, closer) {
  const opening = found[opener];
  const closing = found[closer];
  const used = Math.min(opening.count, closing.count) >= 2 ? 2 : 1;
  const inside = found.slice(opener + 1, closer).map(asNode);
  const joined = el(tagOf(opening.mark, used), {}, inside);
  opening.count -= used;
  closing.count -= used;
  const left = opening.count > 0 ? [opening] : [];
  const right = closing.count > 0 ? [closing] : [];
  found.splice(opener, closer - opener + 1, ...left, joined, ...right);
  return opener + left.length + 1;
}

function tagOf(mark, used) {
  if (mark === "~") {
    return "s";
  }
  return used === 2 ? "strong" : "em";
}

function asNode(piece) {
  return isMark(piece) ? document.createTextNode(piece.mark.repeat(piece.count)) : piece;
}
