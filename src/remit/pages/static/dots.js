// The dots of a chart say their names: under a pointer or a finger, and by the arrow keys once the
// chart has the focus. Without this script the table beside the chart says the same.
(function () {
  "use strict";

  var label = document.createElement("div");
  label.className = "remit-dot-name";
  label.setAttribute("role", "status");
  var charts = document.querySelectorAll("svg.mark--strip, svg.mark--control, svg.mark--dots, svg.mark--compared, svg.remit-map");
  if (!charts.length) {
    return;
  }
  document.querySelector("main").appendChild(label);

  function named(chart) {
    return Array.prototype.filter.call(chart.querySelectorAll("*"), function (dot) {
      return dot.firstElementChild && dot.firstElementChild.tagName.toLowerCase() === "title";
    });
  }

  function words(dot) {
    return dot.getAttribute("data-name") || dot.firstElementChild.textContent;
  }

  var shown = null;
  function hide() {
    if (shown) {
      shown.classList.remove("remit-dot-shown");
    }
    shown = null;
    label.textContent = "";
  }

  function show(dot) {
    if (shown !== dot) {
      hide();
      shown = dot;
      dot.classList.add("remit-dot-shown");
      label.textContent = words(dot);
    }
    var box = dot.getBoundingClientRect();
    var left = box.left + box.width / 2 - label.offsetWidth / 2;
    var widest = document.documentElement.clientWidth - label.offsetWidth - 4;
    var above = box.top - label.offsetHeight - 8;
    label.style.left = Math.max(4, Math.min(left, widest)) + "px";
    label.style.top = (above < 4 ? box.bottom + 8 : above) + "px";
  }

  // A finger is no needle: the nearest dot within reach is meant.
  function nearest(dots, event) {
    var best = dots.filter(function (dot) { return dot.tagName === "use" && dot.contains(event.target); })[0];
    if (best) {
      return best;
    }
    var reach = event.pointerType === "touch" ? 24 : 10;
    dots.forEach(function (dot) {
      var box = dot.getBoundingClientRect();
      var across = box.left + box.width / 2 - event.clientX;
      var far = Math.hypot(across, box.top + box.height / 2 - event.clientY);
      if (box.width && far <= reach) {
        best = dot;
        reach = far;
      }
    });
    return best;
  }

  charts.forEach(function (chart) {
    var dots = named(chart);
    if (!dots.length) {
      return;
    }
    function place(dot) {
      return dot.getBoundingClientRect().left;
    }
    // The label takes over from the browser's own, which has neither keys nor touch.
    dots.forEach(function (dot) {
      dot.setAttribute("data-name", dot.firstElementChild.textContent);
      dot.firstElementChild.textContent = "";
    });
    chart.setAttribute("tabindex", "0");
    chart.setAttribute("role", "group");
    // What it says without the keys is kept for the table as a file.
    chart.dataset.said = chart.getAttribute("aria-label");
    chart.setAttribute("aria-label", chart.dataset.said + " Arrow keys name each " +
      (chart.classList.contains("remit-map") ? "area." : "dot."));
    function point(event) {
      var dot = nearest(dots, event);
      if (dot) {
        show(dot);
      } else {
        hide();
      }
    }
    chart.addEventListener("pointermove", point);
    chart.addEventListener("pointerdown", point);
    chart.addEventListener("pointerleave", function (event) {
      if (event.pointerType !== "touch") {
        hide();
      }
    });
    chart.addEventListener("blur", hide);
    chart.addEventListener("keydown", function (event) {
      var ordered = dots.slice().sort(function (a, b) { return place(a) - place(b); });
      var at = ordered.indexOf(shown);
      var last = ordered.length - 1;
      var next = {
        ArrowRight: Math.min(at + 1, last),
        ArrowLeft: at < 0 ? last : Math.max(at - 1, 0),
        Home: 0,
        End: last
      }[event.key];
      if (event.key === "Escape") {
        hide();
      } else if (next !== undefined) {
        event.preventDefault();
        show(ordered[next]);
      }
    });
  });
  window.addEventListener("scroll", hide, { passive: true });
})();
