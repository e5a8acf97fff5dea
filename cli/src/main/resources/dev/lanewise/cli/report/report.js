"use strict";
(() => {
  const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
  const MONTH = 30 * DAY, YEAR = 365 * DAY; // as uPlot counts them; it finds the true ones
  const MARKED = 60; // points, each of which is marked
  const LONG = 300; // points, of which the last are offered alone
  const PRINTED = 660; // pixels, what a sheet takes
  /** Between two labels: 1, 2 and 5 with any power of ten. */
  const STEPS = [...Array(620).keys()].flatMap(i => ["1e", "2e", "5e"].map(digit => Number(digit + (i - 312))));
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const figures = [...document.querySelectorAll("figure")];
  const color = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const utc = at => uPlot.tzDate(new Date(at), "Etc/UTC");
  const written = {};
  const date = (form, at) => (written[form] ??= uPlot.fmtDate(form))(utc(at));
  const times = (unit, ...counts) => counts.map(count => unit * count);

  function places(chart) {
    const at = new Array(chart.count);
    let here = chart.first;
    for (let i = 0; i < chart.count; i++) {
      at[i] = here;
      here += chart.steps ? chart.steps[i] : chart.step;
    }
    return at;
  }

  /** The steps between two labels: none is finer than the dates are. */
  function dateSteps(form) {
    const years = times(YEAR, 1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000);
    const some = [];
    if (form.includes("{ss}")) {
      some.push(...times(1, 1, 2, 5, 10, 20, 50, 100, 200, 500), ...times(SECOND, 1, 2, 5, 10, 15, 30));
    }
    if (form.includes("{mm}")) some.push(...times(MINUTE, 1, 2, 5, 10, 15, 30));
    if (form.includes("{HH}")) some.push(...times(HOUR, 1, 2, 3, 6, 12));
    if (form.includes("{DD}") || !form.includes("{YYYY}")) some.push(...times(DAY, 1, 2, 4, 7, 14));
    if (form.includes("{MM}")) some.push(...times(MONTH, 1, 2, 3, 4, 6));
    return some.concat(years);
  }

  function dateLabels(form, places, step) {
    const day = form.includes("{YYYY}");
    if (step >= YEAR) return places.map(at => date("{YYYY}", at));
    if (step >= MONTH) return places.map(at => date("{YYYY}-{MM}", at));
    if (step >= DAY) return places.map(at => date("{YYYY}-{MM}-{DD}", at));
    const clock = step >= MINUTE ? "{HH}:{mm}" : step >= SECOND ? "{HH}:{mm}:{ss}" : "{HH}:{mm}:{ss}.{fff}";
    let before = "";
    return places.map(at => {
      const today = day ? date("{YYYY}-{MM}-{DD}", at) : "";
      const label = date(clock, at) + (today === before ? "" : "\n" + today);
      before = today;
      return label;
    });
  }

  /** Labels with as many digits as their step needs. */
  function numberLabels(places, step) {
    const size = Math.max(step, ...places.filter(at => at != null).map(Math.abs));
    const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    if (size < 1e10 && decimals <= 7) {
      return places.map(at => at == null ? "" : grouped(at.toFixed(decimals)));
    }
    const digits = Math.max(0, Math.ceil(Math.log10(size) - Math.log10(step) - 1e-9));
    return places.map(at => at == null ? "" : at === 0 ? "0" : at.toExponential(Math.min(digits, 12)));
  }

  function grouped(number) {
    const [whole, part] = number.replace(/^-(0(\.0+)?)$/, "$1").split(".");
    const thin = whole.length > 5 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") : whole;
    return part === undefined ? thin : thin + "." + part;
  }

  /** What the numbers in view span, with a margin, as in the pictures. */
  function scale(kind, least, greatest) {
    if (least == null || greatest == null) return [0, 1];
    const span = greatest - least;
    if (span <= Math.abs(greatest) * 1e-13) {
      const around = greatest === 0 ? 1 : Math.abs(greatest) / 20;
      return [kind === "forecast" ? least - around : Math.min(0, least), greatest + around];
    }
    const zero = kind !== "forecast" || (least >= 0 && least < greatest / 4);
    return [zero ? Math.min(0, least) : least - span / 20, greatest + span / 20];
  }

  /** Wide enough for the longest label. */
  function axisWidth(u, labels, index, cycle) {
    const axis = u.axes[index];
    if (cycle > 1) return axis._size;
    const longest = (labels ?? []).reduce((a, b) => b.length > a.length ? b : a, "");
    u.ctx.font = axis.font[0];
    return Math.ceil(u.ctx.measureText(longest).width / devicePixelRatio) + 16;
  }

  function line(chart, given) {
    const lone = i => given.y[i] != null && given.y[i - 1] == null && given.y[i + 1] == null;
    const few = chart.count <= MARKED;
    const lonely = few ? [] : given.y.map((_, i) => i).filter(lone);
    return {
      label: given.label,
      stroke: () => color(given.kind),
      width: given.width,
      dash: given.dash,
      points: {
        show: few,
        size: 3 + 1.6 * given.width,
        fill: () => color(given.kind),
        filter: (u, index, show) => few ? null : lonely,
      },
      value: (u, number) => number == null ? "\u2013" : String(number),
    };
  }

  /** Draws a line where what was measured ends. */
  function border(known) {
    return u => {
      const x = u.valToPos(known, "x", true);
      const {left, top, width, height} = u.bbox;
      if (x < left || x > left + width) return;
      const ctx = u.ctx;
      ctx.save();
      ctx.strokeStyle = color("faint");
      ctx.lineWidth = devicePixelRatio;
      ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
      ctx.fillStyle = color("faint");
      ctx.font = u.axes[0].font[0];
      ctx.textAlign = "right";
      ctx.textBaseline = "top";
      ctx.fillText("last row known ", x, top + 2 * devicePixelRatio);
      ctx.restore();
    };
  }

  /** Where points are closer than pixels, thick lines would hide those below. */
  function thinWhereDense(u, chart) {
    const {min, max} = u.scales.x;
    const dense = u.valToIdx(max) - u.valToIdx(min) > 1.5 * u.width;
    chart.lines.forEach((given, i) => {
      const series = u.series[i + 1];
      series.width = dense ? 0.5 : given.width;
      series.alpha = dense && given.kind !== "ACTUAL" ? 0.5 : 1;
    });
  }

  function axis(more) {
    return {
      stroke: () => color("faint"),
      font: "12px system-ui, sans-serif",
      grid: {stroke: () => color("grid"), width: 1},
      ticks: {stroke: () => color("grid"), width: 1, size: 5},
      ...more,
    };
  }

  const xName = {errors: "steps ahead", loss: "epoch", forecast: "row"};

  function options(chart, width) {
    const form = chart.date;
    const places = form
      ? {incrs: dateSteps(form), values: (u, at, i, space, step) => dateLabels(form, at, step), space: 88,
         size: /H|m/.test(form) ? 46 : 32}
      : {incrs: STEPS.filter(step => step >= 1), size: 28,
         values: (u, at, i, space, step) => numberLabels(at, step), space: 60,
         label: xName[chart.kind], labelSize: 20, labelFont: "12px system-ui, sans-serif"};
    return {
      width,
      height: width < 500 ? 240 : chart.kind === "forecast" ? 340 : 280,
      ms: 1,
      tzDate: utc,
      padding: [12, form ? 36 : 16, 0, 0],
      scales: {
        x: {time: Boolean(form), range: (u, from, to) => chart.count === 1 ? around(chart) : [from, to]},
        y: {range: (u, from, to) => scale(chart.kind, from, to)},
      },
      axes: [
        axis(places),
        axis({values: (u, at, i, space, step) => numberLabels(at, step), incrs: STEPS, size: axisWidth, space: 36}),
      ],
      series: [
        {label: form ? "date" : xName[chart.kind],
         value: (u, at) => at == null ? "\u2013" : form ? date(form, at) : String(at)},
        ...chart.lines.map(given => line(chart, given)),
      ],
      legend: {markers: {width: 0, stroke: null, fill: null}},
      cursor: {drag: {x: true, y: false}, points: {size: 8}},
      hooks: {
        draw: chart.known === undefined ? [] : [border(chart.known)],
        setScale: [(u, key) => key === "x" && thinWhereDense(u, chart)],
      },
    };
  }

  /** A point alone stands in the middle. */
  function around(chart) {
    const wide = chart.date ? (chart.date.includes("{DD}") || !chart.date.includes("{YYYY}") ? DAY : YEAR) : 1;
    return [chart.first - wide, chart.first + wide];
  }

  /** Legend markers that look like their lines. */
  function markers(figure, chart) {
    const all = figure.querySelectorAll(".u-series .u-marker");
    [...all].slice(-chart.lines.length).forEach((marker, i) => {
      const {kind, width, dash} = chart.lines[i];
      const style = dash.length === 0 ? "solid" : dash[0] < 3 ? "dotted" : "dashed";
      marker.style.cssText = `border:0;border-top:${Math.max(2, width)}px ${style} var(--${kind})`;
    });
  }

  function ranges(figure, chart, at, plot) {
    if (chart.kind !== "forecast" || chart.count <= LONG) return;
    const row = document.createElement("div");
    row.className = "range";
    const offer = (text, from) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.onclick = () => plot().setScale("x", {min: from, max: at[at.length - 1]});
      row.append(button);
    };
    offer("all", at[0]);
    for (const count of [500, 100]) {
      if (chart.count > 2 * count) offer("last " + count, at[at.length - count]);
    }
    figure.insertBefore(row, figure.children[1] ?? null);
  }

  const plots = charts.map((chart, i) => {
    const figure = figures[i];
    const at = places(chart);
    const data = [at, ...chart.lines.map(given => given.y)];
    const box = document.createElement("div");
    figure.append(box);
    let plot;
    const draw = width => {
      const view = plot && {min: plot.scales.x.min, max: plot.scales.x.max};
      plot?.destroy();
      plot = new uPlot(options(chart, width), data, box);
      markers(figure, chart);
      if (view) plot.setScale("x", view);
      else if (chart.shown !== undefined) plot.setScale("x", {min: chart.shown, max: at[at.length - 1]});
    };
    draw(figure.clientWidth);
    ranges(figure, chart, at, () => plot);
    return {figure, draw};
  });

  const drawAll = width => plots.forEach(({figure, draw}) => draw(width ?? figure.clientWidth));
  let printing = false;
  let width = document.body.clientWidth;
  new ResizeObserver(() => {
    if (printing || document.body.clientWidth === width) return;
    width = document.body.clientWidth;
    drawAll();
  }).observe(document.body);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll());
  addEventListener("beforeprint", () => {
    printing = true;
    document.documentElement.classList.add("printed");
    drawAll(PRINTED);
  });
  addEventListener("afterprint", () => {
    printing = false;
    document.documentElement.classList.remove("printed");
    drawAll();
  });
})();
