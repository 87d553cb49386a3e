// Numbers of a story: packed arrays, colours, words, and the dots that stand for people on their way.
const KINDS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i2: Int16Array };

const unpack = (packed) => {
  const text = atob(packed.data), bytes = new Uint8Array(text.length);
  for (let n = 0; n < text.length; n += 1) bytes[n] = text.charCodeAt(n);
  return new KINDS[packed.kind](bytes.buffer);
};

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// The same number for the same leg and dot, whenever and wherever it is drawn.
const keyed = (leg, dot) => {
  let h = Math.imul(leg + 1, 0x9e3779b1) ^ Math.imul(dot + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
};

// From blue over straw to brown: told apart with any kind of colour vision, and in grey.
const SCALE = [
  [0.14, [5, 72, 128]], [0.24, [60, 147, 194]], [0.31, [244, 233, 190]],
  [0.38, [240, 160, 70]], [0.46, [205, 85, 10]], [0.6, [112, 34, 0]],
];
const colourOf = (share) => {
  const at = clamp(share, SCALE[0][0], SCALE[SCALE.length - 1][0]);
  let n = 1;
  while (n < SCALE.length - 1 && SCALE[n][0] < at) n += 1;
  const [low, from] = SCALE[n - 1], [high, to] = SCALE[n], part = (at - low) / (high - low);
  return `rgb(${from.map((c, k) => Math.round(c + part * (to[k] - c))).join(" ")})`;
};

// A dot sets off each time so many people have taken a leg, and travels as long as they do.
const dotsOf = (world, legs, days, perDot) => legs.map(([, , length], leg) => {
  const times = [];
  let before = 0, next = perDot * keyed(leg, -1);
  for (let day = 0; day < days; day += 1) {
    const now = world.setOff[day * legs.length + leg];
    while (next < before + now) {
      times.push(day - 1 + (next - before) / now);
      next += perDot;
    }
    before += now;
  }
  return { times: Float32Array.from(times), length };
});

const weekly = (part, whole) => Float32Array.from(part, (_, day) => {
  let sum = 0, all = 0;
  for (let d = Math.max(0, day - 6); d <= day; d += 1) { sum += part[d]; all += whole[d]; }
  return all ? 1000 * sum / all : 0;
});

const MOST_DOTS = 420;

const readStory = (told) => {
  const P = told.places.length, D = told.days;
  const worlds = told.worlds.map((given) => {
    const world = { ...given };
    for (const name of ["present", "danger", "heard", "been", "heardAll", "setOff", "inNeed", "asked", "deterred"]) {
      world[name] = unpack(given[name]);
    }
    world.askedWeek = weekly(world.asked, world.inNeed);
    world.deterredWeek = weekly(world.deterred, world.inNeed);
    world.reached = told.places.map((_, p) => {
      for (let d = 0; d < D; d += 1) {
        if (world.heard[d * P + p] >= 10 * told.perHundred && world.present[d * (P + 1) + p] >= 10) return d;
      }
      return Infinity;
    });
    return world;
  });
  const away = Math.max(...worlds.map((w) => { let most = 1; for (let d = 0; d < D; d += 1) most = Math.max(most, w.present[d * (P + 1) + P]); return most; }));
  const perDot = Math.max(1, Math.ceil(away / MOST_DOTS));
  for (const world of worlds) world.dots = dotsOf(world, told.legs, D, perDot);
  const most = Math.max(...worlds.map((w) => { let top = 1; for (let d = 0; d < D; d += 1) for (let p = 0; p < P; p += 1) top = Math.max(top, w.present[d * (P + 1) + p]); return top; }));
  const traffic = told.legs.map((_, leg) => { let sum = 0; for (let d = 0; d < D; d += 1) sum += worlds[0].setOff[d * told.legs.length + leg]; return sum; });
  const land = ["land", "borders"].map((name) => ({ points: unpack(told[name].points), lengths: unpack(told[name].lengths) }));
  return { ...told, worlds, perDot, most, traffic, ground: land, P };
};

// Means over everyone on a day.
const everyone = (story, world, day) => {
  const { P } = story;
  let people = 0, danger = 0, moved = 0;
  for (let p = 0; p <= P; p += 1) {
    const here = world.present[day * (P + 1) + p], share = world.danger[day * (P + 1) + p];
    people += here;
    if (here && share !== story.noValue) { danger += here * share; moved += here; }
  }
  return { people, danger: moved ? danger / moved / story.perHundred / 100 : 0, heard: people ? world.heardAll[day] / people : 0 };
};

const captionAt = (world, day) => {
  let found = -1;
  world.captions.forEach(([from], n) => { if (from <= day) found = n; });
  return found;
};

const writer = (language) => {
  const locale = language === "ar" ? "ar-u-nu-latn" : language;
  const isolated = (text) => (language === "ar" ? `\u2066${text}\u2069` : text);
  return {
    number: (value, digits = 0) => isolated(new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)),
    percent: (value, digits = 0) => isolated(new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)),
  };
};
