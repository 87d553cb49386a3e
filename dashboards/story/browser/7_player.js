// The page of a story: plays, is played with, and tells in words what the map shows.
const SPEEDS = { slow: 2, usual: 5, fast: 14 };
const READING = 0.24, HELD = 0.6;  // seconds to read a word; days a second while a new caption is read

class Player {
  constructor(root, told, options) {
    Object.assign(this, { root, options, story: readStory(told), time: 0, playing: false, speed: "usual", world: Math.min(1, told.worlds.length - 1), beside: false, held: 0, last: 0, captions: [], toldAt: 0, gone: false, filming: false, level: options.level ?? 2 });
    this.write = writer(told.language);
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.build();
    this.setTheme(options.dark);
    this.listen();
    this.choose();
    this.frame = this.frame.bind(this);
    this.request = requestAnimationFrame(this.frame);
  }

  get shown() { return this.beside ? this.story.beside : [this.world]; }
  get day() { return Math.floor(this.time + 1e-6); }
  get look() { return { colours: this.colours, write: this.write, still: this.calm.matches }; }

  build() {
    const { story, write } = this, { words } = story, root = this.root;
    root.classList.add("st-story");
    root.setAttribute("dir", story.direction);
    root.setAttribute("lang", story.language);
    this.buttons = story.worlds.map((world, n) => make("button", { type: "button", class: "st-world", onclick: () => { this.world = n; this.beside = false; this.choose(); } }, make("span", { class: `st-line line${n}`, "aria-hidden": "true" }), world.title));
    this.switch = make("button", { type: "button", class: "st-switch", role: "switch", onclick: () => { this.beside = !this.beside; this.choose(); } }, make("span", { class: "st-knob", "aria-hidden": "true" }), make("span", {}, story.whatIf, make("small", {}, words.beside)));
    this.maps = make("div", { class: "st-maps", dir: "ltr" });
    this.caption = make("div", { class: "st-captions" });
    this.dayWords = make("p", { class: "st-day" });
    this.numbers = make("div", { class: "st-numbers" });
    this.play = pressable("play", words.play, () => this.toggle(), { class: "st-icon st-play" });
    this.full = pressable("full", words.full, () => this.toggleFull(), { "aria-pressed": "false" });
    this.slider = make("input", { type: "range", min: "0", max: String(story.days - 1), step: "1", value: "0", "aria-label": words.slider, oninput: () => this.seek(Number(this.slider.value)) });
    this.strip = make("canvas", { class: "st-strip", "aria-hidden": "true" });
    this.speeds = make("select", { "aria-label": words.speed, onchange: () => { this.speed = this.speeds.value; } }, ...Object.keys(SPEEDS).map((name) => make("option", { value: name, selected: name === "usual" }, words[name])));
    this.said = make("p", { class: "st-unseen", "aria-live": "polite" });
    this.tip = make("div", { class: "st-tip", hidden: true });
    this.theme = this.options.ownTheme ? make("button", { type: "button", class: "st-plain", onclick: () => this.setTheme(!this.dark) }, words.theme) : null;
    const saving = [["png", words.save_png], ["svg", words.save_svg]].map(([kind, text]) => make("button", { type: "button", class: "st-plain", "data-save": kind, onclick: () => savePicture(kind, story, this.shown, this.time, this.look, this.sentence()) }, text));
    this.film = canFilm() ? make("button", { type: "button", class: "st-plain", "data-save": "film", onclick: () => this.record() }, fill(words.save_video, { kind: filmKind() === "mp4" ? "MP4" : "WebM" })) : null;
    const { stories } = this.options;
    this.stories = stories ? make("select", { class: "st-stories", "aria-label": stories.label, onchange: () => this.options.choose(this.stories.value) }, ...stories.all.map(([id, title]) => make("option", { value: id, selected: id === stories.chosen }, title))) : null;
    root.replaceChildren(
      make("header", { class: "st-head" }, make("div", {}, make(`h${this.level}`, { class: "st-title" }, story.title), make("p", { class: "st-question" }, story.question)), make("p", { class: "st-note" }, words.note)),
      make("div", { class: "st-choices" }, this.stories, make("div", { class: "st-worlds", role: "group", "aria-label": words.world }, ...this.buttons), this.switch, this.theme),
      make("div", { class: "st-stage" },
        make("div", { class: "st-see", tabindex: "0", role: "group", "aria-label": story.title, "aria-describedby": "st-keys" }, this.maps),
        make("div", { class: "st-controls", dir: "ltr" }, pressable("previous", words.previous, () => this.moment(-1)), this.play, pressable("next", words.next, () => this.moment(1)), make("div", { class: "st-time" }, this.strip, this.slider), this.speeds, this.full),
        make("aside", { class: "st-side", "aria-label": words.aside }, this.dayWords, this.caption, this.numbers, legendOf(story, write)), this.tip),
      make("p", { class: "st-quiet st-strip-words" }, words.strip),
      make("p", { class: "st-quiet", id: "st-keys" }, words.keys),
      this.said,
      make("div", { class: "st-saving", role: "group", "aria-label": words.save }, make("span", {}, words.save), ...saving, this.film),
      factsOf(story, write, this.level + 1) ?? "",
      make("details", { class: "st-tables" }, make("summary", {}, words.tables), ...story.tables.map(tableOf)),
      make("p", { class: "st-quiet" }, fill(words.imagined, { people: story.people, migrants: story.migrants }), " ", words.chance, " ", words.borders));
  }

  // Where one is, so that another telling of the same story goes on there.
  standing() { const { world, beside, day, playing, speed } = this; return { id: this.story.id, world, beside, day, playing, speed }; }

  listen() {
    this.onKey = (event) => this.key(event);
    this.onFull = () => { if (!document.fullscreenElement) this.setFull(false); };
    this.onHide = () => { if (document.hidden) this.pause(); };
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("fullscreenchange", this.onFull);
    document.addEventListener("visibilitychange", this.onHide);
    this.watching = new ResizeObserver(() => { this.layout(); });
    this.strip.addEventListener("pointerdown", (event) => { const box = this.strip.getBoundingClientRect(); this.seek(Math.round((event.clientX - box.left - 8) / (box.width - 16) * (this.story.days - 1))); });
  }

  destroy() {
    this.gone = true;
    cancelAnimationFrame(this.request);
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("fullscreenchange", this.onFull);
    document.removeEventListener("visibilitychange", this.onHide);
    this.watching.disconnect();
    this.root.replaceChildren();
  }

  setTheme(dark) {
    this.dark = dark ?? matchMedia("(prefers-color-scheme: dark)").matches;
    this.root.dataset.theme = this.dark ? "dark" : "light";
    const style = getComputedStyle(this.root), read = (name) => style.getPropertyValue(`--st-${name}`).trim();
    this.colours = Object.fromEntries(["paper", "sea", "land", "coast", "border", "country", "leg", "dot", "ink", "quiet", "halo", "edge", "ring", "track", "flag", "warn", "shield"].map((name) => [name, read(name)]));
    Object.assign(this.colours, { onFlag: read("on-flag"), edgeLight: read("edge-light"), lines: [read("line0"), read("line1"), read("line2")] });
    this.layout();
  }

  // Which worlds are shown, and a canvas for each.
  choose() {
    const { story } = this;
    this.buttons.forEach((button, n) => button.setAttribute("aria-pressed", String(!this.beside && n === this.world)));
    this.switch.setAttribute("aria-checked", String(this.beside));
    this.root.classList.toggle("st-two", this.beside);
    this.watching.disconnect();
    this.panes = this.shown.map((w) => {
      const canvas = make("canvas", { role: "img", "aria-label": fill(story.words.map, { world: story.worlds[w].title }) });
      const pane = { w, canvas, figure: make("figure", {}, canvas, make("figcaption", { dir: story.direction }, story.worlds[w].title)) };
      canvas.addEventListener("pointermove", (event) => this.point(event, pane));
      canvas.addEventListener("pointerleave", () => { this.tip.hidden = true; });
      return pane;
    });
    this.maps.replaceChildren(...this.panes.map(({ figure }) => figure));
    for (const { figure } of this.panes) this.watching.observe(figure);
    this.watching.observe(this.strip);
    this.captions = [];
    this.layout();
    this.tell(true);
  }

  layout() {
    if (!this.panes) return;
    const above = this.root.getBoundingClientRect().top + window.scrollY;
    this.root.style.setProperty("--st-above", `${this.root.classList.contains("st-full") ? 0 : clamp(Math.round(above), 0, 180)}px`);
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    for (const pane of this.panes) {
      const { width, height } = pane.figure.getBoundingClientRect();
      if (!width || !height) continue;
      Object.assign(pane.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
      pane.view = viewOf(this.story, { x: 0, y: 0, w: width, h: height });
      pane.ground = make("canvas", { width: pane.canvas.width, height: pane.canvas.height });
      const ctx = pane.ground.getContext("2d");
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawGround(ctx, this.story, pane.view, this.colours);
      pane.ratio = ratio;
      pane.labels = make("canvas", { width: pane.canvas.width, height: pane.canvas.height });
      pane.labelled = -1;
    }
    const { width, height } = this.strip.getBoundingClientRect();
    this.stripSize = [width, height, ratio];
    if (width) {
      Object.assign(this.strip, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
      this.line = make("canvas", { width: this.strip.width, height: this.strip.height });
      const ctx = this.line.getContext("2d");
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawStrip(ctx, this.story, width, height, this.look, this.shown);
    }
    this.draw();
  }

  // Names and numbers of the day, drawn once a day and laid over the map.
  label(pane, ctx) {
    if (pane.labelled !== this.day) {
      const on = pane.labels.getContext("2d");
      on.setTransform(1, 0, 0, 1, 0, 0);
      on.clearRect(0, 0, pane.labels.width, pane.labels.height);
      on.setTransform(pane.ratio, 0, 0, pane.ratio, 0, 0);
      drawLabels(on, this.story, pane.view, this.story.worlds[pane.w], this.day, this.look);
      pane.labelled = this.day;
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(pane.labels, 0, 0);
    ctx.setTransform(pane.ratio, 0, 0, pane.ratio, 0, 0);
  }

  draw() {
    for (const pane of this.panes) {
      if (!pane.view) continue;
      const ctx = pane.canvas.getContext("2d");
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.drawImage(pane.ground, 0, 0);
      ctx.setTransform(pane.ratio, 0, 0, pane.ratio, 0, 0);
      pane.seen = drawWorld(ctx, this.story, pane.view, this.story.worlds[pane.w], this.time, this.look, (on) => this.label(pane, on));
    }
    const [width, height, ratio] = this.stripSize ?? [0, 0, 1];
    if (width) {
      const ctx = this.strip.getContext("2d");
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, this.strip.width, this.strip.height);
      ctx.drawImage(this.line, 0, 0);
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawCursor(ctx, this.story, width, height, this.time, this.look);
    }
  }

  frame(now) {
    if (this.gone) return;
    this.request = requestAnimationFrame(this.frame);
    const passed = Math.min(0.25, (now - this.last) / 1000);
    this.last = now;
    if (!this.playing) return;
    const fast = now < this.held ? Math.min(HELD, SPEEDS[this.speed]) : SPEEDS[this.speed];
    this.exact = (this.exact ?? this.time) + passed * fast;
    this.moveTo(this.calm.matches ? Math.floor(this.exact) : this.exact);
    if (this.time >= this.story.days - 1) this.pause();
  }

  moveTo(time) {
    const before = this.day;
    this.time = clamp(time, 0, this.story.days - 1);
    if (this.day !== before) { this.slider.value = String(this.day); this.tell(!this.playing); }
    this.draw();
  }

  seek(day) { this.exact = clamp(day, 0, this.story.days - 1); this.held = 0; this.moveTo(this.exact); this.tell(true); }

  toggle() { if (this.playing) this.pause(); else this.start(); }
  start() {
    if (this.time >= this.story.days - 1) this.seek(0);
    this.exact = this.time;
    this.playing = true;
    this.held = 0;
    this.showPlaying();
  }
  pause() { this.playing = false; this.showPlaying(); this.tell(true); }
  showPlaying() {
    const name = this.playing ? "pause" : "play", label = this.story.words[name];
    this.play.replaceChildren(icon(ICONS[name]));
    this.play.setAttribute("aria-label", label);
    this.play.title = label;
    this.root.classList.toggle("st-playing", this.playing);
  }

  moment(step) {
    const days = [...new Set(this.shown.flatMap((w) => this.story.worlds[w].captions.map(([day]) => day)))].sort((a, b) => a - b);
    const to = step > 0 ? days.find((day) => day > this.day) : days.filter((day) => day < this.day).pop();
    if (to !== undefined) this.seek(to);
  }

  key(event) {
    const target = event.target, here = this.root.contains(target) || target === document.body;
    if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = target.closest?.("input:not([type=range]), textarea, select, [contenteditable]"), pressing = target.closest?.("button, a, summary"), sliding = target === this.slider;
    if (typing) return;
    const acts = { ArrowRight: () => this.seek(this.day + 1), ArrowLeft: () => this.seek(this.day - 1), ArrowUp: () => this.seek(this.day + 7), ArrowDown: () => this.seek(this.day - 7), PageUp: () => this.seek(this.day + 30), PageDown: () => this.seek(this.day - 30), Home: () => this.seek(0), End: () => this.seek(this.story.days - 1), " ": () => this.toggle(), n: () => this.moment(1), p: () => this.moment(-1), f: () => this.toggleFull() };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const inStage = sliding || target.closest?.(".st-stage") || this.root.classList.contains("st-full");
    const scrolls = /^(Arrow(Up|Down)|Page|Home|End)/.test(event.key) && !inStage;
    if (!act || scrolls || (pressing && event.key === " ")) return;
    event.preventDefault();
    act();
  }

  toggleFull() { this.setFull(!this.root.classList.contains("st-full")); }
  setFull(on) {
    this.root.classList.toggle("st-full", on);
    this.full.setAttribute("aria-pressed", String(on));
    this.full.setAttribute("aria-label", on ? this.story.words.leave_full : this.story.words.full);
    if (on && this.root.requestFullscreen) this.root.requestFullscreen().catch(() => {});
    if (!on && document.fullscreenElement === this.root) document.exitFullscreen();
    this.layout();
  }

  record() {
    if (this.filming) { this.filming = false; return; }
    this.filming = true;
    const text = this.film.textContent, done = () => { this.filming = false; this.film.textContent = text; };
    saveFilm(this.story, this.shown, this.look, (part) => { this.film.textContent = `${this.story.words.recording} ${this.write.percent(part)}`; }, done, () => !this.filming || this.gone);
  }
}
