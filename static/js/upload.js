/* input[data-upload]: says at once when the chosen file is empty or too large, and keeps it from being sent. */
"use strict";

(function () {
  const input = document.querySelector("input[data-upload]");
  const place = document.querySelector("[data-upload-sentence]");
  if (!input || !place) { return; }

  function sentence() {
    const file = input.files[0];
    if (!file) { return ""; }
    if (file.size > Number(input.dataset.mostBytes)) { return place.dataset.tooLarge; }
    return file.size ? "" : place.dataset.isEmpty;
  }

  const shown = document.querySelector("[data-upload-name]");

  function tell() {
    const file = input.files[0];
    if (shown) { shown.textContent = file ? file.name : ""; }
    place.textContent = sentence();
    input.classList.toggle("is-invalid", Boolean(place.textContent));
  }

  input.addEventListener("change", tell);
  window.addEventListener("pageshow", () => { if (input.files.length) { tell(); } }); // the back button keeps the file

  input.form.addEventListener("submit", (event) => {
    if (!sentence()) { return; }
    event.preventDefault();
    place.textContent = sentence();
    input.focus();
  }, true);
})();
