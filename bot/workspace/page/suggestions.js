// What can stand where somebody is typing: names after @, commands and their words after /. Pure.

const NAME = /(^|[\s(])@([\p{L}\p{N}._-]*)$/u;
const COMMAND = /^\/\S*$/;
const WORD = /^(\/\S+) (\S*)$/;

/**
 * Return `{start, options}` for the text before the cursor, or null. An option has `insert`,
 * `label`, `hint`, and may have `person` or `mark`.
 */
export function suggestionsFor(snapshot, before, isCommandPossible = true) {
  const name = NAME.exec(before);
  if (name !== null) {
    return people(snapshot, name[2], before.length - name[2].length - 1);
  }
  if (!isCommandPossible) {
    return null;
  }
  if (COMMAND.test(before)) {
    return commands(snapshot, before);
  }
  const word = WORD.exec(before);
  return word === null
    ? null
    : commandWords(snapshot, word[1], word[2], before.length - word[2].length);
}

function people(snapshot, typed, start) {
  const fits = (person) => person.name.toLowerCase().startsWith(typed.toLowerCase());
  const found = snapshot.people.filter((person) => person.id !== snapshot.me && fits(person));
  found.sort((one, other) => Number(other.is_bot) - Number(one.is_bot));
  const options = found.map((person) => ({
    insert: `@${person.name} `,
    label: person.name,
    hint: roleOf(person),
    person,
  }));
  return some(start, options);
}

function commands(snapshot, typed) {
  const found = snapshot.commands.filter((one) => one.command.startsWith(typed.toLowerCase()));
  const options = found.map((one) => ({
    insert: `${one.command} `,
    label: one.command,
    hint: one.description,
    mark: "/",
  }));
  return some(0, options);
}

function commandWords(snapshot, name, typed, start) {
  const command = snapshot.commands.find((one) => one.command === name.toLowerCase());
  const isAdmin = snapshot.people.find((person) => person.id === snapshot.me)?.is_admin;
  const fits = (one) => one.word.startsWith(typed.toLowerCase()) && (isAdmin || !one.admin);
  const options = (command?.words ?? []).filter(fits).map((one) => ({
    insert: `${one.word} `,
    label: `${name} ${one.word}`,
    hint: [one.hint, one.admin ? "for admins" : ""].filter(Boolean).join(" · "),
    mark: "/",
  }));
  return some(start, options);
}

function some(start, options) {
  return options.length > 0 ? { start, options } : null;
}

function roleOf(person) {
  if (person.is_bot) {
    return "App";
  }
  if (person.is_guest) {
    return "Guest";
  }
  return person.is_admin ? "Admin" : "Member";
}
