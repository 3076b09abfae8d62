"""Standards, goals and marks: declared once, each with who is bound, when, and by whom."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from remit.catalogue import (
    load_computed_metrics,
    load_metrics,
    load_targets,
    packaged,
    parse,
    targets_of,
)
from remit.catalogue.targets import check_targets
from remit.model.errors import DeclarationError
from remit.model.target import TargetKind, in_force

METRICS = {**load_computed_metrics(), **load_metrics().metrics}

TEXT = """
schema: remit/targets/1
id: mine
targets:
  - {id: first, metrics: ae.four-hours, kind: standard, bound: {at_least: 95}, binds: [trust],
     set_by: us, source: s, verified: true}
  - {id: ID, metrics: METRIC, kind: KIND, ASKED, binds: [WHO], set_by: us, source: s,
     verified: true, MORE}
"""
GOAL = "valid_from: 2025-04-01, by: 2026-03-31"


def checked(**parts: str) -> None:
    usual = {
        "ID": "second",
        "METRIC": "ae.four-hours",
        "KIND": "goal",
        "ASKED": "bound: {at_least: 78}",
        "WHO": "trust",
        "MORE": GOAL,
    }
    text = TEXT
    for key, value in (usual | parts).items():
        text = text.replace(key, value)
    check_targets(parse(text, "mine.yaml"), METRICS)


def test_packaged_targets_are_in_order_together() -> None:
    for file in packaged("targets"):
        check_targets(file, METRICS)
    assert max(Counter(target.id for target in load_targets()).values()) == 1


def test_no_file_of_the_catalogue_s_metrics_holds_a_standard_of_its_own() -> None:
    for file in packaged("metrics"):
        assert not [m["id"] for m in file.data["metrics"] if {"standard", "standards"} & m.keys()]


def test_a_goal_beside_a_standard_is_in_order() -> None:
    checked()


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"METRIC": "ae.four-hour"}, "no metric 'ae.four-hour' in the catalogue; nearest: ae."),
        ({"METRIC": "ae.attendances"}, "ae.attendances has no better direction"),
        ({"ASKED": "bound: {at_most: 78}"}, "ae.four-hours is better higher; turn the bound"),
        ({"MORE": "valid_from: 2025-04-01"}, "one by which it is due (by)"),
        ({"MORE": "by: 2026-03-31"}, "a goal has a first day (valid_from)"),
        ({"KIND": "standard"}, "only a goal is due by a day; end a standard with valid_to"),
        ({"MORE": "valid_from: 2026-04-01, by: 2026-03-31"}, "it ends before it begins"),
        ({"KIND": "standard", "MORE": "valid_from: 2025-04-01"}, "ask the same of the same"),
        ({"ID": "first"}, "'first' is declared twice"),
        ({"WHO": "hospital"}, "'hospital' is not allowed; use one of 'acute'"),
        ({"ASKED": "improvement: {points: 5}, bound: {at_least: 60}"}, "and not both"),
        (
            {"METRIC": "dm01.six-weeks-share", "ASKED": "improvement: {points: 5}"},
            "is no percentage of which more is better",
        ),
        ({"MORE": f"{GOAL}, is_floor: true"}, "only a mark of a framework can be a floor"),
        ({"KIND": "mark"}, "a mark, and nothing else, names the framework"),
    ],
)
def test_a_faulty_target_is_named_with_its_line(parts: dict[str, str], said: str) -> None:
    with pytest.raises(DeclarationError, match=r"mine\.yaml, line \d") as caught:
        checked(**parts)
    assert said in str(caught.value)


def asked(metric: str, level: str, day: date) -> tuple[str | None, str | None]:
    found = in_force(targets_of(METRICS[metric]), level, day)
    return (
        found.goal.words if found.goal else None,
        found.standard.words if found.standard else None,
    )


@pytest.mark.parametrize(
    ("metric", "level", "day", "goal", "standard"),
    [
        ("ae.four-hours", "trust", date(2023, 3, 31), None, "at least 95"),
        ("ae.four-hours", "trust", date(2023, 4, 1), "at least 76", "at least 95"),
        ("ae.four-hours", "england", date(2024, 3, 31), "at least 76", "at least 95"),
        ("ae.four-hours", "icb", date(2024, 4, 30), "at least 78", "at least 95"),
        ("ae.four-hours", "region", date(2026, 3, 31), "at least 78", "at least 95"),
        ("ae.four-hours", "trust", date(2026, 4, 1), "at least 82", "at least 95"),
        ("ae.four-hours", "trust", date(2027, 3, 31), "at least 82", "at least 95"),
        ("ae.four-hours", "trust", date(2029, 3, 31), "at least 85", "at least 95"),
        ("ae.four-hours", "trust", date(2029, 4, 1), None, "at least 95"),
        ("rtt.within-18-weeks-share", "england", date(2025, 6, 30), "at least 65", "at least 92"),
        ("rtt.within-18-weeks-share", "icb", date(2025, 6, 30), None, "at least 92"),
        ("rtt.within-18-weeks-share", "england", date(2026, 6, 30), "at least 70", "at least 92"),
        (
            "rtt.within-18-weeks-share",
            "trust",
            date(2025, 6, 30),
            "5 percentage points more than in Nov 2024, and at least 60%",
            "at least 92",
        ),
        ("rtt.over-52-weeks-share", "icb", date(2026, 3, 31), "below 1", None),
        ("rtt.over-52-weeks-share", "icb", date(2026, 4, 1), None, None),
        ("rtt.over-52-weeks-share", "icb", date(2025, 3, 31), None, None),
        ("cancer.62-day", "trust", date(2024, 3, 31), None, "at least 85"),
        ("cancer.62-day", "trust", date(2025, 3, 31), "at least 70", "at least 85"),
        ("cancer.62-day", "trust", date(2026, 3, 31), "at least 75", "at least 85"),
        # A goal of March 2029 judges nothing before its last year.
        ("cancer.62-day", "trust", date(2026, 4, 30), None, "at least 85"),
        ("cancer.62-day", "trust", date(2028, 3, 31), None, "at least 85"),
        ("cancer.62-day", "trust", date(2028, 4, 1), "at least 85", "at least 85"),
        ("dm01.six-weeks-share", "icb", date(2026, 6, 30), None, "below 1"),
        ("dm01.six-weeks-share", "icb", date(2029, 3, 31), "at most 1", "below 1"),
        ("cancer.28-day", "icb", date(2025, 3, 31), "at least 77", "at least 75"),
        ("cancer.28-day", "icb", date(2025, 4, 30), "at least 80", "at least 75"),
        ("cancer.28-day", "icb", date(2026, 4, 30), None, "at least 75"),
        ("dm01.six-weeks-share", "trust", date(2025, 3, 31), "at most 5", "below 1"),
        ("dm01.six-weeks-share", "trust", date(2025, 4, 30), None, "below 1"),
        ("dm01.six-weeks-share", "trust", date(2028, 4, 30), "at most 1", "below 1"),
        ("ambulance.mean-response-c2", "trust", date(2023, 3, 31), None, "at most 18"),
        ("ambulance.mean-response-c2", "trust", date(2026, 3, 31), "at most 30", "at most 18"),
        ("community.within-18-weeks-share", "icb", date(2026, 3, 31), None, None),
        ("community.within-18-weeks-share", "icb", date(2026, 4, 30), None, None),
        ("community.within-18-weeks-share", "icb", date(2029, 3, 31), "at least 80", None),
    ],
)
def test_what_is_asked_of_a_level_on_a_day(
    metric: str, level: str, day: date, goal: str | None, standard: str | None
) -> None:
    assert asked(metric, level, day) == (goal, standard)


def test_what_was_not_seen_in_its_source_says_so() -> None:
    unsure = {target.id for target in load_targets() if not target.verified}
    assert unsure == {
        "ae-four-hours-2026-27",
        "ae-four-hours-2028-29",
        "cancer-28-days-2024-25",
        "diagnostics-six-weeks-2024-25",
    }


def test_a_yearly_mean_is_declared_as_one() -> None:
    yearly = {target.id for target in load_targets() if target.averaged_over == "year"}
    assert yearly == {f"ambulance-category-2-{year}" for year in ("2023-24", "2024-25", "2025-26")}


def test_of_two_goals_in_force_the_one_that_is_due_first_is_taken() -> None:
    goals = [target for target in load_targets() if target.metrics == ("cancer.62-day",)]
    early = [
        goal.model_copy(update={"valid_from": date(2024, 4, 1)})
        for goal in goals
        if goal.kind is TargetKind.GOAL
    ]
    found = in_force(reversed(early), "trust", date(2024, 6, 30)).goal
    assert found is not None
    assert found.by == date(2025, 3, 31)
