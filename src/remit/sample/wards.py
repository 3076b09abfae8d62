"""Virtual wards of the sample, month by month, as the publication's workbook has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from remit.sample.elsewhere import ALL_ICBS, ALL_TRUSTS, icb_of
from remit.sample.figures import noise
from remit.sample.months import Month
from remit.sample.region import SampleTrust

Cells = list[str | int | float]

_BY_PROVIDER = Month(2025, 4)
"""From this month on the workbook has a sheet of providers."""
NEW_WARD = ("ZC1", Month(2025, 9), 60)
"""A step: Larkshire's community trust opens 60 beds at home."""
OVERFULL = ("ZB2", Month(2026, 1))
"""In this month a system has more patients than beds, printed as ``100%*``."""
_POPULATION = {"ZB1": 1_012_400, "ZB2": 838_700, "ZB3": 1_206_300}
_BEDS = {
    **{"ZA1": 80, "ZA2": 55, "ZA3": 35, "ZC1": 60, "ZA6": 75, "ZA7": 40, "ZC2": 70},
    **{"ZX1": 95, "ZX2": 60, "ZX3": 85},
}

_TITLE = "Virtual Ward Capacity and Occupancy monthly statistics in England"
_AREA = ["Region", "Region Code"]
_COUNTED = "Virtual Ward Capacity \n(see note 1) "
_RATE = "Virtual Ward Capacity per 100,000 GP registered population\n(see note 2) "
_PEOPLE = "GP registered population\n(see note 3) "
_ON_WARD = ["Patients in a Virtual Ward\n(see notes 1 and 4) ", "Occupancy %\n(see note 5) "]


@dataclass(frozen=True, slots=True)
class _Ward:
    trust: SampleTrust
    beds: int
    patients: int


def ward_sheets(month: Month) -> dict[str, list[Cells]]:
    """The sheets of a month's workbook by name, as they are laid out."""
    wards = list(_wards(month))
    note: Cells = ["Fictional figures: this is Remit's sample, and nothing in it is real."]
    sheets: dict[str, list[Cells]] = {"Notes": [["Title:", _TITLE], note]}
    systems = [*_above(month, "Integrated Care Board (ICB)"), _SYSTEM_HEADER, *_systems(wards)]
    if month < _BY_PROVIDER:
        return sheets | {"Virtual Ward Data": systems}
    providers = [*_above(month, "Provider"), _PROVIDER_HEADER, *_providers(wards, month)]
    return sheets | {
        "Virtual Ward Data - ICB": systems,
        "Virtual Ward Data - Provider": providers,
    }


_SYSTEM_HEADER: Cells = [*_AREA, "ICB code", "Name", _COUNTED, _RATE, _PEOPLE, *_ON_WARD]
_PROVIDER_HEADER: Cells = [*_AREA, "Provider code", "Name", _COUNTED, *_ON_WARD]


def _above(month: Month, basis: str) -> list[Cells]:
    published = ward_published(month)
    spoken = Month(published.year, published.month)
    return [
        ["Title:", _TITLE],
        [],
        ["Month:", f"{month.name} {month.year}"],
        ["Basis:", f"{basis}, fictional sample"],
        ["Published:", f"{published.day} {spoken.name} {spoken.year}"],
        [],
    ]


def ward_published(month: Month) -> date:
    """The day on which a month's workbook was published."""
    return month.published(14)


def _wards(month: Month) -> Iterator[_Ward]:
    for trust in ALL_TRUSTS:
        if trust.code not in _BEDS:
            continue
        beds = _BEDS[trust.code] + 2 * round(noise(trust.code, month, "ward beds"))
        beds += NEW_WARD[2] if trust.code == NEW_WARD[0] and month >= NEW_WARD[1] else 0
        full = 76 + 5 * noise(trust.code, month, "ward patients")
        full += 34 if (trust.icb, month) == OVERFULL else 0
        yield _Ward(trust, beds, round(beds * full / 100))


def _systems(wards: list[_Ward]) -> Iterator[Cells]:
    yield _system(["-", "-", "-", "ENGLAND*"], wards, sum(_POPULATION.values()))
    for icb in ALL_ICBS:
        area: Cells = [icb.region_name, icb.region_code, icb.code, icb.name]
        yield _system(area, [w for w in wards if w.trust.icb == icb.code], _POPULATION[icb.code])


def _system(area: Cells, wards: list[_Ward], people: int) -> Cells:
    beds, *on_ward = _summed(wards)
    return [*area, beds, round(int(beds) * 100_000 / people, 1), people, *on_ward]


def _providers(wards: list[_Ward], month: Month) -> Iterator[Cells]:
    yield ["-", "-", "-", "ENGLAND*", *_summed(wards)]
    for ward in wards:
        name = ward.trust.name_in(month.quarter).upper()
        icb = icb_of(ward.trust)
        yield [icb.region_name, icb.region_code, ward.trust.code, name, *_summed([ward])]


def _summed(wards: list[_Ward]) -> Cells:
    beds, patients = sum(w.beds for w in wards), sum(w.patients for w in wards)
    return [beds, patients, "100%*" if patients > beds else round(patients / beds, 3)]
