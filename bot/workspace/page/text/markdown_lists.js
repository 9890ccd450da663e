// Lists of Markdown: which lines belong to which item.

const ITEM = /^( {0,3})(?:([-+*])|(\d{1,9})([.)]))(?:( {1,4})(?! )(.*)|([ \t]*)$|([ \t]+)(.*))$/;
const TASK = /^\[([ xX])\][ \t]+/;

/** Read the opening of an item, or null when the line opens none. */
export function startOfItem(line) {
  const found = ITEM.exec(line);
  if (found === null) {
    return null;
  }
  const [, indent, bullet, number, delimiter, spaces, said, , wide, code] = found;
  const mark = indent.length + (bullet ?? `${number}${delimiter}`).length;
  return {
    kind: bullet ?? delimiter,
    isOrdered: bullet === undefined,
    number: Number(number ?? 1),
    // Five spaces and more open code inside the item, one column behind the mark.
    width: mark + (spaces?.length ?? 1),
    said: said ?? (wide === undefined ? "" : wide.slice(1) + code),
    isEmpty: (said ?? code ?? "").trim() === "",
  };
}

/** Read the items of the list that opens at a line. */
export function readItems(lines, at, rule) {
  const first = startOfItem(lines[at]);
  const items = [];
  let isLoose = false;
  let end = at;
  while (end < lines.length) {
    const opening = rule.test(lines[end]) ? null : startOfItem(lines[end]);
    if (opening === null || opening.kind !== first.kind) {
      break;
    }
    const item = readItem(lines, end, opening);
    items.push(item);
    const gap = countBlank(lines, item.end);
    const isLast = !opensSame(lines[item.end + gap], first, rule);
    isLoose ||= item.hasGap || (gap > 0 && !isLast);
    end = isLast ? item.end : item.end + gap;
    if (isLast) {
      break;
    }
  }
  return { items, isOrdered: first.isOrdered, start: first.number, isLoose, end };
}

function readItem(lines, at, opening) {
  const inside = [opening.said];
  let end = at + 1;
  let hasGap = false;
  while (end < lines.length) {
    const gap = countBlank(lines, end);
    const line = lines[end + gap];
    if (line === undefined || (gap > 0 && inside.every((one) => one.trim() === ""))) {
      break;
    }
    if (indentOf(line) >= opening.width) {
      hasGap ||= gap > 0 && isOwnGap(lines, end + gap, opening.width);
      inside.push(...Array(gap).fill(""), line.slice(opening.width));
      end += gap + 1;
    } else if (gap === 0 && isLazy(line, inside)) {
      inside.push(line.trimStart());
      end += 1;
    } else {
      break;
    }
  }
  const task = TASK.exec(inside[0]);
  if (task !== null) {
    inside[0] = inside[0].slice(task[0].length);
  }
  return { inside, isDone: task === null ? null : task[1] !== " ", hasGap, end };
}

/** A gap before a nested item's own lines does not make the outer list loose. */
function isOwnGap(lines, at, width) {
  return indentOf(lines[at]) < width + 2 || startOfItem(lines[at].slice(width)) !== null;
}

function isLazy(line, inside) {
  const last = inside.at(-1);
  const opensBlock = /^ {0,3}(?:[>#]|`{3}|~{3})/.test(line) || startOfItem(line) !== null;
  return (
    last.trim() !== "" &&
    line.trim() !== "" &&
    !opensBlock &&
    !/^(?:-{3,}|\*{3,}|_{3,})/.test(line.trim())
  );
}

function opensSame(line, first, rule) {
  if (line === undefined || rule.test(line)) {
    return false;
  }
  return startOfItem(line)?.kind === first.kind;
}

function countBlank(lines, at) {
  let count = 0;
  while (at + count < lines.length && lines[at + count].trim() === "") {
    count += 1;
  }
  return count;
}

function indentOf(line) {
  return /^ */.exec(line)[0].length;
}
