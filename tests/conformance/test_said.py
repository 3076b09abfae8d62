"""No sentence that its own recent points contradict: every trust and ICB of four publications.

The sentences are held against the points that are written beside them, with rules that are
written here anew.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from csv import DictReader
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from remit.cli.run import run
from remit.register import load_register

METRICS = (
    "ae.four-hours",
    "ae.twelve-hours-to-admission",
    "rtt.within-18-weeks-share",
    "rtt.over-52-weeks-share",
    "rtt.over-52-weeks-count",
    "dm01.six-weeks-share",
    "cancer.62-day",
    "cancer.31-day",
    "cancer.28-day",
)
DAYS = (date(2025, 3, 31), date(2026, 6, 30))
"""Before and after ICBs were divided and closed."""
RECENT, MINIMUM = 12, 12
TARGET = re.compile(r"(?:target|goal) of (at least|at most|above|below) (−?[\d,.]+)")
MET = re.compile(
    r"it met (?:the (?:target|goal) of .*? )?(?:it )?in (none|\d+) of the last (\d+)", re.I
)
SHORT = re.compile(r"It is [\d.,]+ (?:[a-z]+ )*(?:short of|above) the goal .* by [A-Z][a-z]+ \d{4}")

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def folder(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``remit spc`` writes of all trusts and of all ICBs."""
    made = tmp_path_factory.mktemp("said")
    icbs = {o.code for day in DAYS for o in load_register().icbs(day)}
    wanted = [part for metric in METRICS for part in ("--metric", metric)]
    asked = ["spc", "--store", str(published), *wanted]
    assert run([*asked, "--out", str(made / "trusts")]) == 0
    codes = [part for code in sorted(icbs) for part in ("--org", code)]
    assert run([*asked, *codes, "--out", str(made / "icbs")]) == 0
    return made


@pytest.fixture(scope="module", params=["trusts", "icbs"])
def said(folder: Path, request: pytest.FixtureRequest) -> list[tuple[dict[str, str], Rows]]:
    """Each row of ``said.csv`` with the points of its series that have a value."""
    out = folder / request.param
    points: dict[str, Rows] = defaultdict(list)
    for row in rows_of(out / "points.csv"):
        if row["value"]:
            points[row["series"]].append(row)
    return [(row, points[row["series"]]) for row in rows_of(out / "said.csv")]


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(DictReader(file))


def meets(value: str, sentence: str) -> bool | None:
    """Whether a value meets the target that a sentence names; None where rounding hides it."""
    found = TARGET.search(sentence)
    assert found, sentence
    said = found[2].rstrip(".,").replace(",", "")
    bound, number = float(said.replace("−", "-")), float(value)
    # "61.3%" can be 61.26; a whole number is declared so.
    hidden = 0.5 / 10 ** len(said.partition(".")[2]) if "." in said else 0.0
    if number != bound and abs(number - bound) <= hidden:
        return None
    return {
        "at least": number >= bound,
        "at most": number <= bound,
        "above": number > bound,
        "below": number < bound,
    }[found[1]]


def test_no_sentence_is_belied_by_its_own_recent_points(
    said: list[tuple[dict[str, str], Rows]],
) -> None:
    counted: Counter[str] = Counter()
    for row, points in said:
        sentence, recent = row["sentence"], points[-RECENT:]
        forecast = re.search(r"it (?:will|would) (not )?meet the (?:target|goal)", sentence)
        if forecast:
            kept = {meets(point["value"], sentence) for point in recent}
            assert kept <= {not forecast[1], None}, (row["series"], sentence)
            assert recent[-1]["special_cause"] == "false", (row["series"], sentence)
            assert len(points) >= MINIMUM
            counted["forecast"] += 1
        if "by chance" in sentence:
            assert recent[-1]["special_cause"] == "false", (row["series"], sentence)
        if re.search(r"(?:may|might) meet or miss", sentence):
            kept = {meets(point["value"], sentence) for point in recent}
            assert len(kept) > 1, (row["series"], sentence)
            counted["by chance"] += 1
        if found := MET.search(sentence):
            times = 0 if found[1] == "none" else int(found[1])
            assert int(found[2]) == len(recent)
            kept = [meets(point["value"], sentence) for point in recent]
            assert kept.count(True) <= times <= len(kept) - kept.count(False), sentence
            counted["seen"] += 1
        if "does not meet the target" in sentence:
            assert meets(points[-1]["value"], sentence) is not True, sentence
            assert row["assurance"] == "missed", sentence
            counted["missed with few"] += 1
        elif SHORT.search(sentence) or "does not yet meet the goal" in sentence:
            assert meets(points[-1]["value"], sentence) is not True, sentence
            assert row["assurance"] == "short", sentence
            counted["short with few"] += 1
        elif re.search("It (?:meets the target|already meets the goal)", sentence):
            assert meets(points[-1]["value"], sentence) is not False, sentence
    # Each kind of sentence is met, so that none of the above is idle.
    assert min(counted[kind] for kind in ("forecast", "by chance", "seen")) >= 5, counted
    assert min(counted["missed with few"], counted["short with few"]) >= 10, counted


def test_what_it_says_of_special_cause_is_what_is_flagged(
    said: list[tuple[dict[str, str], Rows]],
) -> None:
    assert len(said) > 200
    for row, points in said:
        if len(points) < MINIMUM or "a usual range needs" in row["sentence"]:
            assert "special cause" not in row["sentence"]
            assert row["variation"] in {"too_few", "no_verdict", ""}
            assert row["assurance"] not in {"pass", "fail", "inconsistent"}
        elif row["variation"] != "no_verdict":
            flagged = points[-1]["special_cause"] == "true"
            assert ("no special cause" not in row["sentence"]) == flagged, row["sentence"]
            assert points[-1]["drawn_as"] == points[-1]["kind"]


def test_a_proposed_date_begins_a_run_that_a_month_on_the_other_side_precedes(
    said: list[tuple[dict[str, str], Rows]],
) -> None:
    proposed = [(row, points) for row, points in said if row["rebase_from"]]
    assert len(proposed) > 10
    for row, points in proposed:
        place = next(n for n, p in enumerate(points) if p["date"] == row["rebase_from"])
        sides = [float(p["value"]) > float(p["mean"]) for p in points]
        assert len(set(sides[place : place + 7])) == 1
        assert sides[place - 1] != sides[place] == sides[-1]


HIGHER = {"ae.four-hours", "rtt.within-18-weeks-share", "cancer.62-day", "cancer.31-day",
          "cancer.28-day"}  # fmt: skip
"""Of the others less is better."""
RUN = re.compile(r"has been (above|below) its process mean of \S+(?: \(.*?\))? for (\d+) \w+")
MOVED = re.compile(r"has (risen|fallen) without a break over (\d+) \w+")
LIMIT = re.compile(r"(Above|Below) its (?:upper|lower) process limit")
BETWEEN = re.compile(r"Within its process limits, (−?[\d,.]+)%? to (−?[\d,.]+)%?")


def latest_stretch(points: Rows) -> list[dict[str, str]]:
    """The points of one mean and limits with the latest."""
    return [point for point in points if point["mean"] == points[-1]["mean"]]


def test_better_and_worse_and_how_long_are_what_the_values_say(
    said: list[tuple[dict[str, str], Rows]],
) -> None:
    """Mean, run, steps and limits are worked out from the values anew."""
    counted: Counter[str] = Counter()
    for row, points in said:
        if not points or not points[-1]["mean"]:
            continue
        recent = latest_stretch(points)
        values = [float(point["value"]) for point in recent]
        mean, last = float(points[-1]["mean"]), values[-1]
        assert mean == pytest.approx(sum(values) / len(values)), row["series"]
        sentence, side = row["sentence"], 0
        if found := RUN.search(sentence):
            side = 1 if found[1] == "above" else -1
            assert all((v - mean) * side > 0 for v in values[-int(found[2]) :]), sentence
            counted["run"] += 1
        elif found := MOVED.search(sentence):
            side = 1 if found[1] == "risen" else -1
            of = values[-int(found[2]) :]
            assert all((b - a) * side > 0 for a, b in pairwise(of)), sentence
            counted["moved"] += 1
        elif found := LIMIT.search(sentence):
            side = 1 if found[1] == "Above" else -1
            limit = points[-1]["upper_limit" if side > 0 else "lower_limit"]
            assert (last - float(limit)) * side > 0, sentence
            counted["limit"] += 1
        elif BETWEEN.search(sentence):
            low, high = (float(points[-1][name]) for name in ("lower_limit", "upper_limit"))
            assert low <= last <= high, sentence
            counted["between"] += 1
        if side:
            better = side > 0 if row["series"].split(" · ")[1] in HIGHER else side < 0
            verdict = "for the better" if better else "for the worse"
            assert f"special cause, {verdict}" in sentence, sentence
            counted[verdict] += 1
    kinds = ("run", "limit", "between", "for the better", "for the worse")
    assert min(counted[kind] for kind in kinds) >= 3, counted
