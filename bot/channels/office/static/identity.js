"use strict";
/* Hands over what Telegram put behind the # of the address of a page that its button opened. No script of Telegram's is
   loaded: the page asks nothing of another server. The address is cleaned, so that no history holds it. */
(() => {
  const field = document.querySelector("[data-telegram]");
  if (!field) return;
  field.value = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData") ?? "";
  history.replaceState(null, "", location.pathname);
})();
