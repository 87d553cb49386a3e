// Draws on SVG what a canvas would show: the same calls, written down as elements.
const NS = "http://www.w3.org/2000/svg";
const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[c]));
const short = (n) => String(Math.round(n * 10) / 10);
const measuring = () => document.createElement("canvas").getContext("2d");

class SvgSheet {
  constructor(width, height) {
    Object.assign(this, { width, height, parts: [], d: "", dash: [], clips: 0, stack: [] });
    Object.assign(this, { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "12px sans-serif", textAlign: "start", direction: "ltr", lineCap: "butt", lineJoin: "round" });
    this.ruler = measuring();
  }
  save() { const { fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, direction, dash, lineCap } = this; this.stack.push({ fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, direction, dash, lineCap, clip: 0 }); }
  restore() { const { clip, ...kept } = this.stack.pop(); Object.assign(this, kept); if (clip) this.parts.push("</g>"); }
  beginPath() { this.d = ""; }
  moveTo(x, y) { this.d += `M${short(x)} ${short(y)}`; }
  lineTo(x, y) { this.d += `L${short(x)} ${short(y)}`; }
  quadraticCurveTo(a, b, x, y) { this.d += `Q${short(a)} ${short(b)} ${short(x)} ${short(y)}`; }
  closePath() { this.d += "Z"; }
  rect(x, y, w, h) { this.d += `M${short(x)} ${short(y)}h${short(w)}v${short(h)}h${short(-w)}Z`; }
  arc(x, y, r, from, to) {
    const whole = to - from >= 2 * Math.PI - 0.001, end = whole ? from + Math.PI : to;
    const at = (a) => `${short(x + r * Math.cos(a))} ${short(y + r * Math.sin(a))}`;
    const wide = end - from > Math.PI ? 1 : 0, half = `A${short(r)} ${short(r)} 0 ${wide} 1 `;
    this.d += `${this.d ? "M" : "M"}${at(from)}${half}${at(end)}${whole ? `${half}${at(from)}Z` : ""}`;
  }
  setLineDash(dash) { this.dash = dash; }
  clip() {
    this.clips += 1;
    const id = `clip${this.clips}`;
    this.parts.push(`<clipPath id="${id}"><path d="${this.d}"/></clipPath><g clip-path="url(#${id})">`);
    if (this.stack.length) this.stack[this.stack.length - 1].clip = 1;
  }
  put(paint) { const alpha = this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha * 10) / 10}"` : ""; this.parts.push(`<path d="${this.d}" ${paint}${alpha}/>`); }
  fill() { this.put(`fill="${this.fillStyle}"`); }
  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "";
    this.put(`fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="round" stroke-linecap="${this.lineCap}"${dash}`);
  }
  fillRect(x, y, w, h) { this.beginPath(); this.rect(x, y, w, h); this.fill(); }
  measureText(text) { this.ruler.font = this.font; return this.ruler.measureText(text); }
  write(text, x, y, paint) {
    const [, weight, size, family] = /^(?:(\d+|bold) )?([\d.]+)px (.*)$/.exec(this.font);
    const anchor = { center: "middle", start: "start", end: "end", left: this.direction === "rtl" ? "end" : "start", right: this.direction === "rtl" ? "start" : "end" }[this.textAlign];
    this.parts.push(`<text x="${short(x)}" y="${short(y)}" font-family="${escaped(family)}" font-size="${size}"${weight ? ` font-weight="${weight}"` : ""} text-anchor="${anchor}" direction="${this.direction}" ${paint}>${escaped(text)}</text>`);
  }
  fillText(text, x, y) { this.write(text, x, y, `fill="${this.fillStyle}"`); }
  strokeText(text, x, y) { this.write(text, x, y, `fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="round"`); }
  text(title, description) {
    return `<svg xmlns="${NS}" viewBox="0 0 ${this.width} ${this.height}" width="${this.width}" height="${this.height}" role="img" aria-labelledby="t d"><title id="t">${escaped(title)}</title><desc id="d">${escaped(description)}</desc>${this.parts.join("")}</svg>`;
  }
}
