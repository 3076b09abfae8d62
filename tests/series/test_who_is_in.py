"""Who is in the sum: the printed row first, then members, each said beside the figure."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from remit.model.errors import DeclarationError
from remit.register import Register, load_register
from remit.series import Series, series
from remit.series.who import basis_words
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
    assert "It is incomplete: without a figure of ZA2" in said(made)[0]
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
        "The 2 trusts that the register names for the ICB, together; the publication prints no "
        "row for it."
    )
    assert june.endswith("It is incomplete: without a figure of ZA2 (Quillborough Hospitals).")
    assert made.frame["without"].to_list() == ["", "ZA2"]


def test_who_has_nothing_to_divide_by_is_not_counted_among_those_in_a_rate() -> None:
    held = counts(("ZA1", "May 2025", 100, 10), ("ZA2", "May 2025", 0, 0))
    made = series(held, metric(), "icb")
    assert made.frame.select("value", "status", "n_present", "n_counted").rows() == [
        (90.0, "reported", 2, 1)
    ]
    assert said(made) == [
        "The figure of the one trust that the register names for the ICB, without 1 that has "
        "nothing to count; the publication prints no row for it."
    ]
    row = made.frame.row(0, named=True)
    assert basis_words(row, "icb") == "the one trust"
    assert basis_words(row | {"n_present": 3, "n_counted": 2}, "icb") == "2 trusts together"
    assert basis_words(row | {"made": "printed"}, "icb") == "as printed"


# Members that the publication names --------------------------------------------------------------


def named(org: str, label: str, total: int, late: int, under: str | None) -> pl.DataFrame:
    found = counts((org, label, total, late))
    return found.with_columns(pl.lit(under, dtype=pl.String).alias("member_of"))


def test_the_members_are_those_that_the_publication_names_in_that_month() -> None:
    """NX99 is no trust, and the register knows no ICB of it; ZC1 is named under ZB1 in May.

    In June the publication names nobody, and the register's members are taken.
    """
    held = pl.concat(
        [
            named("ZA1", "May 2025", 100, 10, "ZB1"),
            named("NX99", "May 2025", 100, 50, "ZB1"),
            named("ZA2", "May 2025", 100, 90, "ZB2"),
            named("ZA3", "May 2025", 100, 70, None),
            named("ZA1", "Jun 2025", 100, 10, None),
            named("ZA2", "Jun 2025", 100, 30, None),
        ]
    )
    made = series(held, metric(), "icb", organisations=["ZB1", "ZB2"])
    rows = made.frame.select("org_code", "period_label", "value", "made", "n_present").rows()
    assert rows[0] == ("ZB1", "May 2025", 70.0, "named", 2)
    assert rows[1][:4] == ("ZB1", "Jun 2025", 80.0, "register")
    assert rows[2][:4] == ("ZB2", "May 2025", 10.0, "named")
    assert said(made)[0] == (
        "The 2 providers that the publication names for the ICB, together; it prints no row for "
        "the ICB from which this can be made."
    )
    region = series(held, metric(), "region").frame.filter(pl.col("period_label") == "May 2025")
    assert region.select("org_code", "denominator", "made").rows() == [("ZR1", 300.0, "named")]


def test_who_the_publication_names_is_missing_when_it_is_not_there() -> None:
    held = pl.concat(
        [named(org, label, 100, 10, "ZB1") for label in ("May 2025", "Jul 2025")
         for org in ("ZA1", "NX99")]
        + [named("ZA1", "Jun 2025", 100, 10, "ZB1")]
    )  # fmt: skip
    made = series(held, metric(), "icb")
    assert made.frame["without"].to_list() == ["", "NX99", ""]
    assert made.frame["status"].to_list() == ["reported", "incomplete", "reported"]


# An area that was divided, and trusts of which nobody knows where they went ----------------------

DIVIDED = """
schema: remit/organisations/1
fictional: true
sources: {test: {title: Invented for tests}}
icbs:
  - {code: ZB5, name: NHS Oldford Integrated Care Board, opened: 2022-07-01, closed: 2026-03-31,
     region: ZR1, source: test,
     succession: {on: 2026-04-01, to: [ZB6, ZB7, ZB1], parts: {ZB1: the villages of Marl}}}
  - {code: ZB6, name: NHS Newford Integrated Care Board, opened: 2026-04-01, region: ZR1,
     source: test}
  - {code: ZB7, name: NHS Eastford Integrated Care Board, opened: 2026-04-01, region: ZR1,
     source: test}
  - {code: ZB8, name: NHS Westford Integrated Care Board, opened: 2022-07-01, closed: 2026-03-31,
     region: ZR1, succession: {on: 2026-04-01, to: ZB6}, source: test}
trusts:
  - {code: ZQ1, name: Lost Hospital NHS Trust, kind: acute, opened: 2001-04-01, region: ZR1,
     lead_icb: {ZB5: 2022-07-01/2026-03-31}, source: test}
  - {code: ZQ2, name: Known Hospital NHS Trust, kind: acute, opened: 2001-04-01, region: ZR1,
     lead_icb: {ZB8: 2022-07-01/2026-03-31, ZB6: 2026-04-01}, source: test}
"""
HELD = counts(
    ("ZQ1", "Mar 2026", 100, 50),
    ("ZQ2", "Mar 2026", 100, 10),
    ("ZA1", "Mar 2026", 100, 30),
    ("ZQ1", "Apr 2026", 100, 60),
    ("ZQ2", "Apr 2026", 100, 20),
    ("ZA1", "Apr 2026", 100, 40),
    org_kind="acute",
)


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> Register:
    path = tmp_path_factory.mktemp("register") / "organisations.yaml"
    path.write_text(DIVIDED, encoding="utf-8")
    return load_register([path])


def test_who_may_belong_is_no_member_and_makes_the_sum_incomplete(divided: Register) -> None:
    """ZQ1 may be in any of the three parts of ZB5; ZB1 was there before, and did not have it."""
    made = series(HELD, metric(), "icb", register=divided)
    found = made.frame.select("org_code", "period_label", "value", "status", "unknown").rows()
    assert found == [
        ("ZB1", "Mar 2026", 70.0, "reported", None),
        ("ZB1", "Apr 2026", 60.0, "incomplete", "ZQ1"),
        ("ZB6", "Mar 2026", 90.0, "incomplete", "ZQ1"),
        ("ZB6", "Apr 2026", 80.0, "incomplete", "ZQ1"),
    ]
    assert said(made)[1].endswith(
        "It is incomplete: the register does not know whether it has ZQ1 (Lost Hospital)."
    )
    assert any("ZQ1" in note and "ZB6" in note for note in made.notes)


def test_a_closed_icb_ends_as_it_was(divided: Register) -> None:
    made = series(HELD, metric(), "icb", register=divided, organisations=["ZB5", "ZB6", "ZB8"])
    assert made.frame.select("org_code", "period_label", "value", "status").rows() == [
        ("ZB5", "Mar 2026", 50.0, "reported"),
        ("ZB6", "Mar 2026", 90.0, "incomplete"),
        ("ZB6", "Apr 2026", 80.0, "incomplete"),
        ("ZB8", "Mar 2026", 90.0, "reported"),
    ]
    assert any("ZB5" in note and "the villages of Marl" in note for note in made.notes)


def test_a_later_icb_is_shown_before_its_first_day_when_it_is_asked_for(divided: Register) -> None:
    march = HELD.filter(pl.col("period_label") == "Mar 2026")
    made = series(march, metric(), "icb", register=divided, organisations=["ZB6"])
    assert made.frame.select("org_code", "value", "status").rows() == [("ZB6", 90.0, "incomplete")]


def test_printed_rows_without_a_part_of_a_divided_area_give_way_to_the_trusts(
    divided: Register,
) -> None:
    """ZB8 alone is not ZB6, of which a part of ZB5 is too: its trust is taken, ZQ1 told.

    Where there are no trusts' figures the printed row stands, and says what it lacks.
    """
    icbs = counts(("ZB5", "Mar 2026", 500, 100), ("ZB8", "Mar 2026", 500, 300), org_kind="icb")
    both = series(
        pl.concat([HELD, icbs]), metric(), "icb", register=divided, organisations=["ZB6", "ZB5"],
    )  # fmt: skip
    assert both.frame.select("org_code", "value", "made").rows() == [
        ("ZB5", 80.0, "printed"),
        ("ZB6", 90.0, "register"),
        ("ZB6", 80.0, "register"),
    ]
    alone = series(icbs, metric(), "icb", register=divided, organisations=["ZB6"])
    assert alone.frame.select("value", "made", "status", "parted").rows() == [
        (40.0, "printed", "incomplete", "ZB5")
    ]
    assert said(alone) == [
        "The row that the publication prints for ZB8. It is incomplete: of ZB5 (NHS "
        "Oldford Integrated Care Board), which was divided, not all that belongs to it is in it."
    ]


def test_a_part_must_go_to_a_successor(tmp_path: Path) -> None:
    path = tmp_path / "organisations.yaml"
    path.write_text(DIVIDED.replace("parts: {ZB1:", "parts: {ZB2:"), encoding="utf-8")
    with pytest.raises(DeclarationError, match="ZB2 has a part and is no successor"):
        load_register([path])
