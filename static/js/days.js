/* The day that was understood, under every input[data-day] while it is typed. The server's core.dates decides; this follows it. */
"use strict";

(function () {
  const SPOKEN = { 今天: 0, 今日: 0, 昨天: -1, 昨日: -1, 前天: -2, 明天: 1, 明日: 1, 后天: 2 };
  const WEEKDAYS = "日一二三四五六";
  const CLOCK = /(\d)([日号]?)[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/;

  /* Days are counted in UTC, where every day has 24 hours. Today is Shanghai's. */
  function today() {
    const [year, month, day] = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit" })
      .format(new Date()).split("-").map(Number);
    return new Date(Date.UTC(year, month - 1, day));
  }

  /* The day of what was typed; null for anything that is no day. */
  function parse(text) {
    const cleaned = text.normalize("NFKC").trim().replace(CLOCK, "$1$2").replace(/\s+/g, "")
      .replace(/(\d)[。、](?=\d)/g, "$1.").replace(/[。.]+$/, "");
    if (cleaned in SPOKEN) { return new Date(today().getTime() + SPOKEN[cleaned] * 86400000); }
    const full = /^(\d{4})(\d{2})(\d{2})$/.exec(cleaned) || /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(cleaned);
    const short = /^(\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(cleaned) || /^(\d{2})(\d{2})$/.exec(cleaned);
    if (!full && !short) { return null; }
    const [year, month, day] = full ? full.slice(1, 4).map(Number) : [today().getUTCFullYear(), Number(short[1]), Number(short[2])];
    const found = new Date(Date.UTC(year, month - 1, day));
    const isReal = found.getUTCMonth() === month - 1 && found.getUTCDate() === day && year >= 1900 && year <= 2199;
    return isReal ? found : null;
  }

  function inWords(day) {
    return `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日 星期${WEEKDAYS[day.getUTCDay()]}`;
  }

  function placeFor(input) {
    const known = document.getElementById(input.id + "_day");
    if (known) { return known; }
    const place = document.createElement("span");
    place.className = "day-words";
    place.id = input.id + "_day";
    place.setAttribute("aria-live", "polite");
    input.after(place);
    return place;
  }

  function show(input) {
    const place = placeFor(input);
    const day = parse(input.value);
    const isFuture = Boolean(day && "noFuture" in input.dataset && day > today());
    place.classList.toggle("is-wrong", Boolean(input.value.trim()) && (!day || isFuture));
    if (!input.value.trim()) {
      place.textContent = "";
    } else {
      place.textContent = day ? inWords(day) + (isFuture ? "　" + window.hebi.sentence("dayInFuture") : "") : window.hebi.sentence("dayWrong");
    }
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("input[data-day]")) { show(event.target); }
  });
  document.addEventListener("hebi:filled", (event) => {
    const filled = event.target.matches("input[data-day]") ? [event.target] : event.target.querySelectorAll("input[data-day]");
    for (const input of filled) { show(input); }
  });

  window.hebi.dayInWords = (text) => { const day = parse(text); return day ? inWords(day) : ""; };
})();
