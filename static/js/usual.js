/* What is usual stands in the fields as a suggestion. When the server suggests otherwise, because another kind or day was
   chosen, it goes into every field that still says what was suggested before. What was typed stays.
     <div id="…" data-usual><input type="hidden" name="shown_place" value="…"></div>  beside  <input name="place"> */
"use strict";

(function () {
  const SHOWN = "shown_";

  function follow(before, now) {
    const field = before.form.elements[before.name.slice(SHOWN.length)];
    if (!field || field.value !== before.value || before.value === now.value) { return; }
    field.value = now.value;
    if (field === document.activeElement && field.select) { field.select(); } // typing replaces it
    field.dispatchEvent(new CustomEvent("hebi:filled", { bubbles: true }));
  }

  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const place = event.detail.target;
    if (!place.matches("[data-usual]")) { return; }
    for (const now of event.detail.fragment.querySelectorAll(`input[name^="${SHOWN}"]`)) {
      const before = place.querySelector(`[name="${now.name}"]`);
      if (before) { follow(before, now); }
    }
  });
})();
