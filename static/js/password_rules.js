"use strict";
/* The rules for a new password, each ticked while one types. The server judges again when it is saved:
   it alone knows the list of usual passwords. */
(() => {
  const ROWS = "012345678901234567899876543210987654321";
  const knownWords = (form) => {
    const typed = [...form.querySelectorAll("[name=username], [name=full_name]")].map((input) => input.value);
    return [...typed, ...(form.dataset.known || "").split(" ")]
      .map((word) => word.trim().toLowerCase())
      .filter((word) => word.length >= 3);
  };
  const keeps = {
    length: (password, list) => [...password].length >= Number(list.dataset.minimum),
    usual: (password) => new Set(password).size >= 3 && !ROWS.includes(password),
    oneself: (password, list) =>
      !knownWords(list.closest("form")).some((word) => password.includes(word) && password.length - word.length <= 4),
  };
  const mark = (line, list, password) => {
    const isKept = password !== "" && keeps[line.dataset.rule](password.toLowerCase(), list);
    line.classList.toggle("is-kept", isKept);
    line.classList.toggle("is-broken", password !== "" && !isKept);
    line.querySelector(".password-rule-mark").textContent = password === "" ? "○" : isKept ? "✓" : "×";
    line.querySelector("[data-rule-state]").textContent =
      password === "" ? "" : `（${isKept ? list.dataset.met : list.dataset.broken}）`;
  };
  const show = (list) => {
    const password = document.getElementById(list.dataset.passwordRules).value;
    for (const line of list.querySelectorAll("[data-rule]")) mark(line, list, password);
  };

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form) for (const list of form.querySelectorAll("[data-password-rules]")) show(list);
  });
})();
