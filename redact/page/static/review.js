// Keys for everything that the forms do. Without this script the forms do it.
"use strict";

const panel = document.getElementById("panel");
const root = panel.dataset.root;
const text = document.getElementById("text");
const decide = document.getElementById("decide");
const remark = document.getElementById("remark");
const said = document.getElementById("said");
const LABELS = [...document.querySelectorAll("#decide .choices button")].map((b) => b.value).filter((v) => v !== "none");
let chosen = document.querySelector(".mark[aria-current]");
let newest = Number(panel.dataset.seen);

const marks = () => [...text.querySelectorAll(".mark")];
const characters = (words) => Array.from(words).length;

function say(words) { said.textContent = words; }

function original(mark) {
  const copy = mark.cloneNode(true);
  copy.querySelectorAll(".kind").forEach((kind) => kind.remove());
  return copy.textContent;
}

// The same with a sign for each that is not seen, so that its letters can be counted.
function plain(piece) {
  const copy = piece.cloneNode(true);
  copy.querySelectorAll(".kind").forEach((kind) => kind.remove());
  copy.querySelectorAll(".unseen").forEach((one) => one.replaceWith("\u0001"));
  return copy.textContent;
}

// What the buttons are about: the words that are selected, else the chosen place.
let picked = null;

function show(part, words) { document.getElementById(part).textContent = words; }

function about(place, words) {
  for (const form of [decide, remark]) { form.elements.start.value = place.start; form.elements.end.value = place.end; }
  show("words", words);
  document.getElementById("words").hidden = !words;
  show("said-there", words || "it");
}

function pick(found) {
  picked = found;
  about(found, found.words);
  show("what", "Selected");
  show("how", "Nothing is hidden here yet, or not as you selected it. Say what it is.");
  present();
  if (globalThis.Highlight) CSS.highlights.set("picked", new Highlight(getSelection().getRangeAt(0).cloneRange()));
}

function unpick() {
  picked = null;
  if (globalThis.Highlight) CSS.highlights.delete("picked");
  if (chosen) choose(chosen, false, false);
  else { about({ start: "", end: "" }, ""); show("what", "Nothing was found here"); show("how", "Select a name in the original with the mouse, and say here what it is."); present(); }
}

function present() {
  const place = Boolean(chosen) && !picked;
  document.getElementById("how").hidden = place;
  document.getElementById("as-found").hidden = !place;
  document.getElementById("right").hidden = !place;
  const edges = document.getElementById("edges");
  if (edges) edges.hidden = !place;
  away.hidden = !place || inSight(chosen);
  decide.querySelectorAll(".choices button, .detail").forEach((b) => b.classList.toggle("same", place && b.value === chosen.dataset.label));
}

// On a narrow window the panel lies over the foot of the text.
const narrow = matchMedia("(max-width: 60rem)");
const foot = () => (narrow.matches ? panel.getBoundingClientRect().top : innerHeight);

function inSight(mark, margin = 0) {
  const box = mark.getBoundingClientRect();
  return box.bottom > margin && box.top < foot() - margin;
}

// Lines are laid out only once they are near, and may grow then: for some frames it is looked again.
let following = null;  // the place that is brought in, until somebody scrolls themselves
for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  addEventListener(kind, () => { following = null; }, { passive: true, capture: true });
}

function bringIn(mark, frames = 10) {
  if (mark !== following || !frames) return;
  if (!inSight(mark, 40)) mark.scrollIntoView({ block: "center" });
  requestAnimationFrame(() => bringIn(mark, frames - 1));
}

const away = document.getElementById("away");
const watch = new IntersectionObserver(() => { if (chosen) away.hidden = Boolean(picked) || inSight(chosen); });
away.querySelector("button").addEventListener("click", () => choose(chosen));

function choose(mark, focus = true, moves = true) {
  if (!mark) return;
  if (chosen) chosen.removeAttribute("aria-current");
  chosen = mark;
  picked = null;
  if (globalThis.Highlight) CSS.highlights.delete("picked");
  mark.setAttribute("aria-current", "true");
  about({ start: mark.dataset.start, end: mark.dataset.end }, original(mark));
  show("what", "This place");
  show("kind", mark.dataset.kind);
  show("why", mark.dataset.why);
  document.getElementById("right").value = mark.dataset.label;
  show("heard", mark.dataset.heard);
  document.getElementById("heard").parentElement.hidden = !mark.dataset.heard;
  const safe = mark.closest(".line").querySelectorAll(".safe b");
  const shown = [...mark.closest(".line").querySelectorAll(".mark:not(.kept)")].indexOf(mark);
  show("shown", shown < 0 ? original(mark) : (safe[shown] || {}).textContent || "");
  following = moves ? mark : null;
  bringIn(mark);
  if (focus) mark.focus({ preventScroll: true });
  watch.disconnect();
  watch.observe(mark);
  present();
}

function step(by, unsureOnly) {
  const all = marks();
  const at = all.indexOf(chosen);
  for (let n = 1; n <= all.length; n++) {
    const next = all[(at + by * n + all.length * 2) % all.length];
    if (!unsureOnly || next.dataset.state === "doubtful") { choose(next); return true; }
  }
  say(`${said.textContent} Nothing unsure is left here.`.trim());
  return false;
}

async function send(path, fields) {
  const body = new URLSearchParams({ doc: panel.dataset.doc, seen: newest, ...fields });
  const headers = { "X-CSRF": panel.dataset.csrf, Accept: "application/json" };
  const answer = await fetch(root + path, { method: "POST", body, headers }).catch(() => null);
  if (!answer) { say("The page is closed: start it again. This was not recorded."); return null; }
  const data = await answer.json();
  if (!answer.ok) {
    const newer = (data.newer || []).map((one) => `${one.by}: ${one.label}`).join("; ");
    say(newer ? `${data.error} (${newer})` : data.error);
    return null;
  }
  newest = data.batch;
  undoes(data.undo);
  document.getElementById("read").hidden = true;
  document.querySelectorAll("form[action$='/settle'] button").forEach((one) => { one.disabled = false; });
  document.querySelectorAll("form[action$='/settle'] [name=seen]").forEach((one) => { one.value = newest; });
  document.dispatchEvent(new Event("decided"));
  return data;
}

const undoing = document.getElementById("undo");
function undoes(what) {
  undoing.hidden = !what;
  if (!what) return;
  undoing.elements.batch.value = what.batch;
  undoing.querySelector("button span").textContent = what.said;
}

undoing.addEventListener("submit", async (event) => {
  event.preventDefault();
  const data = await send("/undo", { batch: undoing.elements.batch.value });
  if (!data) return;
  const kept = chosen && chosen.dataset.start;
  await redraw(data.lines);
  again(kept);
  say(data.said);
});

// The place that was chosen before its turn was drawn anew, or the one after it.
function again(start) {
  chosen = start && (marks().find((m) => m.dataset.start === start) || marks().find((m) => Number(m.dataset.start) >= Number(start))) || null;
  if (chosen) choose(chosen, false); else unpick();
}

const missing = document.getElementById("add");
missing.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { words, label, everywhere } = missing.elements;
  const data = await send("/add", { words: words.value, label: label.value, ...(everywhere.checked ? { everywhere: "yes" } : {}) });
  if (!data) return;
  words.value = "";
  const kept = chosen && chosen.dataset.start;
  await redraw(data.lines);
  again(kept);
  say(data.places > 1 ? `Added in ${data.places} places.` : "Added.");
  if (document.activeElement === words) words.blur();
});

async function redraw(lines) {
  const answer = await fetch(`${root}/t/${encodeURIComponent(panel.dataset.doc)}/lines?n=${lines.join(",")}`).catch(() => null);
  if (!answer) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  drawn.querySelectorAll(".line").forEach((line) => document.getElementById(line.id).replaceWith(document.adoptNode(line)));
  document.getElementById("left").textContent = text.querySelectorAll(".mark.doubtful").length;
}

async function ruled(label) {
  const mark = picked ? null : chosen;
  if (!mark && !picked) { say("Select the words first, in the original."); return; }
  if (mark && !inSight(mark)) { choose(mark); say("It was out of sight: here it is. Nothing is decided yet."); return; }
  const start = Number(decide.elements.start.value);
  const fields = { start, end: decide.elements.end.value, label };
  if (label === "DETAIL") fields.text = decide.elements.text.value;
  else if (decide.elements.everywhere.checked) fields.everywhere = "yes";
  if (mark) { mark.dataset.state = "accepted"; mark.className = `mark ${label === "none" ? "kept" : "accepted"}`; }
  const data = await send("/decide", fields);
  if (!data) { if (mark) await redraw([Number(mark.closest(".line").dataset.line)]); return; }
  getSelection().removeAllRanges();
  const kept = chosen && chosen.dataset.start;
  await redraw(data.lines);
  decide.elements.text.value = "";
  if (!mark) {
    chosen = marks().find((m) => m.dataset.start === kept) || null;
    const added = marks().find((m) => Number(m.dataset.start) <= start && start < Number(m.dataset.end));
    say(data.places > 1 ? `Added in ${data.places} places.` : "Added.");
    if (added) choose(added); else unpick();
    return;
  }
  chosen = marks().find((m) => Number(m.dataset.start) >= start) || null;
  say(data.places > 1 ? `Decided for ${data.places} places, in ${data.elsewhere} other interviews too.` : "Decided.");
  if (!step(1, true)) choose(chosen);
}

// Where a point of the page is in the transcript, in characters.
function offset(node, at) {
  const holder = (node.nodeType === 3 ? node.parentElement : node).closest("[data-at]");
  if (!holder || !text.contains(holder)) return null;
  let count = Number(holder.dataset.at);
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  for (let one = walker.nextNode(); one; one = walker.nextNode()) {
    if (one.parentElement.closest(".kind")) continue;
    const unseen = one.parentElement.closest(".unseen");
    if (one === node) return count + (unseen ? 0 : characters(one.data.slice(0, at)));
    count += unseen ? 1 : characters(one.data);
  }
  return count;
}

// What is selected of the original, without blanks at its ends.
function selected() {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  if (!range || range.collapsed) return null;
  const from = offset(range.startContainer, range.startOffset);
  let to = offset(range.endContainer, range.endOffset);
  const words = getSelection().toString();
  if (from !== null && to === null) {  // a whole turn, by three clicks, ends in what comes after it
    const line = (range.startContainer.parentElement || text).closest(".original");
    const last = line && [...line.querySelectorAll("[data-at]")].pop();
    if (last) to = Number(last.dataset.at) + characters(plain(last));
  }
  const start = from + /^[ \t]*/.exec(words)[0].length;
  const end = to - /[ \t]*$/.exec(words)[0].length;
  return from === null || to === null || end <= start || !words.trim() ? null : { start, end, words: words.trim() };
}

// The words of the line about the chosen mark, so that its edges can move by a word.
function move(edge, by) {
  if (!chosen || picked) return;
  const line = chosen.closest(".line").querySelector(".original");
  const letters = Array.from(plain(line));
  const first = Number(line.querySelector("[data-at]").dataset.at);
  const field = decide.elements[edge];
  let at = Number(field.value) - first;
  const blank = (n) => n < 0 || n >= letters.length || /\s/.test(letters[n]);
  if (edge === "start") {
    if (by < 0) { at--; while (at > 0 && blank(at)) at--; while (at > 0 && !blank(at - 1)) at--; }
    else { while (at < letters.length && !blank(at)) at++; while (at < letters.length && blank(at)) at++; }
  } else if (by > 0) { while (at < letters.length && blank(at)) at++; while (at < letters.length && !blank(at)) at++; }
  else { at--; while (at > 0 && !blank(at)) at--; while (at > 0 && blank(at - 1)) at--; }
  const start = edge === "start" ? at : Number(decide.elements.start.value) - first;
  const end = edge === "end" ? at : Number(decide.elements.end.value) - first;
  if (start < 0 || end > letters.length || start >= end) return;
  field.value = at + first;
  document.getElementById("words").textContent = letters.slice(start, end).join("").replace(/\u0001/g, "");
  say(`Now: ${letters.slice(start, end).join("").replace(/\u0001/g, "")}. Say what it is.`);
}

function openAndFocus(id) {
  const field = document.getElementById(id);
  if (!field) return;
  field.closest("details").open = true;
  field.focus();
}

// The recording from a second before the chosen place on.
const recording = document.getElementById("recording");
function listen() {
  if (!recording || !chosen || !chosen.dataset.heard) return;
  const [hours, minutes, seconds] = chosen.dataset.heard.split(":").map(Number);
  recording.currentTime = Math.max(0, hours * 3600 + minutes * 60 + seconds - 1);
  recording.play().catch((error) => error.name !== "AbortError" && say("This recording cannot be played here, or it is not there any more."));
}

const KEYS = {
  n: () => { say(""); step(1, true); }, p: () => step(-1, false), j: () => step(1, false), k: () => step(-1, false),
  a: () => { if (picked) say("Say what the selected words are: 1 to 9, or x."); else if (chosen) ruled(chosen.dataset.label); }, x: () => ruled("none"),
  e: () => { const box = decide.elements.everywhere; box.checked = !box.checked; say(box.checked ? "Everywhere." : "Only here."); },
  "[": () => move("start", -1), "{": () => move("start", 1), "]": () => move("end", 1), "}": () => move("end", -1),
  m: () => { const found = selected(); const field = document.getElementById("missed"); if (found) field.value = found.words; field.focus(); },
  d: () => { openAndFocus("rewrite"); say("Write other words, or leave it empty to bracket it; Enter decides."); },
  c: () => openAndFocus("comment"),
  Escape: () => { getSelection().removeAllRanges(); if (picked) unpick(); },
  u: () => { if (!undoing.hidden) undoing.requestSubmit(); }, v: listen,
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches("textarea, select, input:not([type=checkbox])")) {
    event.target.blur();
    if (chosen) chosen.focus({ preventScroll: true });
    return;
  }
  if (!isKey(event)) return;
  if (event.key === "Enter" && chosen && !picked && event.target.closest(".mark") === chosen) {
    event.preventDefault();
    ruled(chosen.dataset.label);
    return;
  }
  const found = selected();
  if (found) pick(found);
  const number = /^[1-9]$/.test(event.key) ? LABELS[Number(event.key) - 1] : null;
  if (number) { event.preventDefault(); ruled(number); }
  else if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
});

// A click elsewhere in the text lets go of the words; one in the panel is about them.
document.addEventListener("selectionchange", () => {
  const found = selected();
  if (found) pick(found);
  else if (picked && getSelection().anchorNode && text.contains(getSelection().anchorNode)) unpick();
});

text.addEventListener("click", (event) => {
  const mark = event.target.closest(".mark");
  if (!mark) return;
  event.preventDefault();
  if (!selected()) choose(mark);
});
const play = document.getElementById("play");
if (play) { play.hidden = false; play.addEventListener("click", listen); }
document.getElementById("rewrite").addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  ruled("DETAIL");
});
decide.addEventListener("submit", (event) => { event.preventDefault(); ruled(event.submitter.value); });
document.querySelectorAll("#before, #next").forEach((link) => link.remove());
panel.addEventListener("click", (event) => {
  const edge = event.target.closest("[data-edge]");
  if (edge) { event.preventDefault(); move(edge.dataset.edge, Number(edge.dataset.by)); }
});
if (chosen) choose(chosen, false);
