// The map: land, legs, dots, places and what happens, on a canvas or on an SVG sheet.
const haloed = (ctx, text, x, y, colours, ink = colours.ink) => {
  ctx.lineWidth = 3;
  ctx.strokeStyle = colours.halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y);
};

const drawGround = (ctx, story, view, colours) => {
  const { frame } = view;
  ctx.fillStyle = colours.sea;
  ctx.fillRect(frame.x, frame.y, frame.w, frame.h);
  story.ground.forEach(({ points, lengths }, n) => {
    ctx.beginPath();
    let k = 0;
    for (const length of lengths) {
      let px = NaN, py = NaN;
      for (let i = 0; i < length; i += 1, k += 2) {
        const [x, y] = view.at(points[k] / 100, points[k + 1] / 100);
        if (i === 0) ctx.moveTo(x, y);
        else if (i === length - 1 || Math.abs(x - px) + Math.abs(y - py) > 1.1) ctx.lineTo(x, y);
        else continue;
        [px, py] = [x, y];
      }
      if (n === 0) ctx.closePath();
    }
    if (n === 0) { ctx.fillStyle = colours.land; ctx.fill(); }
    ctx.strokeStyle = n === 0 ? colours.coast : colours.border;
    ctx.lineWidth = n === 0 ? 0.8 : 1;
    ctx.setLineDash(n === 0 ? [] : [4, 3]);
    ctx.stroke();
    ctx.setLineDash([]);
  });
  drawCountries(ctx, story, view, colours);
  const busiest = Math.max(1, ...story.traffic);
  ctx.strokeStyle = colours.leg;
  story.legs.forEach((_, leg) => {
    const [x1, y1, cx, cy, x2, y2] = view.legs[leg];
    ctx.lineWidth = 0.5 + 3.2 * view.unit * Math.sqrt(story.traffic[leg] / busiest);
    ctx.globalAlpha = 0.22;
    ctx.beginPath();
    ctx.moveTo(x1, y1);
    ctx.quadraticCurveTo(cx, cy, x2, y2);
    ctx.stroke();
  });
  ctx.globalAlpha = 1;
};

const drawCountries = (ctx, story, view, colours) => {
  const size = 10.5 * view.unit;
  ctx.font = `500 ${size}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.direction = story.direction;
  const taken = [...view.taken];
  for (const [name, lon, lat] of story.countries) {
    const [mx, my] = view.at(lon, lat), half = ctx.measureText(name).width / 2 + 3;
    search: for (const reach of [0, 20, 34, 48]) {
      for (const turn of [270, 90, 0, 180, 225, 315, 135, 45]) {
        const x = mx + 1.5 * reach * view.unit * Math.cos(turn * Math.PI / 180), y = my + reach * view.unit * Math.sin(turn * Math.PI / 180);
        const box = [x - half, y - size, x + half, y + size * 0.4], f = view.frame;
        const inside = box[0] > f.x + 2 && box[2] < f.x + f.w - 2 && box[1] > f.y + 2 && box[3] < f.y + f.h - 2;
        if (inside && taken.every((o) => box[2] < o[0] || box[0] > o[2] || box[3] < o[1] || box[1] > o[3])) {
          taken.push(box);
          ctx.fillStyle = colours.country;
          ctx.fillText(name, x, y);
          break search;
        }
      }
    }
  }
  ctx.direction = "ltr";
  ctx.textAlign = "left";
};

const drawDots = (ctx, story, view, world, time, colours) => {
  const r = 1.9 * view.unit;
  ctx.fillStyle = colours.dot;
  ctx.beginPath();
  world.dots.forEach(({ times, length }, leg) => {
    let low = 0, high = times.length;
    while (low < high) { const mid = (low + high) >> 1; if (times[mid] <= time - length) low = mid + 1; else high = mid; }
    const [x1, y1, cx, cy, x2, y2] = view.legs[leg];
    for (let k = low; k < times.length && times[k] <= time; k += 1) {
      const part = (time - times[k]) / length, back = 1 - part, aside = (keyed(leg, k) - 0.5) * 5 * view.unit * Math.sin(part * Math.PI);
      const long = Math.hypot(x2 - x1, y2 - y1) || 1;
      const x = back * back * x1 + 2 * back * part * cx + part * part * x2 - aside * (y2 - y1) / long;
      const y = back * back * y1 + 2 * back * part * cy + part * part * y2 + aside * (x2 - x1) / long;
      ctx.moveTo(x + r, y);
      ctx.arc(x, y, r, 0, TAU);
    }
  });
  ctx.fill();
};

// For those who ask for less motion: how many took each leg in the week, as the width of a line.
const drawWeek = (ctx, story, view, world, time, colours) => {
  const day = Math.floor(time), L = story.legs.length;
  ctx.strokeStyle = colours.dot;
  ctx.globalAlpha = 0.7;
  ctx.beginPath();
  story.legs.forEach((_, leg) => {
    let sum = 0;
    for (let d = Math.max(0, day - 6); d <= day; d += 1) sum += world.setOff[d * L + leg];
    if (!sum) return;
    const [x1, y1, cx, cy, x2, y2] = view.legs[leg];
    ctx.beginPath();
    ctx.lineWidth = view.unit * Math.min(9, 0.7 * Math.sqrt(sum));
    ctx.moveTo(x1, y1);
    ctx.quadraticCurveTo(cx, cy, x2, y2);
    ctx.stroke();
  });
  ctx.globalAlpha = 1;
};

// Between two days, numbers go over into each other.
const between = (values, width, place, time, days, none) => {
  const day = Math.min(days - 1, Math.floor(time)), next = Math.min(days - 1, day + 1), part = time - day;
  const a = values[day * width + place], b = values[next * width + place];
  if (a === none || b === none) return part < 0.5 ? a : b;
  return a + (b - a) * part;
};

const drawPlaces = (ctx, story, view, world, time, look) => {
  const { P, days, noValue, perHundred } = story, { colours, still } = look, u = view.unit;
  const telling = world.hasWord && time >= story.known;
  const order = story.places.map((_, p) => p).sort((a, b) => world.present[Math.floor(time) * (P + 1) + b] - world.present[Math.floor(time) * (P + 1) + a]);
  const seen = [];
  for (const p of order) {
    const [x, y] = view.places[p], people = between(world.present, P + 1, p, time, days, -1);
    const danger = between(world.danger, P + 1, p, time, days, noValue), thin = story.places[p][3] || danger === noValue;
    const r = thin ? 2.6 * u : radiusOf(story, view, people);
    ctx.beginPath();
    ctx.arc(x, y, r, 0, TAU);
    ctx.fillStyle = thin ? colours.land : colourOf(danger / perHundred / 100);
    ctx.fill();
    ctx.lineWidth = 1.1 * u;
    ctx.strokeStyle = colours.edge;
    ctx.stroke();
    const word = telling && !thin ? between(world.heard, P, p, time, days, -1) / perHundred / 100 : 0;
    if (word > 0.005) {
      ctx.beginPath();
      ctx.arc(x, y, r + 4.1 * u, 0, TAU);
      ctx.lineWidth = 3 * u;
      ctx.strokeStyle = colours.track;
      ctx.stroke();
      ctx.beginPath();
      ctx.arc(x, y, r + 4.1 * u, -TAU / 4, -TAU / 4 + TAU * Math.min(1, word));
      ctx.strokeStyle = colours.ring;
      ctx.stroke();
    }
    const since = time - world.reached[p];
    if (!still && !thin && since >= 0 && since < 5) {
      ctx.beginPath();
      ctx.arc(x, y, r + (6 + 7 * since) * u, 0, TAU);
      ctx.globalAlpha = 0.75 * (1 - since / 5);
      ctx.lineWidth = 2 * u;
      ctx.strokeStyle = colours.ring;
      ctx.stroke();
      ctx.globalAlpha = 1;
    }
    seen.push([p, x, y, r, danger, thin]);
  }
  return seen;
};

// Names, and the number of the day beside each.
const drawLabels = (ctx, story, view, world, day, look) => {
  const { P, noValue, perHundred } = story, { colours, write } = look;
  ctx.textAlign = "left";
  for (const [p, spot] of view.labels) {
    const [name, , , few] = story.places[p], danger = world.danger[day * (P + 1) + p], thin = few || danger === noValue;
    ctx.font = `500 ${spot.size}px ${FONT}`;
    haloed(ctx, name, spot.x, spot.y, colours, thin ? colours.quiet : colours.ink);
    if (thin) continue;
    const wide = ctx.measureText(`${name} `).width;
    ctx.font = `700 ${spot.size}px ${FONT}`;
    haloed(ctx, write.percent(danger / perHundred / 100), spot.x + wide, spot.y, colours);
  }
};

const drawFlag = (ctx, x, y, text, u, look, { open, left }) => {
  const way = left ? -1 : 1;
  const { colours } = look, size = 12 * u;
  ctx.font = `700 ${size}px ${FONT}`;
  const wide = ctx.measureText(text).width + 14 * u, high = size * 1.7, top = y - 24 * u - high;
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x, top);
  ctx.lineWidth = 2 * u;
  ctx.strokeStyle = colours.flag;
  ctx.stroke();
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x + way * (wide + 7 * u), top);
  ctx.lineTo(x + way * wide, top + high / 2);
  ctx.lineTo(x + way * (wide + 7 * u), top + high);
  ctx.lineTo(x, top + high);
  ctx.closePath();
  ctx.fillStyle = open ? colours.land : colours.flag;
  ctx.fill();
  ctx.setLineDash(open ? [4, 3] : []);
  ctx.lineWidth = 1.6 * u;
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.textAlign = "left";
  ctx.fillStyle = open ? colours.flag : colours.onFlag;
  ctx.fillText(text, left ? x - wide + 7 * u : x + 7 * u, top + high / 2 + size * 0.36);
};

const drawShield = (ctx, x, y, u, colours) => {
  ctx.beginPath();
  ctx.moveTo(x, y - 6 * u);
  ctx.quadraticCurveTo(x + 3 * u, y - 4 * u, x + 5.5 * u, y - 4.2 * u);
  ctx.quadraticCurveTo(x + 6 * u, y + 3.5 * u, x, y + 7 * u);
  ctx.quadraticCurveTo(x - 6 * u, y + 3.5 * u, x - 5.5 * u, y - 4.2 * u);
  ctx.quadraticCurveTo(x - 3 * u, y - 4 * u, x, y - 6 * u);
  ctx.closePath();
  ctx.fillStyle = colours.shield;
  ctx.fill();
  ctx.lineWidth = 1.6 * u;
  ctx.strokeStyle = colours.edgeLight;
  ctx.stroke();
};

const drawEvents = (ctx, story, view, world, time, look) => {
  const { P } = story, u = view.unit, flagged = new Map(), day = Math.floor(time);
  for (const event of world.events) {
    if (time < event.start || time >= event.end || !event.places.length) continue;
    const busiest = [...event.places].sort((a, b) => world.present[day * (P + 1) + b] - world.present[day * (P + 1) + a]);
    const p = busiest.find((each) => !flagged.has(each)) ?? busiest[0];
    if (event.remedy) {
      for (const each of event.places) {
        if (story.places[each][3]) continue;
        const [x, y] = view.places[each], r = radiusOf(story, view, world.present[day * (P + 1) + each]);
        drawShield(ctx, x + 0.72 * r + 3 * u, y + 0.72 * r + 3 * u, u * 0.95, look.colours);
      }
      if (event.places.length === 1) continue;
    }
    const [x, y] = view.places[p], r = radiusOf(story, view, world.present[day * (P + 1) + p]);
    drawFlag(ctx, x, y - r * 0.6, event.sign, u, look, { open: time < event.known, left: event.remedy });
    flagged.set(p, true);
  }
};

// All that moves. `labels` draws the names: they change once a day, so that a page keeps them.
const drawWorld = (ctx, story, view, world, time, look, labels) => {
  if (look.still) drawWeek(ctx, story, view, world, time, look.colours);
  else drawDots(ctx, story, view, world, time, look.colours);
  const seen = drawPlaces(ctx, story, view, world, time, look);
  if (labels) labels(ctx);
  else drawLabels(ctx, story, view, world, Math.floor(time), look);
  drawEvents(ctx, story, view, world, time, look);
  return seen;
};
