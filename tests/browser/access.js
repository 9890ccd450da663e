// What keeps people out: controls without a name, dead references, weak contrast, jumping headings.
() => {
  const shown = (node) => node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const describe = (node) => node.outerHTML.slice(0, 160);
  const problems = [];
  const report = (what, node) => problems.push(`${what}: ${describe(node)}`);

  const textOf = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true") return "";
    return node.getAttribute("aria-label") || node.getAttribute("alt") || [...node.childNodes].map(textOf).join(" ");
  };
  const nameOf = (node) => {
    const by = (node.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    const labels = by.map((id) => document.getElementById(id)).filter(Boolean).map(textOf).join(" ");
    const own = [...(node.labels || [])].map(textOf).join(" ");
    return (labels || node.getAttribute("aria-label") || own || textOf(node) || "").trim();
  };

  const CONTROLS = "button, a[href], input, select, textarea, summary, [role=tab], [role=menuitem], "
    + "[role=menuitemradio], [role=option], [role=listbox], [role=dialog], dialog, nav, aside";
  for (const node of document.querySelectorAll(CONTROLS)) {
    if (shown(node) && nameOf(node) === "") report("no name", node);
  }
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of ids.filter((one, at) => ids.indexOf(one) !== at)) {
    problems.push(`id twice: ${id}`);
  }
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "aria-activedescendant", "for"]) {
    for (const node of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of node.getAttribute(attribute).split(/\s+/)) {
        if (!document.getElementById(id)) report(`${attribute} leads nowhere`, node);
      }
    }
  }
  for (const node of document.querySelectorAll("[tabindex]")) {
    if (node.tabIndex > 0) report("tabindex above 0", node);
  }
  for (const node of document.querySelectorAll("img:not([alt])")) report("image without alt", node);
  if (document.querySelectorAll("main").length !== 1) problems.push("not one main");
  for (const node of document.querySelectorAll("[aria-hidden=true]")) {
    if (node.querySelector("button, a[href], input, select, textarea")) report("hidden control", node);
  }

  let before = 1;
  for (const node of document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading]")) {
    if (!shown(node)) continue;
    const level = Number(node.getAttribute("aria-level") || node.localName.slice(1));
    if (level > before + 1) report(`heading jumps from ${before} to ${level}`, node);
    before = level;
  }

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top, ground) => top.slice(0, 3).map((part, at) => part * top[3] + ground[at] * (1 - top[3]));
  const groundOf = (node) => {
    const layers = [];
    for (let one = node; one; one = one.parentElement) layers.unshift(rgba(getComputedStyle(one).backgroundColor));
    return layers.reduce((ground, layer) => over(layer, ground), [255, 255, 255]);
  };
  const light = (colour) => {
    const [red, green, blue] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const weigh = (node, colour) => {
    const style = getComputedStyle(node);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ground = groundOf(node);
    const found = contrast(over(rgba(colour), ground), ground);
    if (found < (isLarge ? 3 : 4.5)) report(`contrast ${found.toFixed(2)}`, node);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const isRead = walker.currentNode.data.trim() !== "" && shown(node) && !node.closest(".sr-only, :disabled");
    if (isRead) weigh(node, getComputedStyle(node).color);
  }
  for (const node of document.querySelectorAll("input, textarea")) {
    if (shown(node)) weigh(node, getComputedStyle(node, node.value ? null : "::placeholder").color);
  }
  return problems;
}
