// An export dropped onto the page: sent to the studio, which gathers its posts.

import { by } from "./elements.js";

export function hearDrops(say) {
  let depth = 0;
  const shown = (on) => { by("drop").hidden = !on; };
  const files = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  addEventListener("dragenter", (event) => { if (files(event)) { depth += 1; shown(true); event.preventDefault(); } });
  addEventListener("dragover", (event) => { if (files(event)) event.preventDefault(); });
  addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (!depth) shown(false); });
  addEventListener("drop", (event) => {
    depth = 0;
    shown(false);
    if (!files(event)) return;
    event.preventDefault();
    for (const file of event.dataTransfer.files) gather(file, say);
  });
  by("gather").addEventListener("click", () => by("gather-file").click());
  by("gather-file").addEventListener("change", (event) => {
    for (const file of event.target.files) gather(file, say);
    event.target.value = "";
  });
}

async function gather(file, say) {
  say(`Gathering ${file.name}`, "busy");
  let answer;
  try {
    answer = await fetch(`/gather?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
  } catch {
    return say(`${file.name} could not be sent: it is too large, or the studio has stopped`, "bad");
  }
  const said = await answer.json().catch(() => ({ message: `${file.name} could not be gathered` }));
  if (!answer.ok) return say(said.hint ? `${file.name}: ${said.message} · ${said.hint}` : `${file.name}: ${said.message}`, "bad");
  const counts = [[said.added.length, "new"], [said.updated.length, "updated"], [said.unchanged, "unchanged"], [said.kept.length, "kept as you edited them"], [said.skipped.length, "left out"]];
  say(`${file.name}: ${counts.filter(([count]) => count).map(([count, what]) => `${count} ${what}`).join(", ") || "no posts"}`);
}
