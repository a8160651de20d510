// What is written outlives the session of whoever writes it. While nobody is signed in, or somebody
// else, nothing is sent; afterwards all forms and scripts have the new token, and saving goes on.
(() => {
  const INTERVAL = 10_000;
  const PATIENCE = 5_000;
  const notice = document.getElementById("session-notice");
  let owner = notice.dataset.owner;
  let found = null;
  let signedIn = "owner";
  let waiting = null;
  let checked = null;

  const pings = () => window.wagtail.app.queryController("w-session");
  const hasForm = () => document.querySelector("main form[method=post i]") !== null;

  function renewToken() {
    window.wagtailConfig.CSRF_TOKEN = found.token;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
      field.value = found.token;
    }
  }

  function goOnSaving() {
    // Wagtail's indicator of saving is controlled by the same name.
    const form = document.querySelector("form[data-controller~='w-autosave']");
    const of = (name) => window.wagtail.app.getControllerForElementAndIdentifier(form, name);
    if (form && of("w-unsaved").hasEditsValue) of("w-autosave").save();
  }

  function follow() {
    const before = signedIn;
    signedIn = !found.user ? "nobody" : found.user === owner ? "owner" : "another";
    if (signedIn === "owner") renewToken();
    for (const part of notice.querySelectorAll("[data-shown-for]")) {
      part.hidden = part.dataset.shownFor !== signedIn;
    }
    notice.querySelector("[data-name]").textContent = found.name ?? "";
    notice.togglePopover(signedIn !== "owner");
    if (signedIn !== "owner") {
      // What Wagtail's editor asks every ten seconds would be refused each time, or be the other's.
      pings()?.pause();
    } else if (before !== "owner") {
      pings()?.resume();
      goOnSaving();
    }
  }

  async function check() {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const response = await fetch(notice.dataset.url, { cache: "no-store", signal });
      if (!response.ok) return;
      found = await response.json();
    } catch {
      // Whether anybody is signed in is not known; that the site does not answer, Wagtail says.
      return;
    }
    follow();
  }

  async function askBeforeSending(event) {
    const { target: form, submitter } = event;
    if (form === checked || form.getAttribute("method")?.toLowerCase() !== "post") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form === waiting) return;
    waiting = form;
    await check();
    waiting = null;
    if (signedIn !== "owner") {
      // Wagtail's button takes it for sent, and would wait for half a minute.
      submitter?.setAttribute("data-w-progress-loading-value", "false");
      notice.focus();
      return;
    }
    // The value of a button that waits would not be sent.
    const waits = submitter?.disabled;
    if (waits) submitter.disabled = false;
    checked = form;
    form.requestSubmit(submitter);
    checked = null;
    if (waits) submitter.disabled = true;
  }

  window.addEventListener("submit", askBeforeSending, { capture: true });
  window.addEventListener(
    "w-autosave:save",
    (event) => {
      if (signedIn === "owner") return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  notice.querySelector("[data-accept]").addEventListener("click", () => {
    owner = found.user;
    follow();
  });

  // What Wagtail asks by itself is refused then. Its editors ask every ten seconds, until they pause.
  document.addEventListener("w-autosave:error", check);
  document.addEventListener("w-swap:error", check);
  setInterval(() => {
    if (!document.hidden && hasForm() && !pings()?.activeValue) check();
  }, INTERVAL);
  for (const [target, name] of [[window, "focus"], [document, "visibilitychange"]]) {
    target.addEventListener(name, () => !document.hidden && hasForm() && check());
  }
})();
