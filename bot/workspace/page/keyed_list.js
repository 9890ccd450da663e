// A list that is brought up to date entry by entry: what has not changed is not touched.

/**
 * Return a function that makes `parent` show the given entries, in order. Each entry has a `key`;
 * `make(entry)` returns `{node, update(entry)}`.
 */
export function keyedList(parent, make) {
  let parts = new Map();
  return (entries) => {
    const kept = new Map();
    for (const entry of entries) {
      kept.set(entry.key, parts.get(entry.key) ?? make(entry));
    }
    // Removed first: moving an element would take the focus from it.
    for (const [key, part] of parts) {
      if (!kept.has(key)) {
        part.node.remove();
      }
    }
    parts = kept;
    let next = parent.firstChild;
    for (const entry of entries) {
      const part = parts.get(entry.key);
      part.update(entry);
      if (part.node === next) {
        next = next.nextSibling;
      } else {
        parent.insertBefore(part.node, next);
      }
    }
    return parts;
  };
}
