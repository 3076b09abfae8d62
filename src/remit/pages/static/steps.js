// One button that opens or closes all steps of an explanation.
(function () {
  "use strict";

  function enhance(whole) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small remit-open-all";
    button.textContent = "Open all steps";
    whole.insertBefore(button, whole.firstChild);
    button.addEventListener("click", function () {
      var open = button.textContent === "Open all steps";
      whole.querySelectorAll("details").forEach(function (step) { step.open = open; });
      button.textContent = open ? "Close all steps" : "Open all steps";
    });
  }

  document.querySelectorAll("[data-open-all]").forEach(enhance);
})();
