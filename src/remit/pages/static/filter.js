// Filters over the rows of a table, by words, region and ICB. The form is hidden until this
// script can serve it.
(function () {
  "use strict";

  function wordsOf(row) {
    return (row.textContent + " " + (row.dataset.words || "")).toLowerCase();
  }

  function enhance(form) {
    var table = document.getElementById(form.dataset.filter);
    var all = Array.prototype.slice.call(table.tBodies[0].rows);
    // Heads and lines between rows make no sense among some of them.
    var between = all.filter(function (row) { return row.dataset.between !== undefined; });
    var rows = all.filter(function (row) { return row.dataset.between === undefined; });
    var text = form.querySelector("[data-filter-text]");
    var choices = Array.prototype.slice.call(form.querySelectorAll("[data-filter-by]"));
    var count = form.querySelector("[data-filter-count]");

    function fits(row, words) {
      return (
        words.every(function (word) { return wordsOf(row).indexOf(word) >= 0; }) &&
        choices.every(function (choice) {
          return !choice.value || row.dataset[choice.dataset.filterBy] === choice.value;
        })
      );
    }

    function apply() {
      var words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row) {
        row.hidden = !fits(row, words);
        shown += row.hidden ? 0 : 1;
      });
      between.forEach(function (row) { row.hidden = shown < rows.length; });
      count.textContent = shown + " of " + rows.length + " " + form.dataset.noun + " shown";
    }

    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { window.setTimeout(apply, 0); });
    apply();
  }

  document.querySelectorAll("form[data-filter]").forEach(enhance);
})();
