// The list stays where it is: what is sought, decided and undone comes without a new page.
"use strict";

const list = document.getElementById("who");
const rows = document.getElementById("rows");
const told = document.getElementById("told");
const find = document.getElementById("find");
const more = document.getElementById("more");
const root = list.getAttribute("action").replace(/\/entity$/, "");
const csrf = list.elements.csrf.value;
const ticked = new Map();  // by what a form means them by, how they are called here; also those out of sight
const kindOf = new Map();  // of those that are or were ticked
let asked = 0;  // the newest question to the server: an older answer is passed over

async function ask(path, fields, headers = {}) {
  const answer = await fetch(root + path, { method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRF": csrf, ...headers } }).catch(() => null);
  if (!answer) told.textContent = "The page is closed: start it again. This was not recorded.";
  return answer;
}

async function load(first, upTo) {
  const mine = ++asked;
  const answer = await ask("/entities", { label: find.elements.label.value, q: find.elements.q.value, from: first, to: upTo }, { "X-Part": "rows" });
  if (!answer || !answer.ok || mine !== asked) return;
  const part = new DOMParser().parseFromString(`<table>${await answer.text()}</table>`, "text/html");
  const got = [...part.querySelectorAll("tr")];
  if (mine !== asked) return;
  if (first) rows.append(...got); else rows.replaceChildren(...got);
  const of = got.length ? Number(got[0].dataset.count) : first;
  document.getElementById("count").textContent = of;
  more.hidden = rows.children.length >= of;
  for (const box of rows.querySelectorAll("input[name=name]")) box.checked = ticked.has(box.value);
  tell();
}

function tell() {
  const names = [...ticked.values()];
  const kinds = new Set([...ticked.keys()].map((name) => kindOf.get(name)));
  const people = kinds.size === 1 && kinds.has("PERSON");
  const [same, different] = list.querySelectorAll(".whom");
  same.textContent = people ? "person" : "person or thing";
  different.textContent = people ? "people" : "people or things";
  document.getElementById("ticked").textContent = names.length ? `(${names.length}: ${names.slice(0, 4).join("; ")}${names.length > 4 ? " …" : ""})` : "";
}

function undo(how) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Undo";
  button.addEventListener("click", () => send(how.path, [[how.name, how.value]]));
  told.append(" ", button);
}

async function send(path, fields) {
  told.textContent = "Recording …";
  const answer = await ask(path, [["seen", list.elements.seen.value], ...fields], { Accept: "application/json" });
  if (!answer) return;
  const data = await answer.json();
  told.textContent = data.said || data.error;
  if (!answer.ok) return;
  list.elements.seen.value = data.newest;
  ticked.clear();
  for (const box of rows.querySelectorAll("input[name=name]")) box.checked = false;
  tell();
  if (data.undo) undo(data.undo);
  document.dispatchEvent(new Event("decided"));
  await load(0, rows.children.length);
}

rows.addEventListener("change", (event) => {
  const box = event.target;
  kindOf.set(box.value, box.closest("tr").dataset.kind);
  if (box.checked) ticked.set(box.value, box.getAttribute("aria-label").split(", [")[0]); else ticked.delete(box.value);
  tell();
});
list.addEventListener("submit", (event) => {
  event.preventDefault();
  if (told.textContent === "Recording …") return;
  const { action, to, label } = list.elements;
  send("/entity", [["do", event.submitter.value], ["action", action.value], ["to", to.value], ["label", label.value], ...[...ticked.keys()].map((name) => ["name", name])]);
});
list.elements.to.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  list.querySelector("button[value=rename]").click();
});

// One letter does what its button says: in a question its answers, else what is done with those that are ticked.
function move(by) {
  const boxes = [...rows.querySelectorAll("input[name=name]")];
  const at = boxes.indexOf(document.activeElement.closest("#rows tr")?.querySelector("input[name=name]"));
  const next = boxes[Math.min(boxes.length - 1, Math.max(0, at + by))];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function open(field) {
  document.getElementById("more-to-do").open = true;
  field.focus();
}

document.addEventListener("keydown", (event) => {
  if (!isKey(event)) return;
  const question = event.target.closest(".open > li");
  const button = (question || list).querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
  const does = {
    j: () => move(1), k: () => move(-1), t: () => open(list.elements.label), l: () => open(list.elements.to),
    w: () => (question || document).querySelector("input[name=other]")?.focus(),
    u: () => (told.querySelector("button") || document.querySelector("#undo:not([hidden]) button"))?.click(),
  }[event.key];
  if (!button && !does) return;
  event.preventDefault();
  if (button) button.click(); else does();
});

let typed = 0;
find.elements.q.addEventListener("input", () => { clearTimeout(typed); typed = setTimeout(() => load(0, 0), 80); });
find.addEventListener("submit", (event) => { event.preventDefault(); load(0, 0); });
if (!document.querySelector("#more a:not(#next)")) {
  new IntersectionObserver((seen) => {
    if (seen.some((one) => one.isIntersecting) && !more.hidden) load(rows.children.length, 0);
  }, { rootMargin: "600px" }).observe(more);
}
