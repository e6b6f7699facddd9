// The panels at both sides of the book. Where there is room for one at most it lies over the book, and another
// that is opened puts it away.

import { by } from "./elements.js";

const PANELS = { contents: ["no-contents", "toggle-contents"], side: ["no-side", "toggle-settings"] };
const narrow = matchMedia("(max-width: 900px)");

export function open(panel, opened) {
  const [name, button] = PANELS[panel];
  document.body.classList.toggle(name, !opened);
  by(button).setAttribute("aria-expanded", String(opened));
}

export function show(panel) {
  if (!document.body.classList.contains(PANELS[panel][0])) return;
  if (narrow.matches) openAll(false);
  open(panel, true);
}

export function toggle(panel) {
  if (document.body.classList.contains(PANELS[panel][0])) show(panel);
  else open(panel, false);
}

// Put a panel away that lies over what was chosen in it.
export function uncover(panel) {
  if (!narrow.matches) return;
  const focused = by(panel).contains(document.activeElement);
  open(panel, false);
  if (focused) by("stage").focus();
}

function openAll(opened) {
  for (const panel of Object.keys(PANELS)) open(panel, opened);
}

for (const [panel, [, button]] of Object.entries(PANELS)) {
  by(button).addEventListener("click", () => toggle(panel));
  by(panel).addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !narrow.matches) return;
    open(panel, false);
    by(button).focus();
  });
}
narrow.addEventListener("change", () => openAll(!narrow.matches));
if (narrow.matches) openAll(false);
