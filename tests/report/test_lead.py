"""What the lead says beside its claim: what else is missed, by new figures and by older ones."""

from __future__ import annotations

from dataclasses import replace

from remit.report.findings import BoardFinding
from remit.report.lead import LeadFacts, lead_of
from remit.report.view import ReportLine
from tests.words.said_cases import MISSED


def _found(line: ReportLine, kind: str) -> BoardFinding:
    return BoardFinding(line, kind, "")  # type: ignore[arg-type]


def test_targets_missed_by_older_figures_are_counted_beside_the_new_ones() -> None:
    old = replace(MISSED, dated="Jun 2025 (9 months old)")
    lines = (MISSED, replace(MISSED, id="two"), replace(old, id="three"), replace(old, id="four"))
    found = tuple(_found(line, "missed") for line in lines)
    assert lead_of(LeadFacts("Larkshire ICB", "Mar 2026", found, (MISSED,))).rest.endswith(
        "Also misses its target: General and acute beds that are occupied. On older figures 2 "
        "targets are missed."
    )
    assert "older" not in lead_of(LeadFacts("L", "Mar 2026", found[:2], (MISSED,))).rest
    one = lead_of(LeadFacts("L", "Mar 2026", (found[0], found[2]), (MISSED,)))
    assert one.rest.endswith("On older figures 1 target is missed.")
