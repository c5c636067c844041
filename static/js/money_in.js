/* Forms for money that came in: several funds with what is left for the first, and foreign money worked out in yuan. */
"use strict";

(function () {
  const LAYOUT = /^(\d{1,14})(?:\.(\d{0,8}))?$/;

  /* The typed number times 10^places as BigInt, exact; null for anything else. */
  function scaled(text, places) {
    const found = LAYOUT.exec(String(text).normalize("NFKC").replace(/[\s,]/g, "").replace("。", "."));
    if (!found) { return null; }
    const decimals = (found[2] || "").replace(/0+$/, "");
    return decimals.length > places ? null : BigInt(found[1] + decimals.padEnd(places, "0"));
  }

  function spoken(cents) {
    const whole = String(cents / 100n).replace(/\B(?=(\d{3})+$)/g, ",");
    return whole + "." + String(cents % 100n).padStart(2, "0");
  }

  function tell(split) {
    const form = split.closest("form");
    const parts = Array.from(split.querySelectorAll("[data-split-rows] [data-part]"), (field) => scaled(window.hebi.amountInFigures(field.value), 2) || 0n);
    const sum = parts.reduce((total, part) => total + part, 0n);
    const amount = scaled(window.hebi.amountInFigures(form.elements.amount.value), 2);
    const place = split.querySelector("[data-split-sum]");
    place.textContent = "";
    if (!sum || amount === null) { return; }
    const sentence = sum < amount ? split.dataset.splitSentence : split.dataset.splitWrong;
    place.textContent = sentence.replace("{parts}", spoken(sum)).replace("{rest}", spoken(amount > sum ? amount - sum : 0n));
  }

  function addRow(split) {
    const total = split.querySelector("[name$='-TOTAL_FORMS']");
    const most = split.querySelector("[name$='-MAX_NUM_FORMS']");
    if (Number(total.value) >= Number(most.value)) { return; }
    const row = split.querySelector("[data-split-empty]").content.cloneNode(true);
    for (const part of row.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        if (part.hasAttribute(name)) { part.setAttribute(name, part.getAttribute(name).replace("__prefix__", total.value)); }
      }
    }
    const first = row.querySelector("select");
    split.querySelector("[data-split-rows]").append(row);
    total.value = String(Number(total.value) + 1);
    first.focus();
  }

  /* Half a fen is rounded up, as the database does it. */
  function convert(form) {
    if (!form.elements.currency || form.elements.currency.value === "CNY") { return; }
    const amount = scaled(form.elements.foreign_amount.value, 2);
    const rate = scaled(form.elements.booked_rate.value, 8);
    if (!amount || !rate) { return; }
    const scale = 10n ** 8n;
    form.elements.amount.value = spoken((amount * rate + scale / 2n) / scale);
    form.elements.amount.dispatchEvent(new CustomEvent("hebi:filled", { bubbles: true }));
    form.elements.amount.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !form.elements.amount) { return; }
    if ("foreign" in event.target.dataset) { convert(form); }
    form.querySelectorAll("[data-split]").forEach(tell);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-split-add]");
    if (button) { addRow(button.closest("[data-split]")); }
  });

  document.querySelectorAll("[data-split]").forEach(tell);
})();
