/* Amounts as people say them: 一百, 壹佰元伍角, 1.5万. The server's core.money_words decides; this follows it. */
"use strict";

window.hebiMoneyWords = (function () {
  const PLAIN = "一二两貳三參四五六陸七八九〇○十百千萬億圆圓块毛正";
  const CAPITAL = "壹贰贰贰叁叁肆伍陆陆柒捌玖零零拾佰仟万亿元元元角整";
  const DIGITS = "零壹贰叁肆伍陆柒捌玖";
  const UNITS = { 拾: 10, 佰: 100, 仟: 1000 };
  const PLACES = { 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8 };
  const WORDS = /^(?:([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)元)?(?:([壹贰叁肆伍陆柒捌玖])角)?(?:零?([壹贰叁肆伍陆柒捌玖])分)?$/;

  /* Figures with a unit as [digits, decimals]: 1.5万 -> ["15000", ""]. null for anything else. */
  function scaledFigures(text) {
    const found = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?([十百千])?([万亿])?$/.exec(text.replace("萬", "万").replace("億", "亿"));
    if (!found || !(found[3] || found[4])) { return null; }
    const places = (PLACES[found[3]] || 0) + (PLACES[found[4]] || 0);
    const decimals = found[2] || "";
    return [found[1].replace(/,/g, "") + decimals.slice(0, places).padEnd(places, "0"), decimals.slice(places)];
  }

  function inCapitals(text) {
    let same = Array.from(text, (word) => (PLAIN.includes(word) ? CAPITAL[PLAIN.indexOf(word)] : word)).join("").replace(/整$/, "");
    same = same.replace(/(^|[^壹贰叁肆伍陆柒捌玖])拾/g, "$1壹拾");
    same = same.replace(/零(?=[壹贰叁肆伍陆柒捌玖][拾佰仟])/g, "");
    return same.replace(/元零(?=.角)/, "元");
  }

  function whole(words) {
    for (const [unit, size] of [["亿", 1e8], ["万", 1e4]]) {
      const place = words.lastIndexOf(unit);
      if (place >= 0) { return whole(words.slice(0, place)) * size + whole(words.slice(place + 1)); }
    }
    let total = 0;
    let digit = 0;
    for (const word of words) {
      if (UNITS[word]) {
        total += digit * UNITS[word];
        digit = 0;
      } else {
        digit = DIGITS.indexOf(word);
      }
    }
    return total + digit;
  }

  /* {yuan, jiao, fen} that words say, when `write` gives the same words again; null for anything else. */
  function amountOf(text, write) {
    let same = inCapitals(text);
    if (same && !/[元角分]/.test(same)) { same += "元"; }
    const found = same && WORDS.exec(same);
    if (!found) { return null; }
    const amount = { yuan: whole(found[1] || ""), jiao: Math.max(DIGITS.indexOf(found[2] || "-"), 0), fen: Math.max(DIGITS.indexOf(found[3] || "-"), 0) };
    if (amount.yuan >= 1e14) { return null; }
    const [said, written] = [text, write(amount)].map((words) => inCapitals(words).replace(/元$/, ""));
    return said === written ? amount : null;
  }

  return { scaledFigures, amountOf };
})();
