// The key travels in the address's fragment, which no server sees, and goes on as a form.
"use strict";
if (location.hash.length > 1) {
  const key = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
  document.getElementById("token").value = key;
  document.getElementById("session").submit();
}
