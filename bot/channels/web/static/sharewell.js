"use strict";
/* Sends forms without loading the page again, and leaves at once. Every page works without it. */
(() => {
  const ESCAPES_WITHIN = 1500; // milliseconds between the two presses of Escape that leave
  const leaveForm = document.getElementById("leave");
  const log = document.getElementById("log");
  const say = document.getElementById("say");
  const stop = new AbortController();
  let escaped = -Infinity;
  let busy = false;

  function leave() {
    const body = new URLSearchParams({ then: "stay" });
    stop.abort();
    if (!navigator.sendBeacon("/end", body)) fetch("/end", { method: "POST", body, keepalive: true });
    document.title = "\u200b";
    document.body.replaceChildren();
    location.replace(leaveForm.dataset.to);
  }

  leaveForm.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    if (event.timeStamp - escaped < ESCAPES_WITHIN) leave();
    escaped = event.timeStamp;
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload(); // a page from memory may show a conversation that has been wiped
  });
  if (!log || !say) return;

  const field = document.getElementById("text");
  const problem = document.getElementById("problem");
  const status = document.getElementById("status");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  function intoView(element) {
    element.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  }

  function showProblem(summary) {
    problem.replaceChildren(summary);
    if (summary.querySelector(".to-field")) field.setAttribute("aria-invalid", "true");
    summary.focus();
  }

  function setEntry(entry) {
    for (const id of ["label", "hint"]) {
      const element = document.getElementById(id);
      element.textContent = element.dataset[entry];
    }
    field.spellcheck = entry !== "private";
  }

  function setToken(token) {
    if (token) for (const input of document.querySelectorAll("input[name=csrf]")) input.value = token;
  }

  function retireNewest() {
    const old = document.getElementById("newest");
    const hadFocus = old.contains(document.activeElement) || !!document.activeElement.closest("#alarm");
    old.removeAttribute("id");
    for (const form of old.querySelectorAll("form")) form.remove();
    if (old.dataset.private) {
      const told = document.createElement("p");
      told.textContent = old.dataset.private;
      old.replaceChildren(old.querySelector("h2"), told);
    }
    return hadFocus;
  }

  function addTurn(fragment) {
    const hadFocus = retireNewest();
    log.append(...fragment.querySelector("#turn").children);
    document.getElementById("alarm").replaceWith(fragment.querySelector("#alarm"));
    problem.replaceChildren();
    document.getElementById("summary")?.remove();
    document.getElementById("arrived")?.remove();
    field.removeAttribute("aria-invalid");
    setEntry(fragment.dataset.entry);
    const newest = document.getElementById("newest");
    if (hadFocus) newest.focus({ preventScroll: true }); // the pressed button is gone: go on from its answer
    intoView(newest.previousElementSibling ?? newest);
  }

  async function send(form, submitter) {
    const typed = form === say;
    const body = new URLSearchParams(new FormData(form, submitter));
    const response = await fetch(form.action, {
      method: "POST", body, headers: { "X-Sharewell": "fragment" }, signal: stop.signal,
    });
    if (response.headers.has("X-Sharewell-Go")) {
      location.replace(response.headers.get("X-Sharewell-Go"));
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fragment = page.getElementById("fragment");
    if (!fragment) throw new TypeError("no fragment");
    document.title = fragment.dataset.title;
    setToken(fragment.dataset.csrf);
    if (!response.ok) return showProblem(fragment.querySelector("#summary"));
    if (typed) field.value = "";
    addTurn(fragment);
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form !== say && !form.matches("[data-press]")) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    status.textContent = status.dataset.sending;
    document.body.classList.add("busy");
    try {
      await send(form, event.submitter);
    } catch (error) {
      if (error.name !== "AbortError") {
        showProblem(document.getElementById("unsent").content.firstElementChild.cloneNode(true));
      }
    } finally {
      busy = false;
      status.textContent = "";
      document.body.classList.remove("busy");
    }
  });

  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    say.requestSubmit();
  });
  const newest = document.getElementById("newest");
  const elsewhere = document.getElementById("summary") ?? document.getElementById("arrived");
  if (newest?.previousElementSibling && !elsewhere) intoView(newest.previousElementSibling);
})();
