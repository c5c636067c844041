/* Keys for the laptop at the screen: a button with data-oral-key is pressed by that key, wherever the focus is. */
"use strict";

(function () {
  const hebi = window.hebi;

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || event.repeat) { return; }
    if (event.ctrlKey || event.altKey || event.metaKey || hebi.isField(event.target)) { return; }
    // The space bar on a focused button or link does what it always does.
    if (event.key === " " && event.target.closest("button, a, summary")) { return; }
    const button = document.querySelector(`[data-oral-key="${CSS.escape(event.key)}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
})();
