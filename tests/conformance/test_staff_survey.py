"""Every score and base of the NHS Staff Survey 2024 is the printed one, and every sum by hand's.

The sheets are read here a second time, without Remit's reader.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from math import fsum
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

import remit
from remit.register import load_register
from remit.surveys.staff import ENGAGEMENT, StaffSurvey, staff_groups, staff_survey

SHEETS = ("PEOPLE PROMISE ELEMENTS", "THEMES")
METRICS = 14
"""Metrics of the catalogue that are made from the sheets."""
PARTS = {"R1F1": "R1F", "R1F2": "R1F"}
"""The Isle of Wight's two sectors answer apart."""


def _path(shared_data: Path) -> Path:
    (path,) = (shared_data / "staff_survey").glob("*.xlsx")
    return path


@cache
def survey_of(path: Path) -> StaffSurvey:
    return staff_survey(remit.read(path))


@cache
def printed(path: Path) -> dict[tuple[str, str], tuple[float, float]]:
    """(code, element as the sheet names it) → score and base."""
    found = {}
    book = CalamineWorkbook.from_path(str(path))
    for sheet in SHEETS:
        rows = book.get_sheet_by_name(sheet).to_python()
        at = next(number for number, row in enumerate(rows) if row[0] == "ODS code")
        places = [n for n, name in enumerate(rows[at]) if str(name).endswith(" - score")]
        for row in rows[at + 1 :]:
            for n in places:
                found[str(row[0]), str(rows[at][n])] = (float(str(row[n])), float(str(row[n + 1])))
    return found


def _elements(survey: StaffSurvey) -> dict[str, str]:
    """The metric → the heading of its column, as its figures' own lines say."""
    return {
        one.metric: one.column.partition("!")[2].removesuffix(" × base")
        for one in survey.scores
        if one.code == "RJ1"
    }


def test_every_organisation_has_the_printed_score_and_base(shared_data: Path) -> None:
    path = _path(shared_data)
    survey, sheet = survey_of(path), printed(path)
    codes = {code for code, _ in sheet}
    assert len(codes) == 263
    elements, held = _elements(survey), {(one.code, one.metric): one for one in survey.scores}
    assert len(elements) == len(survey.metrics) == METRICS
    register, compared = load_register(), 0
    for metric, element in elements.items():
        for code in codes - set(PARTS):
            known = register.find(code)
            own_staff = known is not None and known.type.value == "icb"
            one = held.pop((f"{code}/staff" if own_staff else code, metric))
            score, base = sheet[code, element]
            assert one.score == pytest.approx(score, abs=1e-12)
            assert one.responses == base
            compared += 1
        whole = held.pop(("R1F", metric))
        parts = [sheet[code, element] for code in PARTS]
        assert whole.responses == sum(base for _, base in parts)
        points = fsum(score * base for score, base in parts)
        assert whole.score == pytest.approx(points / whole.responses, abs=1e-12)
    assert not held
    assert compared == 261 * METRICS


def test_every_icb_and_kind_is_the_mean_by_responses(shared_data: Path) -> None:
    path = _path(shared_data)
    survey, sheet = survey_of(path), printed(path)
    element = _elements(survey)[ENGAGEMENT]
    trusts = survey.of(ENGAGEMENT)
    assert len(trusts) == 209
    sums: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for code in (code for code, name in sheet if name == element):
        trust = next((one for one in trusts if one.code == PARTS.get(code, code)), None)
        if trust is not None and trust.kind is not None:
            sums["all"].append(sheet[code, element])
            sums[trust.kind.value].append(sheet[code, element])
            sums[trust.icb].append(sheet[code, element])
    groups = {one.group: one for one in staff_groups(survey, ENGAGEMENT)}
    assert sum(one.group_by == "icb" for one in groups.values()) == 42
    assert len(sums) == 1 + 3 + 42
    for name, pairs in sums.items():
        found, base = groups[name], fsum(base for _, base in pairs)
        assert found.responses == base
        assert found.score == pytest.approx(fsum(a * b for a, b in pairs) / base, abs=1e-12)
        assert found.without == ()
