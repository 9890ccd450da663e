// A list stays at its end when it was there, and stays put when somebody reads further up.

const NEAR_PX = 48;

/** Watch over a list's scroll position; `onAway(isAway)` says whether news stand out of sight. */
export function keepAtBottom(scroller, onAway) {
  let isAtBottom = true;
  const isNear = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX;
  const toBottom = () => {
    scroller.scrollTop = scroller.scrollHeight;
    isAtBottom = true;
    onAway(false);
  };
  scroller.addEventListener("scroll", () => {
    isAtBottom = isNear();
    if (isAtBottom) {
      onAway(false);
    }
  });
  // What is inside may grow later, and so may what stands below.
  const sizes = new ResizeObserver(() => {
    if (isAtBottom) {
      toBottom();
    }
  });
  sizes.observe(scroller);
  for (const child of scroller.children) {
    sizes.observe(child);
  }
  return {
    toBottom,
    get isAtBottom() {
      return isAtBottom;
    },
    /** Change what the list shows. */
    around(change, { isNew, isMine }) {
      const wasAtBottom = isAtBottom;
      change();
      if (wasAtBottom || isMine) {
        toBottom();
      } else if (isNew) {
        onAway(true);
      }
    },
  };
}
