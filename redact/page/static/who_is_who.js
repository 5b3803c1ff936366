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
let asked = 0;  // the newest question to the server: an older answer is passed over

async function ask(path, fields, headers = {}) {
  const answer = await fetch(root + path, { method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRF": csrf, ...headers } }).catch(() => null);
  if (!answer) told.textContent = "The page is closed: start redact review again. This was not recorded.";
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

let typed = 0;
find.elements.q.addEventListener("input", () => { clearTimeout(typed); typed = setTimeout(() => load(0, 0), 80); });
find.addEventListener("submit", (event) => { event.preventDefault(); load(0, 0); });
if (!document.querySelector("#more a:not(#next)")) {
  new IntersectionObserver((seen) => {
    if (seen.some((one) => one.isIntersecting) && !more.hidden) load(rows.children.length, 0);
  }, { rootMargin: "600px" }).observe(more);
}
