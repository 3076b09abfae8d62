"""A checked register: which adoptions count, who could have a practice, and who has it on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from remit.model.organisation import Organisation, OrganisationType, TrustKind
from remit.model.period import Period
from remit.model.practice_records import Practice, PracticeAdoption, Who
from remit.practice.register.faults import RegisterFault
from remit.practice.register.reading import Place
from remit.practice.register.stages import load_stages
from remit.register import load_register


@dataclass(frozen=True, slots=True)
class DatedAdoption:
    """An adoption that counts: from which day to which; `until` is None while it lasts."""

    record: PracticeAdoption
    place: Place
    code: str
    since: Period
    until: Period | None

    def lasts_on(self, day: date) -> bool:
        """Whether a day lies within it."""
        return self.since.start <= day and (self.until is None or day <= self.until.end)

    def counts_as(self) -> str:
        """``nothing``, ``piloting`` or ``having``."""
        return load_stages()[self.record.stage].counts


@dataclass(frozen=True)
class PracticeRegister:
    """Practices by id, adoptions that count by practice, and everything that is wrong."""

    name: str
    files: tuple[str, ...]
    practices: Mapping[str, Practice]
    adoptions: Mapping[str, tuple[DatedAdoption, ...]]
    faults: tuple[RegisterFault, ...]
    rows: int
    fictional: frozenset[str]

    @property
    def accepted(self) -> int:
        """How many adoptions count."""
        return sum(map(len, self.adoptions.values()))

    def could_have(self, practice: str, on: date) -> tuple[Organisation, ...]:
        """The organisations that could have a practice, as they were open on a day."""
        one = self.practices[practice]
        return organisations(one.who, one.within, on, practice in self.fictional)

    def having(self, practice: str, on: date) -> dict[str, DatedAdoption]:
        """Who has a practice on a day, by code."""
        return self._in_use(practice, on, "having")

    def piloting(self, practice: str, on: date) -> dict[str, DatedAdoption]:
        """Who tries a practice on a day and does not have it, by code."""
        having = self.having(practice, on)
        tried = self._in_use(practice, on, "piloting")
        return {code: one for code, one in tried.items() if code not in having}

    def _in_use(self, practice: str, on: date, counts: str) -> dict[str, DatedAdoption]:
        known = {one.code for one in self.could_have(practice, on)}
        return {
            one.code: one
            for one in self.adoptions.get(practice, ())
            if one.code in known and one.counts_as() == counts and one.lasts_on(on)
        }

    def stopped(self, practice: str, on: date) -> dict[str, DatedAdoption]:
        """Who had a practice and ended it before a day, by code."""
        having = self.having(practice, on)
        return {
            one.code: one
            for one in self.adoptions.get(practice, ())
            if one.counts_as() == "having"
            and one.until is not None
            and one.until.end < on
            and one.code not in having
        }


@lru_cache(maxsize=1024)
def organisations(
    who: Who, within: str, on: date, fictional: bool = False
) -> tuple[Organisation, ...]:
    """Organisations of a kind that are open on a day, of everywhere or of a region or an ICB.

    Parameters
    ----------
    who
        All trusts, those of one kind, or ICBs.
    within
        The code of a region or an ICB; blank for all.
    on
        The day.
    fictional
        Those of the sample.

    Examples
    --------
    >>> [one.code for one in organisations("ambulance", "ZR1", date(2026, 3, 31), True)]
    ['ZV1', 'ZV2']
    """
    register = load_register()
    if who == "icbs":
        found = register.icbs(on, fictional=fictional)
    else:
        kind = None if who == "trusts" else TrustKind(who)
        found = register.trusts(on, kind, fictional=fictional)
    if within:
        inside = {one.code for one in register.members(within, on)}
        found = [one for one in found if one.code in inside]
    return tuple(found)


def is_of(organisation: Organisation, who: Who) -> bool:
    """Whether an organisation is of the kind that could have a practice."""
    if who == "icbs":
        return organisation.type is OrganisationType.ICB
    if organisation.type is not OrganisationType.TRUST:
        return False
    return who == "trusts" or organisation.kind is TrustKind(who)
