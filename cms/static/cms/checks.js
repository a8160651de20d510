// What this site adds to Wagtail's content checker, on a page and in the editor's preview of it.
// Patterns and limits come with the configuration: see cms/pages/checks/checker.py.
(() => {
  const userbar = document.querySelector("wagtail-userbar");
  if (!userbar) return;

  const words = (element) =>
    (element.getAttribute("aria-label") || element.textContent).replace(/\s+/g, " ").trim();
  const isNot = (element, { pattern }) => !new RegExp(pattern).test(words(element));

  userbar.registerCheck("check-link-text", isNot);
  userbar.registerCheck("check-capitals", isNot);
  userbar.registerCheck(
    "check-paragraph-length",
    (element, { limit }) => words(element).split(" ").length <= limit,
  );
})();
