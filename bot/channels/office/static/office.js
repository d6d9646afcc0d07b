"use strict";
/* Passkeys, showing a password, and a note before the session ends. All else works without it. */
(() => {
  const NOTE_BEFORE = 120; // seconds before the end of the session
  const CHECK_EVERY = 5000; // milliseconds

  // ---- passkeys
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  function decoded(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const list of ["excludeCredentials", "allowCredentials"]) {
      for (const known of options[list] ?? []) known.id = bytes(known.id);
    }
    return options;
  }

  function encoded(made) {
    const response = { clientDataJSON: text(made.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[part]) response[part] = text(made.response[part]);
    }
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} });
  }

  async function asked(form, address) {
    const body = new URLSearchParams(new FormData(form));
    body.delete("password"); // it is no part of the question
    const answer = await fetch(address, { method: "POST", body });
    const found = await answer.json();
    if (!answer.ok) throw new Error(found.problem);
    return decoded(found);
  }

  async function use(button) {
    const form = button.form;
    const said = form.querySelector("[data-passkey-said]");
    said.textContent = "";
    let publicKey;
    try {
      publicKey = await asked(form, button.dataset.options);
    } catch (error) {
      said.textContent = error instanceof SyntaxError || error instanceof TypeError ? said.dataset.failed : error.message;
      return;
    }
    try {
      const made = await navigator.credentials[button.dataset.passkey]({ publicKey });
      form.elements.credential.value = encoded(made);
    } catch {
      said.textContent = said.dataset.failed;
      return;
    }
    form.submit();
  }

  for (const button of document.querySelectorAll("[data-passkey]")) {
    const without = button.form.querySelector("[data-passkey-without]");
    if (!window.PublicKeyCredential) {
      without.textContent = without.dataset.lacking;
      continue;
    }
    without.hidden = true;
    button.hidden = false;
    button.addEventListener("click", () => use(button));
  }

  // ---- showing a password
  for (const button of document.querySelectorAll("[data-shows]")) {
    const field = document.getElementById(button.dataset.shows);
    const labels = [button.textContent, button.dataset.hide];
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "password";
      field.type = shown ? "text" : "password";
      button.textContent = labels[Number(shown)];
      button.setAttribute("aria-pressed", String(shown));
    });
    field.form.addEventListener("submit", () => { field.type = "password"; });
  }

  // ---- the end of the session
  const { idle, stay } = document.body.dataset;
  if (!idle) return;
  let used = Date.now();
  let note = null;

  function show(id) {
    note?.remove();
    note = document.getElementById(id).content.firstElementChild.cloneNode(true);
    document.body.append(note);
    note.querySelector("button")?.addEventListener("click", async () => {
      const answer = await fetch(stay, { redirect: "manual" });
      if (answer.status !== 204) return show("idle-ended");
      used = Date.now();
      note.remove();
      note = null;
    });
  }

  setInterval(() => {
    const left = Number(idle) - (Date.now() - used) / 1000;
    const wanted = left <= 0 ? "idle-ended" : left <= Math.min(NOTE_BEFORE, Number(idle) / 2) ? "idle-soon" : null;
    if (!wanted || note?.dataset.kind === wanted) return;
    show(wanted);
    note.dataset.kind = wanted;
  }, CHECK_EVERY);
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload(); // a page from memory may show what a signed-out person may not see
  });
})();
