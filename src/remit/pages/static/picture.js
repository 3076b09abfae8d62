// A chart as a picture (SVG and PNG), made in the browser from the drawing on the page: its colours,
// fonts and words are those that are seen. Files that need no script lie beside the pages where a
// page says so.
(function () {
  "use strict";

  var KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity",
    "font-family", "font-size", "font-weight", "text-anchor", "paint-order"];
  var LINE = 20;

  // What is seen, written out: classes mean nothing in a file of its own.
  function styled(made, from) {
    var style = window.getComputedStyle(from);
    KEPT.forEach(function (name) { made.style.setProperty(name, style.getPropertyValue(name)); });
    Array.prototype.forEach.call(from.children, function (one, at) {
      styled(made.children[at], one);
    });
    return made;
  }

  // Shapes and patterns that another drawing of the page holds are brought along.
  function whole(made) {
    made.querySelectorAll("use").forEach(function (use) {
      var shape = document.getElementById(use.getAttribute("href").slice(1));
      if (shape) {
        var drawn = shape.cloneNode(true);
        drawn.removeAttribute("id");
        drawn.style.cssText = use.style.cssText;
        use.replaceWith(drawn);
      }
    });
    var named = made.outerHTML.match(/url\((?:&quot;|["'])?#[\w-]+/g) || [];
    named.map(function (one) { return one.split("#")[1]; })
      .filter(function (id, at, all) { return all.indexOf(id) === at; })
      .forEach(function (id) {
        var pattern = document.getElementById(id);
        if (pattern && !made.querySelector("#" + id)) {
          made.prepend(styled(pattern.cloneNode(true), pattern));
        }
      });
    return made;
  }

  function copy(drawing, size) {
    var made = whole(styled(drawing.cloneNode(true), drawing));
    made.setAttribute("width", size.width);
    made.setAttribute("height", size.height);
    return made;
  }

  function lines(words, width) {
    var found = [""];
    words.split(/\s+/).forEach(function (word) {
      var longer = (found[found.length - 1] + " " + word).trim();
      if (longer.length * 8 > width) {
        found.push(word);
      } else {
        found[found.length - 1] = longer;
      }
    });
    return found;
  }

  function written(words, y, bold) {
    return '<text x="16" y="' + y + '" style="font:' + (bold ? "bold " : "") +
      '14px Arial,sans-serif;fill:#212b32">' + words.replace(/&/g, "&amp;").replace(/</g, "&lt;") +
      "</text>";
  }

  function sheet(figure, drawing) {
    var size = drawing.getBoundingClientRect();
    var width = size.width + 32;
    var above = lines(figure.dataset.title || "", width - 32);
    var about = lines(figure.dataset.about || "", width - 32);
    var top = 16 + LINE * (above.length + about.length);
    var height = top + size.height + 16;
    var texts = above.map(function (line, at) { return written(line, 24 + LINE * at, true); })
      .concat(about.map(function (line, at) {
        return written(line, 24 + LINE * (above.length + at), false);
      }));
    var inside = new XMLSerializer().serializeToString(copy(drawing, size));
    var moved = inside.replace("<svg", '<svg x="16" y="' + top + '"');
    return { width: width, height: height, text: '<svg xmlns="http://www.w3.org/2000/svg" width="' +
      width + '" height="' + height + '"><rect width="100%" height="100%" fill="#fff"/>' +
      texts.join("") + moved + "</svg>" };
  }

  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  // The drawing that is seen: of a chart that is drawn for two widths one is hidden.
  function seen(figure) {
    return Array.prototype.filter.call(figure.querySelectorAll("svg[role]"), function (one) {
      return one.getClientRects().length;
    })[0];
  }

  function drawing(figure) {
    save(new Blob([sheet(figure, seen(figure)).text], { type: "image/svg+xml" }),
      figure.id + ".svg");
  }

  function picture(figure) {
    var made = sheet(figure, seen(figure));
    var image = new Image();
    image.onload = function () {
      var canvas = document.createElement("canvas");
      canvas.width = made.width * 2;
      canvas.height = made.height * 2;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (blob) { save(blob, figure.id + ".png"); }, "image/png");
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(made.text);
  }

  function unseen(words) {
    var made = document.createElement("span");
    made.className = "nhsuk-u-visually-hidden";
    made.textContent = words ? ": " + words : "";
    return made;
  }

  function button(words, figure, make) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "remit-link-button";
    made.append(words, unseen(figure.dataset.title));
    made.addEventListener("click", function () {
      if (seen(figure)) {
        make(figure);
      }
    });
    return made;
  }

  // Where a page has a list of downloads, the picture is one of them.
  document.querySelectorAll("[data-picture-of]").forEach(function (place) {
    var figure = document.getElementById(place.getAttribute("data-picture-of"));
    if (!figure) {
      return;
    }
    if (!place.parentNode.querySelector('a[href$=".svg"]')) {
      place.append(button("Chart (SVG)", figure, drawing), " ");
    }
    place.append(button("Chart (PNG)", figure, picture));
    place.hidden = false;
    figure.dataset.placed = "";
  });

  // Every other chart has its own, below it.
  document.querySelectorAll("main figure[id][data-title]").forEach(function (figure) {
    if ("placed" in figure.dataset || !figure.querySelector("svg[role]")) {
      return;
    }
    var place = document.createElement("p");
    var link = document.createElement("a");
    link.href = "#" + figure.id;
    link.append("Link to this chart", unseen(figure.dataset.title));
    place.className = "remit-downloads remit-table-downloads";
    place.append(button("Chart (SVG)", figure, drawing), " ",
      button("Chart (PNG)", figure, picture), " ", link);
    (figure.querySelector("figcaption") || figure).append(place);
  });
})();
