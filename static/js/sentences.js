/* The sentences of the page (sent as data) and the place where they are said. */
"use strict";

window.hebi = (function () {
  const data = document.getElementById("sentences");
  const sentences = data ? JSON.parse(data.textContent) : {};

  function sentence(key, values) {
    return (sentences[key] || key).replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));
  }

  /* Say something at the top of the page. tone: success, info, warning, danger. Gives the element back. */
  function say(text, tone) {
    const place = document.getElementById("messages");
    if (!place) { return null; }
    for (const old of place.querySelectorAll("[data-said]")) {
      if (old.dataset.said === text) { old.remove(); }
    }
    const box = document.createElement("div");
    box.className = "alert alert-" + (tone || "info");
    box.setAttribute("role", tone === "danger" || tone === "warning" ? "alert" : "status");
    box.dataset.said = text;
    const words = document.createElement("div");
    words.textContent = text;
    box.append(words);
    place.append(box);
    if (tone === "danger" || tone === "warning") { box.scrollIntoView({ block: "nearest" }); }
    return box;
  }

  function isField(element) {
    return Boolean(element && element.closest && element.closest("input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable]"));
  }

  /* What a closed <details> holds has its place on the page in newer browsers, and is not seen all the same. */
  function isVisible(element) {
    const folded = element.closest("details:not([open])");
    const isFolded = folded && !folded.querySelector(":scope > summary")?.contains(element);
    return !isFolded && element.getClientRects().length > 0;
  }

  return { sentence, say, isField, isVisible, user: document.body.dataset.user || "" };
})();
