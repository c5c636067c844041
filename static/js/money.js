/* Capitals of an amount while it is typed, under every input[data-money]. The server's core.money decides; this follows it. */
"use strict";

(function () {
  const DIGITS = "零壹贰叁肆伍陆柒捌玖";
  const PLACES = ["仟", "佰", "拾", ""];
  const LIMIT_DIGITS = 14;

  /* {yuan, jiao, fen} of what was typed, {error: key} when it is no amount, null while nothing is there. */
  function parse(text) {
    let cleaned = text.normalize("NFKC").replace(/\s+/g, "").replace(/。/g, ".");
    cleaned = cleaned.replace(/^人民币/, "").replace(/^¥/, "");
    if (!cleaned) { return null; }
    const said = window.hebiMoneyWords.amountOf(cleaned, inWords);
    if (said) { return said; }
    cleaned = cleaned.replace(/整$/, "").replace(/元$/, "");
    const found = /^(\d+)(?:\.(\d*))?$/.exec(cleaned) || /^(\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/.exec(cleaned);
    const parts = found ? [found[1].replace(/,/g, ""), found[2] || ""] : window.hebiMoneyWords.scaledFigures(cleaned);
    if (!parts) { return { error: "amountWrong" }; }
    const decimals = parts[1].replace(/0+$/, "");
    if (decimals.length > 2) { return { error: "amountTooLong" }; }
    const digits = parts[0].replace(/^0+/, "") || "0";
    if (digits.length > LIMIT_DIGITS) { return { error: "amountTooLarge" }; }
    const cents = decimals.padEnd(2, "0");
    return { yuan: Number(digits), jiao: Number(cents[0]), fen: Number(cents[1]) };
  }

  function inWords(amount) {
    const { yuan, jiao, fen } = amount;
    let words = yuan || !(jiao || fen) ? wholeInWords(yuan) + "元" : "";
    if (!jiao && !fen) { return words + "整"; }
    if (yuan && (!jiao || yuan % 10 === 0)) { words += "零"; }
    if (jiao) { words += DIGITS[jiao] + "角"; }
    if (fen) { words += DIGITS[fen] + "分"; }
    return words;
  }

  function wholeInWords(number) {
    if (number === 0) { return DIGITS[0]; }
    const groups = [1e12, 1e8, 1e4, 1].map((unit) => Math.floor(number / unit) % 10000);
    const units = [groups[1] ? "万" : "万亿", "亿", "万", ""];
    let words = "";
    let isGap = false;
    groups.forEach((group, place) => {
      if (!group) {
        isGap = true;
        return;
      }
      if (words && (isGap || group < 1000)) { words += "零"; }
      words += groupInWords(group) + units[place];
      isGap = false;
    });
    return words;
  }

  function groupInWords(group) {
    let words = "";
    let isGap = false;
    String(group).padStart(4, "0").split("").forEach((digit, place) => {
      if (digit === "0") {
        isGap = true;
        return;
      }
      if (words && isGap) { words += "零"; }
      words += DIGITS[Number(digit)] + PLACES[place];
      isGap = false;
    });
    return words;
  }

  /* Amount in capitals without the prefix; an empty text for nothing typed or no amount. */
  function amountInWords(text) {
    const amount = parse(text);
    return amount && !amount.error ? inWords(amount) : "";
  }

  function placeFor(input) {
    const named = document.getElementById(input.dataset.moneyWords || input.id + "_words");
    if (named) { return named; }
    const words = document.createElement("span");
    words.className = "money-words";
    words.id = input.id + "_words";
    input.after(words);
    return words;
  }

  function inFigures(amount) {
    return String(amount.yuan).replace(/\B(?=(\d{3})+$)/g, ",") + "." + amount.jiao + amount.fen;
  }

  /* What was typed in words or with a unit is said in figures too. */
  function echo(text, amount) {
    const capitals = "人民币" + inWords(amount);
    return /[^\d.,\s]/.test(text.normalize("NFKC")) ? "¥" + inFigures(amount) + "　" + capitals : capitals;
  }

  function errorOf(input, amount) {
    if (amount.error) { return amount.error; }
    const isNothing = !amount.yuan && !amount.jiao && !amount.fen;
    return isNothing && !("allowsZero" in input.dataset) ? "amountZero" : "";
  }

  function show(input) {
    const place = placeFor(input);
    const amount = parse(input.value);
    const error = amount ? errorOf(input, amount) : "";
    place.classList.toggle("is-wrong", Boolean(error));
    if (!amount) {
      place.textContent = "";
    } else {
      place.textContent = error ? window.hebi.sentence(error) : echo(input.value, amount);
    }
  }

  function showAll(root) {
    for (const input of root.querySelectorAll("input[data-money]")) { show(input); }
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("input[data-money]")) { show(event.target); }
  });
  document.addEventListener("hebi:filled", (event) => showAll(event.target));
  document.addEventListener("htmx:load", (event) => showAll(event.detail.elt));
  showAll(document);

  /* The figures of what was typed in any way, for sums; as typed when it is no amount. */
  function amountInFigures(text) {
    const amount = parse(text);
    return amount && !amount.error ? inFigures(amount) : text;
  }

  window.hebi.amountInWords = amountInWords;
  window.hebi.amountInFigures = amountInFigures;
})();
