/* Unsaved work asks before it is left. Every POST form in the page's body is watched unless it says data-no-guard. */
"use strict";

(function () {
  const changed = new Set();

  function isWatched(form) {
    return form && form.method === "post" && form.closest("main") && !("noGuard" in form.dataset);
  }

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (isWatched(form) && !event.target.matches("[type=checkbox][name=rows], [data-bulk-all]")) { changed.add(form); }
  });

  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) { changed.delete(event.target); }
  });

  document.addEventListener("reset", (event) => changed.delete(event.target));
  document.addEventListener("hebi:saved", (event) => changed.delete(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && event.target.matches("form")) {
      event.target.dispatchEvent(new CustomEvent("hebi:saved", { bubbles: true }));
    }
  });

  window.addEventListener("beforeunload", (event) => {
    const open = Array.from(changed).filter((form) => form.isConnected);
    if (open.length) {
      event.preventDefault();
      event.returnValue = window.hebi.sentence("unsaved"); // older browsers show their own question
    }
  });

  /* What a choice unfolds: [data-shown-when="field=value other"] is shown while the field has one of the values. */
  function unfold(root) {
    for (const part of root.querySelectorAll("[data-shown-when]")) {
      const [name, wanted] = part.dataset.shownWhen.split("=");
      const form = part.closest("form");
      if (!form) { continue; }
      const values = new FormData(form).getAll(name);
      part.hidden = !values.some((value) => wanted.split(" ").includes(value));
    }
  }

  document.addEventListener("change", () => unfold(document));
  document.addEventListener("hebi:filled", () => unfold(document));
  document.addEventListener("htmx:load", (event) => unfold(event.detail.elt));
  unfold(document);

  // A filter changed on a desk needs no button: form[data-auto-submit].
  document.addEventListener("change", (event) => {
    if (event.target.form && "autoSubmit" in event.target.form.dataset) { event.target.form.requestSubmit(); }
  });
})();
