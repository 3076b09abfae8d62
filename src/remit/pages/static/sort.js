// Tables that can be sorted by their heads: a button in each head, aria-sort on the head, and the
// outcome told to screen readers. Without this script the tables stand in their first order.
(function () {
  "use strict";

  function cellOf(row, column) {
    return row.cells[column];
  }

  function textOf(cell) {
    return cell.dataset.value !== undefined ? cell.dataset.value : cell.textContent.trim();
  }

  function numberOf(cell) {
    var text = textOf(cell).replace(/[,%]/g, "").replace("\u2212", "-");
    var number = parseFloat(text);
    return isNaN(number) ? null : number;
  }

  function compare(kind, column) {
    if (kind === "number") {
      return function (a, b) {
        return numberOf(cellOf(a, column)) - numberOf(cellOf(b, column));
      };
    }
    return function (a, b) {
      return textOf(cellOf(a, column)).localeCompare(textOf(cellOf(b, column)), "en-GB", {
        numeric: true,
      });
    };
  }

  // Rows without a value stay at the end in either direction.
  function isEmpty(row, kind, column) {
    var cell = cellOf(row, column);
    return kind === "number" ? numberOf(cell) === null : textOf(cell) === "";
  }

  // The rows of each table as they came.
  var orders = new Map();

  function sort(table, head, status) {
    var column = head.cellIndex;
    var kind = head.dataset.sort;
    var direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    var body = table.tBodies[0];
    var all = Array.prototype.slice.call(body.rows);
    // Heads and lines between rows belong to the first order alone.
    var between = all.filter(function (row) { return row.dataset.between !== undefined; });
    var rows = all.filter(function (row) { return row.dataset.between === undefined; });
    var first = direction === "ascending" && head.dataset.firstOrder !== undefined;
    var full = rows.filter(function (row) { return !isEmpty(row, kind, column); });
    var empty = rows.filter(function (row) { return isEmpty(row, kind, column); });
    var order = compare(kind, column);
    full.sort(function (a, b) { return direction === "ascending" ? order(a, b) : order(b, a); });
    full.concat(empty).forEach(function (row) { body.appendChild(row); });
    between.forEach(function (row) { row.hidden = !first; });
    if (first) {
      orders.get(table).forEach(function (row) { body.appendChild(row); });
    }
    table.querySelectorAll("th[aria-sort]").forEach(function (other) {
      other.removeAttribute("aria-sort");
    });
    head.setAttribute("aria-sort", direction);
    status.textContent = "Sorted by " + head.textContent.trim() + ", " + direction + ".";
  }

  function enhance(table) {
    orders.set(table, Array.prototype.slice.call(table.tBodies[0].rows));
    var status = document.createElement("div");
    status.setAttribute("role", "status");
    status.className = "nhsuk-u-visually-hidden";
    table.parentNode.insertBefore(status, table);
    table.querySelectorAll("thead th[data-sort]").forEach(function (head) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "remit-sort";
      while (head.firstChild) {
        button.appendChild(head.firstChild);
      }
      head.appendChild(button);
      button.addEventListener("click", function () { sort(table, head, status); });
    });
  }

  document.querySelectorAll("table[data-sortable]").forEach(enhance);
})();
