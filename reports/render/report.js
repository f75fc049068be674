// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// What the page does beyond being read: finding targets, and looking closer at pictures. Everything
// it tells stands in the page; without it the page is whole but for hover and filters.
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const cards = all("details.target");

  // A link to what is folded away opens it.
  const reveal = () => {
    const found = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (let part = found; part; part = part.parentElement)
      if (part.tagName === "DETAILS") part.open = true;
    if (found) found.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) reveal();
  });

  // Finding targets.
  const form = document.getElementById("filter");
  if (form) {
    form.hidden = false;
    const rows = new Map();
    for (const row of all("table.summary tbody tr")) {
      const link = row.querySelector("a");
      if (link) rows.set(link.hash.slice(1), row);
    }
    const rank = new Map(cards.map((card, place) => [card, place]));
    const text = new Map(cards.map((card) => [card,
      (card.dataset.name + " " + all("summary, dl", card).map((part) => part.textContent).join(" "))
        .toLowerCase()]));
    const orders = {
      "": (a, b) => rank.get(a) - rank.get(b),
      name: (a, b) => a.dataset.name.localeCompare(b.dataset.name),
      error: (a, b) => b.dataset.error - a.dataset.error || rank.get(a) - rank.get(b),
    };
    const apply = () => {
      const words = form.words.value.toLowerCase().split(/\s+/);
      const wanted = (card) => words.every((word) => text.get(card).includes(word)) &&
        ["verdict", "function", "format"].every(
          (key) => !form[key].value || form[key].value === card.dataset[key]);
      let shown = 0;
      for (const card of [...cards].sort(orders[form.order.value])) {
        const row = rows.get(card.id);
        card.hidden = !wanted(card);
        shown += !card.hidden;
        card.parentElement.append(card);
        if (!row) continue;
        row.hidden = card.hidden;
        row.parentElement.append(row);
      }
      for (const link of all("table.matrix a"))
        link.classList.toggle("faint", document.getElementById(link.hash.slice(1)).hidden);
      form.querySelector("output").textContent = `${shown} of ${cards.length} targets`;
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("keydown", (event) => {
      if (event.key !== "/" || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
      event.preventDefault();
      form.words.focus();
    });
    apply();
  }

  // Pictures: what a bar tells, and a closer look.
  const { axes, charts: figures } = JSON.parse(document.getElementById("figures").textContent);
  for (const data of Object.values(figures)) data.from = axes[data.from];
  const told = document.getElementById("told");

  // "0x1.8p+1" in decimal: the shortest that reads back where a double holds it.
  const decimal = (hex) => {
    const parts = /^(-?)0x([01])(?:\.([0-9a-f]+))?p([+-]\d+)$/.exec(hex);
    if (!parts) return hex;
    const digits = parts[3] || "";
    let exponent = Number(parts[4]);
    let value = Number("0x" + parts[2] + digits.slice(0, 13)) *
      2 ** (-4 * Math.min(digits.length, 13));
    for (; exponent > 1000; exponent -= 1000) value *= 2 ** 1000;
    for (; exponent < -1000; exponent += 1000) value *= 2 ** -1000;
    value *= 2 ** exponent;
    return (parts[1] ? "−" : "") + (digits.length > 13 ? "≈ " : "") + String(value);
  };
  const arguments_ = (hex, spell) => hex.split(", ").map(spell).join(", ");
  const number = (value) => !isFinite(value) ? (value < 0 ? "−∞" : "∞")
    : (value < 0 ? "−" : "") + Math.abs(value);
  const sentence = (data, i) => {
    const to = data.to[i] ?? data.from[i + 1];
    const range = `${data.of} ${data.from[i]} to ${to}`;
    if (data.n)
      return data.n[i] === 0 ? `${range}: no call`
        : `${range}: errors ${number(data.lo[i])} to ${number(data.hi[i])} ulp, mean ` +
          `${number(data.mean[i])}, RMS ${number(data.rms[i])}, in ${data.n[i]} calls`;
    return `${data.mark}${data.is[i]} ulp at ${data.f}(${arguments_(data.at[i], decimal)}) = ` +
      `${data.f}(${data.at[i]}); the largest for ${range}`;
  };

  const tell = (chart, i, x, y) => {
    told.textContent = sentence(figures[chart.id], i);
    told.hidden = false;
    const width = document.documentElement.clientWidth;
    told.style.left = Math.max(4, Math.min(x + 12, width - told.offsetWidth - 4)) + "px";
    told.style.top = Math.max(4, y - told.offsetHeight - 14) + "px";
  };
  const hush = () => { told.hidden = true; };

  for (const chart of all(".chart")) {
    const data = figures[chart.id];
    if (!data) continue;
    const plot = chart.querySelector(".plot"), svg = plot.querySelector("svg");
    const ticks = chart.querySelector(".x"), usual = ticks.innerHTML;
    const bars = data.from.length, slot = 10;
    let first = 0, last = bars, cursor = -1, start = null;
    const mark = document.createElement("div");
    mark.className = "mark";
    mark.hidden = true;
    plot.append(mark);

    const show = (from, to) => {
      [first, last] = [from, to];
      svg.setAttribute("viewBox", `${slot * from} 0 ${slot * (to - from)} 200`);
      chart.classList.toggle("zoomed", to - from < bars);
      if (to - from === bars) {
        ticks.innerHTML = usual;
        return;
      }
      ticks.textContent = "";
      const each = Math.max(1, Math.ceil((to - from) / 8));
      for (let i = from; i < to; i += each) {
        const tick = document.createElement("i");
        tick.textContent = data.from[i];
        tick.style.left = 100 * (i - from) / (to - from) + "%";
        ticks.append(tick);
      }
    };
    const bar_at = (x) => {
      const box = svg.getBoundingClientRect();
      const share = Math.min(Math.max((x - box.left) / box.width, 0), 0.999999);
      return first + Math.floor(share * (last - first));
    };
    const point_at = (i) => {
      const box = svg.getBoundingClientRect();
      cursor = i;
      mark.hidden = false;
      mark.style.left = 100 * (i - first) / (last - first) + "%";
      mark.style.width = 100 / (last - first) + "%";
      tell(chart, i, box.left + box.width * (i + 0.5 - first) / (last - first), box.top);
    };
    const leave = () => {
      mark.hidden = true;
      hush();
    };
    plot.addEventListener("pointermove", (event) => {
      const i = bar_at(event.clientX);
      point_at(i);
      if (start === null) return;
      const from = Math.min(start, i), to = Math.max(start, i) + 1;
      mark.style.left = 100 * (from - first) / (last - first) + "%";
      mark.style.width = 100 * (to - from) / (last - first) + "%";
    });
    plot.addEventListener("pointerdown", (event) => {
      start = bar_at(event.clientX);
      if (event.pointerType === "mouse") event.preventDefault();
    });
    addEventListener("pointerup", (event) => {
      if (start === null) return;
      const end = bar_at(event.clientX);
      if (end !== start) show(Math.min(start, end), Math.max(start, end) + 1);
      start = null;
      mark.hidden = true;
    });
    plot.addEventListener("pointerleave", () => { if (start === null) leave(); });
    plot.addEventListener("dblclick", () => show(0, bars));
    chart.addEventListener("blur", leave);
    chart.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (move) point_at(Math.min(Math.max(cursor < first ? first : cursor + move, first), last - 1));
      else if (event.key === "+") {
        const middle = cursor < 0 ? (first + last) >> 1 : cursor, half = Math.ceil((last - first) / 4);
        show(Math.max(0, middle - half), Math.min(bars, middle + half));
      } else if (event.key === "Escape" || event.key === "-") {
        show(0, bars);
        leave();
      } else return;
      event.preventDefault();
    });
  }
  reveal();
})();
