// One key makes the words of a row a name everywhere, or no name; j and k go from row to row. A row that is decided
// goes, and everything else stays where it is.
"use strict";

const rows = () => [...document.querySelectorAll("tbody tr")];
const button = (row) => row.querySelector("button");
const told = document.getElementById("told");

function go(row) {
  if (!row) return;
  button(row).focus({ preventScroll: true });
  button(row).scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (!isKey(event)) return;
  const all = rows();
  const at = all.indexOf(event.target.closest("tr"));
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    go(all[Math.min(all.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)))]);
  } else if (at >= 0 && /^[1-9]$/.test(event.key)) {
    const kind = all[at].querySelector("select");
    if (Number(event.key) > kind.options.length) return;
    event.preventDefault();
    kind.selectedIndex = Number(event.key) - 1;
    button(all[at]).click();
  } else if (event.key === "u") {
    document.querySelector("#undo:not([hidden]) button")?.click();
  } else if (at >= 0 && event.key === "x") {
    event.preventDefault();
    all[at].querySelector('button[name="none"]').click();
  }
});

document.addEventListener("submit", async (event) => {
  const row = event.target.closest("tbody tr");
  if (!row) return;
  event.preventDefault();
  if (row.dataset.sent) return;
  row.dataset.sent = "yes";
  const body = new URLSearchParams([...new FormData(event.target, event.submitter)]);
  const answer = await fetch(event.target.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
  const data = answer ? await answer.json() : { error: "The page is closed: start it again. This was not recorded." };
  if (!answer || !answer.ok) {
    delete row.dataset.sent;
    told.textContent = data.error;
    return;
  }
  const all = rows();
  const next = all[all.indexOf(row) + 1] || all[all.indexOf(row) - 1];
  told.textContent = `Recorded for “${row.querySelector("th").textContent}”: ${data.places} ${data.places === 1 ? "place" : "places"}.`;
  row.remove();
  document.querySelectorAll("[name=seen]").forEach((field) => { field.value = data.batch; });
  const undoing = document.getElementById("undo");
  undoing.hidden = false;
  undoing.elements.batch.value = data.batch;
  undoing.querySelector("button span").textContent = `“${row.querySelector("th").textContent}”`;
  document.dispatchEvent(new Event("decided"));
  go(next);
});
