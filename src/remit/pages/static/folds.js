// A link to a place inside a folded part opens it. Browsers that do so by themselves lose nothing;
// without this script a part is opened by its summary.
(function () {
  "use strict";

  function reveal() {
    var name = decodeURIComponent(window.location.hash.slice(1));
    var place = name && document.getElementById(name);
    if (!place) {
      return;
    }
    for (var part = place; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") {
        part.open = true;
      }
    }
    place.scrollIntoView();
  }

  window.addEventListener("hashchange", reveal);
  // The same place asked for again, after the reader has closed the part.
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href^='#']");
    if (link && link.hash === window.location.hash) {
      reveal();
    }
  });
  reveal();
})();
