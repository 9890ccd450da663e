// Keeps the focus where it is while something is drawn anew.

/** Draw `container` anew; what had the focus in it gets it back, or else `fallback` does. */
export function keepFocus(container, draw, fallback = container) {
  const before = document.activeElement;
  if (!container.contains(before) || before === container) {
    draw();
    return;
  }
  const find = finder(container, before);
  const selection = selectionOf(before);
  draw();
  if (before.isConnected && document.activeElement === before) {
    return;
  }
  const after = find();
  (after ?? fallback).focus({ preventScroll: true });
  if (after !== null && selection !== null) {
    after.setSelectionRange(...selection);
  }
}

/** Return how to find again what had the focus: by its own key, or else by its action and place. */
function finder(container, before) {
  const { focus, action } = before.closest("[data-focus]")?.dataset ?? {};
  const alike = () => [...container.querySelectorAll(`[data-action="${CSS.escape(action)}"]`)];
  const at = action === undefined ? -1 : alike().indexOf(before);
  return () => {
    const same =
      focus === undefined ? null : container.querySelector(`[data-focus="${CSS.escape(focus)}"]`);
    return same ?? (at < 0 ? null : (alike()[at] ?? null));
  };
}

function selectionOf(node) {
  const isText = node.matches("textarea, input[type=text]");
  return isText ? [node.selectionStart, node.selectionEnd, node.selectionDirection] : null;
}
