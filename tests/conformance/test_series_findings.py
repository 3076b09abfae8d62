"""No finding of a report is false: every title of real series, held against figures worked anew.

Words are taken apart by patterns, and each claim is worked out from the values of the points with
the chart of ``own_chart.py``. That the points are those of the published rows is held elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from remit.catalogue import load_computed_metrics
from remit.pages.report.metric_page import inside_words
from remit.report import ReportView, build_report
from remit.report.findings import all_findings
from remit.report.lead import lead
from remit.report.members_beside import part_of
from remit.report.spans import told_range
from remit.report.view import ReportLine
from remit.signals.headline import TARGETS, USUAL
from remit.store import Store
from tests.conformance.own_chart import OwnChart, own_chart

METRICS = (
    "ae.four-hours",
    "ae.twelve-hours-to-admission",
    "ae.attendances",
    "rtt.within-18-weeks-share",
    "rtt.over-52-weeks-share",
    "dm01.six-weeks-share",
    "cancer.62-day",
    "cancer.28-day",
    "ambulance.mean-response-c1",
    "ambulance.mean-response-c2",
    "ambulance.hear-and-treat",
    "sickness-absence.rate",
    "virtual-ward.occupancy",
    "beds.occupancy-adult-critical-care",
    "beds.occupancy-paediatric-general-acute",
)
ASKED = (("Y60", "Mar 2025"), ("QHM", "Aug 2025"), ("QMJ", "Mar 2025"), ("RYA", "Aug 2025"),
         ("RDU", "Mar 2026"))  # fmt: skip
"""A region with all that is in it, two ICBs, an ambulance trust and an acute trust."""
RECENT = 12

FIRST = {
    "few": r"only (\d+) [a-z]+ (?:held|since its limits began anew), "
    r"so change cannot be told from chance",
    "no verdict": r"its chart gives no verdict",
    "flat": r"it does not vary",
    "usual": r"within its usual range",
    "by chance": r"no more than chance explains",
    "worse": r"worse than chance explains",
    "better": r"better than chance explains",
    "high": r"higher than chance explains",
    "low": r"lower than chance explains",
    "pattern": r"in a pattern that chance does not explain",
}
_AIM = (
    r"the (?:target|standard|goal) of (?P<way>at least|at most|above|below) (?P<aim>[−\d,.]+)"
    r"(?:%| minutes)?(?: by (?P<later>[A-Z][a-z]+ \d{4}))?(?: \(now (?P<now>[^)]+)\))?"
)
_OFF = r"it is (?P<off>[\d,.]+)(?: [a-z ]+)? (?:short of|above)"
SECOND = {
    "year": r"its goal for the year was missed",
    "pass then": rf"as things were then, it would meet {_AIM}",
    "fail then": rf"as things were then, it would not meet {_AIM}",
    "pass": rf"as things are, it will meet {_AIM}",
    "fail": rf"as things are, it will not meet {_AIM}",
    "meets": rf"it (?:already )?meets {_AIM}",
    "short": rf"(?:{_OFF}|it does not yet meet) {_AIM}",
    "short of late": rf"{_OFF} {_AIM}, which (?P<met>none|\d+) of the last (?P<of>\d+) "
    r"figures reached",
    "missed": rf"it does not meet {_AIM}",
    "chance": rf"chance decides whether it meets {_AIM}",
    "met of late": rf"it (?:already )?meets {_AIM}, (?P<as>.*)",
    "missed of late": rf"it misses {_AIM}, (?P<as>.*)",
}
GOAL = re.compile(
    r"(?:^|; )(?:it is below the goal of at least (?P<floor>[\d.]+)% by [A-Z][a-z]+ \d{4} too"
    r"|whether it meets the goal by [A-Z][a-z]+ \d{4} cannot be told: no figure of "
    r"(?P<since>[A-Z][a-z]{2} \d{4}) is held)$"
)
"""A goal that is in force beside the standard, whose number is not known."""


@pytest.fixture(scope="module")
def views(published: Path) -> list[ReportView]:
    known = load_computed_metrics()
    metrics = [known[name] for name in METRICS]
    with Store.open(published, read_only=True) as store:
        held = store.snapshot(sorted({name for metric in metrics for name in metric.measures}))
    return [build_report(held, code, period, metrics=metrics).view for code, period in ASKED]


def values_of(line: ReportLine) -> list[float]:
    """The values that share mean and limits with the latest."""
    held = [point for point in line.points if point.value is not None]
    return [p.value for p in held if p.stretch == held[-1].stretch and p.value is not None]


def kind_of(words: str, forms: dict[str, str]) -> tuple[str, re.Match[str]]:
    found = [(name, match) for name, form in forms.items() if (match := re.fullmatch(form, words))]
    assert len(found) == 1, (words, [name for name, _ in found])
    return found[0]


def way_of(line: ReportLine) -> int:
    return {"higher": 1, "lower": -1, "neutral": 0}[line.metric.better]


def every(views: list[ReportView]) -> Iterator[ReportLine]:
    for view in views:
        yield from view.lines


def number(words: str) -> float:
    return float(words.rstrip(".,").replace(",", "").replace("−", "-"))


def meets(value: float, found: re.Match[str]) -> bool:
    aim = number(found["aim"])
    return {
        "at least": value >= aim,
        "at most": value <= aim,
        "above": value > aim,
        "below": value < aim,
    }[found["way"]]


def test_how_a_value_lies_beside_what_is_usual(views: list[ReportView]) -> None:
    counted: Counter[str] = Counter()
    for line in every(views):
        first = line.headline.partition(": ")[2].partition("; ")[0]
        name, found = kind_of(first, FIRST)
        values = values_of(line)
        chart = own_chart(values)
        counted[name] += 1
        if name == "few":
            assert chart is None
            assert int(found[1]) == len(values) < 12
        elif name == "no verdict":
            assert chart is not None
            outside = sum(chart.beyond(value) != 0 for value in values)
            assert chart.reach == 0 or outside * 2 > len(values)
        else:
            assert chart is not None, line.headline
            _usual(name, chart, line)
    assert {"few", "no verdict", "usual", "worse", "better"} <= set(counted), counted
    assert set(counted) <= {form.name for form in USUAL}


def _usual(name: str, chart: OwnChart, line: ReportLine) -> None:
    """What a title says, from own limits and own rules."""
    last, sides = chart.values[-1], chart.signals
    if name in {"flat", "usual", "by chance"}:
        assert not sides, line.headline
        assert name != "usual" or not chart.beyond(last), line.headline
        assert (name == "flat") == (chart.reach == 0), line.headline
    elif name in {"worse", "better"}:
        wanted = way_of(line) if name == "better" else -way_of(line)
        assert wanted in sides, line.headline
    else:
        assert way_of(line) == 0
        assert name == "pattern" or {"high": 1, "low": -1}[name] in sides, line.headline


def test_how_it_stands_to_its_target(views: list[ReportView]) -> None:
    counted: Counter[str] = Counter()
    for line in every(views):
        second = line.headline.partition(": ")[2].partition("; ")[2]
        assert second == line.goal_said
        if goal := GOAL.search(second):
            _goal_beside(goal, line)
            counted["goal beside"] += 1
            second = second[: goal.start()]
            assert "the standard of" in second or "later standard" in second or not second
        if not second:
            assert line.target is None or line.assurance.code == "no_verdict", line.headline
            continue
        name, found = kind_of(second, SECOND)
        counted[name] += 1
        if name == "year":
            assert line.year_missed
            continue
        values = values_of(line)
        _target(name, found, values, line)
        _later(found, values[-1], line)
        then = [point.target for point in line.points if point.value is not None][-1]
        assert then == line.target, second
        counted["later"] += "(now " in second
    said = {
        "fail",
        "missed",
        "short",
        "chance",
        "met of late",
        "missed of late",
        "later",
        "goal beside",
    }
    assert said <= set(counted), counted
    assert set(counted) - {"later", "goal beside"} <= {form.name for form in TARGETS}


def _goal_beside(goal: re.Match[str], line: ReportLine) -> None:
    """The standard judges; the month that the goal is counted from has no figure."""
    assert line.judged_by == "standard"
    assert line.value is not None
    if goal["floor"]:
        assert line.value < float(goal["floor"]), line.headline
    else:
        assert goal["since"] not in {p.label for p in line.points if p.value is not None}


def _later(found: re.Match[str], value: float, line: ReportLine) -> None:
    """A month by which it is due comes after the figure; how far off it is follows from both."""
    assert (found["later"] or "") == line.later, line.headline
    if found["later"]:
        due = datetime.strptime(found["later"], "%B %Y").date()
        assert due > [point.start for point in line.points if point.value is not None][-1]
        assert not line.misses, line.headline
    if off := found.groupdict().get("off"):
        assert abs(number(off) - abs(value - number(found["aim"]))) <= 0.05 + 1e-9, line.headline


def _target(name: str, found: re.Match[str], values: list[float], line: ReportLine) -> None:
    chart, recent = own_chart(values), values[-RECENT:]
    kept = [meets(value, found) for value in recent]
    if name in {"meets", "missed", "short"}:
        assert chart is None
        assert kept[-1] == (name == "meets"), line.headline
        return
    assert chart is not None or line.variation.code == "no_verdict", line.headline
    assert name in {"pass", "pass then"} or name in {"fail", "fail then"} or len(kept) <= RECENT
    if name.startswith(("pass", "fail")):
        assert set(kept) == {name.startswith("pass")}, line.headline
        assert chart is not None
        assert not chart.signals, line.headline
        assert {meets(chart.lower, found), meets(chart.upper, found)} == set(kept), line.headline
        assert name.endswith("then") == bool(line.dated or "(now " in line.headline), line.headline
    elif name == "chance":
        assert set(kept) == {True, False}, line.headline
        assert chart is not None
        assert not chart.signals, line.headline
    elif name == "short of late":
        assert not kept[-1], line.headline
        assert int(found["of"]) == len(kept)
        assert int(found["met"].replace("none", "0")) == kept.count(True), line.headline
    else:
        assert kept[-1] == (name == "met of late"), line.headline
        alike = kept.count(kept[-1])
        said = {
            1: f"alone of the last {len(kept)} figures",
            len(kept): f"as did all of the last {len(kept)} figures",
        }
        assert found["as"] == said.get(alike, f"as did {alike} of the last {len(kept)} figures")


THEN = " by then; no later figure is held"
OUTSIDE = re.compile(
    r"(?:just )?(above|below) the usual (\S+)(?: to (\S+))?.*?(?: for (\d+) (\w+))?"
)
RUN = re.compile(r"(\d+) (\w+) (above|below) the mean of (.+)")
MOVED = re.compile(r"(rising|falling) for (\d+) (\w+)")
NEAR = re.compile(r"repeatedly close to the (upper|lower) end of the usual .+")


def test_since_when_it_is_as_it_is(views: list[ReportView]) -> None:
    counted: Counter[str] = Counter()
    for line in every(views):
        said, chart = told_range(line), own_chart(values_of(line))
        assert said.endswith(THEN) == bool(said and line.dated), said
        said = said.removesuffix(THEN)
        if not said:
            assert chart is None or not chart.signals or line.variation.code == "no_verdict"
            continue
        assert chart is not None
        if found := NEAR.fullmatch(said):
            side = 1 if found[1] == "upper" else -1
            close = [value for value in chart.values[-3:] if chart.near(value)]
            assert len(close) >= 2
            assert chart.near(chart.values[-1])
            assert all(chart.side(value) == side for value in close)
            counted["near"] += 1
        elif found := RUN.fullmatch(said):
            assert int(found[1]) == chart.one_side_for() >= 7, said
            assert chart.side(chart.values[-1]) == (1 if found[3] == "above" else -1)
            counted["run"] += 1
        elif found := MOVED.fullmatch(said):
            assert int(found[2]) == abs(chart.steps()) + 1 >= 7
            assert (chart.steps() > 0) == (found[1] == "rising")
            counted["moved"] += 1
        else:
            found = OUTSIDE.fullmatch(said)
            assert found, said
            assert chart.beyond(chart.values[-1]) == (1 if found[1] == "above" else -1), said
            assert int(found[4] or 1) == chart.outside_for(), said
            counted["outside"] += 1
        if months := re.search(r"(\d+) months", said):
            _no_gap(line, int(months[1]))
    assert {"near", "run", "outside"} <= set(counted), counted


def _no_gap(line: ReportLine, count: int) -> None:
    """So many months in a row, none of which is missing: of figures with a gap none are said."""
    held = [point for point in line.points if point.value is not None][-count:]
    months = [12 * point.start.year + point.start.month for point in held]
    assert months == list(range(months[0], months[0] + count)), line.headline


def test_who_differs_inside(views: list[ReportView]) -> None:
    """The members that a title or a page names are, or are not, signals of their own."""
    named = 0
    for view in views:
        for found in all_findings(view):
            for mark in found.members:
                chart = own_chart(values_of(mark.line))
                assert chart is not None
                wanted = {"worse": -way_of(mark.line), "better": way_of(mark.line)}
                assert mark.state == "changed" or wanted[mark.state] in chart.signals
                assert mark.line.period == found.line.period
                named += 1
            if (part := part_of(view, found.line)) is not None:
                _part(view, found.line, part.sentence)
        for metric in view.metrics:
            others = [x for s in view.members for x in s.lines if x.metric == metric]
            _inside(inside_words(others), others)
    assert named >= 5


_PART = re.compile(r"(\d+)% of these \(([\d,]+) of ([\d,]+)\) are at (.+), with (\d+)% of all "
                   r"([\d,]+) counted")  # fmt: skip


def _part(view: ReportView, line: ReportLine, said: str) -> None:
    found = _PART.fullmatch(said)
    assert found, said
    own = [p for p in line.points if p.value is not None][-1]
    (member,) = [
        one for s in view.members for one in s.lines
        if s.body.short == found[4] and one.metric == line.metric and one.period == line.period
    ]  # fmt: skip
    its = [p for p in member.points if p.value is not None][-1]
    top, base = its.numerator or 0, its.denominator or 1
    whole, all_of = own.numerator or 0, own.denominator or 1
    assert [number(found[n]) for n in (2, 3, 6)] == [round(top), round(whole), round(all_of)]
    assert number(found[1]) == pytest.approx(100 * top / whole, abs=0.5)
    assert number(found[5]) == pytest.approx(100 * base / all_of, abs=0.5)
    assert top / whole > base / all_of


def _inside(said: str, members: list[ReportLine]) -> None:
    charts = [(one, own_chart(values_of(one))) for one in members]
    told = [(one, c) for one, c in charts if c and one.variation.code != "no_verdict"]
    worse = [one for one, chart in told if one.worsens and -way_of(one) in chart.signals]
    better = [one for one, chart in told if one.improves and way_of(one) in chart.signals]
    assert len(worse) == sum(one.worsens for one in members)
    assert len(better) == sum(one.improves for one in members)
    for lines, way in ((worse, "worse"), (better, "better")):
        names = [one.body.short for one in lines]
        if 0 < len(names) <= 3:
            assert all(name in said for name in names), said
        elif names:
            assert re.search(rf"{len(names)} members are {way}", said), said
    if members and not worse and not better:
        assert ("cannot be told" in said) == (len(told) < len(members)), said


def test_the_lead_sentence(views: list[ReportView]) -> None:
    for view in views:
        said, own = lead(view).claim, [x for x in view.own.lines if not x.dated]
        signals = {x.id: (own_chart(values_of(x)), way_of(x)) for x in own}
        worse = [
            x for x in own
            if (c := signals[x.id][0]) and -way_of(x) in c.signals and way_of(x)
            and x.variation.code != "no_verdict"
        ]  # fmt: skip
        assert ("main concern of" in said) == bool(worse), said
        if "othing of" in said:
            assert not any(x.is_concern for x in view.own.lines)
            assert ("As far as can be told" in said) == any(
                own_chart(values_of(x)) is None or x.variation.code == "no_verdict"
                for x in view.own.lines
            )
