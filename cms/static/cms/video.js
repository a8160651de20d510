/*
 * Plays a linked video in the page. Without this script the link leads to the provider's own page; with it,
 * nothing is asked of the provider before the visitor follows the link.
 * Loaded as a module: a page with several videos runs it once.
 */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-embed-url]");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return;
  }
  event.preventDefault();
  const player = document.createElement("iframe");
  player.src = link.dataset.embedUrl;
  player.title = link.dataset.embedTitle;
  player.allow = "autoplay; fullscreen; picture-in-picture";
  player.allowFullscreen = true;
  player.referrerPolicy = "strict-origin-when-cross-origin";
  player.tabIndex = -1;
  link.closest(".video").replaceChildren(player);
  player.focus();
});
