/* 应到, 实到 and who is still open, following what is tapped: [data-attendance-count] counts the names of its form by the
   words of the server. Who is not tapped came where the form says so of all the others (rest_came). */
"use strict";

(function () {
  function count(place) {
    const form = place.closest("form");
    const came = place.dataset.came.split(" ");
    const notExpected = place.dataset.notExpected.split(" ");
    const restCame = Boolean(form.querySelector("[name=rest_came]:checked"));
    const numbers = { expected: 0, here: 0, open: 0 };
    for (const ways of form.querySelectorAll(".attendance-ways")) {
      const tapped = ways.querySelector("input:checked");
      const way = tapped ? tapped.value : "expected";
      if (notExpected.includes(way)) { continue; }
      const isOpen = way === "expected";
      numbers.expected += 1;
      numbers.here += came.includes(way) || (isOpen && restCame) ? 1 : 0;
      numbers.open += isOpen && !restCame ? 1 : 0;
    }
    for (const [name, number] of Object.entries(numbers)) { place.querySelector(`[data-${name}]`).textContent = number; }
    place.hidden = false;
  }

  function countAll() {
    document.querySelectorAll("[data-attendance-count]").forEach(count);
  }

  /* A list that comes anew, [data-keeps-taps], was asked for before the last taps: they go into it. What was tapped
     before it was asked for is in it. */
  const since = new Map();

  function remember(event) {
    const field = event.target;
    if (field.name && field.closest("[data-keeps-taps]")) { since.set(field.name, field.value); }
  }

  function putBack(place) {
    for (const [name, value] of since) {
      for (const field of place.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio") { field.checked = field.value === value; } else { field.value = value; }
      }
    }
  }

  document.addEventListener("input", remember);
  document.addEventListener("change", remember);
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.matches("[data-keeps-taps]")) { since.clear(); }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.matches("[data-keeps-taps]")) { putBack(event.detail.target); }
  });

  document.addEventListener("change", countAll);
  document.addEventListener("hebi:filled", countAll);
  document.addEventListener("htmx:load", countAll);
  countAll();
})();
