"""Contacts of community services in the sample: providers, and the areas whose rows are printed.

An area's row is the sum of its providers', but for the people seen: whoever is seen by two of them
is one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from remit.sample.elsewhere import ALL_ICBS, ALL_TRUSTS
from remit.sample.figures import noise
from remit.sample.months import Month
from remit.sample.region import SampleTrust

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
NEWCOMER = ("ZA3", Month(2025, 1))
"""A change of members: Saddlewick's trust gives no figures before this month."""
SILENT = ("ZC2", Month(2024, 10))
"""A gap: in this month a trust gave nothing in, and comes back in the next."""
_SEEN_ONCE = 98
"""Of a hundred people whom the providers of an area count, so many when each is counted once."""
_PEOPLE_SEEN = "TotalPatientWithCareContact"
_BY_AGE = ((18, 1.5), (34, 1.3), (48, 0.7))
"""Of the contacts of each age group: their share in per cent, and how often they are missed."""


class _Row(NamedTuple):
    """What is counted, and how many: all, and those of each age group."""

    about: tuple[str, ...]
    figures: tuple[int, ...]


def contact_rows(month: Month) -> list[list[str]]:
    """The rows of a month's core data: contacts by what became of them, and people seen.

    Providers stand first, then ICBs, regions and all who gave figures.
    """
    given = [(trust, list(_contacts(trust, month))) for trust in _givers(month)]
    made: list[list[str]] = []
    for trust, rows in given:
        who = (trust.code, trust.name_in(month.quarter), "Provider")
        made += _printed(month, who, rows)
    for who, systems in _areas():
        inside = [row for trust, rows in given if trust.icb in systems for row in rows]
        made += _printed(month, who, _summed(inside))
    return made


def _givers(month: Month) -> Iterator[SampleTrust]:
    """The trusts that have community services and gave their figures for a month."""
    for trust in ALL_TRUSTS:
        gone = trust.code == "ZC3" and not month.before_the_merger
        not_yet = trust.code == NEWCOMER[0] and month < NEWCOMER[1]
        silent = (trust.code, month) == SILENT
        if "community" in trust.services and not (gone or not_yet or silent):
            yield trust


def _areas() -> Iterator[tuple[tuple[str, str, str], Collection[str]]]:
    """Code, name and level of each area, with the systems that make it up."""
    for icb in ALL_ICBS:
        yield (icb.code, icb.name, "ICB"), {icb.code}
    for code, name in dict.fromkeys((icb.region_code, icb.region_name) for icb in ALL_ICBS):
        inside = {icb.code for icb in ALL_ICBS if icb.region_code == code}
        yield (code, name, "NHS England (Region)"), inside
    yield ("ALL", "All submitters", "All Submitters"), {icb.code for icb in ALL_ICBS}


def _summed(rows: Iterable[_Row]) -> Iterator[_Row]:
    """The rows of an area, of those of its providers."""
    by_kind: dict[tuple[str, ...], list[tuple[int, ...]]] = defaultdict(list)
    for row in rows:
        by_kind[row.about].append(row.figures)
    for about, figures in by_kind.items():
        share = _SEEN_ONCE if about[0] == _PEOPLE_SEEN else 100
        sums = [sum(parts) for parts in zip(*figures, strict=True)]
        yield _Row(about, tuple(5 * round(one * share / 500) for one in sums))


def _printed(month: Month, who: tuple[str, str, str], rows: Iterable[_Row]) -> Iterator[list[str]]:
    code, name, level = who
    for about, figures in rows:
        body = [f"{month.first}", f"{month.last}", code, name.upper(), level]
        yield [*body, *about, "", "", *(f"{figure:.1f}" for figure in figures)]


def _contacts(trust: SampleTrust, month: Month) -> Iterator[_Row]:
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
        fives = tuple(5 * round(figure / 5) for figure in (sum(figures), *figures))
        yield _Row((dimension, count, measure, words), fives)


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
