// The reader's own organisation. It is kept in the address (?me=ZA1) and handed on from link to link;
// nothing stays in the browser. Rows and marks that bear its code are marked on every page. A code
// that no page is about is told, and not handed on.
(function () {
  "use strict";

  var body = document.body;
  var place = document.getElementById("mine");
  var given = new URLSearchParams(window.location.search).get("me") || "";
  var code = /^[A-Za-z0-9]{2,8}$/.test(given) ? given.toUpperCase() : "";
  var known = false;
  var root = body.dataset.index.replace(/static\/search-index\.js$/, "");

  function withCode(href, chosen) {
    var parts = href.split("#");
    var halves = parts[0].split("?");
    var asked = new URLSearchParams(halves[1] || "");
    asked.set("me", chosen);
    return halves[0] + "?" + asked.toString() + (parts[1] !== undefined ? "#" + parts[1] : "");
  }

  function keep(href) {
    return known && /^[^:?#]*\.html(?:[?#]|$)/.test(href) ? withCode(href, code) : href;
  }

  function index(then) {
    if (window.remitIndex) {
      then(window.remitIndex);
      return;
    }
    var script = document.createElement("script");
    script.src = body.dataset.index;
    script.addEventListener("load", function () { then(window.remitIndex); });
    document.head.appendChild(script);
  }

  function pageOf(pages, wanted) {
    return wanted && pages.filter(function (page) { return page.code === wanted; })[0];
  }

  function link(href, words) {
    var made = document.createElement("a");
    made.href = href;
    made.textContent = words;
    return made;
  }

  // Which organisation is the reader's, and the way to another: the page that is open, or the search.
  function tell(found) {
    var mine = pageOf(found.pages, code);
    var open = pageOf(found.pages, body.dataset.about);
    var other = open && open.code !== code;
    place.textContent = "";
    if (mine) {
      place.append("My organisation: ", link(root + keep(mine.path), mine.name));
    } else if (given) {
      // What is no code is not repeated: an address is written by anybody.
      place.append("No page of this site is about " + (code || "the organisation in the address"));
    }
    if (other) {
      place.append(place.textContent ? " \u00b7 " : "", link(withCode(window.location.pathname.split("/").pop() +
        window.location.search, open.code), "make " + open.name + " my organisation"));
    }
    if (mine && !other) {
      place.append(" \u00b7 ", link(root + keep("find.html"), "change"));
    }
    place.hidden = !place.textContent;
    if (!place.hidden) {
      place.closest("section").hidden = false;
    }
  }

  var WORDS = "\u25c6 my organisation";

  function word(parent) {
    var said = document.createElement("span");
    said.className = "remit-small remit-mine-word";
    said.textContent = " " + WORDS;
    parent.appendChild(said);
  }

  // A dot becomes a diamond on top of the others; an area of a map has a thick outline. Where the
  // page's own organisation is the diamond, the reader's is a hollow one.
  function draw(one) {
    var chart = one.ownerSVGElement;
    var dot = one.tagName.toLowerCase() === "g" && one.querySelector("circle, path");
    var title = one.querySelector("title");
    one.parentNode.appendChild(one);
    if (dot && !chart.classList.contains("mark--compared")) {
      var made = document.createElementNS("http://www.w3.org/2000/svg", "path");
      made.setAttribute("d", "M0-7 7 0 0 7-7 0z");
      made.setAttribute("class", chart.querySelector(".point--mine") ? "hollow" : "filled");
      dot.replaceWith(made);
    }
    if (title) {
      title.textContent = title.textContent + " (my organisation)";
    }
    tellBelow(chart, title);
  }

  // A strip in a table has no room for a line of its own; its dot says the name.
  function tellBelow(chart, title) {
    var place = chart.closest(".remit-dots, .remit-map-part");
    if (title && place && !place.querySelector(".remit-mine-said")) {
      var line = document.createElement("p");
      line.className = "remit-small remit-mine-said";
      line.textContent = "\u25c6 " + title.textContent;
      place.appendChild(line);
    }
  }

  function mark() {
    document.querySelectorAll('[data-code="' + code + '"], tr[id="' + code + '"]').forEach(function (one) {
      one.classList.add("mine");
      if (one.ownerSVGElement) {
        draw(one);
      } else if (one.tagName === "TR") {
        word(one.querySelector("th") || one.cells[0]);
      } else {
        word(one);
      }
    });
  }

  function handOn() {
    document.querySelectorAll("a[href]").forEach(function (one) {
      one.setAttribute("href", keep(one.getAttribute("href")));
    });
    document.querySelectorAll('form[method="get"]').forEach(function (form) {
      var field = document.createElement("input");
      field.type = "hidden";
      field.name = "me";
      field.value = code;
      form.appendChild(field);
    });
  }

  window.remitMine = { code: code, keep: keep, index: index, root: root };
  if (code) {
    mark();
  }
  if (given || body.dataset.about) {
    index(function (found) {
      known = Boolean(pageOf(found.pages, code));
      if (known) {
        handOn();
      }
      tell(found);
    });
  }
})();
