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

export function showFindings(findings, skipped, go) {
  by("count").textContent = findings.length + skipped.length || "";
  const items = findings.map((finding) => {
    const item = make("li", {}, make("p", {}, ...worded(sentence(finding.message))), place(finding), hint(finding));
    item.page = finding.page;
    if (finding.page !== null && finding.page !== undefined) {
      item.append(make("button", { type: "button", textContent: `See page ${finding.label}`, onclick: () => go(finding.page) }));
    }
    return item;
  });
  const left = skipped.map((one) => make("li", {}, make("p", {}, "Left out: ", ...worded(one.reason)), place(one)));
  by("findings").replaceChildren(items.length + left.length
    ? make("ul", { className: "findings-list" }, ...items, ...left)
    : make("p", { className: "hint", textContent: "Nothing to mend was found." }));
}

export function markFindings(first, last) {
  for (const item of by("findings").querySelectorAll("li")) {
    item.classList.toggle("here", item.page >= first && item.page <= last);
  }
}
