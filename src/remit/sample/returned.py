"""The sample's returns of a neighbourhood programme, as places fill in the template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from remit.catalogue import packaged
from remit.model.neighbourhood import NeighbourhoodFile, ReturnMeasure
from remit.sample.monthly import write_workbook

PLACES: Final = ("Larkshire North", "Larkshire South", "Elmvale")
"""Places of the sample: none of them is in the national programme."""

RETURNS_SEED: Final = 20260131
_MONTH = datetime(2026, 1, 1)
_SMALL = 6
_PER_1000: Final = {
    "outpatients_new": 61, "outpatients_follow_up": 118, "outpatients_procedures": 29,
    "emergency_0_days": 12, "emergency_1_day": 19, "bed_days": 152,
    "ambulances_1": 3, "ambulances_2": 12, "ambulances_3": 14, "ambulances_4": 1,
    "attendances_type_1": 41, "attendances_other": 9,
    "gp_appointments": 710, "community_contacts": 224, "caseload": 48,
}  # fmt: skip
"""Events of a month for each 1,000 people."""

_NEW = ("18-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80-89", "90+")
_AGE_SHARES = (0.01, 0.03, 0.05, 0.08, 0.14, 0.2, 0.25, 0.18, 0.05, 0.01)
_ETHNIC_SHARES = (0.78, 0.06, 0.1, 0.02, 0.02, 0.02)
_FIFTH_SHARES = (0.27, 0.22, 0.2, 0.17, 0.13, 0.01)


@dataclass(frozen=True, slots=True)
class ReturnFiles:
    """The folder of returns, and the file with the names of the places."""

    returns: Path
    places: Path


def write_returns(folder: Path) -> ReturnFiles:
    """Write the returns of a month into a folder, which is made if need be.

    Larkshire North uses the template as it is now and has written ``<6`` once; Larkshire South
    the draft, in which people of 80 to 84 have no column; the third has forgotten its name.

    Parameters
    ----------
    folder
        Where to write; files of the same names are replaced.

    Examples
    --------
    ``write_returns(Path("demo/neighbourhood")).places``
    """
    returns = folder / "returns"
    returns.mkdir(parents=True, exist_ok=True)
    draw = np.random.Generator(np.random.PCG64DXSM(RETURNS_SEED))
    for name, place, cohort, draft in (
        ("north", PLACES[0], 4200, False),
        ("south", PLACES[1], 3100, True),
        ("third", "", 2600, False),
    ):
        rows = [*_above(place), *_heads(draft=draft), *_table(cohort, draw, draft=draft)]
        if name == "north":
            _mark_small(rows)
        sheets = {"SubmissionTemplate": rows}
        write_workbook(returns / f"sample-return-{name}.xlsx", sheets)
    places = folder / "sample-places.txt"
    places.write_text("\n".join(PLACES) + "\n", encoding="utf-8")
    return ReturnFiles(returns, places)


def _above(place: str) -> list[list[Any]]:
    # As in the template, the cell of the month has no format: the day is kept as its number.
    return [["Project Name", place], ["Submission Period", _MONTH], []]


def _heads(*, draft: bool) -> list[list[Any]]:
    ages = [*_NEW[:7], "85+"] if draft else list(_NEW)
    three = ["Metric Id", "Metric Type", "Metric Details"]
    groups = ["Age Group", *[""] * len(ages), "Ethnic Group", *[""] * 5, "Deprivation Quintile"]
    ethnic = ["White", "Black", "Asian", "Mixed", "Other", "Not known"]
    names = [*ages, "Not known", *ethnic, 1, 2, 3, 4, 5, "Not Known"]
    return [[*three, "Total", *groups], [*three, "", *names]]


def _table(cohort: int, draw: np.random.Generator, *, draft: bool) -> Iterator[list[Any]]:
    programme = _programme()
    people = _split(cohort, draw, draft=draft)
    for measure in (*programme.measures, *programme.process):
        events = _split(int(draw.poisson(cohort * _PER_1000[measure.id] / 1000)), draw, draft=draft)
        shown = ["*" if 0 < one < _SMALL else one for one in events]
        yield ["O" if measure in programme.measures else "P", "", _label(measure), *shown]
        if measure in programme.measures:
            yield ["", "", programme.cohort, *people]
            rates = [0 if text == "*" or not heads else 1000 * int(text) / heads
                     for text, heads in zip(shown, people, strict=True)]  # fmt: skip
            yield ["", "", f"{_label(measure)} per 1,000 patients in the cohort", *rates]


def _split(total: int, draw: np.random.Generator, *, draft: bool) -> list[int]:
    """The total, and how it falls on ages, ethnic groups and fifths."""
    ages = draw.multinomial(total, _AGE_SHARES).tolist()
    if draft:  # half of those of 80 to 89 are in no column
        ages = [*ages[:7], ages[7] // 2 + ages[8], ages[9]]
    ethnic = draw.multinomial(total, _ETHNIC_SHARES).tolist()
    return [total, *ages, *ethnic, *draw.multinomial(total, _FIFTH_SHARES).tolist()]


def _mark_small(rows: list[list[Any]]) -> None:
    """One suppressed number is written as the guide does not want it."""
    for row in rows:
        if "*" in row:
            row[row.index("*")] = "<6"
            return


def _label(measure: ReturnMeasure) -> str:
    return measure.labels[0]


def _programme() -> NeighbourhoodFile:
    (file,) = packaged("neighbourhood")
    return file.validate(NeighbourhoodFile)
