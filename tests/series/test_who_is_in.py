"""Who is in the sum: the printed row first, then members, each said beside the figure."""

from __future__ import annotations

import polars as pl
import pytest

from remit.series import Series, series
from tests.series.counted import counts, metric


def said(made: Series) -> list[str]:
    return [made.who(row) for row in made.frame.to_dicts()]


TRUST = counts(("ZA1", "May 2025", 100, 10), org_kind="acute")
ICB = counts(("ZB1", "May 2025", 500, 100), org_kind="icb")


def test_the_printed_row_of_an_icb_comes_first_and_the_sum_is_said_beside_it() -> None:
    made = series(pl.concat([TRUST, ICB]), metric(), "icb")
    (row,) = made.frame.to_dicts()
    assert (row["value"], row["basis"], row["made"]) == (80.0, "icb", "printed")
    assert (row["sum_value"], row["n_summed"]) == (90.0, 1)
    assert said(made) == [
        "The row that the publication prints for the ICB; its 1 trust alone makes 90.0%."
    ]


def test_where_print_and_sum_agree_nothing_more_is_said() -> None:
    icb = counts(("ZB1", "May 2025", 100, 10), org_kind="icb")
    made = series(pl.concat([TRUST, icb]), metric(), "icb")
    assert said(made) == ["The row that the publication prints for the ICB."]


@pytest.mark.parametrize(
    ("level", "kind", "code"), [("icb", "icb", "ZB1"), ("region", "region", "ZR1"),
                                ("england", "england", "ENG")],
)  # fmt: skip
def test_a_month_that_is_not_printed_is_added_up(level: str, kind: str, code: str) -> None:
    """May is printed, June is not: each month says which it was."""
    trusts = counts(("ZA1", "May 2025", 100, 10), ("ZA1", "Jun 2025", 100, 20), org_kind="acute")
    area = counts((code, "May 2025", 500, 100), org_kind=kind)
    made = series(pl.concat([trusts, area]), metric(), level)  # type: ignore[arg-type]
    assert made.frame.select("value").to_series().to_list() == [80.0, 80.0]
    assert made.frame["denominator"].to_list() == [500.0, 100.0]
    assert made.frame["made"].to_list()[0] == "printed"
    assert made.frame["made"].to_list()[1] == ("named" if level == "england" else "register")


def test_a_row_that_is_printed_without_a_figure_gives_way_to_the_sum() -> None:
    held_back = counts(("ZB1", "May 2025", "*", "*"), org_kind="icb")
    made = series(pl.concat([TRUST, held_back]), metric(), "icb")
    assert made.frame.select("value", "made").rows() == [(90.0, "register")]
    alone = series(pl.concat([counts(("ZB2", "May 2025", 9, 1), org_kind="icb"), held_back]),
                   metric(), "icb")  # fmt: skip
    assert alone.frame.filter(pl.col("org_code") == "ZB1")["status"].to_list() == ["suppressed"]


def test_a_region_adds_up_its_icbs_that_hold_other_providers_too() -> None:
    made = series(pl.concat([TRUST, ICB]), metric(), "region")
    assert made.frame.select("org_code", "denominator", "basis").rows() == [("ZR1", 500.0, "icb")]


def test_england_is_printed_and_its_providers_stand_beside_it() -> None:
    other = counts(("NX99", "May 2025", 100, 30), org_kind="other_provider")
    england = counts(("ENG", "May 2025", 250, 100), org_kind="england")
    made = series(pl.concat([TRUST, other, england]), metric(), "england")
    assert made.frame.select("value", "sum_value").rows() == [(60.0, 80.0)]
    assert said(made) == [
        "The row that the publication prints for England; the 2 providers in it make 80.0%."
    ]


def test_a_printed_base_that_counts_who_gave_no_numerator_makes_no_rate() -> None:
    """ZA2 gave attendances and no late ones; England's row has the attendances of both.

    ZA1 alone is 90 of 100; the printed row would make 190 of 200.
    """
    trusts = counts(("ZA1", "May 2025", 100, 10), ("ZA2", "May 2025", 100, None), org_kind="acute")
    england = counts(("ENG", "May 2025", 200, 10), org_kind="england")
    made = series(pl.concat([trusts, england]), metric(), "england")
    assert made.frame.select("value", "made", "status").rows() == [(90.0, "named", "incomplete")]
    assert "It is incomplete: without ZA2" in said(made)[0]
    own = counts(("ENG", "May 2025", 100, 10), org_kind="england")
    apart = series(pl.concat([trusts, own]), metric(), "england")
    assert apart.frame.select("value", "made").rows() == [(90.0, "printed")]


def test_a_sum_names_who_is_not_in_it() -> None:
    held = counts(
        ("ZA1", "May 2025", 100, 10), ("ZA2", "May 2025", 100, 30), ("ZA1", "Jun 2025", 100, 10)
    )
    made = series(held, metric(), "icb")
    may, june = said(made)
    assert may == (
        "The sum of the 2 trusts that the register names for the ICB; the publication prints no "
        "row for it."
    )
    assert june.endswith("It is incomplete: without ZA2 (Quillborough Hospitals).")
    assert made.frame["without"].to_list() == ["", "ZA2"]
