"""Files in the layouts that NHS England publishes, with the figures that they should give."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from remit.series import series
from remit.store import Store
from tests.publications.workbook_files import accounted, differences, read, values

pytestmark = pytest.mark.conformance

WANTED = {
    ("rtt-full-csv-data-file-mar26.zip", "RR8", "Mar 2026"): {
        "rtt.incomplete-pathways": 123,
        "rtt.within-18-weeks": 90,
        "rtt.over-52-weeks": 6,
        "rtt.over-65-weeks": 3,
        "rtt.over-78-weeks": 3,
    },
    ("Incomplete-Provider-Mar26-official-layout.xlsx", "RR8", "Mar 2026"): {
        "rtt.incomplete-pathways": 123,
        "rtt.within-18-weeks": 90,
        "rtt.over-52-weeks": 6,
        "rtt.over-65-weeks": 3,
        "rtt.over-78-weeks": 3,
    },
    ("cancer-2024-25-Apr-Mar-Monthly-Combined-CSV-Final.csv", "RR8", "Nov 2024"): {
        "cancer.62-day-all": 250.5,
        "cancer.62-day-within": 160.5,
        "cancer.62-day-breaches": 90,
        "cancer.28-day-all": 3000,
        "cancer.28-day-within": 2300,
    },
    ("March-2026-AE-by-provider.xlsx", "RC9", "Mar 2026"): {
        "ae.attendances-type-1": 17_712,
        "ae.attendances-other": 9_389,
        "ae.over-4-hours-type-1": 5_426,
        "ae.decision-to-admit-over-4-hours": 95,
        "ae.decision-to-admit-over-12-hours": 15,
    },
    ("AmbSYS-to-Sep22.csv", "RX8", "Sep 2022"): {
        "ambulance.c1-incidents": 6_000,
        "ambulance.c1-response-seconds": 2_940_000,
    },
    ("sickness-old-layout-2019.csv", "RR8", "Apr 2019"): {
        "sickness-absence.days-lost": 21_000.5,
        "sickness-absence.days-available": 480_000,
    },
}


@pytest.mark.parametrize(("name", "code", "period"), WANTED)
def test_a_published_layout_gives_its_figures(
    name: str, code: str, period: str, shared_data: Path
) -> None:
    reading = read(shared_data / "cases" / name)
    found = values(reading, code, period)
    wanted = WANTED[name, code, period]
    assert {metric: found[metric] for metric in wanted} == wanted
    assert accounted(reading)
    assert reading.rejections == ()


def test_treatment_functions_are_summed_over_commissioners(shared_data: Path) -> None:
    reading = read(shared_data / "cases" / "rtt-full-csv-data-file-mar26.zip")
    mine = reading.observations.filter(metric_id="rtt.incomplete-pathways", org_code="RR8")
    assert dict(mine.select("cut", "value").iter_rows()) == {
        "treatment function: General Surgery Service": 48,
        "treatment function: Trauma and Orthopaedic Service": 75,
        None: 123,
    }
    assert set(mine["member_of"]) == {"QRV"}
    assert differences(reading) == {}


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_the_official_share_of_england_counts_in_either_order(
    order: tuple[int, int], shared_data: Path
) -> None:
    files = sorted((shared_data / "cancer").iterdir())
    with Store.in_memory() as store:
        for place in order:
            store.ingest([read(files[place])])
        england = series(store, "cancer.62-day", "england").frame
    shares = dict(england.select("period_label", "value").iter_rows())
    assert round(shares["Apr 2025"], 1) == 69.9, "the third party's series gives 70.1"
