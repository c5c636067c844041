/* Draws figure[data-chart] from its JSON. ECharts is loaded only on pages that have a chart; the table behind stays for everybody. */
"use strict";

(function () {
  const hebi = window.hebi;
  const colour = { bar: "#1d5490", line: "#1d5490", text: "#3a4452", axis: "#8792a2", grid: "#e3e7ec" };
  const drawn = [];

  function figures(root) {
    return Array.from(root.querySelectorAll("figure[data-chart]")).filter((figure) => !figure.dataset.isDrawn);
  }

  function load() {
    if (window.echarts) { return Promise.resolve(); }
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = document.body.dataset.echarts;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  }

  function draw(figure) {
    figure.dataset.isDrawn = "1";
    const rows = JSON.parse(document.getElementById(figure.dataset.chart).textContent).rows;
    const area = figure.querySelector(".chart-area");
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.8125;
    area.classList.add("is-drawn");
    const chart = window.echarts.init(area, null, { renderer: "canvas" });
    chart.setOption(optionOf(figure, rows, { color: colour.text, fontSize: size, fontFamily: getComputedStyle(document.body).fontFamily }));
    drawn.push(chart);
  }

  function optionOf(figure, rows, textStyle) {
    const unit = figure.dataset.chartUnit;
    const isLine = figure.dataset.chartKind === "line";
    return {
      animation: false,
      textStyle,
      grid: { left: 8, right: 12, top: 16, bottom: 8, containLabel: true },
      // Rich text draws the tooltip inside the canvas: the other kind writes styles into the page, which the CSP forbids.
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, formatter: (points) => spoken(rows[points[0].dataIndex], unit) },
      xAxis: { type: "category", data: rows.map((row) => row.label), axisLine: { lineStyle: { color: colour.axis } }, axisTick: { show: false }, axisLabel: { ...textStyle, hideOverlap: true } },
      yAxis: { type: "value", splitLine: { lineStyle: { color: colour.grid } }, axisLabel: textStyle },
      series: [{ type: isLine ? "line" : "bar", data: rows.map((row) => Number(row.value)), itemStyle: { color: colour.bar }, barMaxWidth: 36, symbolSize: 7 }],
    };
  }

  function spoken(row, unit) {
    return hebi.sentence("chartPoint", { label: row.label, value: row.spoken, unit });
  }

  function drawAll(root) {
    const waiting = figures(root);
    if (waiting.length) { load().then(() => waiting.forEach(draw), () => undefined); }
  }

  window.addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
  document.addEventListener("htmx:load", (event) => drawAll(event.detail.elt));
  drawAll(document);
})();
