// The chosen theme, set before anything is drawn, so that nothing flashes.

(function chooseTheme() {
  try {
    const chosen = localStorage.getItem("onrecord-theme");
    if (chosen === "light" || chosen === "dark") {
      document.documentElement.dataset.theme = chosen;
    }
  } catch {
    // Storage is switched off: the system's theme is shown.
  }
})();
