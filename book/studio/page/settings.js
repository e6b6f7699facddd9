// The theme's settings as controls. A change goes into `book.toml`; the pages follow.

import { by, make, post, worded } from "./elements.js";

const STEP = { pt: 0.25, px: 1, mm: 1, cm: 0.1, in: 0.05, em: 0.1, rem: 0.1, "%": 5, "": 0.05 };
const WAIT = 300; // milliseconds after a step in which another may come

export class Settings {
  constructor(said) {
    this.root = by("settings");
    this.said = said;
  }

  show(described, families) {
    this.families = families ?? [];
    const text = JSON.stringify([described, families]);
    if (text === this.text || !described) return;
    this.text = text;
    const focused = document.activeElement?.id;
    this.undoable = described.undo;
    this.root.replaceChildren(
      this.#actions(described), this.#theme(described), ...described.settings.map((one) => this.#control(one)),
    );
    if (focused?.startsWith("set-")) by(focused)?.focus();
  }

  async undo() {
    if (!this.undoable) return;
    const answer = await post("/undo", {});
    this.said(answer.ok ? `Undone: ${answer.undone}` : answer.message);
  }

  #actions({ undo }) {
    const button = make("button", { type: "button", id: "set-undo", textContent: "Undo", disabled: !undo, title: undo ? `Undo the change of ${undo} (u)` : "Nothing to undo", onclick: () => this.undo() });
    return make("div", { className: "actions" }, button, make("p", { className: "hint", textContent: "Written to book.toml as you go." }));
  }

  // The themes as pictures. What the chosen one could not have of the book's settings is told below.
  #theme({ theme, themes, aside }) {
    const now = themes.find((one) => one.name === theme) ?? { name: theme, title: "", about: "" };
    const list = make("ul", { className: "themes" }, ...themes.map((one) => make("li", {}, this.#card(one, one.name === theme))));
    list.addEventListener("keydown", walked);
    const summary = make("summary", { id: "set-theme" }, make("span", { className: "label", textContent: "Theme" }), thumbnail(now), make("strong", { textContent: now.name }), ` ${now.title}`);
    const chooser = make("details", { className: "chooser", open: this.choosing ?? false }, summary, list);
    chooser.addEventListener("toggle", () => { this.choosing = chooser.open; });
    const rows = aside.map(({ name, value, why }) => make("li", {}, make("code", { textContent: `${name} = ${value}` }), ": ", ...worded(why)));
    const told = aside.length ? make("div", { className: "aside" }, make("p", { textContent: "Put aside in book.toml; Undo brings it back:" }), make("ul", {}, ...rows)) : null;
    return make("div", { className: "setting", id: "theme" }, chooser, told, make("p", { id: "set-theme-fault", className: "fault", hidden: true, role: "alert" }));
  }

  #card(one, chosen) {
    const words = make("span", {}, make("strong", { textContent: one.name }), make("small", { textContent: one.about || one.title }));
    return make("button", {
      type: "button", id: `set-theme-${one.name}`, className: "theme", aria: { pressed: String(chosen) },
      onclick: (event) => chosen || this.#set("theme", one.name, event.currentTarget),
    }, thumbnail(one), words);
  }

  #control(setting) {
    const id = `set-${setting.name}`;
    const field = this.#field(setting, id);
    const same = make("button", {
      type: "button", id: `${id}-same`, className: "same", textContent: "Default", hidden: !setting.set,
      title: `${setting.name}: back to ${setting.default}`, onclick: () => this.#set(setting.name, null, field),
    });
    const small = make("small", { id: `${id}-help` }, sentence(setting.help), setting.least && setting.most ? `, ${setting.least} to ${setting.most}` : "");
    field.setAttribute("aria-describedby", `${id}-help ${id}-fault`);
    const steps = ["length", "number"].includes(setting.type) ? this.#steps(setting, field) : [];
    return make("div", { className: "setting" },
      make("div", { className: "head" }, make("label", { htmlFor: id, textContent: sentence(setting.name.replaceAll("-", " ")) }), same),
      make("div", { className: "row" }, field, ...steps, ...(setting.type === "color" ? [this.#swatch(setting, field)] : [])),
      small, make("p", { id: `${id}-fault`, className: "fault", hidden: true, role: "alert" }));
  }

  #field(setting, id) {
    const fonts = setting.type === "font" && this.families.length ? [...new Set([...this.families, setting.value])].sort() : [];
    const choices = setting.choices.length ? setting.choices : fonts;
    if (choices.length) {
      const select = make("select", { id }, ...choices.map((one) => make("option", { value: one, textContent: one })));
      select.value = setting.value;
      select.addEventListener("change", () => this.#set(setting.name, select.value, select));
      return select;
    }
    const input = make("input", { id, type: "text", value: setting.value, spellcheck: false, autocomplete: "off" });
    input.addEventListener("change", () => this.#set(setting.name, typed(setting, input.value), input));
    if (["length", "number"].includes(setting.type)) {
      input.addEventListener("keydown", (event) => {
        const by_ = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!by_) return;
        event.preventDefault();
        this.#step(setting, input, by_);
      });
    }
    return input;
  }

  #steps(setting, field) {
    const button = (by_, sign, word) => make("button", {
      type: "button", textContent: sign, tabIndex: -1, aria: { label: `${setting.name} ${word}` }, onclick: () => this.#step(setting, field, by_),
    });
    return [button(-1, "−", "less"), button(1, "+", "more")];
  }

  #step(setting, field, by_) {
    const [, number, unit] = field.value.trim().match(/^(-?[\d.]+)\s*([a-z%]*)$/i) ?? [];
    if (number === undefined) return;
    const step = STEP[unit.toLowerCase()] ?? 1;
    const next = Math.round((Math.round(Number(number) / step) + by_) * step * 100) / 100;
    field.value = `${next}${unit}`;
    clearTimeout(field.waiting);
    field.waiting = setTimeout(() => this.#set(setting.name, typed(setting, field.value), field), WAIT);
  }

  #swatch(setting, field) {
    const swatch = make("input", { type: "color", aria: { label: `${setting.name}, picked` } });
    if (/^#[0-9a-f]{6}$/i.test(setting.value)) swatch.value = setting.value;
    swatch.addEventListener("change", () => { field.value = swatch.value; this.#set(setting.name, swatch.value, field); });
    return swatch;
  }

  async #set(name, value, field) {
    const answer = await post("/settings", { name, value });
    const fault = by(`set-${name}-fault`);
    field.setAttribute("aria-invalid", String(!answer.ok));
    if (!fault) return answer.ok || this.said(answer.message, "bad");
    fault.hidden = answer.ok;
    fault.replaceChildren(...(answer.ok ? [] : worded(sentence(answer.message) + (answer.hint ? ` · ${answer.hint}` : ""))));
  }
}

const thumbnail = ({ name, picture }) => (picture ? make("img", { src: `/theme/${encodeURIComponent(name)}`, alt: "", loading: "lazy" }) : make("span", { className: "no-picture" }));

// Up and down lead from theme to theme.
function walked(event) {
  const by_ = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!by_) return;
  event.preventDefault();
  event.stopPropagation();
  const all = [...event.currentTarget.querySelectorAll("button")];
  all[all.indexOf(document.activeElement) + by_]?.focus();
}

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

// A number as a number: in `book.toml` it stands without quotes.
const typed = ({ type }, text) => (type === "number" && text.trim() && !Number.isNaN(Number(text)) ? Number(text) : text.trim());
