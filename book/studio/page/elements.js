// Elements, made and found.

export const by = (id) => document.getElementById(id);

// Make an element: properties are set as such, but `data` and `aria` as attributes; children may be text.
export function make(tag, properties = {}, ...children) {
  const { data = {}, aria = {}, ...own } = properties;
  const element = Object.assign(document.createElement(tag), own);
  Object.assign(element.dataset, data);
  for (const [name, value] of Object.entries(aria)) element.setAttribute(`aria-${name}`, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function drawn(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// Text with its `names` set as code.
export function worded(text) {
  return text.split("`").map((part, at) => (at % 2 ? make("code", { textContent: part }) : part));
}

export async function post(path, document) {
  const answer = await fetch(path, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(document),
  });
  const said = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  return { ok: answer.ok, ...said };
}
