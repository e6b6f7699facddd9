// The book's contents: chapters in order, with their pages.

import { by, make } from "./elements.js";

export class Contents {
  constructor(chosen) {
    this.list = by("entries");
    this.chosen = chosen;
    by("filter").addEventListener("input", () => this.#filter());
    by("filter").addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.list.querySelector("li:not([hidden]) button")?.click();
      if (event.key === "Escape") { event.target.value = ""; this.#filter(); event.target.blur(); }
    });
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.chosen(button.dataset.ident);
    });
    this.list.addEventListener("keydown", (event) => this.#walk(event));
  }

  show(entries, edition) {
    const said = JSON.stringify(entries);
    if (said !== this.said) {
      this.said = said;
      this.list.replaceChildren(...entries.map((entry) => this.#entry(entry)));
      this.#filter();
    }
    for (const item of this.list.children) {
      const page = edition?.at?.[item.ident];
      item.firstChild.lastChild.textContent = page === undefined ? "" : edition.labels[page];
    }
    this.starts = entries.map(({ ident }) => [ident, edition?.at?.[ident]]).filter(([, page]) => page !== undefined);
  }

  #entry({ ident, title, matter, depth, label }) {
    const kind = matter === "body" ? (depth ? "deep" : "") : "matter";
    const text = make("span", { textContent: title });
    const item = make("li", {}, make("button", {
      type: "button", className: kind, tabIndex: -1, data: { ident }, title: label ? `${title} · ${label}` : title,
    }, text, make("span")));
    item.ident = ident;
    item.text = `${title} ${label ?? ""}`.toLocaleLowerCase();
    return item;
  }

  // Mark what page `index` belongs to, and tell its identifier.
  at(index) {
    const here = (this.starts ?? []).findLast(([, page]) => page <= index)?.[0] ?? null;
    this.mark(here);
    return here;
  }

  mark(here) {
    if (here === this.here) return;
    this.here = here;
    for (const item of this.list.children) {
      const button = item.firstChild;
      const current = item.ident === here;
      button.tabIndex = current ? 0 : -1;
      if (current) {
        button.setAttribute("aria-current", "true");
        item.scrollIntoView({ block: "nearest" });
      } else button.removeAttribute("aria-current");
    }
  }

  #filter() {
    const words = by("filter").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    for (const item of this.list.children) item.hidden = !words.every((word) => item.text.includes(word));
  }

  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const open = [...this.list.querySelectorAll("li:not([hidden]) button")];
    open[open.indexOf(document.activeElement) + step]?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}
