"""What is compared over time, who stands nearest, and what is held month by month."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from remit.model.organisation import TrustKind
from remit.pages.standings.compare_over import over_time
from remit.pages.standings.compare_view import compared_view
from remit.pages.standings.monthly import Monthly, monthly_of
from remit.pages.standings.monthly_rows import monthly_finding, monthly_rows
from remit.pages.standings.near import NEAREST, icb_members, near_of, nearest
from remit.pages.standings.results import Results
from remit.register import load_register
from tests.report.stores import rows

MARCH = date(2026, 3, 31)


@pytest.fixture(scope="module")
def monthly() -> Monthly:
    """Virtual wards: ZA1 at 80 of 100 but 99 in the last month, ZA2 of 50 with a gap."""
    steady = [79.0, 80.0, 81.0] * 10 + [99.0]
    gap: list[float | None] = [40.0] * 29 + [None, 41.0]
    last = (2026, 3)
    frame = pl.DataFrame(
        [
            *rows("ZA1", "virtual-ward.patients", steady, last),
            *rows("ZA1", "virtual-ward.capacity", [100.0] * 31, last),
            *rows("ZA2", "virtual-ward.patients", gap, last),
            *rows("ZA2", "virtual-ward.capacity", [50.0] * 31, last),
        ]
    )
    found = monthly_of(frame, {"trust": ["ZA1", "ZA2", "R9Z"]}, MARCH, register=load_register())
    assert found is not None
    return found


def test_an_organisation_s_latest_month_stands_in_its_own_usual_range(monthly: Monthly) -> None:
    (row,) = monthly_rows(monthly, "ZA1")
    assert (row.said, row.period) == ("99.0%", "Mar 2026")
    assert "Usual range" in row.spark.sentence
    assert row.usual
    assert monthly_rows(monthly, "ZA3") == ()
    assert monthly_rows(None, "ZA1") == ()
    assert monthly_finding([row]).startswith("Month by month, 1 metric: ")


def test_months_stand_beside_each_other_newest_first_and_gaps_are_told(
    periods: list[Results], monthly: Monthly
) -> None:
    latest = Results(periods[-1].assessment, monthly=monthly)
    (found,) = over_time(latest, TrustKind.ACUTE, (), ())
    assert (found.step, found.labels[0], len(found.labels)) == ("month by month", "Mar 2026", 24)
    assert found.figures["ZA1"][:2] == ("99.0%", "81.0%")
    assert found.figures["ZA2"][:3] == ("82.0%", "not held", "80.0%")
    assert set(found.figures["ZA3"]) == {"not held"}


def test_quarters_have_the_figures_of_their_own_pages(periods: list[Results]) -> None:
    view = compared_view(periods[-1], TrustKind.ACUTE, periods[:-1])
    by_id = {series.id: series for series in view.over}
    assert by_id["average"].labels == tuple(one.period for one in reversed(periods))
    for at, results in enumerate(reversed(periods)):
        before = compared_view(results, TrustKind.ACUTE)
        for one in before.every:
            assert by_id["average"].figures[one.code][at].split(",")[0] == one.cells["average"][0]
            value = one.cells["OF0010"][0]
            assert by_id["OF0010"].figures[one.code][at] == value
    assert {id_ for id_, _ in view.metrics} >= {"OF0010"}


def test_the_nearest_share_most_of_the_likely_range(periods: list[Results]) -> None:
    results = periods[-1]
    standing = results.standings["ZA2"]
    others = [s for s in results.by_kind[TrustKind.ACUTE] if s.org_code != "ZA2"]
    found = nearest(results, standing, others)
    assert len(found) == NEAREST
    # ZA2 lies at 2.67 to 3.50: ZA7 at 2.78 to 3.50 shares 0.72 of 0.83, ZA9 0.60 of 0.83.
    assert [one.org_code for one in found[:2]] == ["ZA7", "ZA9"]


def test_an_organisation_stands_among_its_icb_and_its_nearest(periods: list[Results]) -> None:
    results = periods[-1]
    found = {row.code: row for row in near_of(results, results.standings["ZA2"])}
    same = {s.org_code for s in results.by_kind[TrustKind.ACUTE] if s.icb_code == "ZB1"}
    assert set(found) >= same | {"ZA7", "ZA9"}
    assert found["ZA2"].own
    assert found["ZA2"].overlap == ""
    assert found["ZA7"].overlap == "overlap: no order"
    assert found["ZA1"].overlap == "apart"
    members = dict(icb_members(results, TrustKind.ACUTE))
    assert {row.code for row in members["Larkshire and Quillborough"]} == same
