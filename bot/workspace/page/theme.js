// Light, dark, or as the system has it.

import { icon } from "./icons.js";

const KEY = "onrecord-theme";

export const THEMES = [
  { id: "system", name: "As the system", icon: "screen" },
  { id: "light", name: "Light", icon: "sun" },
  { id: "dark", name: "Dark", icon: "moon" },
];

/** Return the chosen theme's id. */
export function theme() {
  return document.documentElement.dataset.theme ?? "system";
}

/** Show a theme, and remember it in this browser. */
export function setTheme(id) {
  if (id === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = id;
  }
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // Storage is switched off: the choice lasts until the page is loaded again.
  }
}

/** The entries of a menu that switches themes. */
export function themeEntries() {
  return THEMES.map((one) => ({
    label: one.name,
    icon: icon(one.icon),
    isChecked: one.id === theme(),
    act: () => setTheme(one.id),
  }));
}
