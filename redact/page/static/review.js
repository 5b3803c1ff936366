// Keys for everything that the forms do. Without this script the forms do it.
"use strict";

const panel = document.getElementById("panel");
const root = panel.dataset.root;
const text = document.getElementById("text");
const decide = document.getElementById("decide");
const remark = document.getElementById("remark");
const said = document.getElementById("said");
const LABELS = [...document.querySelectorAll("#decide button[name=label]")].map((b) => b.value).filter((v) => v !== "none" && v !== "DETAIL");
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

function choose(mark, focus = true) {
  if (!mark || !decide) return;
  if (chosen) chosen.removeAttribute("aria-current");
  chosen = mark;
  mark.setAttribute("aria-current", "true");
  decide.elements.start.value = mark.dataset.start;
  decide.elements.end.value = mark.dataset.end;
  remark.elements.start.value = mark.dataset.start;
  remark.elements.end.value = mark.dataset.end;
  document.getElementById("words").textContent = original(mark);
  document.getElementById("why").textContent = mark.dataset.why || "a reviewer";
  document.getElementById("score").textContent = mark.dataset.score;
  const heard = document.getElementById("heard");
  heard.textContent = mark.dataset.heard;
  heard.parentElement.hidden = !mark.dataset.heard;
  const safe = mark.closest(".line").querySelectorAll(".safe b");
  const shown = [...mark.closest(".line").querySelectorAll(".mark:not(.kept)")].indexOf(mark);
  document.getElementById("shown").textContent = shown < 0 ? original(mark) : (safe[shown] || {}).textContent || "";
  decide.querySelectorAll("button[name=label]").forEach((b) => b.classList.toggle("same", b.value === mark.dataset.label));
  mark.scrollIntoView({ block: "center" });
  if (focus) mark.focus({ preventScroll: true });
}

function step(by, doubtfulOnly) {
  const all = marks();
  const at = all.indexOf(chosen);
  for (let n = 1; n <= all.length; n++) {
    const next = all[(at + by * n + all.length * 2) % all.length];
    if (!doubtfulOnly || next.dataset.state === "doubtful") { choose(next); return true; }
  }
  say(`${said.textContent} No doubtful place is left here.`.trim());
  return false;
}

async function send(path, fields) {
  const body = new URLSearchParams({ doc: panel.dataset.doc, seen: newest, ...fields });
  const headers = { "X-CSRF": panel.dataset.csrf, Accept: "application/json" };
  const answer = await fetch(root + path, { method: "POST", body, headers }).catch(() => null);
  if (!answer) { say("The page is closed: start redact review again. This was not recorded."); return null; }
  const data = await answer.json();
  if (!answer.ok) {
    const newer = (data.newer || []).map((one) => `${one.by}: ${one.label}`).join("; ");
    say(newer ? `${data.error} (${newer})` : data.error);
    return null;
  }
  newest = data.batch;
  document.querySelector("#undo [name=batch]").value = newest;
  document.querySelector("#undo button").disabled = false;
  return data;
}

async function redraw(lines) {
  const answer = await fetch(`${root}/t/${encodeURIComponent(panel.dataset.doc)}/lines?n=${lines.join(",")}`).catch(() => null);
  if (!answer) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  drawn.querySelectorAll(".line").forEach((line) => document.getElementById(line.id).replaceWith(document.adoptNode(line)));
  document.getElementById("left").textContent = text.querySelectorAll(".mark.doubtful").length;
}

async function ruled(label) {
  if (!decide) return;
  const start = Number(decide.elements.start.value);
  const mark = chosen;
  const fields = { start, end: decide.elements.end.value, label };
  if (label === "DETAIL") fields.text = decide.elements.text.value;
  else if (decide.elements.everywhere.checked) fields.everywhere = "yes";
  if (mark) { mark.dataset.state = "accepted"; mark.className = `mark ${label === "none" ? "kept" : "accepted"}`; }
  const data = await send("/decide", fields);
  if (!data) { await redraw([Number(mark.closest(".line").dataset.line)]); return; }
  await redraw(data.lines);
  decide.elements.text.value = "";
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

function selected() {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  if (!range || range.collapsed) return null;
  const start = offset(range.startContainer, range.startOffset);
  const end = offset(range.endContainer, range.endOffset);
  return start === null || end === null || end <= start ? null : { start, end, words: getSelection().toString().trim() };
}

// The words of the line about the chosen mark, so that its edges can move by a word.
function move(edge, by) {
  if (!chosen) return;
  const line = chosen.closest(".line").querySelector(".original");
  const copy = line.cloneNode(true);
  copy.querySelectorAll(".kind").forEach((kind) => kind.remove());
  copy.querySelectorAll(".unseen").forEach((one) => one.replaceWith("\u0001"));
  const letters = Array.from(copy.textContent);
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
  say(`Now: ${letters.slice(start, end).join("").replace(/\u0001/g, "")}. Give its kind.`);
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
  a: () => chosen && ruled(chosen.dataset.label), x: () => ruled("none"),
  e: () => { const box = decide.elements.everywhere; box.checked = !box.checked; say(box.checked ? "Everywhere." : "Only here."); },
  "[": () => move("start", -1), "{": () => move("start", 1), "]": () => move("end", 1), "}": () => move("end", -1),
  m: () => { const found = selected(); const field = document.getElementById("missed"); if (found) field.value = found.words; field.focus(); },
  d: () => {
    const found = selected();
    if (found) { decide.elements.start.value = found.start; decide.elements.end.value = found.end; document.getElementById("words").textContent = found.words; }
    openAndFocus("rewrite");
    say("Write other words, or leave it empty to bracket it; Enter decides.");
  },
  c: () => { const found = selected(); if (found) { remark.elements.start.value = found.start; remark.elements.end.value = found.end; } openAndFocus("comment"); },
  u: () => document.querySelector("#undo button").click(), l: listen,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const found = selected();
  const number = /^[1-9]$/.test(event.key) ? LABELS[Number(event.key) - 1] : null;
  if (number && found) {
    event.preventDefault();
    getSelection().removeAllRanges();
    const everywhere = decide && decide.elements.everywhere.checked ? { everywhere: "yes" } : {};
    send("/decide", { start: found.start, end: found.end, label: number, ...everywhere }).then((data) => data && redraw(data.lines).then(() => say(data.places > 1 ? `Added in ${data.places} places.` : "Added.")));
  } else if (number) { event.preventDefault(); ruled(number); }
  else if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
});

text.addEventListener("click", (event) => {
  const mark = event.target.closest(".mark");
  if (mark) { event.preventDefault(); choose(mark); }
});
const play = document.getElementById("play");
if (play) { play.hidden = false; play.addEventListener("click", listen); }
if (decide) {
  document.getElementById("rewrite").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    ruled("DETAIL");
  });
  decide.addEventListener("submit", (event) => { event.preventDefault(); ruled(event.submitter ? event.submitter.value : chosen.dataset.label); });
  decide.querySelectorAll("#before, #next").forEach((link) => link.remove());
}
if (chosen) choose(chosen, false);
