// What Octavo has to say: errors over the book, findings beside the page they are on.

import { by, make, worded } from "./elements.js";

const sentence = (words) => (words.startsWith("`") ? words : words.charAt(0).toUpperCase() + words.slice(1));
const place = ({ path, line }) => (path ? make("p", { className: "place", textContent: line ? `${path}:${line}` : path }) : null);
const hint = ({ hint: words }) => (words ? make("p", { className: "hint" }, ...worded(sentence(words))) : null);

export function showErrors(errors) {
  const box = by("errors");
  const said = JSON.stringify(errors);
  if (box.said === said) return;
  box.said = said;
  box.hidden = !errors.length;
  if (!errors.length) return box.replaceChildren();
  const items = errors.map((error) => make("li", {}, place(error), make("p", {}, ...worded(sentence(error.message))), hint(error)));
  const title = "This has to be mended; until then you see the book as it was";
  box.replaceChildren(make("h2", { textContent: title }), make("ul", {}, ...items));
}

// `marks` are what proofreading and the checks found, by edition; `see` are the ways to a page and to a chapter.
export function showFindings(findings, skipped, marks, see) {
  const said = JSON.stringify([findings, skipped, marks]);
  if (by("findings").said === said) return;
  by("findings").said = said;
  by("count").textContent = findings.length + skipped.length || "";
  const items = findings.map((finding) => {
    const item = make("li", {}, make("p", {}, ...worded(sentence(finding.message))), place(finding), hint(finding));
    item.page = finding.page;
    if (finding.page !== null && finding.page !== undefined) {
      item.append(make("button", { type: "button", textContent: `See page ${finding.label}`, onclick: () => see.page(finding.page) }));
    }
    return item;
  });
  const left = skipped.map((one) => make("li", {}, make("p", {}, "Left out: ", ...worded(one.reason)), place(one)));
  const open = new Set([...by("findings").querySelectorAll("details[open]")].map((one) => one.id));
  const kinds = marks.filter((one) => one.kinds.length).map((one) => marked(one, open, see));
  by("findings").replaceChildren(
    ...(items.length + left.length ? [make("ul", { className: "findings-list" }, ...items, ...left)] : []), ...kinds,
    ...(items.length + left.length + kinds.length ? [] : [make("p", { className: "hint", textContent: "Nothing to mend was found." })]),
  );
}

// What was found in one edition, a kind a row, which opens to show where.
function marked({ name, title, kinds }, open, see) {
  const rows = kinds.map((kind) => {
    const id = `marks-${name}-${kind.rule}`;
    const hints = kind.hints.map((words) => hint({ hint: words }));
    const more = kind.more ? [make("p", { className: "hint", textContent: `And ${kind.more} more.` })] : [];
    const places = make("ul", { className: "findings-list" }, ...kind.places.map((one) => place_(one, see)));
    return make("details", { id, open: open.has(id) }, make("summary", { textContent: kind.said }), ...hints, places, ...more);
  });
  return make("section", { className: "marks" }, make("h2", { textContent: title }), ...rows);
}

function place_(one, see) {
  const item = make("li", {}, make("p", {}, ...worded(sentence(one.message))));
  item.page = one.page;
  const button = (words, onclick) => item.append(make("button", { type: "button", textContent: words, onclick }));
  if (one.page !== null) button(`See page ${one.label ?? one.page + 1}`, () => see.page(one.page));
  else if (one.ident !== null) button("See the chapter", () => see.chapter(one.ident));
  return item;
}

export function markFindings(first, last) {
  for (const item of by("findings").querySelectorAll("li")) {
    item.classList.toggle("here", item.page >= first && item.page <= last);
  }
}
