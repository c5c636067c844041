"use strict";
/* Password boxes: shown on wish, with a warning for Caps Lock and for a Chinese input method.
   A shown password is hidden again before the form is sent, so that the browser never offers it as plain text. */
(() => {
  const warn = (box, name, isOn) => {
    const line = box.querySelector(`[data-${name}-warning]`);
    if (line) line.hidden = !isOn;
  };
  const show = (input, button, isShown) => {
    input.type = isShown ? "text" : "password";
    button.setAttribute("aria-pressed", String(isShown));
    button.textContent = isShown ? button.dataset.hide : button.dataset.show;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-password-toggle]");
    if (!button) return;
    const input = document.getElementById(button.dataset.passwordToggle);
    button.dataset.show ||= button.textContent;
    show(input, button, input.type === "password");
    input.focus();
  });

  document.addEventListener("submit", (event) => {
    for (const button of event.target.querySelectorAll("[data-password-toggle][aria-pressed=true]")) {
      show(document.getElementById(button.dataset.passwordToggle), button, false);
    }
  });

  for (const kind of ["keydown", "keyup"]) {
    document.addEventListener(kind, (event) => {
      const box = event.target.closest?.("[data-password-box]");
      if (!box || !event.getModifierState) return;
      warn(box, "caps", event.getModifierState("CapsLock"));
      if (kind === "keydown") warn(box, "ime", event.isComposing || event.key === "Process");
    });
  }
  document.addEventListener("compositionstart", (event) => {
    const box = event.target.closest?.("[data-password-box]");
    if (box) warn(box, "ime", true);
  });
  document.addEventListener("focusout", (event) => {
    const box = event.target.closest?.("[data-password-box]");
    if (!box) return;
    warn(box, "caps", false);
    warn(box, "ime", false);
  });
})();
