// A table as a file (CSV), with the rows as they are sorted and filtered on the page. Files that
// need no script lie beside the pages where a page says so.
(function () {
  "use strict";

  // What stands on a line of its own in a cell. It is told by the markup and not by how it is laid
  // out, so that a phone and a wide screen give the same file.
  var LINES = "p, div, ul, ol, li, dl, dt, dd, small, .remit-small, .remit-rule, .remit-cell, " +
    ".who-remark, .plan-why";
  var LINE = "\n";

  function collected(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      return node.data.replace(/\s+/g, " ");
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches("svg, .remit-mine-word, .who-unfold")) {
      return "";
    }
    if (node.localName === "br") {
      return LINE;
    }
    var text = Array.prototype.map.call(node.childNodes, function (child) {
      var before = child.previousSibling;
      var joins = child.nodeType === Node.ELEMENT_NODE && before &&
        before.nodeType === Node.ELEMENT_NODE && !child.matches(".nhsuk-u-visually-hidden");
      return (joins ? " " : "") + collected(child);
    }).join("");
    return node.matches(LINES) ? LINE + text + LINE : text;
  }

  function tidy(text) {
    return text.replace(/\s+/g, " ").trim();
  }

  // The words of a cell, its lines apart; of one with a drawing alone the words of that.
  function words(cell) {
    var said = collected(cell).split(LINE).map(tidy).filter(Boolean).join("; ");
    var drawn = said ? null : cell.querySelector("svg[aria-label]");
    return drawn ? tidy(drawn.dataset.said || drawn.getAttribute("aria-label")) : said;
  }

  // What a spreadsheet would take for a formula is text; the same law as that of the CSV files.
  var BEFORE = "^[\\s\"'`‘’“”\u200b-\u200f\u2060\ufeff]*";
  var NUMBER = "[+\\-](?=\\.?\\d)(?:\\d{1,3}(?:,\\d{3})+|\\d+)?(?:\\.\\d+)?(?:[eE][+\\-]?\\d+)?%?$";
  var FORMULA = new RegExp(BEFORE + "(?:[=@＝＠]|(?!" + NUMBER + ")[+\\-＋－])");

  // The minus of typography is none that a spreadsheet adds up.
  function field(said) {
    var text = said.replace(/\u2212/g, "-");
    var safe = FORMULA.test(text) ? "'" + text : text;
    return '"' + safe.replace(/"/g, '""') + '"';
  }

  function csv(table) {
    var found = [];
    table.querySelectorAll("tr").forEach(function (row) {
      // A row for the eye alone, such as the axis of small charts, is no row of figures.
      if (row.hidden || row.getAttribute("aria-hidden") === "true") {
        return;
      }
      var fields = [];
      Array.prototype.forEach.call(row.cells, function (cell) {
        fields.push(field(words(cell)));
        for (var more = 1; more < cell.colSpan; more += 1) {
          fields.push('""');
        }
      });
      found.push(fields.join(","));
    });
    return "\uFEFF" + found.join("\r\n") + "\r\n";
  }

  function save(table) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv(table)], { type: "text/csv" }));
    link.download = table.id + ".csv";
    link.click();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  document.querySelectorAll("main table[id]").forEach(function (table) {
    var caption = table.caption ? words(table.caption) : table.id;
    var place = document.createElement("p");
    place.className = "remit-downloads remit-table-downloads";
    var button = document.createElement("button");
    button.type = "button";
    button.className = "remit-link-button";
    button.innerHTML = 'Table (CSV)<span class="nhsuk-u-visually-hidden"></span>';
    button.lastChild.textContent = ": " + caption;
    button.addEventListener("click", function () { save(table); });
    var link = document.createElement("a");
    link.href = "#" + table.id;
    link.innerHTML = 'Link to this table<span class="nhsuk-u-visually-hidden"></span>';
    link.lastChild.textContent = ": " + caption;
    place.append(button, " ", link);
    var frame = table.closest(".remit-scroll") || table;
    frame.after(place);
  });
})();
