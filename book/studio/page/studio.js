// The studio's page: hears what the book has become, and shows it.

import { Comparing } from "./comparing.js";
import { Contents } from "./contents.js";
import { by, make, post } from "./elements.js";
import { markFindings, showErrors, showFindings } from "./findings.js";
import { hearDrops } from "./gathering.js";
import { Menu } from "./menu.js";
import { Pages } from "./pages.js";
import { show, toggle, uncover } from "./panels.js";
import { Screen, showCovers } from "./screen.js";
import { Settings } from "./settings.js";

const state = { book: null, edition: null, view: "pages", zooms: ["0.5", "0.75", "1", "1.5", "2", "3"] };
const pages = new Pages(by("pages"), moved);
const screen = new Screen(turned);
const contents = new Contents(goTo);
const settings = new Settings(say);
const comparing = new Comparing(pages);
hearDrops(say);
new Menu("download", "editions");

// -- what is heard

const stream = new EventSource("/events");
stream.addEventListener("book", (event) => showBook(JSON.parse(event.data)));
stream.addEventListener("status", (event) => showStatus(JSON.parse(event.data)));
stream.addEventListener("incomparable", (event) => say(JSON.parse(event.data), "bad"));
stream.addEventListener("error", () => say("The studio has stopped: start it again in the terminal", "bad"));

function showBook(book) {
  state.book = book;
  by("title").textContent = book.title ?? "Octavo";
  document.title = book.title ? `${book.title} · Octavo` : "Octavo";
  showEditions(book.editions);
  by("empty").hidden = book.editions.length > 0 || book.status.errors.length > 0;
  settings.show(book.settings, book.families);
  if (book.settings) comparing.themes(book.settings.themes.map(({ name }) => name), book.settings.theme);
  showEdition();
  comparing.other(book.compared);
  showView();
  showStatus(book.status);
  if (!edition() && epub() && state.view === "pages") setView("screen"); // a book for screens alone
  if (!book.status.doing && by("status-words").textContent === "Beginning") say("Up to date");
}

function showEditions(editions) {
  const printed = editions.filter((one) => one.pages);
  state.edition = printed.some((one) => one.name === state.edition) ? state.edition : printed[0]?.name ?? null;
  by("edition").replaceChildren(...printed.map(({ name }) => make("option", { value: name, textContent: name })));
  by("edition").value = state.edition;
  by("edition").hidden = printed.length < 2;
  by("editions").replaceChildren(...editions.map((one) => make("li", {}, make("a", {
    href: `/download/${encodeURIComponent(one.name)}`, download: "",
  }, one.name, make("small", { textContent: one.pages ? `${one.format}, ${one.pages.length} pages` : one.format })))));
}

const edition = () => state.book?.editions.find((one) => one.name === state.edition);

function showEdition() {
  const shown = edition();
  contents.show(state.book?.contents ?? [], shown);
  const label = (page) => shown?.labels[page];
  const findings = (state.book?.editions ?? []).flatMap((one) => one.findings);
  const own = distinct([...(shown?.findings ?? []), ...findings]);
  showFindings(own.map((one) => ({ ...one, label: label(one.page) })), state.book?.status.skipped ?? [], marks(shown), {
    page: (page) => { uncover("side"); setView("pages"); pages.go(page); },
    chapter: (ident) => { uncover("side"); goTo(ident); },
  });
  if (!shown) return;
  const changed = pages.show(shown);
  if (changed) say(changed === 1 ? "1 page changed" : `${changed} pages changed`);
  moved(pages.at);
}

// What a typesetter would mark in the pages that are shown, and what the checks found in the EPUB.
function marks(shown) {
  const labelled = (kind) => ({ ...kind, places: kind.places.map((one) => ({ ...one, label: shown?.labels[one.page] })) });
  const found = [];
  if (shown) found.push({ name: shown.name, title: `A typesetter would mark in the ${shown.name}`, kinds: (shown.marks ?? []).map(labelled) });
  if (epub()) found.push({ name: epub().name, title: `The checks found in the ${epub().name}`, kinds: epub().marks ?? [] });
  return found;
}

function distinct(findings) {
  const known = new Map();
  for (const one of findings) {
    const key = `${one.path}:${one.line}:${one.message}`;
    if (!known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}

function showStatus(status) {
  if (state.book) state.book.status = status;
  showErrors(status.errors);
  by("empty").hidden = Boolean(state.book?.editions.length || status.errors.length);
  if (status.errors.length) say(status.errors.length === 1 ? "1 error" : `${status.errors.length} errors`, "bad");
  else if (status.doing) say(sentence(status.doing), "busy");
  else if (by("status").classList.contains("busy") || by("status").classList.contains("bad")) say("Up to date");
}

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

function say(words, kind = "") {
  by("status").className = `status ${kind}`;
  by("status-words").textContent = words;
  by("status-words").title = words;
}

// -- where the reader is

function moved(index) {
  const shown = edition();
  if (!shown) return;
  if (document.activeElement !== by("folio")) by("folio").value = shown.labels[index];
  const ident = contents.at(Math.min(index + (index % 2), shown.pages.length - 1));
  const first = index % 2 ? index : Math.max(0, index - 1);
  markFindings(first, first + 1);
  comparing.follow(index);
  const looking = `${state.edition} ${ident}`;
  if (looking !== state.looking) {
    state.looking = looking;
    clearTimeout(state.telling);
    state.telling = setTimeout(() => post("/look", { edition: state.edition, ident }), 150);
  }
}

function goTo(ident) {
  uncover("contents");
  const page = edition()?.at[ident];
  if (state.view === "screen") screen.show(epub(), ident);
  else if (page !== undefined) {
    setView("pages");
    pages.go(page, { smooth: false });
  }
}

// Hear from the device which chapter is shown, on which of its screens.
function turned(ident, screen_, screens) {
  if (state.view !== "screen") return;
  contents.mark(ident);
  by("of").textContent = `Screen ${screen_} of ${screens}`;
}

function goToFolio(text) {
  const shown = edition();
  const wanted = text.trim().toLowerCase();
  const index = shown.labels.findLastIndex((label) => label.toLowerCase() === wanted);
  if (index >= 0) pages.go(index, { smooth: false });
  return index >= 0;
}

// -- what is chosen

function setView(view) {
  state.view = view;
  for (const button of document.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
  showView();
}

const epub = () => state.book?.editions.find((one) => one.spine);

function showView() {
  const view = state.view;
  for (const name of ["pages", "screen", "cover"]) by(name).hidden = name !== view;
  by("page-tools").hidden = view !== "pages";
  by("screen-tools").hidden = view !== "screen";
  by("foot").hidden = view === "cover";
  for (const one of by("go").querySelectorAll("label, input")) one.hidden = view !== "pages";
  if (view === "cover") showCovers(by("cover"), state.book?.editions ?? []);
  if (view === "screen" && epub()) screen.show(epub(), screen.shown ? undefined : contents.here);
  if (view === "pages" && edition()) by("of").textContent = `of ${edition().labels.at(-1)}`;
}

function turn(by_) {
  if (state.view === "screen") screen.turn(by_);
  if (state.view === "pages") pages.turn(by_);
}

// Which way the right arrow goes: on, or back in a book read from the right.
const towardsRight = () => (edition()?.rtl ? -1 : 1);

function toEnd(last) {
  if (state.view === "screen") screen.go(last ? -1 : 0);
  if (state.view === "pages") pages.go(last ? pages.count - 1 : 0);
}

function setZoom(zoom) {
  by("zoom").value = zoom;
  pages.setZoom(zoom);
  if (comparing.on) comparing.before.setZoom(zoom);
}

function stepZoom(by_) {
  const now = ["fit", "width"].includes(pages.zoom) ? pages.scale * 0.75 : Number(pages.zoom);
  const next = by_ > 0 ? state.zooms.find((one) => Number(one) > now + 0.01) : state.zooms.findLast((one) => Number(one) < now - 0.01);
  if (next) setZoom(next);
}

function choose(tab) {
  for (const name of ["settings", "findings"]) {
    const chosen = name === tab;
    by(name).hidden = !chosen;
    by(`tab-${name}`).setAttribute("aria-selected", String(chosen));
    by(`tab-${name}`).tabIndex = chosen ? 0 : -1;
  }
  by(`tab-${tab}`).focus();
}

document.querySelectorAll("[data-view]").forEach((one) => one.addEventListener("click", () => setView(one.dataset.view)));
by("show-help").addEventListener("click", () => by("help").showModal());
by("edition").addEventListener("change", (event) => { state.edition = event.target.value; showEdition(); });
by("zoom").addEventListener("change", (event) => setZoom(event.target.value));
by("page-tools").addEventListener("change", (event) => {
  if (!event.target.dataset.overlay) return;
  const wanted = [...document.querySelectorAll("[data-overlay]:checked")].map((one) => one.dataset.overlay);
  pages.setOverlays(new Set(wanted));
});
by("go").addEventListener("submit", (event) => {
  event.preventDefault();
  const found = goToFolio(by("folio").value);
  by("folio").setAttribute("aria-invalid", String(!found));
  if (found) by("pages").focus();
});
by("back").addEventListener("click", () => turn(-1));
by("on").addEventListener("click", () => turn(1));
by("tab-settings").addEventListener("click", () => choose("settings"));
by("tab-findings").addEventListener("click", () => choose("findings"));
by("side").querySelector("[role=tablist]").addEventListener("keydown", (event) => {
  if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  event.stopPropagation();
  choose(by("settings").hidden ? "settings" : "findings");
});

const KEYS = {
  ArrowLeft: () => turn(-towardsRight()), ArrowRight: () => turn(towardsRight()), Home: () => toEnd(false), End: () => toEnd(true),
  "+": () => stepZoom(1), "=": () => stepZoom(1), "-": () => stepZoom(-1), 0: () => setZoom("fit"),
  1: () => setView("pages"), 2: () => setView("screen"), 3: () => setView("cover"),
  c: () => comparing.toggle(), u: () => settings.undo(),
  g: () => { setView("pages"); by("folio").focus(); by("folio").select(); },
  "/": () => { show("contents"); by("filter").focus(); }, "?": () => by("help").showModal(),
  t: () => toggle("contents"), s: () => toggle("side"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || by("help").open) return;
  const field = event.target.closest("input, select, textarea");
  const typing = field && !["checkbox", "radio", "range"].includes(field.type);
  const moving = field && field.type !== "checkbox" && /^(Arrow|Home|End|[-+=0])/.test(event.key);
  if (typing || moving) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

export { state };
