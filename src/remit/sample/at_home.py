"""Care outside hospital in the sample: virtual wards, and contacts of community services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from remit.sample.figures import noise
from remit.sample.months import Month
from remit.sample.region import ICBS, REGION_CODE, REGION_NAME, TRUSTS, SampleTrust

Cells = list[str | int | float]

_BY_PROVIDER = Month(2025, 4)
"""From this month on the workbook has a sheet of providers."""
NEW_WARD = ("ZC1", Month(2025, 9), 60)
"""A step: Larkshire's community trust opens 60 beds at home."""
OVERFULL = ("ZB2", Month(2026, 1))
"""In this month a system has more patients than beds, printed as ``100%*``."""
_POPULATION = {"ZB1": 1_012_400, "ZB2": 838_700}
_BEDS = {"ZA1": 80, "ZA2": 55, "ZA3": 35, "ZC1": 60, "ZA6": 75, "ZA7": 40, "ZC2": 70}

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


# Virtual wards -----------------------------------------------------------------------------------


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
    for trust in TRUSTS:
        if trust.code not in _BEDS:
            continue
        beds = _BEDS[trust.code] + 2 * round(noise(trust.code, month, "ward beds"))
        beds += NEW_WARD[2] if trust.code == NEW_WARD[0] and month >= NEW_WARD[1] else 0
        full = 76 + 5 * noise(trust.code, month, "ward patients")
        full += 34 if (trust.icb, month) == OVERFULL else 0
        yield _Ward(trust, beds, round(beds * full / 100))


def _systems(wards: list[_Ward]) -> Iterator[Cells]:
    yield _system(["-", "-", "-", "ENGLAND*"], wards, sum(_POPULATION.values()))
    for icb in ICBS:
        area: Cells = [REGION_NAME, REGION_CODE, icb.code, icb.name]
        yield _system(area, [w for w in wards if w.trust.icb == icb.code], _POPULATION[icb.code])


def _system(area: Cells, wards: list[_Ward], people: int) -> Cells:
    beds, *on_ward = _summed(wards)
    return [*area, beds, round(int(beds) * 100_000 / people, 1), people, *on_ward]


def _providers(wards: list[_Ward], month: Month) -> Iterator[Cells]:
    yield ["-", "-", "-", "ENGLAND*", *_summed(wards)]
    for ward in wards:
        name = ward.trust.name_in(month.quarter).upper()
        yield [REGION_NAME, REGION_CODE, ward.trust.code, name, *_summed([ward])]


def _summed(wards: list[_Ward]) -> Cells:
    beds, patients = sum(w.beds for w in wards), sum(w.patients for w in wards)
    return [beds, patients, "100%*" if patients > beds else round(patients / beds, 3)]


# Community services ------------------------------------------------------------------------------

CONTACTS_HEADER = [
    "REPORTING_PERIOD_START",
    "REPORTING_PERIOD_END",
    "ORG_CODE",
    "ORG_NAME",
    "ORG_LEVEL",
    "DIMENSION",
    "COUNT_OF",
    "MEASURE",
    "MEASURE_DESC",
    "MEASURE_2",
    "MEASURE_2_DESC",
    "MEASURE_VALUE",
    "MEASURE_VALUE_0_18",
    "MEASURE_VALUE_19_64",
    "MEASURE_VALUE_65_PLUS",
]
REMINDERS = ("ZC2", Month(2025, 6), -2.2)
"""A step: Gullhaven Bay sends reminders, and fewer appointments are missed."""
_PEOPLE_SEEN = "TotalPatientWithCareContact"
_BY_AGE = ((18, 1.5), (34, 1.3), (48, 0.7))
"""Of the contacts of each age group: their share in per cent, and how often they are missed."""


def contact_rows(month: Month) -> list[list[str]]:
    """The rows of a month's core data: contacts by what became of them, and people seen."""
    rows: list[list[str]] = []
    for trust in TRUSTS:
        if "community" in trust.services and (trust.code != "ZC3" or month.before_the_merger):
            rows += _contacts(trust, month)
    return rows


def _contacts(trust: SampleTrust, month: Month) -> Iterator[list[str]]:
    who = [f"{month.first}", f"{month.last}", trust.code, trust.name_in(month.quarter).upper()]
    made = _made(trust, month)
    shares = [share / 100 for share, _ in _BY_AGE]
    missed = [made * share / 100 * often * _missed(trust, month) / 100 for share, often in _BY_AGE]
    by_patient = [made * share * 0.021 for share in shares]
    by_provider = [made * share * _put_off(trust, month) / 100 for share in shares]
    lost = [sum(parts) for parts in zip(missed, by_patient, by_provider, strict=True)]
    came = [made * share - gone for share, gone in zip(shares, lost, strict=True)]
    seen = made / (2.4 + 0.05 * noise(trust.code, month, "seen"))
    for dimension, count, measure, words, figures in (
        ("AttendCode_Group", "CareContacts", "1", "Attended", came),
        ("AttendCode_Group", "CareContacts", "2", "Patient did not attend", missed),
        ("AttendCode_Group", "CareContacts", "3", "Patient cancellation", by_patient),
        ("AttendCode_Group", "CareContacts", "4", "Provider cancellation", by_provider),
        ("TotalCareContacts", "CareContacts", "Total", "Total", [made * s for s in shares]),
        (_PEOPLE_SEEN, "PatientWithCareContact", "Total", "Total", [seen * s for s in shares]),
    ):
        fives = [5 * round(figure / 5) for figure in (sum(figures), *figures)]
        about = ["Provider", dimension, count, measure, words, "", ""]
        yield [*who, *about, *(f"{figure:.1f}" for figure in fives)]


def _made(trust: SampleTrust, month: Month) -> float:
    """Appointments made: a community trust's work is that, another's a part of it."""
    usual = 21_000 if trust.subkind == "Community" else 8_500
    if trust.former_name and not month.before_the_merger:
        usual *= 2
    return usual * (1 + 0.03 * noise(trust.code, month, "contacts"))


def _missed(trust: SampleTrust, month: Month) -> float:
    """Missed appointments in per cent."""
    usual = 6.0 - 0.8 * trust.level + 0.25 * noise(trust.code, month, "missed")
    reminded = trust.code == REMINDERS[0] and month >= REMINDERS[1]
    return max(usual + (REMINDERS[2] if reminded else 0.0), 1.0)


def _put_off(trust: SampleTrust, month: Month) -> float:
    """Appointments that the provider cancelled, in per cent."""
    return max(3.2 - 0.4 * trust.level + 0.3 * noise(trust.code, month, "put off"), 0.5)
