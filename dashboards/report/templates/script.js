"use strict";
(() => {
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const one = (id) => document.getElementById(id);
  const data = (id) => (one(id) ? JSON.parse(one(id).textContent) : null);
  const NS = "http://www.w3.org/2000/svg";

  // What needs a script is shown only where there is one.
  for (const part of all("[data-js]")) part.hidden = false;

  // Panels: one of them is shown.
  const show = (panel, value) => {
    let found = false;
    for (const each of all(`[data-panel="${panel}"]`)) {
      each.hidden = each.dataset.value !== value;
      found = found || !each.hidden;
    }
    return found;
  };

  // The map: a scenario and a part of the run.
  const mapScenario = one("map-scenario"), mapPeriod = one("map-period"), maps = data("map-data");
  const drawMap = () => {
    const scenario = mapScenario.value, period = Number(mapPeriod.value);
    show("map", scenario);
    mapPeriod.setAttribute("aria-valuetext", maps.periods[period]);
    one("map-said").textContent = maps.periods[period];
    const marks = maps.marks[scenario][period];
    for (const place of all(`[data-panel="map"][data-value="${scenario}"] [data-place]`)) {
      const mark = marks[place.dataset.place];
      const sign = place.querySelector("[data-sign]"), words = place.querySelector("[data-words]");
      sign.setAttribute("d", mark.d);
      sign.setAttribute("fill", mark.fill);
      sign.setAttribute("stroke", mark.edge);
      if (words) words.textContent = mark.words;
      place.dataset.tip = mark.tip;
    }
  };
  if (mapScenario && maps) {
    mapScenario.addEventListener("change", drawMap);
    mapPeriod.addEventListener("input", drawMap);
    drawMap();
  }

  // The time course: a day, by slider or pointer.
  const day = one("day"), days = data("day-data");
  const cursor = document.querySelector("[data-cursor]");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const showDay = () => {
    const at = Number(day.value), words = days.words;
    const changes = days.names.map((title, n) => fill(words.each, { title: `\u2068${title}\u2069`, change: `\u2068${days.days[at][n]}\u2069` }));
    const said = [fill(words.line, { day: days.shown[at], changes: words.unit }), ...changes].join("\n");
    one("day-said").textContent = said;
    day.setAttribute("aria-valuetext", said);
    const [start, end, last] = ["start", "end", "last"].map((name) => Number(cursor.dataset[name]));
    const x = start + (at / last) * (end - start);
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    cursor.setAttribute("opacity", 0.8);
  };
  if (day && days && cursor) {
    day.addEventListener("input", showDay);
    const svg = cursor.closest("svg");
    svg.addEventListener("pointermove", (event) => {
      const box = svg.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
      const [start, end, last] = ["start", "end", "last"].map((name) => Number(cursor.dataset[name]));
      if (x < start || x > end) return;
      day.value = Math.round(((x - start) / (end - start)) * last);
      showDay();
    });
    day.value = day.max;
    showDay();
    cursor.setAttribute("opacity", 0);
  }

  // Who: a measure and a breakdown.
  const measure = one("measure"), breakdown = one("breakdown");
  const drawWho = () => {
    one("who-none").hidden = show("who", `${measure.value}/${breakdown.value}`);
  };
  if (measure && breakdown) {
    for (const each of [measure, breakdown]) each.addEventListener("change", drawWho);
    drawWho();
  }

  // Scenarios can be left out of a section's figures.
  for (const box of all("[data-toggles]")) {
    box.addEventListener("change", () => {
      const parts = all(`[data-scenario="${box.dataset.toggles}"]`, box.closest("section"));
      for (const part of parts) part.classList.toggle("dim", !box.checked);
    });
  }

  // Saving figures: as they are drawn now.
  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const alone = (svg) => {
    const copy = svg.cloneNode(true);
    copy.setAttribute("xmlns", NS);
    for (const part of all(".dim, [data-cursor]", copy)) part.remove();
    return new XMLSerializer().serializeToString(copy);
  };
  for (const button of all("[data-save]")) {
    button.addEventListener("click", () => {
      const figure = button.closest("figure"), svg = figure.querySelector("svg");
      const name = figure.dataset.figure, text = alone(svg);
      if (button.dataset.save === "svg") {
        save(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
        return;
      }
      const picture = new Image(), box = svg.viewBox.baseVal;
      picture.onload = () => {
        const canvas = document.createElement("canvas");
        canvas.width = 2 * box.width;
        canvas.height = 2 * box.height;
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        canvas.toBlob((blob) => save(blob, `${name}.png`), "image/png");
      };
      picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    });
  }

  // What a place says, beside the pointer.
  const tip = one("tip");
  document.addEventListener("pointerover", (event) => {
    const place = event.target.closest ? event.target.closest("[data-tip]") : null;
    tip.hidden = !place;
    if (!place) return;
    tip.textContent = place.dataset.tip;
    const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8)}px`;
  });

  // On paper everything is open.
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const each of all("details:not([open])")) {
      each.open = true;
      opened.push(each);
    }
  });
  addEventListener("afterprint", () => {
    for (const each of opened.splice(0)) each.open = false;
  });
})();
