// What scrolls sideways can be reached by keyboard.
addEventListener("load", () => {
  for (const part of document.querySelectorAll("pre, .table-wrapper")) {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
  }
  // The list of pages is longer than the window.
  const list = document.querySelector(".sidebar-scroll");
  const here = list?.querySelector(".sidebar-tree .current-page");
  if (here) list.scrollTo({ top: here.offsetTop - list.clientHeight / 2, behavior: "instant" });
});
