// What takes long to be found comes after the page: it is asked for once, and put where the page says that it looks.
"use strict";

{
  const place = document.querySelector("#later[data-url]");
  const load = async () => {
    const answer = await fetch(place.dataset.url, { headers: { "X-Part": "later" } }).catch(() => null);
    const page = answer && answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page && page.getElementById("later");
    if (!found) { place.textContent = "This could not be loaded: load the page again."; return; }
    place.replaceChildren(...found.childNodes);
    place.removeAttribute("aria-busy");
    document.dispatchEvent(new Event("later"));
  };
  if (place) load();
}
