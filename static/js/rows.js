/* Rows that open their record, and choosing rows with a sentence that says how many and how much. */
"use strict";

(function () {
  const hebi = window.hebi;

  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest("a, button, input, label, select, summary, textarea")) { return; }
    if (String(window.getSelection())) { return; } // a person who marks text to copy it stays here
    if (event.ctrlKey || event.metaKey) {
      window.open(row.dataset.href, "_blank", "noopener");
    } else {
      location.assign(row.dataset.href);
    }
  });

  /* Cents as BigInt: sums of many rows stay exact. */
  function cents(text) {
    const [whole, rest = ""] = String(text).split(".");
    return BigInt(whole || "0") * 100n + BigInt(rest.padEnd(2, "0").slice(0, 2));
  }

  function spoken(sum) {
    const whole = String(sum / 100n).replace(/\B(?=(\d{3})+$)/g, ",");
    return whole + "." + String(sum % 100n).padStart(2, "0");
  }

  function boxes(form) {
    return Array.from(form.querySelectorAll("input[type=checkbox][name=rows]:not(:disabled)"));
  }

  function tell(form) {
    const chosen = boxes(form).filter((box) => box.checked);
    const hasSum = boxes(form).some((box) => box.dataset.amount);
    const sum = chosen.reduce((total, box) => total + cents(box.dataset.amount || "0"), 0n);
    const key = !chosen.length ? "bulkNone" : hasSum ? "bulkCountSum" : "bulkCount";
    for (const place of form.querySelectorAll("[data-bulk-sentence]")) {
      place.textContent = hebi.sentence(key, { count: chosen.length, sum: spoken(sum) });
    }
    for (const button of form.querySelectorAll("[data-bulk-act]")) { button.disabled = !chosen.length; }
    for (const all of form.querySelectorAll("[data-bulk-all]")) {
      all.checked = chosen.length > 0 && chosen.length === boxes(form).length;
      all.indeterminate = chosen.length > 0 && !all.checked;
    }
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-bulk]");
    if (!form) { return; }
    if (event.target.matches("[data-bulk-all]")) {
      for (const box of boxes(form)) { box.checked = event.target.checked; }
    }
    tell(form);
  });

  function tellAll() {
    document.querySelectorAll("form[data-bulk]").forEach(tell);
  }

  document.addEventListener("htmx:load", tellAll);
  window.addEventListener("pageshow", tellAll); // the back button brings chosen boxes along
  tellAll();
})();
