// Pieces of the page: elements, tables, facts, legend.
const make = (tag, attributes = {}, ...content) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...content.filter((each) => each !== null && each !== undefined));
  return element;
};

const icon = (d) => {
  const svg = document.createElementNS(NS, "svg"), path = document.createElementNS(NS, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
};
const ICONS = {
  play: "M7 4l14 8-14 8z", pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  next: "M5 5l9 7-9 7zM16 5h3v14h-3z", previous: "M19 5l-9 7 9 7zM5 5h3v14H5z",
  full: "M4 4h6v2.4H6.4V10H4zM14 4h6v6h-2.4V6.4H14zM4 14h2.4v3.6H10V20H4zM17.6 14H20v6h-6v-2.4h3.6z",
};
const pressable = (name, label, act, extra = {}) => make("button", { type: "button", class: "st-icon", "aria-label": label, title: label, onclick: act, ...extra }, icon(ICONS[name]));

const tableOf = ({ caption, head, rows }) => make("div", { class: "st-scroll", tabindex: "0", role: "region", "aria-label": caption }, make("table", {},
  make("caption", {}, caption),
  make("thead", {}, make("tr", {}, ...head.map((text) => make("th", { scope: "col" }, text)))),
  make("tbody", {}, ...rows.map(([first, ...rest]) => make("tr", {}, make("th", { scope: "row" }, first), ...rest.map((text) => make("td", {}, text)))))));

const factsOf = (story, write, level) => {
  const { words } = story;
  if (!story.facts.length) return null;
  const bar = (label, share, ends, kind) => make("li", { class: `st-bar ${kind}` },
    make("span", { class: "st-bar-name" }, label), make("span", { class: "st-bar-room" }, make("span", { class: "st-bar-fill", "data-wide": String(Math.round(1000 * share) / 10) })),
    make("span", { class: "st-bar-value" }, write.percent(share), ends ? make("small", {}, " ", make("bdi", { dir: "ltr" }, `(${write.percent(ends[0])}–${write.percent(ends[1])})`)) : null));
  const cards = story.facts.map((fact) => make("article", { class: "st-fact" },
    make(`h${level + 1}`, { class: "st-fact-head" }, make("b", {}, write.percent(fact.survey)), " ", fact.text),
    make("ul", {}, bar(words.in_survey, fact.survey, null, "survey"),
      ...fact.worlds.map(([share, low, high], n) => bar(`${fill(words.in_simulation, { day: write.number(fact.day) })}: ${story.worlds[n].title}`, share, [low, high], `world${n}`))),
    make("p", { class: "st-source" }, fill(words.source, { source: "" }), make("bdi", { lang: "en" }, `${fact.source} [${fact.evidence}]`))));
  const part = make("section", { class: "st-facts", "aria-labelledby": "st-facts-head" }, make(`h${level}`, { id: "st-facts-head", class: "st-subtitle" }, words.facts), make("div", { class: "st-cards" }, ...cards), make("p", { class: "st-quiet" }, words.fitted));
  for (const each of part.querySelectorAll("[data-wide]")) each.style.inlineSize = `${each.dataset.wide}%`;
  return part;
};

const legendOf = (story, write) => {
  const { words } = story, scale = make("canvas", { width: 400, height: 12, class: "st-scale", "aria-hidden": "true" }), ctx = scale.getContext("2d");
  for (let n = 0; n < 400; n += 1) { ctx.fillStyle = colourOf(0.15 + 0.4 * n / 400); ctx.fillRect(n, 0, 1, 12); }
  const sign = (kind, text) => make("li", {}, make("span", { class: `st-sign ${kind}`, "aria-hidden": "true" }), text);
  const word = story.worlds.some((world) => world.hasWord), remedy = story.worlds.some((world) => world.events.some((event) => event.remedy));
  return make("div", { class: "st-legend" },
    make("p", { class: "st-legend-head" }, words.danger), scale,
    make("p", { class: "st-ticks", dir: "ltr" }, ...[0.15, 0.25, 0.35, 0.45, 0.55].map((at) => make("span", {}, write.percent(at)))),
    make("ul", {}, word ? sign("ring", fill(words.ring, { it: story.it })) : null, sign("size", words.size), sign("few", words.few),
      sign("dot", fill(words.dot, { n: write.number(Math.round(story.perDot * story.represents)) })), sign("flag", words.mark), remedy ? sign("shield", words.shield) : null));
};

const DASHES = [[], [9, 4], [2, 4]];
// How often fear kept people away, in every world: the ground under the slider.
const drawStrip = (ctx, story, width, height, look, shown) => {
  const { colours } = look, left = 8, right = width - 8, top = 8, bottom = height - 16;
  const values = story.worlds.flatMap((world) => [...world.deterredWeek.slice(6)]), most = Math.max(1, ...values) * 1.03, least = 0.9 * Math.min(...values);
  const x = (day) => left + (right - left) * day / (story.days - 1), y = (value) => bottom - (bottom - top) * (value - least) / (most - least);
  ctx.clearRect(0, 0, width, height);
  ctx.strokeStyle = colours.coast;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(left, bottom);
  ctx.lineTo(right, bottom);
  ctx.stroke();
  story.worlds.forEach((world, n) => {
    if (n > 0 && !shown.includes(n)) return;
    ctx.beginPath();
    for (let day = 6; day < story.days; day += 1) ctx[day === 6 ? "moveTo" : "lineTo"](x(day), y(world.deterredWeek[day]));
    ctx.strokeStyle = colours.lines[n];
    ctx.lineWidth = 2;
    ctx.setLineDash(DASHES[n]);
    ctx.stroke();
    ctx.setLineDash([]);
  });
  ctx.fillStyle = colours.ink;
  for (const [day] of story.worlds[shown[0]].captions) { ctx.beginPath(); ctx.moveTo(x(day), bottom + 3); ctx.lineTo(x(day) - 4, bottom + 11); ctx.lineTo(x(day) + 4, bottom + 11); ctx.closePath(); ctx.fill(); }
};

const drawCursor = (ctx, story, width, height, time, look) => {
  const x = 8 + (width - 16) * time / (story.days - 1);
  ctx.beginPath();
  ctx.moveTo(x, 2);
  ctx.lineTo(x, height - 14);
  ctx.strokeStyle = look.colours.warn;
  ctx.lineWidth = 2;
  ctx.stroke();
};
