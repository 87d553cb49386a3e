// What a player says in words: captions, numbers, and what lies under the pointer.
Object.assign(Player.prototype, {
  // Words for the day: the caption, the numbers, and the same for those who do not see the map.
  tell(now) {
    const { story, write, day } = this, { words } = story;
    const numbers = this.shown.map((w) => captionAt(story.worlds[w], day));
    this.dayWords.textContent = fill(words.day_of, { day: write.number(day), days: write.number(story.days - 1) });
    this.slider.setAttribute("aria-valuetext", fill(words.day, { day: write.number(day) }));
    if (String(numbers) !== String(this.captions)) {
      this.captions = numbers;
      const texts = this.shown.map((w, n) => (numbers[n] < 0 ? "" : story.worlds[w].captions[numbers[n]][1]));
      this.caption.replaceChildren(...texts.map((text, n) => make("p", { class: "st-caption" }, this.beside ? make("b", {}, story.worlds[this.shown[n]].title) : null, text)));
      const longest = Math.max(...texts.map((text) => text.split(" ").length));
      if (this.playing && this.speed !== "fast") this.held = performance.now() + 1000 * READING * longest;
    }
    this.showNumbers();
    const moment = performance.now();
    if (now || moment - this.toldAt > 5000) { this.toldAt = moment; this.said.textContent = this.sentence(); }
  },

  facts(w) {
    const { story, day, write } = this, world = story.worlds[w], all = everyone(story, world, day);
    return { world, all, danger: write.percent(all.danger, 1), heard: write.percent(all.heard) };
  },

  sentence() {
    const { story, day, write } = this, { words } = story;
    return this.shown.map((w) => {
      const { world, danger, heard } = this.facts(w), number = captionAt(world, day);
      return fill(world.hasWord ? words.said : words.said_plain, { world: world.title, day: write.number(day), danger, heard, caption: number < 0 ? "" : world.captions[number][1] });
    }).join(" ");
  },

  showNumbers() {
    const { story, write, day } = this, { words } = story, all = this.shown.map((w) => this.facts(w));
    const lines = [[words.believed, (f) => f.danger], [words.asked, (f) => write.number(f.world.askedWeek[day], 1)], [words.deterred, (f) => write.number(f.world.deterredWeek[day], 1)]];
    if (all.some((f) => f.world.hasWord)) lines.splice(1, 0, [fill(words.heard_all, { it: story.it }), (f) => f.heard]);
    lines.push([words.under_way, (f) => write.number(Math.round(f.all.people * story.represents))]);
    const key = `${this.shown} ${lines.length}`, texts = lines.flatMap(([, value]) => all.map(value));
    if (this.numbered !== key) {
      this.numbered = key;
      const head = this.beside ? make("thead", {}, make("tr", {}, make("td"), ...all.map((f) => make("th", { scope: "col" }, f.world.title)))) : null;
      const rows = lines.map(([label]) => make("tr", {}, make("th", { scope: "row" }, label), ...all.map(() => make("td"))));
      this.numbers.replaceChildren(make("table", {}, head, make("tbody", {}, ...rows)));
    }
    this.numbers.querySelectorAll("tbody td").forEach((cell, n) => { cell.textContent = texts[n]; });
  },

  point(event, pane) {
    const { story, write } = this, { words, P, perHundred } = story, box = pane.canvas.getBoundingClientRect();
    const x = event.clientX - box.left, y = event.clientY - box.top;
    const near = (pane.seen ?? []).map(([p, px, py, r, danger, thin]) => ({ p, danger, thin, far: Math.hypot(px - x, py - y) - r })).sort((a, b) => a.far - b.far)[0];
    this.tip.hidden = !near || near.far > 10;
    if (this.tip.hidden) return;
    const world = story.worlds[pane.w], share = (name) => write.percent(world[name][this.day * P + near.p] / perHundred / 100);
    const people = world.present[this.day * (P + 1) + near.p] * story.represents;
    const lines = near.thin ? [words.few] : [fill(words.people, { n: write.number(Math.round(people)) }), `${words.danger}: ${write.percent(near.danger / perHundred / 100)}`];
    if (!near.thin && world.hasWord && this.day >= story.known) lines.push(`${share("heard")} ${fill(words.heard, { it: story.it })}`, `${share("been")} ${words.been}`);
    this.tip.replaceChildren(make("b", {}, story.places[near.p][0]), ...lines.map((text) => make("span", {}, text)));
    this.tip.style.left = `${clamp(event.clientX + 14, 8, innerWidth - 280)}px`;
    this.tip.style.top = `${clamp(event.clientY + 14, 8, innerHeight - 140)}px`;
  },
});
