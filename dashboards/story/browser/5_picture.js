// One picture of a day, with all that is needed to read it: for PNG, SVG and film.
const PICTURE = { width: 1600, height: 900 };

const wrapped = (ctx, text, width) => {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && ctx.measureText(longer).width > width) { lines.push(line); line = word; } else line = longer;
  }
  return line ? [...lines, line] : lines;
};

const drawScale = (ctx, story, x, y, wide, look) => {
  const { colours, write } = look, steps = 40, from = 0.15, to = 0.55;
  for (let n = 0; n < steps; n += 1) {
    ctx.fillStyle = colourOf(from + (to - from) * (n + 0.5) / steps);
    ctx.fillRect(x + wide * n / steps, y, wide / steps + 0.6, 14);
  }
  ctx.font = `500 15px ${FONT}`;
  ctx.fillStyle = colours.quiet;
  ctx.textAlign = "center";
  for (const at of [0.15, 0.25, 0.35, 0.45, 0.55]) ctx.fillText(write.percent(at), x + wide * (at - from) / (to - from), y + 32);
};

// Everything that does not change from day to day is drawn once.
const pictureOf = (story, shown, look) => {
  const { width, height } = PICTURE, top = 92, foot = 178, gap = 16, words = story.words;
  const wide = (width - 48 - gap * (shown.length - 1)) / shown.length;
  const frames = shown.map((_, n) => ({ x: 24 + n * (wide + gap), y: top, w: wide, h: height - top - foot }));
  const views = frames.map((frame) => viewOf(story, frame));
  const rtl = story.direction === "rtl", side = rtl ? width - 24 : 24, other = rtl ? 24 : width - 24;
  const at = (ctx, text, x, y, font, fill, align) => {
    ctx.font = font;
    ctx.fillStyle = fill;
    ctx.direction = story.direction;
    ctx.textAlign = align;
    ctx.fillText(text, x, y);
    ctx.direction = "ltr";
  };
  const grounds = frames.map((frame, n) => (ctx) => drawGround(ctx, story, views[n], look.colours));
  const draw = (ctx, time, ground = grounds) => {
    const { colours } = look, day = Math.floor(time), { write } = look;
    ctx.fillStyle = colours.paper;
    ctx.fillRect(0, 0, width, height);
    at(ctx, story.title, side, 44, `700 32px ${FONT}`, colours.ink, "start");
    at(ctx, words.note, side, 74, `600 19px ${FONT}`, colours.warn, "start");
    at(ctx, fill(words.day, { day: write.number(day) }), other, 56, `700 40px ${FONT}`, colours.ink, "end");
    shown.forEach((w, n) => {
      const frame = frames[n], world = story.worlds[w];
      ctx.save();
      ctx.beginPath();
      ctx.rect(frame.x, frame.y, frame.w, frame.h);
      ctx.clip();
      ground[n](ctx);
      drawWorld(ctx, story, views[n], world, time, look);
      at(ctx, world.title, rtl ? frame.x + frame.w - 14 : frame.x + 14, frame.y + 28, `700 20px ${FONT}`, colours.ink, "start");
      ctx.restore();
      const number = captionAt(world, day);
      ctx.font = `500 22px ${FONT}`;
      const lines = number < 0 ? [] : wrapped(ctx, world.captions[number][1], frame.w - 20).slice(0, 4);
      lines.forEach((line, k) => at(ctx, line, rtl ? frame.x + frame.w : frame.x, height - foot + 34 + 27 * k, `500 22px ${FONT}`, colours.ink, "start"));
    });
    drawScale(ctx, story, rtl ? width - 24 - 340 : 24, height - 44, 340, look);
    at(ctx, words.danger, rtl ? width - 24 - 362 : 24 + 362, height - 30, `500 17px ${FONT}`, colours.quiet, "start");
    at(ctx, "Waytrust", other, height - 14, `600 15px ${FONT}`, colours.quiet, "end");
  };
  return { draw, grounds, frames, width, height };
};

const download = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 20000);
};

const savePicture = (kind, story, shown, time, look, caption) => {
  const picture = pictureOf(story, shown, look), name = `waytrust-${story.id}-day-${Math.floor(time)}.${kind}`;
  if (kind === "svg") {
    const sheet = new SvgSheet(picture.width, picture.height);
    picture.draw(sheet, time);
    download(new Blob([sheet.text(`${story.title}. ${story.words.note}`, caption)], { type: "image/svg+xml" }), name);
    return;
  }
  const canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  picture.draw(canvas.getContext("2d"), time);
  canvas.toBlob((blob) => download(blob, name), "image/png");
};

const FILM_SPEED = 12;  // days a second
// What plays nearly anywhere first; not every browser can write it.
const FILMS = ["video/mp4;codecs=avc1.4d0028", "video/mp4;codecs=avc1", "video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm", "video/mp4"];

const filmType = () => FILMS.find((each) => MediaRecorder.isTypeSupported(each));
const filmKind = () => (filmType().startsWith("video/mp4") ? "mp4" : "webm");
const canFilm = () => Boolean(window.MediaRecorder && HTMLCanvasElement.prototype.captureStream && filmType());

// A film is what the browser records of the same drawing; it takes as long as it lasts.
const saveFilm = (story, shown, look, told, done, stopped) => {
  const picture = pictureOf(story, shown, look), canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  const ctx = canvas.getContext("2d");
  // The ground stays the same: it is drawn once.
  const kept = picture.grounds.map((ground) => {
    const layer = make("canvas", { width: picture.width, height: picture.height });
    ground(layer.getContext("2d"));
    return (on) => on.drawImage(layer, 0, 0);
  });
  picture.draw(ctx, 0, kept);
  const type = filmType();
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: type, videoBitsPerSecond: 4e6 });
  const parts = [], begun = performance.now(), last = story.days - 1;
  recorder.ondataavailable = (event) => { if (event.data.size) parts.push(event.data); };
  recorder.onstop = () => {
    if (!stopped()) download(new Blob(parts, { type }), `waytrust-${story.id}.${filmKind()}`);
    done();
  };
  recorder.start(1000);
  const frame = () => {
    const time = Math.min(last, (performance.now() - begun) / 1000 * FILM_SPEED);
    picture.draw(ctx, time, kept);
    told(time / last);
    if (time >= last || stopped()) setTimeout(() => recorder.stop(), 400);
    else requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
};
