// What the page knows: the latest snapshot, who looks at it, and where.

/** Keep a state, and tell those who show it whenever it changes. */
export function createStore(first) {
  let state = first;
  const shown = [];
  return {
    get state() {
      return state;
    },
    /** Change parts of the state. */
    update(changes) {
      const before = state;
      state = { ...state, ...changes };
      for (const show of shown) {
        show(state, before);
      }
    },
    /** Call `show(state, before)` after every change. */
    subscribe(show) {
      shown.push(show);
    },
    /** Show the same state once more, after something beside it has changed. */
    refresh() {
      this.update({});
    },
  };
}
