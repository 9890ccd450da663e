// What stands in the fields of a view or a message, by block and action.

/** Keep track of fields, so that what somebody has entered outlives a new drawing of them. */
export function createForm() {
  let fields = [];
  let touched = new Map();
  const keyOf = (field) =>
    `${field.block.block_id}/${field.element.action_id}/${field.element.type}`;
  return {
    /** Add a field: `{block, element, control, read(), write(value)}`. */
    add(field) {
      fields.push(field);
      const key = keyOf(field);
      if (touched.has(key)) {
        field.write(touched.get(key));
      }
      const touch = () => touched.set(key, field.read());
      field.control.addEventListener("input", touch);
      field.control.addEventListener("change", touch);
    },
    /** Forget the fields, but not what was entered, before they are drawn anew. */
    redraw() {
      fields = [];
    },
    /** Forget everything. */
    clear() {
      fields = [];
      touched = new Map();
    },
    get fields() {
      return fields;
    },
    /** Return what stands in the fields: by block id, then by action id. */
    values() {
      const values = {};
      for (const { block, element, read } of fields) {
        values[block.block_id] = { ...values[block.block_id], [element.action_id]: read() };
      }
      return values;
    },
    /** Return what somebody has entered. */
    entered() {
      return new Map(touched);
    },
    /** Enter again what `entered` has returned. */
    enter(values) {
      touched = new Map(values);
    },
  };
}
