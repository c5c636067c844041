/* Drafts of form[data-draft="name"], kept in this browser for this person until saved, discarded or logged out.
   Never kept: passwords, files, hidden fields, and whatever says data-no-draft (ID, card, phone). */
"use strict";

(function () {
  const hebi = window.hebi;
  const PREFIX = "hebi.draft.";
  const DAYS_KEPT = 3;
  const PENDING = "hebi.draft-pending";
  const own = PREFIX + hebi.user + ".";

  let storage = null;
  try {
    storage = window.localStorage;
    storage.getItem(PREFIX);
  } catch (refused) {
    return; // a browser without storage keeps no drafts
  }

  function keys() {
    return Array.from({ length: storage.length }, (_, place) => storage.key(place)).filter((key) => key && key.startsWith(PREFIX));
  }

  function wipe(isUnwanted) {
    keys().filter(isUnwanted).forEach((key) => storage.removeItem(key));
  }

  function isOld(key) {
    try {
      return Date.now() - JSON.parse(storage.getItem(key)).at > DAYS_KEPT * 86400000;
    } catch (broken) {
      return true;
    }
  }

  document.addEventListener("submit", (event) => {
    if ("logout" in event.target.dataset && !event.defaultPrevented) { wipe(() => true); }
  }, true);

  if (!hebi.user) { return; }
  wipe((key) => !key.startsWith(own) || isOld(key)); // another person's, on a shared computer

  function keyOf(form) {
    return own + location.pathname + "#" + form.dataset.draft;
  }

  function kept(form) {
    return Array.from(form.elements).filter((field) =>
      field.name && !field.closest("[data-no-draft]") && !field.disabled
      && !["hidden", "password", "file", "submit", "button"].includes(field.type));
  }

  function valueOf(field) {
    return field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
  }

  function initial(field) {
    if (field.type === "checkbox" || field.type === "radio") { return field.defaultChecked; }
    if (field.tagName === "SELECT") {
      const chosen = Array.from(field.options).find((option) => option.defaultSelected) || field.options[0];
      return chosen ? chosen.value : "";
    }
    return field.defaultValue;
  }

  /* A draft is a list of [name, place among its equals, value] of what differs from the page as it came. */
  function keep(form) {
    const counts = {};
    const values = [];
    for (const field of kept(form)) {
      const place = counts[field.name] = (counts[field.name] ?? -1) + 1;
      if (valueOf(field) !== initial(field)) { values.push([field.name, place, valueOf(field)]); }
    }
    if (values.length) {
      try {
        storage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values }));
      } catch (full) { /* no room: no draft */ }
    } else {
      storage.removeItem(keyOf(form));
    }
  }

  /* What came back is selected when its field gets the focus first: typing replaces it and is not added to it. */
  const restored = new WeakSet();

  function selectRestored(field) {
    if (!field || !restored.has(field)) { return; }
    restored.delete(field);
    if (field.select) { field.select(); }
  }

  document.addEventListener("focusin", (event) => selectRestored(event.target));

  function restore(form) {
    const draft = JSON.parse(storage.getItem(keyOf(form)) || "null");
    if (!draft) { return; }
    const fields = kept(form);
    let isRestored = false;
    for (const [name, place, value] of draft.values) {
      const field = fields.filter((one) => one.name === name)[place];
      // What somebody typed before the draft could come back is newer than it.
      if (!field || valueOf(field) === value || valueOf(field) !== initial(field)) { continue; }
      if (typeof value === "boolean") { field.checked = value; } else { field.value = value; }
      restored.add(field);
      isRestored = true;
    }
    if (!isRestored) { return; }
    form.dispatchEvent(new CustomEvent("hebi:filled", { bubbles: true }));
    selectRestored(document.activeElement);
    offerToDiscard(form);
  }

  function offerToDiscard(form) {
    const box = hebi.say(hebi.sentence("draftRestored"), "info");
    if (!box) { return; }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-secondary";
    button.textContent = hebi.sentence("draftDiscard");
    button.addEventListener("click", () => {
      storage.removeItem(keyOf(form));
      form.reset();
      form.dispatchEvent(new CustomEvent("hebi:filled", { bubbles: true }));
      box.remove();
    });
    box.append(button);
  }

  /* A sent form's draft goes when the next page says that it was saved, and never otherwise. */
  function settlePending() {
    const key = sessionStorage.getItem(PENDING);
    if (!key) { return; }
    sessionStorage.removeItem(PENDING);
    if (document.querySelector("[data-saved]")) { storage.removeItem(key); }
  }

  let timer = 0;
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !form.dataset.draft) { return; }
    clearTimeout(timer);
    timer = setTimeout(() => keep(form), 400);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.draft || event.defaultPrevented) { return; }
    clearTimeout(timer);
    keep(form);
    sessionStorage.setItem(PENDING, keyOf(form));
  });

  document.addEventListener("hebi:saved", (event) => {
    if (event.target.dataset.draft) { storage.removeItem(keyOf(event.target)); }
  });

  settlePending();
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (!form.querySelector(".is-invalid")) { restore(form); }
  }
})();
