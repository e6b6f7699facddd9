// Pages as spreads, exactly as they print: pictures of the PDF, loaded when they come into view.

import { drawn, make } from "./elements.js";

const ACTUAL = 96 / 72; // CSS pixels to the point at 100 %
const GAP = 34;

export class Pages {
  // `edition` says what is shown; `moved` hears which page is looked at.
  constructor(root, moved = () => {}) {
    this.root = root;
    this.moved = moved;
    this.edition = null;
    this.zoom = "fit";
    this.overlays = new Set();
    this.spreads = [];
    this.at = 0;
    this.seen = new IntersectionObserver((entries) => this.#shown(entries), { root, rootMargin: "120% 0px" });
    root.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#resized()).observe(root);
  }

  get count() { return this.edition ? this.edition.pages.length : 0; }

  // Show an edition, staying where the reader is: at so many pages after the same chapter's beginning.
  show(edition) {
    const before = this.edition;
    const same = before && before.name === edition.name;
    const known = new Set(same ? before.pages.map(([digest]) => digest) : []);
    const at = same ? moved(before, edition, this.at) : 0;
    const sizes = !same || JSON.stringify(before.shapes) !== JSON.stringify(edition.shapes);
    this.edition = edition;
    this.changed = same ? new Set(edition.pages.map(([digest]) => digest).filter((one) => !known.has(one))) : new Set();
    this.root.classList.toggle("rtl", Boolean(edition.rtl));
    this.#fill();
    if (sizes || at !== this.at) this.#resized(at);
    else this.#redraw();
    return this.changed.size;
  }

  // Keep as many spreads as there are pages for; page 1 stands alone at the right, or at the left in a book read from the right.
  #fill() {
    const wanted = Math.floor(this.count / 2) + 1;
    while (this.spreads.length > wanted) {
      const gone = this.spreads.pop();
      this.seen.unobserve(gone);
      gone.remove();
    }
    while (this.spreads.length < wanted) {
      const number = this.spreads.length;
      const spread = make("div", { className: "spread" }, leaf("verso"), leaf("recto"));
      spread.number = number;
      this.spreads.push(spread);
      this.root.append(spread);
      this.seen.observe(spread);
    }
    for (const spread of this.spreads) {
      [...spread.children].forEach((one, side) => this.#assign(one, spread.number * 2 - 1 + side, spread));
    }
  }

  #assign(one, index, spread) {
    const page = this.edition.pages[index];
    one.index = index;
    one.classList.toggle("none", !page);
    if (!page) {
      one.replaceChildren();
      one.digest = null;
      return;
    }
    one.shape = this.edition.shapes[page[1]];
    one.dataset.page = this.edition.labels[index];
    if (one.digest !== page[0]) {
      one.digest = page[0];
      if (spread.near) this.#load(one);
      else one.querySelector("img")?.remove();
    }
  }

  #size() {
    const [[left, bottom, right, top]] = this.edition.shapes[this.edition.pages[this.at]?.[1] ?? 0];
    const [width, height] = [right - left, top - bottom];
    if (this.zoom === "fit") {
      return Math.max(0.2, Math.min((this.root.clientWidth - 48) / (2 * width), (this.root.clientHeight - 72) / height));
    }
    if (this.zoom === "width") return Math.max(0.2, (this.root.clientWidth - 48) / (2 * width));
    return Number(this.zoom) * ACTUAL;
  }

  #resized(at = this.at) {
    if (!this.edition || !this.root.clientHeight) return;
    this.scale = this.#size();
    for (const spread of this.spreads) {
      let tall = 0;
      for (const one of spread.children) {
        const [left, bottom, right, top] = (one.shape ?? this.edition.shapes[0])[0];
        one.style.width = `${(right - left) * this.scale}px`;
        one.style.height = `${(top - bottom) * this.scale}px`;
        tall = Math.max(tall, (top - bottom) * this.scale);
      }
      spread.style.height = `${tall}px`;
    }
    this.go(at, { smooth: false });
    this.#redraw();
  }

  #redraw() {
    for (const spread of this.spreads) if (spread.near) for (const one of spread.children) this.#load(one);
  }

  #shown(entries) {
    for (const { target, isIntersecting } of entries) {
      target.near = isIntersecting;
      for (const one of target.children) {
        if (isIntersecting) this.#load(one);
        else one.replaceChildren();
      }
    }
  }

  // Load a page's picture beside the one that is there, and put it in its place once it can be painted.
  async #load(one) {
    if (!one.digest || !this.scale) return;
    const scale = Math.round(this.scale * window.devicePixelRatio * 100) / 100;
    const address = `/page/${encodeURIComponent(this.edition.name)}/${one.digest}?scale=${scale}`;
    const there = one.querySelector("img");
    if (there?.getAttribute("src") === address) return this.#mark(one);
    const picture = make("img", { alt: `Page ${this.edition.labels[one.index]}`, decoding: "async", src: address });
    if (!there) one.replaceChildren(picture, make("span", { className: "number" }));
    this.#mark(one);
    try {
      await picture.decode();
    } catch {
      return; // a newer page is on its way
    }
    if (!address.includes(one.digest) || !one.isConnected) return;
    if (there) {
      one.querySelector("img")?.replaceWith(picture);
      if (this.changed?.has(one.digest)) flash(one);
    }
  }

  // Put the number, the overlays and the sign of a finding on a page.
  #mark(one) {
    const number = one.querySelector(".number");
    if (number) number.textContent = this.edition.labels[one.index];
    one.classList.toggle("found", this.edition.findings.some((finding) => finding.page === one.index));
    one.querySelector("svg")?.remove();
    if (this.overlays.size) one.append(overlay(one, this.edition, this.overlays));
  }

  #scrolled() {
    if (this.going || this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      const middle = this.root.scrollTop + this.root.clientHeight / 2;
      const spread = this.spreads.findLast((one) => one.offsetTop - this.root.offsetTop <= middle) ?? this.spreads[0];
      if (spread && spread.number !== Math.floor((this.at + 1) / 2)) this.#at(Math.max(0, spread.number * 2 - 1));
    });
  }

  #at(index) {
    if (this.at === index) return;
    this.at = index;
    this.moved(index);
  }

  // Bring the spread with a page into view.
  go(index, { smooth = true } = {}) {
    const wanted = Math.max(0, Math.min(this.count - 1, index));
    const spread = this.spreads[Math.floor((wanted + 1) / 2)];
    if (!spread) return;
    const top = spread.offsetTop - this.root.offsetTop - Math.max(12, (this.root.clientHeight - spread.clientHeight - 20) / 2);
    const still = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches
      || Math.abs(top - this.root.scrollTop) > 2 * this.root.clientHeight;
    this.going = true;
    clearTimeout(this.arriving);
    this.arriving = setTimeout(() => { this.going = false; }, still ? 60 : 500);
    this.root.scrollTo({ top, behavior: still ? "instant" : "smooth" });
    this.#at(wanted);
  }

  turn(by) { this.go(Math.max(0, Math.floor((this.at + 1) / 2 + by) * 2 - 1)); }

  setZoom(zoom) { this.zoom = zoom; this.#resized(); }

  setOverlays(overlays) { this.overlays = overlays; this.#redraw(); }
}

const leaf = (side) => make("div", { className: `leaf ${side}` });

function flash(one) {
  one.classList.remove("changed");
  requestAnimationFrame(() => one.classList.add("changed"));
}

// Where the reader is in a new state of an edition: as far from the beginning of the same chapter.
export function moved(before, after, at) {
  let nearest = null;
  for (const [ident, page] of Object.entries(before.at)) {
    if (page <= at && ident in after.at && (!nearest || page > nearest.page)) nearest = { ident, page };
  }
  const there = nearest ? after.at[nearest.ident] + (at - nearest.page) : at;
  return Math.max(0, Math.min(after.pages.length - 1, there));
}

// Lines over a page: boxes from the file itself, the type area from the style sheets, baselines from the text.
function overlay(one, edition, wanted) {
  const [media, trim, bleed] = one.shape;
  const [width, height] = [media[2] - media[0], media[3] - media[1]];
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", preserveAspectRatio: "none" });
  const box = (name, [left, bottom, right, top]) => svg.append(drawn("rect", {
    class: `o-${name}`, x: left - media[0], y: media[3] - top, width: right - left, height: top - bottom,
  }));
  if (wanted.has("trim")) box("trim", trim);
  if (wanted.has("bleed")) box("bleed", bleed);
  const { margins, grid } = edition.frame ?? {};
  const right = (one.index % 2 === 0) !== Boolean(edition.rtl); // the margins are a right-hand page's
  if (margins && wanted.has("margins")) {
    const [near, far] = right ? [margins.inside, margins.outside] : [margins.outside, margins.inside];
    box("margins", [trim[0] + near, trim[1] + margins.bottom, trim[2] - far, trim[3] - margins.top]);
  }
  if (grid && wanted.has("grid")) {
    const end = trim[1] + (margins?.bottom ?? 0);
    for (let y = trim[3] - grid.first; y >= end - 0.1; y -= grid.leading) {
      const line = media[3] - y;
      svg.append(drawn("line", { class: "o-grid", x1: trim[0] - media[0], x2: trim[2] - media[0], y1: line, y2: line }));
    }
  }
  return svg;
}
