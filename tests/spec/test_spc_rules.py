"""Every case of a rule of special cause; and the page that they are printed on."""

from __future__ import annotations

import pytest

from remit.signals.charted import charted_series
from remit.signals.conclusion import conclude
from remit.signals.icons import COMMON_CAUSE
from remit.signals.sentence import sentence

from .spc_printing import COMMAND, PAGE, PICTURES, judged, page, pictures
from .spc_rules import CASES, Case

EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.title}")


@EACH
def test_the_points_that_are_named(case: Case) -> None:
    points = judged(case).points
    named = {at: code for at, code in enumerate(points["rule"], start=1) if code is not None}
    assert named == case.named
    common = [at for at, kind in enumerate(points["kind"], start=1) if kind == COMMON_CAUSE]
    assert common == [at for at in range(1, len(case.values) + 1) if at not in case.named]


@EACH
def test_the_limits(case: Case) -> None:
    (row,) = judged(case).series.to_dicts()
    found = (row["mean"], row["lower_limit"], row["upper_limit"])
    assert found == pytest.approx(case.limits, abs=1e-9)


@pytest.mark.parametrize(
    "case", [c for c in CASES if len(c.values) in c.named], ids=lambda c: c.title
)
def test_the_sentence_about_the_latest_point(case: Case) -> None:
    charts = judged(case)
    charted = charted_series(charts.points, charts, "", "higher")
    told = sentence(charted, charts.rules, conclude(charted, charts.rules, None), "no target")
    assert told.partition(". ")[2] == case.sentence


def test_the_page_says_what_the_rules_do() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"write it anew: {COMMAND}"
    held = {path.name: path.read_text(encoding="utf-8") for path in PICTURES.glob("*")}
    assert held == pictures(), f"draw them anew: {COMMAND}"
