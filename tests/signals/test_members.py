"""Members that join or leave an area are no change of performance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from remit.model.period import month
from remit.report import build_report
from remit.series import Series, series
from remit.signals.of_series import member_rebases, of_series
from tests.series.counted import COUNT, counts, metric, register

MONTHS = [month(2023 + n // 12, n % 12 + 1).label for n in range(30)]
"""January 2023 to June 2025."""


def held(org: str, late: int, months: Sequence[str], of: int = 100, **columns: str) -> pl.DataFrame:
    """So many late of so many each month, one more every other month, so that it varies."""
    rows = [(org, label, of, late + place % 2) for place, label in enumerate(months)]
    return counts(*rows, **columns)


def stretches(made: Series) -> list[int]:
    points = of_series(made).points.filter(pl.col("value").is_not_null())
    return [len(part) for _, part in points.group_by("stretch", maintain_order=True)]


JOINED = pl.concat([held("ZA1", 10, MONTHS), held("ZA2", 60, MONTHS[15:])])
"""ZA2, with six times as many late, begins to report in April 2024."""


def test_a_member_that_joins_begins_a_new_mean_and_is_no_signal() -> None:
    made = series(JOINED, metric(), "icb")
    judged = of_series(made)
    assert stretches(made) == [15, 15]
    assert judged.points["special_cause"].to_list() == [False] * 30
    last = judged.points.row(-1, named=True)
    # 200 a month with 70 or 72 late, in turn: 65% and 64%.
    assert last["mean"] == pytest.approx(64.5, abs=0.1)
    said = made.members(made.frame.row(-1, named=True))
    assert said == (
        "Its mean and limits are those since Apr 2024, when 1 trust began to report: ZA2 "
        "(Quillborough Hospitals)."
    )
    assert made.members(made.frame.row(14, named=True)) == ""
    (rebase,) = member_rebases(made)
    assert (rebase.on, rebase.series) == (date(2024, 4, 1), "ZB1 · test.in-time · everybody")


def test_a_member_that_leaves_begins_a_new_mean() -> None:
    left = pl.concat([held("ZA1", 10, MONTHS), held("ZA2", 60, MONTHS[:15])])
    made = series(left, metric(), "icb")
    assert stretches(made) == [15, 15]
    assert "1 trust had no figure from then on: ZA2" in made.members(made.frame.row(-1, named=True))


@pytest.mark.parametrize("level", ["region", "england"])
def test_it_holds_for_regions_and_england(level: str) -> None:
    made = series(JOINED, metric(), level)  # type: ignore[arg-type]
    assert stretches(made) == [15, 15]
    noun = "1 trust" if level == "region" else "1 provider"
    assert f"when {noun} began to report" in made.members(made.frame.row(-1, named=True))


def test_it_holds_for_the_printed_row_whose_members_are_known() -> None:
    """The row of the ICB is printed all the time, and rises when ZA2 begins to report."""
    printed = pl.concat(
        [
            held("ZB1", 20, MONTHS[:15], 150, org_kind="icb"),
            held("ZB1", 80, MONTHS[15:], 250, org_kind="icb"),
        ]
    )
    trusts = JOINED.with_columns(pl.lit("acute").alias("org_kind"))
    made = series(pl.concat([trusts, printed]), metric(), "icb")
    assert set(made.frame["made"]) == {"printed"}
    assert stretches(made) == [15, 15]
    assert of_series(made).points["special_cause"].to_list() == [False] * 30


def test_a_count_is_like_for_like_too() -> None:
    made = series(JOINED, metric(**COUNT), "icb")
    assert stretches(made) == [15, 15]
    assert "ZA2" in made.members(made.frame.row(-1, named=True))


def test_who_makes_up_less_than_a_hundredth_is_no_new_beginning() -> None:
    """1 of 201 joins: that changes the sum by less than it varies."""
    small = pl.concat([held("ZA1", 10, MONTHS, 200), held("ZA2", 0, MONTHS[15:], 1)])
    made = series(small, metric(), "icb")
    assert stretches(made) == [30]
    assert made.members(made.frame.row(-1, named=True)) == ""


def test_a_month_that_lacks_somebody_who_comes_back_is_judged_by_nobody() -> None:
    """Without ZA2 June 2024 would be 90% among 65%; the months before and after are one stretch."""
    both = pl.concat([held("ZA1", 10, MONTHS), held("ZA2", 60, MONTHS)])
    lacks = (pl.col("org_code") == "ZA2") & (pl.col("period_label") == "Jun 2024")
    lacking = both.filter(~lacks)
    made = series(lacking, metric(), "icb")
    row = made.frame.filter(pl.col("period_label") == "Jun 2024").row(0, named=True)
    assert (row["status"], row["alike"], row["value"]) == (
        "incomplete",
        False,
        pytest.approx(89.0),
    )
    judged = of_series(made).points
    assert judged.filter(pl.col("date") == date(2024, 6, 1))["value"].to_list() == [None]
    assert stretches(made) == [29]
    assert not judged["special_cause"].drop_nulls().any()


def test_where_the_publication_itself_has_a_gap_nobody_has_left() -> None:
    """Two files, nine months apart: the same two trusts in both."""
    far = [MONTHS[0], MONTHS[9]]
    made = series(pl.concat([held("ZA1", 10, far), held("ZA2", 60, far)]), metric(), "icb")
    assert made.changes == {}


def test_a_printed_row_that_differs_from_the_sum_begins_a_new_mean() -> None:
    """The row is printed only now and then: where it equals the sum nothing begins anew."""
    icb = held("ZB1", 10, MONTHS[20:], org_kind="icb")
    trusts = held("ZA1", 10, MONTHS, org_kind="acute")
    made = series(pl.concat([trusts, icb]), metric(), "icb")
    assert set(made.frame["made"]) == {"printed", "register"}
    assert stretches(made) == [30]
    other = held("ZB1", 40, MONTHS[20:], org_kind="icb")
    made = series(pl.concat([trusts, other]), metric(), "icb")
    assert stretches(made) == [20, 10]
    assert "its printed row was first used" in made.members(made.frame.row(-1, named=True))


def test_a_report_marks_the_month_and_says_who_joined() -> None:
    view = build_report(JOINED, "ZB1", "Jun 2025", metrics=[metric()]).view
    line = view.own.lines[0]
    assert line.sentence.endswith("began to report: ZA2 (Quillborough Hospitals).")
    assert [change.on for change in line.changes] == [date(2024, 4, 1)]
    assert line.variation.code == "common_cause"
    assert line.who.startswith("The 2 trusts that the register names for the ICB, together")


BOTH = pl.concat([held("ZA1", 10, MONTHS), held("ZA2", 60, MONTHS)])


def without_za2(frame: pl.DataFrame, *months: str) -> pl.DataFrame:
    return frame.filter(~((pl.col("org_code") == "ZA2") & pl.col("period_label").is_in(months)))


@pytest.mark.parametrize("level", ["icb", "region", "england"])
@pytest.mark.parametrize("months", [1, 3])
def test_who_lacks_in_the_newest_months_has_not_left(level: str, months: int) -> None:
    """The limits of the months before hold; the newest months alone are no points."""
    made = series(without_za2(BOTH, *MONTHS[-months:]), metric(), level)  # type: ignore[arg-type]
    assert stretches(made) == [30 - months]
    assert made.changes == {}
    said = made.members(made.frame.row(-1 - months, named=True))
    assert said.startswith(f"{MONTHS[-months]} (")
    assert "without ZA2 (Quillborough Hospitals)" in said
    assert "from then on" not in said
    assert "may come back" in said


def test_who_has_been_silent_for_longer_has_left() -> None:
    """From March to June 2025: four months."""
    made = series(without_za2(BOTH, *MONTHS[-4:]), metric(), "icb")
    assert stretches(made) == [26, 4]
    assert "from then on" in made.members(made.frame.row(-1, named=True))


@pytest.mark.parametrize(("size", "points"), [(40, 30), (100, 29)])
def test_a_printed_row_is_what_it_is_unless_much_of_it_lacks(size: int, points: int) -> None:
    """ZA2 has 40 of 1,040, or 100 of 1,100: less than a twentieth, or more."""
    both = pl.concat([held("ZA1", 100, MONTHS, 1000), held("ZA2", 24, MONTHS, size)])
    below = without_za2(both, MONTHS[-1]).with_columns(pl.lit("acute").alias("org_kind"))
    england = held("ENG", 124, MONTHS, 1000 + size, org_kind="england")
    made = series(pl.concat([below, england]), metric(), "england")
    assert set(made.frame["made"]) == {"printed"}
    assert stretches(made) == [points]
    assert "from then on" not in made.members(made.frame.row(-1, named=True))


def test_who_has_closed_does_not_come_back(tmp_path: Path) -> None:
    """ZQ1 closes at the end of May 2025, and its figures of June are nobody's."""
    frame = pl.concat([held("ZA1", 10, MONTHS), held("ZQ1", 60, MONTHS[:29])])
    made = series(frame, metric(), "icb", register=register(tmp_path))
    assert stretches(made) == [29, 1]


def test_a_report_keeps_the_limits_where_a_member_lacks_in_the_newest_month() -> None:
    view = build_report(without_za2(BOTH, MONTHS[-1]), "ZB1", "Jun 2025", metrics=[metric()]).view
    line = view.own.lines[0]
    assert line.variation.code == "common_cause"
    assert "Jun 2025 (89.0%, without ZA2" in line.sentence


# Members of a printed row that no register places -------------------------------------------------

OWN = held("ZA1", 10, MONTHS, org_kind="acute")


def printed(base: Sequence[int], late: Sequence[int]) -> pl.DataFrame:
    """The row that is printed for ZB1."""
    rows = [("ZB1", label, base[n], late[n] + n % 2) for n, label in enumerate(MONTHS)]
    return counts(*rows, org_kind="icb")


def other(months: Sequence[str], of: int = 300) -> pl.DataFrame:
    return held("NX99", 150, months, of, org_kind="other_provider")


WITH = printed([100] * 15 + [400] * 15, [10] * 15 + [160] * 15)
WITHOUT = printed([400] * 15 + [100] * 15, [160] * 15 + [10] * 15)


@pytest.mark.parametrize(
    ("row", "months", "said"),
    [
        (WITH, MONTHS[15:], "1 provider began to report: NX99"),
        (WITHOUT, MONTHS[:15], "1 provider had no figure from then on: NX99"),
    ],
)
def test_a_provider_that_no_register_places_joins_or_leaves_a_printed_row(
    row: pl.DataFrame, months: Sequence[str], said: str
) -> None:
    """NX99's 300 are all that the printed row has beyond ZA1's 100."""
    made = series(pl.concat([OWN, other(months), row]), metric(), "icb")
    assert set(made.frame["made"]) == {"printed"}
    assert stretches(made) == [15, 15]
    assert said in made.members(made.frame.row(-1, named=True))
    assert of_series(made).points["special_cause"].to_list() == [False] * 30


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (WITH, "providers that are no NHS trusts were first counted in its printed row"),
        (WITHOUT, "providers that are no NHS trusts were counted in its printed row no more"),
    ],
)
def test_one_whose_own_row_is_not_published_is_told_without_a_name(
    row: pl.DataFrame, said: str
) -> None:
    made = series(pl.concat([OWN, row]), metric(), "icb")
    assert stretches(made) == [15, 15]
    assert said in made.members(made.frame.row(-1, named=True))


def test_one_of_several_others_that_leaves_is_named() -> None:
    """200 more people stay with those of whom nothing is known: 600 become 300."""
    row = printed([600] * 15 + [300] * 15, [200] * 30)
    made = series(pl.concat([OWN, other(MONTHS[:15]), row]), metric(), "icb")
    assert [(c.since, c.left) for c in made.changed("ZB1", "test.in-time")] == [
        (date(2024, 4, 1), ("NX99",))
    ]


def test_others_whose_list_grows_or_shrinks_have_not_moved() -> None:
    grown = [150 + 3 * n for n in range(30)]
    made = series(pl.concat([OWN, printed(grown, [40] * 30)]), metric(), "icb")
    assert made.changed("ZB1", "test.in-time") == ()


def test_a_provider_that_could_be_of_two_areas_is_named_for_neither() -> None:
    """The rows of ZB1 and ZB2 both rise by 300 when NX99 begins to report."""
    second = WITH.with_columns(pl.lit("ZB2").alias("org_code"))
    trust = held("ZA6", 10, MONTHS, org_kind="acute")
    held_rows = pl.concat([OWN, trust, other(MONTHS[15:]), WITH, second])
    made = series(held_rows, metric(), "icb", organisations=["ZB1", "ZB2"])
    assert all(not c.joined for code in ("ZB1", "ZB2") for c in made.changed(code, "test.in-time"))
    assert len(made.changed("ZB1", "test.in-time")) == 1


def test_where_no_member_is_published_nothing_is_said_of_the_others() -> None:
    """Trusts stand in the publication from April 2024 only; the printed row is theirs all along."""
    held_rows = pl.concat([held("ZA1", 10, MONTHS[15:], org_kind="acute"),
                           printed([100] * 30, [10] * 30)])  # fmt: skip
    made = series(held_rows, metric(), "icb")
    assert all(c.others is None for c in made.changed("ZB1", "test.in-time"))


def test_others_who_lack_for_a_month_leave_that_month_unjudged() -> None:
    base = [400] * 15 + [100] + [400] * 14
    late = [160] * 15 + [10] + [160] * 14
    made = series(pl.concat([OWN, printed(base, late)]), metric(), "icb")
    assert made.frame["alike"].to_list() == [True] * 15 + [False] + [True] * 14
    assert made.changed("ZB1", "test.in-time") == ()
