// The EPUB as a phone, an e-reader or a tablet shows it: its own documents, in frames that run nothing.

import { by, make } from "./elements.js";

const DEVICES = {
  phone: { width: 375, height: 667, margin: 22 },
  reader: { width: 480, height: 640, margin: 34 },
  tablet: { width: 768, height: 1024, margin: 60 },
};

export class Screen {
  constructor(moved = () => {}) {
    this.moved = moved;
    this.frame = make("iframe", { title: "The book on a device", tabIndex: -1 });
    this.frame.setAttribute("sandbox", "allow-same-origin"); // no scripts; ours may turn its pages
    this.device = make("div", { className: "device" }, this.frame);
    by("screen").append(this.device);
    this.index = 0;
    this.frame.addEventListener("load", () => this.#dress());
    for (const one of document.querySelectorAll("[name=device]")) one.addEventListener("change", () => this.#shape());
    by("type").addEventListener("input", () => this.#restyle());
    by("dark").addEventListener("change", () => this.#restyle());
    new ResizeObserver(() => this.#fit()).observe(by("screen"));
    // No key is heard from within the frame, so that it gives the focus back.
    addEventListener("blur", () => setTimeout(() => {
      if (document.activeElement === this.frame) by("screen").focus({ preventScroll: true });
    }));
  }

  // Show the chapter `ident` of an EPUB, or the one that was shown before.
  show(edition, ident) {
    const other = this.edition?.digest !== edition.digest;
    const index = ident === undefined ? this.index : edition.at[ident] ?? this.index;
    if (!other && index === this.index && this.shown) return;
    this.edition = edition;
    this.#open(index, other && index === this.index ? this.ratio : 0);
  }

  get current() { return DEVICES[document.querySelector("[name=device]:checked").value]; }

  #open(index, ratio = 0) {
    this.index = Math.max(0, Math.min(this.edition.spine.length - 1, index));
    this.ratio = ratio;
    this.shown = true;
    const name = this.edition.spine[this.index].split("/").map(encodeURIComponent).join("/");
    this.frame.src = `/read/${encodeURIComponent(this.edition.name)}/${this.edition.digest}/${name}`;
    this.#shape(false);
  }

  #shape(again = true) {
    const { width, height } = this.current;
    this.device.className = `device ${document.querySelector("[name=device]:checked").value}`;
    this.frame.style.width = `${width}px`;
    this.frame.style.height = `${height}px`;
    this.#fit();
    if (again) this.#restyle();
  }

  // Make a device that is taller than the room for it smaller, as a whole.
  #fit() {
    const room = by("screen").getBoundingClientRect();
    if (!room.height) return;
    this.device.style.zoom = 1;
    const scale = Math.min(1, (room.height - 40) / (this.device.offsetHeight || 1), (room.width - 40) / (this.device.offsetWidth || 1));
    this.device.style.zoom = scale;
  }

  // Give the document what a reading system adds: columns as wide as the screen, type, colours.
  #dress() {
    const inside = this.frame.contentDocument;
    if (!inside?.documentElement || !this.edition) return;
    this.sheet = new this.frame.contentWindow.CSSStyleSheet();
    inside.adoptedStyleSheets = [this.sheet];
    this.#arrived();
    this.#restyle();
  }

  #restyle() {
    by("type-out").textContent = `${by("type").value} %`;
    if (!this.sheet) return;
    const { width, height, margin } = this.current;
    const dark = by("dark").checked;
    this.frame.style.colorScheme = dark ? "dark" : "light";
    this.frame.style.background = dark ? "#111" : "#fff";
    const night = `html, body { background: #111 !important; color: #d8d4cc !important; }
      body *:not(a, code *, img, svg *) { color: #d8d4cc !important; background-color: transparent !important; border-color: #666 !important; }
      body a { color: #9cc4ff !important; }`;
    this.sheet.replaceSync(`
      html { font-size: ${by("type").value}%; height: ${height}px; overflow: hidden; scroll-padding: 0 ${margin}px; color-scheme: ${dark ? "dark" : "light"}; }
      body { margin: 0 !important; box-sizing: border-box; height: ${height}px; padding: ${margin}px !important;
        column-width: ${width - 2 * margin}px; column-gap: ${2 * margin}px; column-fill: auto; max-width: none !important; overflow: visible; }
      img, svg { max-width: 100%; max-height: ${height - 2 * margin}px; object-fit: contain; }
      a[href^="http"], a[href^="mailto"] { pointer-events: none; }
      ${dark ? night : ""}`);
    requestAnimationFrame(() => this.#scroll(this.#marked() ?? Math.round(this.ratio * (this.screens - 1))));
  }

  get screens() {
    const root = this.frame.contentDocument?.documentElement;
    return root ? Math.max(1, Math.round(root.scrollWidth / this.current.width)) : 1;
  }

  #scroll(screen) {
    const last = this.screens - 1;
    this.screen = this.ratio === "end" ? last : Math.max(0, Math.min(last, screen || 0));
    this.ratio = last ? this.screen / last : 0;
    this.frame.contentWindow.scrollTo(this.screen * this.current.width, 0);
    this.moved(this.ident, this.screen + 1, last + 1);
  }

  get ident() { return Object.keys(this.edition.at).find((ident) => this.edition.at[ident] === this.index); }

  turn(by_) {
    const now = Math.round((this.frame.contentWindow?.scrollX ?? 0) / this.current.width); // a note may have led on
    const next = now + by_;
    if (next >= 0 && next < this.screens) return this.#scroll(next);
    const index = this.index + by_;
    if (index >= 0 && index < this.edition.spine.length) this.#open(index, by_ < 0 ? "end" : 0);
  }

  go(index) { this.#open(index < 0 ? this.edition.spine.length - 1 : index); }

  // A link in the book may have led to another document, or to a place in it.
  #arrived() {
    const here = this.frame.contentWindow.location;
    const name = decodeURIComponent(here.pathname.split("/").slice(4).join("/"));
    const index = this.edition.spine.indexOf(name);
    if (index < 0) return;
    if (index !== this.index) this.ratio = 0;
    this.index = index;
    this.mark = here.hash ? decodeURIComponent(here.hash.slice(1)) : null;
  }

  // The screen on which a link's target stands.
  #marked() {
    const target = this.mark && this.frame.contentDocument.getElementById(this.mark);
    this.mark = null;
    if (!target) return null;
    return Math.floor((target.getBoundingClientRect().left + this.frame.contentWindow.scrollX) / this.current.width);
  }
}

export function showCovers(root, editions) {
  const figures = [];
  for (const one of editions) {
    if (one.cover) {
      const name = one.cover.split("/").map(encodeURIComponent).join("/");
      figures.push(figure(`/read/${encodeURIComponent(one.name)}/${one.digest}/${name}`, `${one.name}: the cover of the EPUB`));
    }
    if (one.format === "cover") figures.push(figure(`/page/${encodeURIComponent(one.name)}/${one.pages[0][0]}?scale=2`, `${one.name}: back, spine and front`));
  }
  root.replaceChildren(...(figures.length ? figures : [make("p", { textContent: "An EPUB has a cover, and an edition with the format `cover`: this book has neither yet." })]));
}

const figure = (src, words) => make("figure", {}, make("img", { src, alt: words }), make("figcaption", { textContent: words }));
