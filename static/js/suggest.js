/* Suggestions under a field. The field asks by htmx and names its list:
     <input data-suggest="donor-list" hx-post=… hx-trigger="input changed delay:200ms" hx-target="#donor-list" autocomplete="off">
     <div class="suggestions" id="donor-list"></div>
   The answer is <ul class="suggestions-list" role="listbox"> of <li role="option" data-fill='{"id_donor": "7", "id_name": "张三"}'>.
   Choosing one writes the values into the fields with these ids. Typing on clears the fields named in data-suggest-clears. */
"use strict";

(function () {
  function fieldOf(list) {
    return document.querySelector(`[data-suggest="${CSS.escape(list.id)}"]`);
  }

  function listOf(field) {
    return document.getElementById(field.dataset.suggest);
  }

  function options(list) {
    return list ? Array.from(list.querySelectorAll("[role=option]")) : [];
  }

  function prepare(field) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", field.dataset.suggest);
    field.setAttribute("aria-expanded", "false");
  }

  function mark(field, option) {
    for (const one of options(listOf(field))) { one.setAttribute("aria-selected", String(one === option)); }
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  function close(field) {
    listOf(field)?.replaceChildren();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(field, option) {
    const values = JSON.parse(option.dataset.fill || "{}");
    for (const [id, value] of Object.entries(values)) {
      const target = document.getElementById(id);
      if (target) {
        target.value = value;
        target.dispatchEvent(new CustomEvent("hebi:filled", { bubbles: true }));
      }
    }
    close(field);
    field.dispatchEvent(new CustomEvent("hebi:chosen", { bubbles: true, detail: values }));
    field.focus();
  }

  document.addEventListener("htmx:afterSwap", (event) => {
    const list = event.detail.target;
    const field = list && list.id && list.classList.contains("suggestions") ? fieldOf(list) : null;
    if (!field) { return; }
    if (document.activeElement !== field) {
      close(field);
      return;
    }
    options(list).forEach((option, place) => { option.id = option.id || `${list.id}-${place}`; });
    field.setAttribute("aria-expanded", String(options(list).length > 0));
  });

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.dataset || !field.dataset.suggest || event.isComposing) { return; }
    const all = options(listOf(field));
    const place = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" && all.length) {
      mark(field, all[Math.min(place + 1, all.length - 1)]);
    } else if (event.key === "ArrowUp" && all.length) {
      mark(field, all[Math.max(place - 1, 0)]);
    } else if (event.key === "Enter" && place >= 0) {
      choose(field, all[place]);
    } else if (event.key === "Escape" && all.length) {
      close(field);
    } else {
      return;
    }
    event.preventDefault();
  }, true);

  document.addEventListener("input", (event) => {
    for (const id of (event.target.dataset.suggestClears || "").split(" ").filter(Boolean)) {
      const target = document.getElementById(id);
      if (target) { target.value = ""; }
    }
  });

  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest(".suggestions [role=option]");
    if (option) {
      event.preventDefault(); // the field keeps the focus
      choose(fieldOf(option.closest(".suggestions")), option);
    }
  });

  document.addEventListener("focusout", (event) => {
    if (event.target.dataset && event.target.dataset.suggest) { close(event.target); }
  });

  document.querySelectorAll("[data-suggest]").forEach(prepare);
  document.addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll("[data-suggest]").forEach(prepare));
})();
