// Where things stand on a map of a given size: places, legs and names.
const FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', 'DejaVu Sans', sans-serif";
const TAU = 2 * Math.PI;

// A plate carrée whose middle latitude keeps its shape, with the route in the middle of a frame.
const viewOf = (story, frame) => {
  const [west, south, east, north] = story.box;
  const squeeze = Math.max(0.2, Math.cos((south + north) / 2 * Math.PI / 180));
  const edge = 0.075 * Math.min(frame.w, frame.h) + 14;
  const scale = Math.min((frame.w - 2 * edge) / Math.max(0.5, (east - west) * squeeze), (frame.h - 2 * edge) / Math.max(0.5, north - south));
  const mx = frame.x + frame.w / 2, my = frame.y + frame.h / 2 + edge * 0.15, lon0 = (west + east) / 2, lat0 = (south + north) / 2;
  const at = (lon, lat) => [mx + (lon - lon0) * squeeze * scale, my - (lat - lat0) * scale];
  const unit = clamp(Math.min(frame.w, frame.h) / 560, 0.72, 1.9);
  const most = 0.058 * Math.min(frame.w, frame.h);
  const places = apart(story, story.places.map(([, lon, lat]) => at(lon, lat)), most, unit);
  const legs = story.legs.map(([a, b]) => {
    const [x1, y1] = places[a], [x2, y2] = places[b];
    const bend = 0.13;  // to one side, so that both ways can be told apart
    return [x1, y1, (x1 + x2) / 2 + bend * (y2 - y1), (y1 + y2) / 2 - bend * (x2 - x1), x2, y2];
  });
  const view = { frame, at, unit, places, legs, most };
  view.labels = labelsOf(story, view);
  return view;
};

const radiusOf = (story, view, people) => Math.max(2.4 * view.unit, view.most * Math.sqrt(people / story.most));

// Places that would cover each other are drawn a little apart, the smaller one further.
const apart = (story, spots, most, unit) => {
  const { P } = story, half = Math.floor(story.days / 2), view = { most, unit };
  const size = spots.map((_, p) => (story.places[p][3] ? 2.6 * unit : radiusOf(story, view, story.worlds[0].present[half * (P + 1) + p])));
  const found = spots.map((spot) => [...spot]), furthest = 15 * unit;
  for (let round = 0; round < 24; round += 1) {
    for (let a = 0; a < P; a += 1) {
      for (let b = a + 1; b < P; b += 1) {
        let dx = found[b][0] - found[a][0], dy = found[b][1] - found[a][1], far = Math.hypot(dx, dy);
        const wanted = size[a] + size[b] + 3 * unit;
        if (far >= wanted) continue;
        if (far < 0.5) [dx, dy, far] = [1, -1, 1.4];
        const push = 0.5 * (wanted - far), first = size[b] / (size[a] + size[b]);
        found[a] = [found[a][0] - dx / far * push * first, found[a][1] - dy / far * push * first];
        found[b] = [found[b][0] + dx / far * push * (1 - first), found[b][1] + dy / far * push * (1 - first)];
      }
    }
    found.forEach((at, p) => {
      const [x, y] = spots[p], far = Math.hypot(at[0] - x, at[1] - y);
      if (far > furthest) found[p] = [x + (at[0] - x) * furthest / far, y + (at[1] - y) * furthest / far];
    });
  }
  return found;
};

// Names stand where they cover nothing: the busiest places first, each at one of eight sides.
const labelsOf = (story, view) => {
  const { P } = story, size = 11.5 * view.unit, ruler = measuring(), half = Math.floor(story.days / 2);
  const people = (p) => story.worlds[0].present[half * (P + 1) + p];
  const order = story.places.map((_, p) => p).sort((a, b) => story.struck.includes(b) - story.struck.includes(a) || people(b) - people(a) || a - b);
  const reach = story.places.map((_, p) => radiusOf(story, view, people(p)) + 4 * view.unit);
  const taken = story.places.map((_, p) => { const [x, y] = view.places[p], r = reach[p] * 0.85; return [x - r, y - r, x + r, y + r]; });
  for (const p of story.struck) { const [x, y] = view.places[p]; taken.push([x - 6, y - reach[p] - 46 * view.unit, x + 80 * view.unit, y - reach[p]]); }
  const found = new Map();
  ruler.font = `600 ${size}px ${FONT}`;
  for (const p of order) {
    const [name] = story.places[p], [x, y] = view.places[p], r = reach[p] + 3 * view.unit;
    const wide = ruler.measureText(name).width + 3.1 * size, high = size * 1.25;
    const d = r * 0.75, far = r + high;
    const spots = [[r, 0], [-r - wide, 0], [-wide / 2, r + high / 2], [-wide / 2, -r - high / 2], [d, d], [d, -d], [-d - wide, d], [-d - wide, -d], [far, high], [-far - wide, high], [far, -high], [-far - wide, -high]];
    const important = story.struck.includes(p) || order.indexOf(p) < 6 + story.struck.length;
    const ranked = spots.map(([dx, dy], n) => {
      const box = [x + dx, y + dy - high / 2, x + dx + wide, y + dy + high / 2], f = view.frame;
      const inside = box[0] > f.x + 4 && box[2] < f.x + f.w - 4 && box[1] > f.y + 4 && box[3] < f.y + f.h - 4;
      let covered = inside ? 0 : 1e6;
      for (const o of taken) covered += Math.max(0, Math.min(box[2], o[2]) - Math.max(box[0], o[0])) * Math.max(0, Math.min(box[3], o[3]) - Math.max(box[1], o[1]));
      return { box, dy, covered, n };
    }).sort((one, two) => one.covered - two.covered || one.n - two.n);
    const { box, dy, covered } = ranked[0];
    if (covered > (important ? wide * high * 0.6 : 0)) continue;
    taken.push(box);
    found.set(p, { x: box[0], y: y + dy + size * 0.36, size });
  }
  view.taken = taken;
  return found;
};
