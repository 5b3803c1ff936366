// One letter, one meaning, on every page; they can be turned off (WCAG 2.1.4). Loaded before the pages' own scripts.
"use strict";

{
  const letters = document.getElementById("letters");
  const keysShown = document.getElementById("keys");
  const OFF = "letters are off";

  function lettersOn() {
    try { return localStorage.getItem(OFF) !== "yes"; } catch { return letters.checked; }
  }

  // Whether this key is meant for the page: not for a field, not with another key, and not where letters are off.
  globalThis.isKey = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || keysShown.open) return false;
    if (/^(?:SELECT|TEXTAREA)$/.test(event.target.tagName)) return false;
    if (event.target.tagName === "INPUT" && !/^(?:checkbox|radio|button|submit)$/.test(event.target.type)) return false;
    return event.key.length > 1 || lettersOn();
  };

  document.cookie = `script=on; path=${keysShown.dataset.root}/; samesite=strict`;  // pages may come in parts
  letters.checked = lettersOn();
  letters.addEventListener("change", () => {
    try { localStorage.setItem(OFF, letters.checked ? "no" : "yes"); } catch { /* for this page only */ }
  });
  const opener = document.getElementById("show-keys");
  opener.hidden = false;
  opener.addEventListener("click", () => keysShown.showModal());
  keysShown.querySelector("button").addEventListener("click", () => keysShown.close());

  const GO = { t: "tasks", w: "who", r: "read", c: "check" };
  let going = false;
  document.addEventListener("keydown", (event) => {
    if (!isKey(event)) return;
    if (going) {
      going = false;
      const link = GO[event.key] && document.querySelector(`nav [data-go="${GO[event.key]}"]`);
      event.preventDefault();
      event.stopImmediatePropagation();
      if (link) link.click();
    } else if (event.key === "g") {
      going = true;
      event.stopImmediatePropagation();
    } else if (event.key === "?") {
      event.preventDefault();
      keysShown.showModal();
    } else if (event.key === "/") {
      const field = document.querySelector("[role=search] input[name=q]");
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    }
  });
}
