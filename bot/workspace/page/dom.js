// Elements from plain values. Text only ever becomes text nodes, so nothing in it can act.

const SVG = "http://www.w3.org/2000/svg";

/** Build an element; `on` holds listeners, `data` holds data attributes, the rest are attributes. */
export function el(tag, given = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    setAttribute(node, name, value);
  }
  node.append(...children.flat(Infinity).filter(isShown));
  return node;
}

/** Build an SVG drawing of one or more paths; it has no name of its own. */
export function drawing(paths, size = 20) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/** Put new children where the old ones stand. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter(isShown));
  return node;
}

/** Set a text only when it differs, so that nothing is read out again. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

let made = 0;

/** Return an id that no other element has. */
export function freshId(name) {
  made += 1;
  return `${name}-${made}`;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) {
    return;
  }
  if (name === "on") {
    for (const [event, listener] of Object.entries(value)) {
      node.addEventListener(event, listener);
    }
  } else if (name === "data") {
    for (const [key, entry] of Object.entries(value)) {
      if (entry !== null && entry !== undefined) {
        node.dataset[key] = entry;
      }
    }
  } else if (name === "value" || name === "checked") {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? "" : value);
  }
}

function isShown(child) {
  return child !== null && child !== undefined && child !== false && child !== "";
}
