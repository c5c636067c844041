/* What htmx asks of the server, and what to say when the answer is not the one hoped for. */
"use strict";

(function () {
  const hebi = window.hebi;
  const LOGIN_NEEDED = "X-Login-Required";

  /* What asks by itself (progress, the count of waiting work) must not keep an empty chair logged in. */
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.triggeringEvent) { event.detail.headers["X-Background"] = "1"; }
    event.detail.headers["X-CSRFToken"] = hebi.csrfToken();
  });

  document.addEventListener("htmx:responseError", (event) => {
    const answer = event.detail.xhr;
    if (answer.getResponseHeader(LOGIN_NEEDED)) {
      document.dispatchEvent(new CustomEvent("hebi:cover"));
      return;
    }
    if (isBackground(event)) { return; }
    const keys = { 401: "sessionEnded", 403: "notAllowed", 404: "notFound" };
    hebi.say(hebi.sentence(keys[answer.status] || "serverError"), "danger");
  });

  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => {
      if (!isBackground(event)) { hebi.say(hebi.sentence("offline"), "danger"); }
    });
  }

  function isBackground(event) {
    const config = event.detail.requestConfig;
    return Boolean(config && config.headers && config.headers["X-Background"]);
  }

  hebi.csrfToken = function () {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  };

  /* After a new log-in the page's forms need the new token. */
  hebi.renewCsrfToken = function (token) {
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) { field.value = token; }
  };
})();
