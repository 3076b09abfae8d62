"""The neighbourhood programme's own files: templates, list of values, guide."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.files.reading import read_bytes
from remit.files.workbooks import open_workbook
from remit.shift.neighbourhood.rates import rates_of
from remit.shift.neighbourhood.returned import load_programme
from remit.shift.neighbourhood.returns import read_returns
from tests.conformance.nnhip_template import fill

pytestmark = pytest.mark.conformance
JANUARY = (date(2026, 1, 1) - date(1899, 12, 30)).days
NEW, OLD = "NNHIPDataCollectionTemplatev1.2.xlsx", "DraftNNHIPDataCollectionTemplatev0.2.xlsx"


@pytest.fixture
def nnhip(shared_data: Path) -> Path:
    return shared_data / "nnhip"


def test_blank_templates_and_other_files_are_told_apart(nnhip: Path) -> None:
    found = read_returns(sorted(nnhip.iterdir()))
    assert found.returns == ()
    reasons = {one.file: one.reason for one in found.rejections}
    assert "the name of the place is missing" in reasons[NEW]
    assert "the name of the place is missing" in reasons[OLD]
    assert "this is .pdf" in reasons["NNHIP-measurement-guide-v1.2.pdf"]
    assert "no sheet has the table" in reasons["legitimate_values.xlsx"]


def test_places_and_months_are_those_of_the_list(nnhip: Path) -> None:
    path = nnhip / "legitimate_values.xlsx"
    rows = open_workbook(path, read_bytes(path)).rows("Sheet1")[1:]
    programme = load_programme()
    assert [str(row[0]).strip() for row in rows if row[0]] == list(programme.places)
    months = [row[1] for row in rows if row[1]]
    assert (months[0], months[-1]) == (programme.months.first, programme.months.last)


@pytest.mark.parametrize(
    ("template", "columns", "version", "notes"),
    [(NEW, 23, "1.2", 0), (OLD, 22, "0.2 (draft)", 1)],
)
def test_a_filled_template_is_read_whole(
    nnhip: Path, tmp_path: Path, template: str, columns: int, version: str, notes: int
) -> None:
    """1,500 people; 30 new outpatients are 20 per 1,000, 45 bed days are 30; E is 18 to 19.

    The cohorts below row 13 are formulas without a value: they point at the first.
    """
    cells = {"D6": 30, "D7": 1500, "D10": 1500, "D13": 1500, "D21": 45, "E6": "*", "E7": 100}
    path = fill(nnhip / template, tmp_path / "r.xlsx", place="Walsall", day=JANUARY, cells=cells)
    read = read_returns([path])
    assert read.rejections == ()
    (one,) = read.returns
    assert (one.place, one.month, one.template, len(one.notes)) == (
        "Walsall", "Jan 2026", version, notes,
    )  # fmt: skip
    assert len(one.cells) == columns * (14 * 3 + 1)
    told = {(r.measure, r.of.category): r for r in rates_of(read)}
    assert told["outpatients_new", "all"].per_1000 == 20.0
    assert told["bed_days", "all"].per_1000 == 30.0
    assert told["outpatients_new", "18-19"].status == "suppressed"
    assert told["community_contacts", "all"].status == "not_submitted"
