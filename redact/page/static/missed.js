// One key makes the words of a row a name everywhere, or no name; j and k go from row to row.
"use strict";

const rows = [...document.querySelectorAll("tbody tr")];
const button = (row) => row.querySelector("button");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const at = rows.indexOf(event.target.closest("tr"));
  if (event.key === "j" || event.key === "k") {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)))];
    if (!next) return;
    event.preventDefault();
    button(next).focus();
    next.scrollIntoView({ block: "center" });
  } else if (at >= 0 && /^[1-9]$/.test(event.key)) {
    const kind = rows[at].querySelector("select");
    if (Number(event.key) > kind.options.length) return;
    event.preventDefault();
    kind.selectedIndex = Number(event.key) - 1;
    button(rows[at]).click();
  } else if (at >= 0 && event.key === "x") {
    event.preventDefault();
    rows[at].querySelector('button[name="none"]').click();
  }
});
