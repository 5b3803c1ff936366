// Asks again until the study is open; the key in the address stays where it is.
"use strict";
setTimeout(() => location.reload(), 400);
