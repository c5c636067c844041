/* The idle time-out covers the page with a log-in and gives it back untouched. The server locks the session on its own;
   this only hides what is on the screen and asks for the password where it is needed. */
"use strict";

(function () {
  const hebi = window.hebi;
  const cover = document.getElementById("idle-cover");
  if (!cover) { return; }
  const limit = Number(document.body.dataset.idleSeconds) * 1000;
  const form = cover.querySelector("form");
  const password = form.querySelector("input[type=password]");
  const answer = document.getElementById("idle-answer");
  const TELL_EVERY = 60000;
  const SEEN = "hebi.seen." + hebi.user;
  let lastSeen = Date.now();
  let toldAt = Date.now(); // when the server last heard of work on this page: when it was asked for

  function touched() {
    if (cover.open) { return; }
    lastSeen = Date.now();
    try {
      localStorage.setItem(SEEN, String(lastSeen)); // other windows of the same person see it
    } catch (refused) { /* a browser without storage watches each window alone */ }
  }

  function seenAnywhere() {
    try {
      return Math.max(lastSeen, Number(localStorage.getItem(SEEN)) || 0);
    } catch (refused) {
      return lastSeen;
    }
  }

  let lastTouch = 0;
  for (const name of ["keydown", "pointerdown", "wheel", "touchstart"]) {
    document.addEventListener(name, () => {
      const now = Date.now();
      if (now - lastTouch > 1000) {
        lastTouch = now;
        touched();
      }
    }, { passive: true });
  }

  function look() {
    if (cover.open) { return; }
    if (limit && Date.now() - seenAnywhere() > limit) {
      show();
    } else if (lastSeen > toldAt && Date.now() - toldAt > TELL_EVERY) {
      tellServer();
    }
  }

  /* Typing in a long form is work as well: the server hears of it once a minute. */
  function tellServer() {
    toldAt = Date.now();
    fetch(document.body.dataset.awakeUrl, { headers: { "X-Requested-With": "fetch" } }).then((reply) => {
      if (reply.status === 401) { show(); }
    }, () => undefined);
  }

  function show() {
    if (cover.open) { return; }
    answer.textContent = "";
    password.value = "";
    document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
    document.body.classList.add("is-covered");
    cover.showModal();
    password.focus();
  }

  function uncover(token) {
    hebi.renewCsrfToken(token);
    document.body.classList.remove("is-covered");
    cover.close();
    touched();
  }

  cover.addEventListener("cancel", (event) => event.preventDefault()); // Escape does not open it
  document.addEventListener("hebi:cover", show);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    send();
  });

  async function send() {
    const body = new URLSearchParams(new FormData(form));
    const headers = { "X-Requested-With": "fetch", "X-CSRFToken": hebi.csrfToken() };
    const reply = await fetch(form.action, { method: "POST", body, headers }).catch(() => null);
    if (!reply) {
      answer.textContent = hebi.sentence("offline");
      return;
    }
    const said = await reply.json().catch(() => ({}));
    if (reply.ok && said.csrf_token) {
      uncover(said.csrf_token);
    } else if (reply.status === 401 || reply.status === 403) {
      answer.textContent = hebi.sentence("sessionEnded");
    } else {
      answer.textContent = said.sentence || hebi.sentence("unlockFailed");
      password.value = "";
      password.focus();
    }
  }

  password.addEventListener("keydown", (event) => {
    const isOn = event.getModifierState && event.getModifierState("CapsLock");
    answer.textContent = isOn ? hebi.sentence("capsLock") : "";
  });

  window.setInterval(look, Math.min(10000, Math.max(500, limit / 10)));
  document.addEventListener("visibilitychange", look);
})();
