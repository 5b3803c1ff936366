// A page that waits for something says so in data-wait; it is asked again until it does not.
"use strict";
let touched = false;
let leaves = false; // whoever pressed something goes where they meant to go
addEventListener("input", () => { touched = true; });
addEventListener("click", (event) => { leaves ||= Boolean(event.target.closest("a, button")); });
addEventListener("pageshow", () => { leaves = false; });

async function again() {
  const waits = document.querySelector("[data-wait]");
  if (!waits || leaves) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer) { setTimeout(again, 3000); return; }
  if (leaves) return;
  if (answer.redirected) { location.replace(answer.url); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (leaves) return;
  if (page.querySelector("[data-wait]")) {
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = page.getElementById(part.id);
      if (now && now.innerHTML !== part.innerHTML) part.replaceWith(document.adoptNode(now));
    }
    setTimeout(again, 1000);
  } else if (touched) waits.textContent = waits.dataset.wait; // what was typed is not lost
  else location.reload();
}
setTimeout(again, 700);
