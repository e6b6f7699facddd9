// Search without a server: the index is a script of its own, loaded when somebody begins to search.
"use strict";

const form = document.querySelector("form[role=search]");
const field = form.querySelector("input");
const found = form.querySelector(".found");
const up = form.dataset.up;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let pages = null;
let loading = null;

form.hidden = false;

function load() {
  loading ??= new Promise((done) => {
    const script = document.createElement("script");
    script.src = `${up}search-index.js`;
    script.onload = () => {
      pages = window.octavoIndex.map(([title, href, words]) => ({
        title, href, words, folded: fold(`${title} ${words}`), named: fold(title),
      }));
      done();
    };
    document.head.append(script);
  });
  return loading;
}

function matches(wanted) {
  const terms = fold(wanted).split(/\s+/).filter(Boolean);
  if (!terms.length) return [];
  return pages
    .filter((page) => terms.every((term) => page.folded.includes(term)))
    .map((page) => ({ page, rank: terms.filter((term) => page.named.includes(term)).length }))
    .sort((one, other) => other.rank - one.rank)
    .slice(0, 20)
    .map(({ page }) => ({ page, term: terms[0] }));
}

function excerpt(words, term) {
  const at = Math.max(fold(words).indexOf(term), 0);
  const start = at > 60 ? words.indexOf(" ", at - 60) + 1 : 0;
  return `${start ? "… " : ""}${words.slice(start, at + 100)} …`;
}

function show() {
  const hits = matches(field.value);
  found.replaceChildren();
  if (!field.value.trim()) return;
  if (!hits.length) {
    const nothing = document.createElement("p");
    nothing.textContent = form.dataset.none;
    found.append(nothing);
    return;
  }
  const list = document.createElement("ol");
  for (const { page, term } of hits) {
    const link = document.createElement("a");
    link.href = up + page.href;
    link.textContent = page.title;
    const words = document.createElement("p");
    words.textContent = excerpt(page.words, term);
    const line = document.createElement("li");
    line.append(link, words);
    list.append(line);
  }
  found.append(list);
}

field.addEventListener("focus", load);
field.addEventListener("input", async () => { await load(); show(); });
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await load();
  show();
  found.querySelector("a")?.focus();
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  field.value = "";
  found.replaceChildren();
  field.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea")) {
    event.preventDefault();
    field.focus();
  }
});
