// A button that opens a list below it.

import { by } from "./elements.js";

export class Menu {
  constructor(button, list) {
    [this.button, this.list] = [by(button), by(list)];
    this.button.addEventListener("click", () => this.show(this.list.hidden));
    this.list.addEventListener("click", () => this.show(false));
    document.addEventListener("click", (event) => { if (!this.button.parentElement.contains(event.target)) this.show(false); });
    this.button.parentElement.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.list.hidden) return;
      this.show(false);
      this.button.focus();
    });
  }

  show(open) {
    this.list.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
  }
}
