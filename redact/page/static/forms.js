// A form is answered where it stands: what is amiss is said beside its button, and nothing that was typed is lost.
// Without this script the answer is a page of its own, with what was typed on it.
"use strict";

{
  const CLOSED = "The page is closed: start it again. This was not recorded, and what you typed is still here.";

  function problemOf(form, button) {
    const place = button && button.closest("p, td, li, fieldset") || form;
    let shown = form.querySelector(".problem");
    if (!shown) {
      shown = document.createElement("p");
      shown.className = "problem";
      shown.setAttribute("role", "alert");
    }
    if (place === form || !form.contains(place)) form.append(shown); else place.after(shown);
    return shown;
  }

  function tell(form, button, data) {
    const shown = problemOf(form, button);
    shown.textContent = data.error + (data.newer || []).map((one) => ` ${one.by}: ${one.label}.`).join("");
    if (data.href) {
      const link = document.createElement("a");
      link.href = data.href;
      link.textContent = "Look at it";
      shown.append(" ", link);
    }
    shown.scrollIntoView({ block: "nearest" });
  }

  // The same page keeps its place; another one opens.
  function goOn(to) {
    const url = new URL(to, location.href);
    if (url.pathname + url.search !== location.pathname + location.search) { location.assign(url); return; }
    if (url.hash) history.replaceState(null, "", url.hash);
    location.reload();
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || "plain" in form.dataset) return;
    event.preventDefault();
    if (form.dataset.sent) return;  // a second press while the answer travels would be an answer to nothing
    form.dataset.sent = "yes";
    const body = new URLSearchParams([...new FormData(form, event.submitter)]);
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    const data = answer ? await answer.json().catch(() => ({ error: CLOSED })) : { error: CLOSED };
    if (answer && answer.ok && data.to) { goOn(data.to); return; }
    delete form.dataset.sent;
    tell(form, event.submitter, data);
  });
}
