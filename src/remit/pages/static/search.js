// The search box: suggestions while one types (a combobox that the keyboard serves), and on the find
// page all that was found. Without this script the box leads to the find page, which lists every page.
(function () {
  "use strict";

  var MOST = 8;
  var form = document.querySelector(".remit-search");
  var mine = window.remitMine;
  if (!form || !mine) {
    return;
  }
  var box = form.querySelector("input[type=search]");
  var list = document.createElement("ul");
  var told = document.createElement("div");
  var chosen = -1;

  // As the register makes names plain.
  function wordsOf(text) {
    return text.toLowerCase().replace(/&/g, " and ").replace(/[.'\u2019`]/g, "")
      .replace(/[^a-z0-9]+/g, " ").trim().split(" ").filter(Boolean);
  }

  function begins(words, typed) {
    return words.some(function (word) { return word.indexOf(typed) === 0; });
  }

  function fits(words, typed, short) {
    return typed.every(function (one) {
      var whole = Object.hasOwn(short, one) ? short[one].split(" ") : [];
      return begins(words, one) ||
        (whole.length > 0 && whole.every(function (word) { return begins(words, word); }));
    });
  }

  function weight(page, typed, short) {
    var name = wordsOf(page.name);
    if (page.code && page.code.toLowerCase() === typed.join("")) {
      return 0;
    }
    if (name.join(" ").indexOf(typed.join(" ")) === 0) {
      return 1;
    }
    return fits(name, typed, short) ? 2 : 3;
  }

  function find(found, text) {
    var typed = wordsOf(text);
    if (!typed.length) {
      return [];
    }
    return found.pages
      .filter(function (page) { return fits(page.words.split(" "), typed, found.short); })
      .map(function (page) { return { page: page, weight: weight(page, typed, found.short) }; })
      .sort(function (a, b) {
        return a.weight - b.weight || a.page.name.localeCompare(b.page.name, "en-GB");
      })
      .map(function (one) { return one.page; });
  }

  function addressOf(page) {
    return mine.root + mine.keep(page.path);
  }

  function aboutOf(page) {
    return page.about + (page.code ? ", " + page.code : "");
  }

  function choose(number) {
    var options = list.querySelectorAll("[role=option]");
    chosen = options.length ? (number + options.length) % options.length : -1;
    options.forEach(function (option, at) {
      option.setAttribute("aria-selected", String(at === chosen));
    });
    if (chosen >= 0) {
      box.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    list.hidden = true;
    list.textContent = "";
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function option(page, number) {
    var item = document.createElement("li");
    var about = document.createElement("small");
    item.id = "suggested-" + number;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.address = addressOf(page);
    about.textContent = aboutOf(page);
    item.append(page.name, " ", about);
    // Not click: the box would lose the focus first and close the list.
    item.addEventListener("pointerdown", function (event) {
      event.preventDefault();
      window.location.href = item.dataset.address;
    });
    return item;
  }

  function suggest() {
    mine.index(function (found) {
      var pages = find(found, box.value);
      close();
      pages.slice(0, MOST).forEach(function (page, at) { list.appendChild(option(page, at)); });
      list.hidden = !pages.length;
      box.setAttribute("aria-expanded", String(!list.hidden));
      told.textContent = box.value.trim() ? pages.length + " found" : "";
    });
  }

  function onKey(event) {
    if (event.key === "Escape") {
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      choose(chosen < 0 && event.key === "ArrowUp" ? -1 : chosen + (event.key === "ArrowDown" ? 1 : -1));
      event.preventDefault();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      window.location.href = list.querySelectorAll("[role=option]")[chosen].dataset.address;
    }
  }

  function showFound() {
    var place = document.getElementById("found");
    var asked = new URLSearchParams(window.location.search).get("q");
    if (!place || !asked) {
      return;
    }
    box.value = asked;
    mine.index(function (found) {
      var pages = find(found, asked);
      var said = document.createElement("h2");
      var items = document.createElement("ul");
      said.textContent = (pages.length || "Nothing") + " found for \u201c" + asked + "\u201d";
      items.className = "remit-found";
      pages.forEach(function (page) {
        var item = document.createElement("li");
        var link = document.createElement("a");
        var about = document.createElement("span");
        link.href = addressOf(page);
        link.textContent = page.name;
        about.className = "remit-small";
        about.textContent = aboutOf(page);
        item.append(link, about);
        items.appendChild(item);
      });
      place.append(said, items);
      place.hidden = false;
    });
  }

  list.id = "suggested";
  list.className = "remit-suggested";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Found");
  told.setAttribute("role", "status");
  told.className = "nhsuk-u-visually-hidden";
  form.append(list, told);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", "suggested");
  box.setAttribute("aria-expanded", "false");
  box.addEventListener("input", suggest);
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", close);
  showFound();
})();
