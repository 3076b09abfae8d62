// Chooses which organisations stand side by side, from the address (?org=ZA1&org=ZA2). Every cell was
// written with the page; nothing is reckoned here but who has the best and the worst average.
(function () {
  "use strict";

  var all = window.remitCompared;
  var form = document.querySelector("[data-compare]");
  var table = document.getElementById("compared");
  var drawn = document.getElementById("shapes").content.querySelectorAll("svg");

  // What the address asks for, each once; blank is what a form sends of a choice that is left open.
  function asked(name) {
    var given = new URLSearchParams(window.location.search).getAll(name);
    var alike = given.map(function (one) { return one.trim().toUpperCase(); });
    return given.filter(function (one, at) { return alike[at] && alike.indexOf(alike[at]) === at; });
  }

  function knownOf(names, given) {
    return given.map(function (one) {
      return names.filter(function (name) { return name.toUpperCase() === one.trim().toUpperCase(); })[0];
    }).filter(Boolean);
  }

  function unknownOf(names, given) {
    return given.filter(function (one) { return !knownOf(names, [one]).length; });
  }

  var chosen = knownOf(Object.keys(all), asked("org"));
  var codes = chosen.slice(0, drawn.length);

  function listed(names) {
    return names.length < 2 ? names.join("")
      : names.slice(0, -1).join(", ") + " and " + names[names.length - 1];
  }

  var boxes = Array.from(form.querySelectorAll('input[name="metric"]'), function (box) {
    return box.value;
  });
  var metrics = knownOf(boxes, asked("metric"));

  // Who and what was asked for and is not shown, with the reason.
  function leftOut() {
    var others = unknownOf(Object.keys(all), asked("org"));
    var more = chosen.slice(drawn.length).map(function (code) { return all[code].name; });
    var passed = unknownOf(boxes, asked("metric"));
    var said = more.length ? " Left out, as " + drawn.length + " at most stand side by side: " +
      listed(more) + "." : "";
    said += chosen.length === 1 ? " One alone is not compared: " + all[chosen[0]].name + "." : "";
    said += others.length ? " Left out, as this page has no such code: " + listed(others) + "." : "";
    return said + (passed.length ? " Passed over, as this page has no such metric: " +
      listed(passed) + "." : "");
  }

  // As compare_view.overlap_of says it, with its words.
  function overlap() {
    var ranges = codes.map(function (code) { return all[code].range; }).filter(Boolean);
    var of = ranges.length * (ranges.length - 1) / 2;
    var count = 0;
    if (ranges.length < 2 || ranges.length < codes.length) {
      return "";
    }
    ranges.forEach(function (one, at) {
      ranges.slice(at + 1).forEach(function (other) {
        count += one[0] <= other[1] && other[0] <= one[1] ? 1 : 0;
      });
    });
    var key = count === of ? "all" : count ? "some" : "none";
    return " " + window.remitWords[key].replace("{count}", count).replace("{of}", of);
  }

  // As compare_view.claim_of says it; the figures are those of the cells.
  function ends() {
    var scored = codes.filter(function (code) { return all[code].average !== null; });
    if (scored.length < 2) {
      return "Fewer than two of the " + codes.length + " have an average score.";
    }
    scored.sort(function (a, b) { return all[a].average - all[b].average; });
    var shown = function (code) { return all[code].cells.average[0]; };
    var named = function (figure) {
      return listed(codes.filter(function (code) {
        return all[code].average !== null && shown(code) === figure;
      }).map(function (code) { return all[code].name; }));
    };
    var best = shown(scored[0]);
    var worst = shown(scored[scored.length - 1]);
    if (best === worst) {
      return "All " + scored.length + " have an average score of " + best + ".";
    }
    return "Best average score of these: " + named(best) + ", " + best + "; worst: " +
      named(worst) + ", " + worst + ".";
  }

  function letter(at) {
    return "ABCDEF".charAt(at);
  }

  function heads() {
    var row = table.tHead.rows[0];
    while (row.cells.length > 2) {
      row.deleteCell(2);
    }
    codes.forEach(function (code, at) {
      var head = document.createElement("th");
      var link = document.createElement("a");
      head.scope = "col";
      head.dataset.code = code;
      head.className = "n";
      head.setAttribute("role", "columnheader");
      link.href = window.remitMine.keep("../trusts/" + code.replace(/_/g, "-") + ".html");
      link.textContent = letter(at) + " " + all[code].name;
      head.append(drawn[at].cloneNode(true), " ", link);
      row.appendChild(head);
    });
  }

  function key() {
    var list = document.querySelector(".compare-key");
    list.textContent = "";
    codes.forEach(function (code, at) {
      var item = document.createElement("li");
      item.append(drawn[at].cloneNode(true), " " + letter(at) + " " + all[code].name);
      list.appendChild(item);
    });
  }

  // Segment, average, rank and domains stand always; of metrics those that are asked for.
  function wanted(id) {
    var box = form.querySelector('input[name="metric"][value="' + CSS.escape(id) + '"]');
    return !box || !metrics.length || metrics.indexOf(id) >= 0;
  }

  function over(part) {
    var id = part.dataset.over;
    var made = part.querySelector("table");
    var fold = part.closest("details");
    fold.hidden = !wanted(id);
    fold.open = fold.open || metrics.indexOf(id) >= 0;
    Array.prototype.forEach.call(made.rows, function (row, at) {
      while (row.cells.length > 1) {
        row.deleteCell(1);
      }
      codes.forEach(function (code, place) {
        var held = all[code].over[id];
        var cell = document.createElement(at ? "td" : "th");
        cell.className = "n";
        cell.setAttribute("role", at ? "cell" : "columnheader");
        if (at) {
          cell.dataset.label = letter(place);
          cell.textContent = held ? held[at - 1] : window.remitWords["not held"];
        } else {
          cell.scope = "col";
          cell.textContent = letter(place) + " " + all[code].name;
        }
        row.appendChild(cell);
      });
    });
  }

  function chooseMetrics() {
    form.querySelectorAll('input[name="metric"]').forEach(function (box) {
      box.checked = metrics.indexOf(box.value) >= 0;
    });
    if (metrics.length) {
      form.querySelector("[data-metrics-said]").textContent = metrics.length + " chosen";
    }
  }

  function cells(row) {
    while (row.cells.length > 2) {
      row.deleteCell(2);
    }
    row.hidden = !wanted(row.dataset.row) || codes.every(function (code) {
      return all[code].cells[row.dataset.row].join("") === window.remitWords["not held"];
    });
    codes.forEach(function (code, at) {
      var cell = row.insertCell();
      var words = all[code].cells[row.dataset.row];
      cell.setAttribute("role", "cell");
      cell.className = "n";
      cell.dataset.label = letter(at);
      cell.append(words[0]);
      if (words[1]) {
        var below = document.createElement("span");
        below.className = "remit-small";
        below.textContent = words[1];
        cell.appendChild(below);
      }
    });
  }

  function dots() {
    table.querySelectorAll("svg [data-code]").forEach(function (one) {
      var at = codes.indexOf(one.dataset.code);
      var place = one.querySelector("g");
      var shape;
      if (at >= 0) {
        shape = drawn[at].firstElementChild.cloneNode(true);
        one.parentNode.appendChild(one);
      } else {
        shape = document.createElementNS("http://www.w3.org/2000/svg", "circle");
        shape.setAttribute("class", "other");
        shape.setAttribute("r", "3.6");
      }
      place.replaceChildren(shape);
    });
  }

  // Without this script the form chooses nothing, and is not shown.
  form.hidden = false;
  var opens = document.querySelector("[data-first]");
  if (opens) {
    opens.hidden = codes.length >= 2;
  }
  if (codes.length < 2) {
    codes = Array.prototype.map.call(table.tHead.querySelectorAll("[data-code]"), function (head) {
      return head.dataset.code;
    });
  }
  chooseMetrics();
  // The reader's own organisation is handed on by me.js, where it has a page.
  var choice = new URLSearchParams(window.location.search);
  choice.delete("me");
  var query = choice.toString() && "?" + choice.toString();
  document.querySelectorAll(".remit-periods a").forEach(function (link) {
    var page = link.getAttribute("href").split("?")[0];
    link.setAttribute("href", window.remitMine.keep(page + query));
  });
  form.querySelectorAll("select").forEach(function (select, at) { select.value = codes[at] || ""; });
  var title = document.querySelector("[data-title]");
  title.textContent = codes.length + " " + title.dataset.title + " side by side";
  document.querySelector("[data-claim]").textContent = ends() + overlap() + leftOut();
  heads();
  key();
  Array.prototype.forEach.call(table.tBodies[0].rows, cells);
  dots();
  document.querySelectorAll("[data-over]").forEach(over);
})();
