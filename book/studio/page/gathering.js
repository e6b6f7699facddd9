// Exports and folders of posts, dropped onto the page or chosen: sent to the studio, which gathers them.

import { by } from "./elements.js";
import { Menu } from "./menu.js";

const FOLDER = "application/vnd.octavo.folder";
let last = Promise.resolve();

export function hearDrops(say) {
  let depth = 0;
  const shown = (on) => { by("drop").hidden = !on; };
  const files = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const inTurn = (send) => { last = last.then(send).catch(() => say("This could not be read", "bad")); };
  addEventListener("dragenter", (event) => { if (files(event)) { depth += 1; shown(true); event.preventDefault(); } });
  addEventListener("dragover", (event) => { if (files(event)) event.preventDefault(); });
  addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (!depth) shown(false); });
  addEventListener("drop", (event) => {
    depth = 0;
    shown(false);
    if (!files(event)) return;
    event.preventDefault();
    for (const item of event.dataTransfer.items) {
      const [entry, file] = [item.webkitGetAsEntry?.(), item.getAsFile()]; // both are gone once this event is over
      if (entry?.isDirectory) inTurn(async () => gatherFolder(entry.name, await listed(entry), say));
      else if (file) inTurn(() => gather(file.name, file, "application/octet-stream", say));
    }
  });
  new Menu("gather", "gatherings");
  for (const [button, input] of [["choose-file", "gather-file"], ["choose-folder", "gather-folder"]]) {
    by(button).addEventListener("click", () => by(input).click());
  }
  by("gather-file").addEventListener("change", (event) => {
    for (const file of event.target.files) inTurn(() => gather(file.name, file, "application/octet-stream", say));
    event.target.value = "";
  });
  by("gather-folder").addEventListener("change", (event) => {
    const chosen = [...event.target.files].map((file) => [file.webkitRelativePath.split("/"), file]);
    event.target.value = "";
    if (chosen.length) inTurn(() => gatherFolder(chosen[0][0][0], chosen.map(([[, ...path], file]) => [path.join("/"), file]), say));
  });
}

// What belongs to no blog: files that systems and version control keep for themselves.
const isOurs = (path) => !path.split("/").some((name) => name.startsWith(".") || name === "node_modules");

// List the files in a dropped folder, each with its path in it.
async function listed(folder, above = "") {
  const reader = folder.createReader();
  const found = [];
  for (;;) { // it hands over so many at a time
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return found;
    for (const entry of some.filter(({ name }) => isOurs(name))) {
      const path = above + entry.name;
      if (entry.isDirectory) found.push(...await listed(entry, `${path}/`));
      else found.push([path, await new Promise((done, failed) => entry.file(done, failed))]);
    }
  }
}

async function gatherFolder(name, files, say) {
  const kept = files.filter(([path]) => isOurs(path));
  const list = JSON.stringify(kept.map(([path, { size }]) => [path, size]));
  await gather(name, new Blob([list, "\n", ...kept.map(([, file]) => file)]), FOLDER, say);
}

async function gather(name, body, kind, say) {
  say(`Gathering ${name}`, "busy");
  let answer;
  try {
    answer = await fetch(`/gather?name=${encodeURIComponent(name)}`, { method: "POST", headers: { "content-type": kind }, body });
  } catch {
    return say(`${name} could not be sent: it is too large, or the studio has stopped`, "bad");
  }
  const said = await answer.json().catch(() => ({ message: "this could not be gathered" }));
  if (!answer.ok) return say(said.hint ? `${name}: ${said.message} · ${said.hint}` : `${name}: ${said.message}`, "bad");
  const counts = [[said.added.length, "new"], [said.updated.length, "updated"], [said.unchanged, "unchanged"], [said.kept.length, "kept as you edited them"], [said.skipped.length, "left out"]];
  const told = counts.filter(([count]) => count).map(([count, what]) => `${count} ${what}`).join(", ") || "no posts";
  const why = said.added.length + said.updated.length + said.unchanged + said.kept.length ? "" : said.skipped[0]?.reason ?? said.warnings[0]?.message;
  say(`${name}: ${told}${why ? ` · ${why}` : ""}`, why ? "bad" : "");
}
