/* Keys: / search, n new, j k rows, x choose, ? help, Ctrl+Enter save, Enter through form[data-enter-order]. */
"use strict";

(function () {
  const hebi = window.hebi;

  const acts = {
    "/": () => focusOn(document.getElementById("frame-search")),
    "?": () => document.getElementById("keys-help")?.showModal(),
    n: () => document.querySelector("[data-key='n'], .page-action a.btn-primary")?.click(),
    j: () => moveRow(1),
    k: () => moveRow(-1),
    x: chooseRow,
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) { return; }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      saveFrom(event);
      return;
    }
    if (event.key === "Enter" && hebi.isField(event.target)) {
      stepFrom(event);
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || hebi.isField(event.target) || document.querySelector("dialog[open]")) { return; }
    const act = acts[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  function focusOn(element) {
    if (!element) { return; }
    element.focus();
    if (element.select) { element.select(); }
  }

  function saveFrom(event) {
    const form = event.target.closest("form") || document.querySelector("main form[method=post]");
    if (form && form.method === "post") {
      event.preventDefault();
      form.requestSubmit(saveButton(form));
    }
  }

  function saveButton(form) {
    return form.querySelector("[data-save], .btn-primary[type=submit]") || undefined;
  }

  /* At the counter Enter goes to the next visible field and at the last one saves; so does a reader that types like a keyboard. */
  function stepFrom(event) {
    const form = event.target.closest("form[data-enter-order]");
    if (!form || event.target.tagName === "TEXTAREA" || event.shiftKey) { return; }
    event.preventDefault();
    const fields = fieldsOf(form);
    const place = fields.findIndex((field) => field === event.target || (field.type === "radio" && field.name === event.target.name));
    const isLast = place === fields.length - 1 || "enterSaves" in event.target.dataset;
    if (isLast) {
      form.requestSubmit(saveButton(form));
    } else {
      focusOn(fields[place + 1]);
    }
  }

  /* The fields a person fills: visible, writable, one for each group of radio buttons. */
  function fieldsOf(form) {
    const names = new Set();
    return Array.from(form.elements).filter((field) => {
      const isTyped = field.matches("input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=checkbox]), select, textarea");
      if (!isTyped || field.disabled || field.readOnly || !hebi.isVisible(field) || "enterSkip" in field.dataset) { return false; }
      if (field.type !== "radio") { return true; }
      const isChosen = field.checked || !form.querySelector(`input[name="${CSS.escape(field.name)}"]:checked`);
      if (!isChosen || names.has(field.name)) { return false; }
      names.add(field.name);
      return true;
    });
  }

  // Enter on a radio button of the counter form goes on as well.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.defaultPrevented && event.target.matches("form[data-enter-order] input[type=radio]")) { stepFrom(event); }
  });

  function rows() {
    return Array.from(document.querySelectorAll("main tr[data-href], main [data-row]")).filter(hebi.isVisible);
  }

  function currentRow() {
    return document.activeElement.closest("tr[data-href], [data-row]");
  }

  function moveRow(step) {
    const all = rows();
    if (!all.length) { return; }
    const place = all.indexOf(currentRow());
    const next = place < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(place + step, 0), all.length - 1);
    all[next].querySelector("a[href]")?.focus();
    all[next].scrollIntoView({ block: "nearest" });
  }

  function chooseRow() {
    currentRow()?.querySelector("input[type=checkbox]")?.click();
  }
})();
