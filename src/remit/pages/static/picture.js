// A chart as a picture (PNG), made in the browser from the drawing on the page: its colours, fonts
// and words are those that are seen. The file beside it (SVG) needs no script.
(function () {
  "use strict";

  var KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity",
    "font-family", "font-size", "font-weight", "text-anchor", "paint-order"];
  var LINE = 20;

  function copy(drawing) {
    var made = drawing.cloneNode(true);
    var from = drawing.querySelectorAll("*");
    made.querySelectorAll("*").forEach(function (one, at) {
      var style = window.getComputedStyle(from[at]);
      KEPT.forEach(function (name) { one.style.setProperty(name, style.getPropertyValue(name)); });
    });
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
    var width = drawing.width.baseVal.value + 32;
    var above = lines(figure.dataset.title || "", width - 32);
    var about = lines(figure.dataset.about || "", width - 32);
    var top = 16 + LINE * (above.length + about.length);
    var height = top + drawing.height.baseVal.value + 16;
    var texts = above.map(function (line, at) { return written(line, 24 + LINE * at, true); })
      .concat(about.map(function (line, at) {
        return written(line, 24 + LINE * (above.length + at), false);
      }));
    var inside = new XMLSerializer().serializeToString(copy(drawing));
    var moved = inside.replace("<svg", '<svg x="16" y="' + top + '"');
    return { width: width, height: height, text: '<svg xmlns="http://www.w3.org/2000/svg" width="' +
      width + '" height="' + height + '"><rect width="100%" height="100%" fill="#fff"/>' +
      texts.join("") + moved + "</svg>" };
  }

  function save(canvas, name) {
    canvas.toBlob(function (blob) {
      var link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = name + ".png";
      link.click();
      window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    }, "image/png");
  }

  function draw(figure) {
    var all = Array.prototype.slice.call(figure.querySelectorAll("svg[role]"));
    var seen = all.filter(function (one) { return one.getClientRects().length; })[0];
    if (!seen) {
      return;
    }
    var made = sheet(figure, seen);
    var image = new Image();
    image.onload = function () {
      var canvas = document.createElement("canvas");
      canvas.width = made.width * 2;
      canvas.height = made.height * 2;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      save(canvas, figure.id || "chart");
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(made.text);
  }

  document.querySelectorAll("[data-picture-of]").forEach(function (place) {
    var figure = document.getElementById(place.getAttribute("data-picture-of"));
    if (!figure) {
      return;
    }
    var button = document.createElement("button");
    button.type = "button";
    button.className = "remit-link-button";
    button.textContent = "Chart (PNG)";
    button.addEventListener("click", function () { draw(figure); });
    place.hidden = false;
    place.appendChild(button);
  });
})();
