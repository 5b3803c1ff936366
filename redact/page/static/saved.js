// Says when the safe texts have what was decided; asks only while they do not.
"use strict";

const saved = document.getElementById("saved");

async function look() {
  const answer = await fetch(saved.dataset.url).catch(() => null);
  if (!answer || !answer.ok) return;
  const now = await answer.json();
  saved.textContent = now.said;
  saved.classList.toggle("warning", now.state === "failed");
  if (now.state === "saving") setTimeout(look, 700);
}

if (saved) {
  if (saved.dataset.state === "saving") look();
  document.addEventListener("decided", () => { saved.textContent = "Saving …"; setTimeout(look, 700); });
}
