"""What the lead says beside its claim: what else is missed, by new figures and by older ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remit.catalogue import load_weighing
from remit.report.compared import PeerFigure, PeerGroup, StandsBeside
from remit.report.findings import BoardFinding
from remit.report.lead import LeadFacts, lead, lead_of
from remit.report.view import ReportBody, ReportLine
from remit.report.weighing import weight
from tests.report.test_findings import goal_and_member
from tests.words.said_cases import MISSED, SHORT


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
    later = (found[0], found[2], _found(replace(SHORT, dated="Jul 2025 (8 months old)"), "short"))
    both = lead_of(LeadFacts("L", "Mar 2026", later, (MISSED,)))
    assert both.rest.endswith(
        "On older figures 1 target is missed and 1 goal for later is not reached."
    )


def test_a_goal_missed_on_one_point_stands_after_a_member_far_off() -> None:
    """77 of 78 on one point is 1 of 7.8, a tenth of the goal: 0.13, and twice that for its own.

    The member is at 60 where its mean is 80: with 18 swings of 2 and one of 22 the mean swing is
    3.05 and a limit 8.1 away, so it lies about 2.5 ways off.
    """
    view = goal_and_member([79.0] * 4 + [77.0])
    said = lead(view)
    assert said.claim == (
        "The main concern in NHS Larkshire and Quillborough ICB is Larkshire University "
        "Hospitals: Other, number 1."
    )
    assert "NHS Larkshire and Quillborough ICB itself misses its target: Other, number 2." in (
        said.rest
    )


def test_a_goal_missed_long_and_by_far_stands_before_a_member_off_once() -> None:
    """39 of 78 for eleven months: 39 of 7.8 is 5, ten months before add 2.5, twice that: 35."""
    view = goal_and_member([39.0] * 11)
    line = next(one for one in view.own.lines if one.misses)
    assert weight(line) == pytest.approx(5 * (1 + 0.25 * 10))
    assert lead(view).claim.startswith("NHS Larkshire and Quillborough ICB misses a standard: ")


@pytest.mark.parametrize(
    ("periods", "members", "weighs"),
    [(1, 0, 2.0), (0, 0, 2.0), (5, 0, 4.0), (13, 0, 8.0), (90, 0, 8.0), (1, 4, 4.0), (5, 99, 12.0)],
)
def test_length_and_members_weigh_as_declared(periods: int, members: int, weighs: float) -> None:
    """A quarter more for each period before, of 12 at most, and for each member, of 8 at most."""
    assert load_weighing().weigh(2.0, periods, members) == pytest.approx(weighs)


def _peers(*values: float | None, verdict: str = "") -> PeerGroup:
    body = ReportBody("ZB2", "NHS Saddlewick ICB", "ICB")
    figures = tuple(PeerFigure(body, value, str(value)) for value in values)
    own = MISSED.value or 0.0
    place = 1 + sum(value is not None and value < own for value in values)
    return PeerGroup("ICBs", figures, median=1.0, place=place, verdict=verdict)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ((1.0, 2.0), "Of itself and its 2 peers it is the best."),
        ((1.0, 0.0), "None of its 2 peers is better."),
        ((1.0, None), "Of itself and 1 of its 2 peers with a figure it is the best."),
        ((5.0,), "Of itself and its 1 peer it is the best."),
        ((-1.0, 2.0), ""),
    ],
)
def test_the_best_of_its_peers_is_said_to_be(by: tuple[float | None, ...], said: str) -> None:
    """Less is better of what is missed here; each peer lies so much above it."""
    own = MISSED.value or 0.0
    peers = _peers(*(None if one is None else own + one for one in by))
    line = replace(MISSED, compared=StandsBeside(peers=peers))
    rest = lead_of(LeadFacts("Larkshire ICB", "Mar 2026", (_found(line, "missed"),), (line,))).rest
    assert (said in rest) if said else ("best" not in rest and "better" not in rest)


def test_whether_chance_explains_the_best_place_is_said_with_it() -> None:
    own = MISSED.value or 0.0
    peers = _peers(own + 1, verdict="within_limits")
    line = replace(MISSED, compared=StandsBeside(peers=peers))
    rest = lead_of(LeadFacts("Larkshire ICB", "Mar 2026", (_found(line, "missed"),), (line,))).rest
    assert "it is the best; chance can explain the difference." in rest
