/* Small acts by attribute: data-print, data-print-on-load, data-copy="#id", data-opens="dialog id"; panels; double clicks. */
"use strict";

(function () {
  const hebi = window.hebi;

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-print], [data-copy], [data-opens]");
    if (button) {
      if ("print" in button.dataset) { window.print(); }
      if (button.dataset.copy) { copy(document.querySelector(button.dataset.copy)); }
      if (button.dataset.opens) { document.getElementById(button.dataset.opens)?.showModal(); }
    }
    for (const panel of document.querySelectorAll("details.frame-account[open]")) {
      if (!panel.contains(event.target)) { panel.open = false; }
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { return; }
    for (const panel of document.querySelectorAll("details.frame-account[open]")) {
      panel.open = false;
      panel.querySelector("summary").focus();
    }
  });

  async function copy(source) {
    if (!source) { return; }
    const text = "value" in source ? source.value : source.innerText;
    const isDone = (await copyByClipboard(text)) || copyBySelection(text);
    hebi.say(hebi.sentence(isDone ? "copied" : "copyFailed"), isDone ? "success" : "warning");
  }

  /* The clipboard is closed on plain http in the house's network; the old way still works there. */
  async function copyByClipboard(text) {
    if (!window.isSecureContext || !navigator.clipboard) { return false; }
    return navigator.clipboard.writeText(text).then(() => true, () => false);
  }

  function copyBySelection(text) {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const isDone = document.execCommand("copy");
    area.remove();
    return isDone;
  }

  /* One click, one form: a second one while the first is under way is dropped. The server's form key decides in the end. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || form.hasAttribute("hx-post") || form.hasAttribute("hx-get")) { return; }
    if (form.dataset.isSent) {
      event.preventDefault();
      return;
    }
    if (form.method !== "post") { return; }
    form.dataset.isSent = "1";
    const button = event.submitter;
    if (button) { button.setAttribute("aria-busy", "true"); }
    window.setTimeout(() => release(form), 5000); // a download leaves the page where it is
  });

  function release(form) {
    delete form.dataset.isSent;
    for (const button of form.querySelectorAll("[aria-busy]")) { button.removeAttribute("aria-busy"); }
  }

  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-is-sent]").forEach(release));

  document.querySelector("[data-error-summary]")?.focus();
  if (document.querySelector("[data-print-on-load]")) { window.addEventListener("load", () => window.print()); }
})();
