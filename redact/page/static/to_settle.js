// One key answers the word that has the focus; j and k go from word to word.
"use strict";

const words = [...document.querySelectorAll(".open > li")];
const first = (word) => word.querySelector("button");

function go(word) {
  if (!word) return;
  first(word).focus({ preventScroll: true });
  word.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (!isKey(event)) return;
  const at = words.indexOf(event.target.closest("li[id]"));
  if (event.key === "u") document.querySelector("#undo:not([hidden]) button")?.click();
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    go(words[Math.min(words.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)))]);
    return;
  }
  if (at < 0) return;
  const kind = words[at].querySelector("select");
  const chosen = { e: "everywhere", h: "here", x: "none" }[event.key];
  const button = chosen && words[at].querySelector(`button[value="${chosen}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  } else if (kind && /^[1-9]$/.test(event.key) && Number(event.key) <= kind.options.length) {
    event.preventDefault();
    kind.selectedIndex = Number(event.key) - 1;
  }
});

go(words.find((word) => `#${word.id}` === location.hash));
