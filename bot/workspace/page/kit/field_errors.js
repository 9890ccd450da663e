// What is wrong with a field, said below it.

import { setText } from "../dom.js";

const REQUIRED = "Please complete this required field.";

/** Return what is wrong with the fields before anything is sent, by block id. */
export function problemsOf(fields) {
  const problems = {};
  for (const { block, element, read } of fields) {
    if (block.type === "input") {
      const problem = problemOf(block, element, read());
      if (problem !== "") {
        problems[block.block_id] = problem;
      }
    }
  }
  return problems;
}

/** Show what is wrong below each field, and nothing where all is well. */
export function showProblems(root, problems) {
  for (const node of root.querySelectorAll(".field-error")) {
    const problem = problems[node.dataset.block] ?? "";
    setText(node, problem);
    node.hidden = problem === "";
    const field = node.closest(".field");
    for (const control of field.querySelectorAll(
      "input, textarea, select, [role=radiogroup], [role=group]",
    )) {
      control.toggleAttribute("aria-invalid", problem !== "");
      if (problem !== "") {
        control.setAttribute("aria-invalid", "true");
      }
    }
    field.classList.toggle("field-wrong", problem !== "");
  }
}

/** Move the focus to the first field that something is wrong with. */
export function focusProblem(root) {
  root.querySelector(".field-wrong :is(input, textarea, select)")?.focus();
}

function problemOf(block, element, value) {
  const isEmpty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (isEmpty) {
    return block.optional ? "" : REQUIRED;
  }
  if (element.min_length && value.length < element.min_length) {
    return `Please enter at least ${element.min_length} characters.`;
  }
  if (element.max_length && value.length > element.max_length) {
    return `Please enter at most ${element.max_length} characters.`;
  }
  return "";
}
