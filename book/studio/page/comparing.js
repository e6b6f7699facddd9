// Two states of the book, or two themes, side by side.

import { by, make, post } from "./elements.js";
import { Pages } from "./pages.js";

export class Comparing {
  constructor(pages) {
    this.pages = pages;
    this.before = new Pages(by("before"));
    this.on = false;
    by("compare").addEventListener("click", () => this.toggle());
    by("against").addEventListener("change", () => this.#against(by("against").value));
  }

  // Keep the book as it is now at the left; what it becomes is at the right.
  toggle() {
    this.on = !this.on;
    by("stage").classList.toggle("comparing", this.on);
    by("compare").setAttribute("aria-pressed", String(this.on));
    for (const id of ["before", "against", "left-name", "right-name"]) by(id).hidden = !this.on;
    if (!this.on) {
      post("/compare", { theme: null });
      return;
    }
    this.kept = this.pages.edition;
    by("against").value = "";
    this.#show(this.kept);
  }

  themes(names, current) {
    const options = names.filter((name) => name !== current).map((name) => make("option", { value: name, textContent: `the theme ${name}` }));
    const chosen = by("against").value;
    by("against").replaceChildren(make("option", { value: "", textContent: "as it was" }), ...options);
    by("against").value = chosen;
  }

  #against(theme) {
    post("/compare", { theme: theme || null });
    if (!theme) this.#show(this.kept);
  }

  // Take over a state that was built for comparing.
  other(edition) {
    if (this.on && by("against").value && edition) this.#show(edition);
  }

  #show(edition) {
    if (!edition) return;
    const theme = by("against").value;
    by("left-name").textContent = theme ? `In the theme ${theme}` : "As it was";
    by("right-name").textContent = "As it is now";
    this.before.zoom = this.pages.zoom;
    this.before.show(edition);
    this.follow(this.pages.at);
  }

  // Turn to the page at which the same chapter stands.
  follow(index) {
    if (!this.on || !this.before.edition) return;
    const here = this.pages.edition;
    const chapter = Object.entries(here.at).filter(([ident, page]) => page <= index && ident in this.before.edition.at)
      .reduce((best, one) => (!best || one[1] > best[1] ? one : best), null);
    const there = chapter ? this.before.edition.at[chapter[0]] + index - chapter[1] : index;
    this.before.go(there, { smooth: false });
  }
}
