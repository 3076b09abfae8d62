"""From declaration files to organisations; all files are checked against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from remit.catalogue.declared import Declared, packaged, read
from remit.model.errors import DeclarationError
from remit.model.organisation import (
    FormerName,
    Membership,
    Organisation,
    OrganisationType,
    Succession,
)
from remit.model.organisation_file import IcbEntry, OrganisationFile, RegionEntry, Span, TrustEntry
from remit.register.register import Register
from remit.words.nearest import nearest

MOST_FAULTS = 20
"""So many faults are told at once; finding the line of each takes time."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry and where it stands."""

    entry: RegionEntry
    type: OrganisationType
    fictional: bool
    source: str
    file: Declared
    where: tuple[str, int]


class _Fault(NamedTuple):
    placed: _Placed
    key: tuple[str | int, ...]
    message: str

    def __str__(self) -> str:
        return self.placed.file.fault([*self.placed.where, *self.key], self.message)


class _Bond(NamedTuple):
    """A kind of membership: its key, to what it leads, and whether one at a time is allowed."""

    key: str
    parent: OrganisationType
    single: bool


_REGION = _Bond("region", OrganisationType.REGION, True)
_LEAD = _Bond("lead_icb", OrganisationType.ICB, True)
_PARTNER = _Bond("partner_icbs", OrganisationType.ICB, False)

_Index = Mapping[str, _Placed]


def load_register(extra: Sequence[Path] = ()) -> Register:
    """Read the register that comes with Remit, and the user's own files beside it.

    Parameters
    ----------
    extra
        Declaration files of the user's own; they add organisations and may refer to those that
        come with Remit.

    Returns
    -------
    Register
        Without ``extra`` always the same one.

    Raises
    ------
    DeclarationError
        With a line for each fault: file, line, key, what is wrong and what is allowed.

    Examples
    --------
    >>> import remit
    >>> register = remit.load_register()
    >>> register.get("ZA1").name
    'Larkshire University Hospitals NHS Foundation Trust'
    >>> register.lead_icb("ZA1", date(2026, 4, 1)).name
    'NHS Larkshire and Quillborough Integrated Care Board'
    """
    if not extra:
        return _packaged_register()
    return Register(read_organisations([*packaged("organisations"), *map(read, extra)]))


@cache
def _packaged_register() -> Register:
    return Register(read_organisations(packaged("organisations")))


def read_organisations(files: Iterable[Declared]) -> list[Organisation]:
    """Validate declaration files, each by itself and all against each other.

    Raises
    ------
    DeclarationError
        With a line for each fault.
    """
    placed = [entry for file in files for entry in _entries(file)]
    index: dict[str, _Placed] = {}
    for entry in placed:
        index.setdefault(entry.entry.code, entry)
    faults: list[_Fault] = []
    organisations = [_organisation(entry, index, faults) for entry in placed]
    _refuse(faults)
    return organisations


def _refuse(faults: Sequence[_Fault]) -> None:
    told = [str(fault) for fault in faults[:MOST_FAULTS]]
    if len(faults) > MOST_FAULTS:
        told.append(f"and {len(faults) - MOST_FAULTS} more")
    if told:
        raise DeclarationError("\n".join(told))


def _entries(file: Declared) -> Iterator[_Placed]:
    content = file.validate(OrganisationFile)
    said = {name: _words(source.title, source.as_of) for name, source in content.sources.items()}
    lists: tuple[tuple[str, OrganisationType, Sequence[RegionEntry]], ...] = (
        ("regions", OrganisationType.REGION, content.regions),
        ("icbs", OrganisationType.ICB, content.icbs),
        ("trusts", OrganisationType.TRUST, content.trusts),
    )
    for key, kind, entries in lists:
        for number, entry in enumerate(entries):
            source = "; ".join(said[name] for name in entry.source if name in said)
            yield _Placed(entry, kind, content.fictional, source, file, (key, number))


def _words(title: str, as_of: date | str) -> str:
    return f"{title}, {as_of}" if as_of else title


# One organisation -------------------------------------------------------------------------------


def _organisation(one: _Placed, index: _Index, faults: list[_Fault]) -> Organisation:
    """An entry as an organisation; what is wrong with it is added to ``faults``."""
    entry = one.entry
    faults += _own_faults(one, index)
    faults += _succession_faults(one, index)
    names = sorted(entry.former_names.items(), key=lambda item: item[1])
    return Organisation(
        code=entry.code,
        name=entry.name,
        type=one.type,
        opened=entry.opened,
        closed=entry.closed,
        source=one.source,
        kind=entry.kind if isinstance(entry, TrustEntry) else None,
        subkind=entry.subkind if isinstance(entry, TrustEntry) else None,
        regions=_memberships(one, _REGION, index, faults),
        lead_icbs=_memberships(one, _LEAD, index, faults),
        partner_icbs=_memberships(one, _PARTNER, index, faults),
        succession=_succession(entry),
        aliases=entry.aliases,
        ons_code=entry.ons_code,
        former_ons_codes=entry.former_ons_codes,
        former_names=tuple(FormerName(name, until) for name, until in names),
        fictional=one.fictional,
        note=entry.note,
        site=entry.site if isinstance(entry, TrustEntry) else None,
    )


def _own_faults(one: _Placed, index: _Index) -> Iterator[_Fault]:
    entry = one.entry
    first = index[entry.code]
    if first is not one:
        line = first.file.line_of(first.where)
        message = f"{entry.code} is declared twice; see {first.file.path}, line {line}"
        yield _Fault(one, ("code",), message)
    if entry.closed and entry.closed < entry.opened:
        message = f"{entry.code} closed on {entry.closed}, before it opened on {entry.opened}"
        yield _Fault(one, ("closed",), message)
    declared = one.file.data["sources"]
    for name in entry.source:
        if name not in declared:
            known = ", ".join(declared)
            yield _Fault(one, ("source",), f"no source {name!r}; use one of {known}")


# Memberships ------------------------------------------------------------------------------------


def _memberships(
    one: _Placed, bond: _Bond, index: _Index, faults: list[_Fault]
) -> tuple[Membership, ...]:
    """The memberships of one kind, the earliest first."""
    spans: Mapping[str, Span] = getattr(one.entry, bond.key, {})
    found: list[Membership] = []
    for code, span in spans.items():
        message = _reference_fault(one, code, bond.parent, index)
        if message is None:
            parent = index[code].entry
            found.append(_membership(one.entry, parent, span))
            message = _life_fault(found[-1], one.entry, parent)
        if message:
            faults.append(_Fault(one, (bond.key, code), message))
    found.sort(key=lambda held: (held.valid_from, held.code))
    if bond.single:
        faults += _overlaps(one, bond, found)
    return tuple(found)


def _membership(child: RegionEntry, parent: RegionEntry, span: Span) -> Membership:
    """A membership; where no day is written it holds for as long as both are open."""
    first, last = span
    return Membership(
        code=parent.code,
        valid_from=first or max(child.opened, parent.opened),
        valid_to=last or _earlier(child.closed, parent.closed),
    )


def _overlaps(one: _Placed, bond: _Bond, ordered: Sequence[Membership]) -> Iterator[_Fault]:
    for earlier, later in pairwise(ordered):
        if earlier.holds(later.valid_from):
            message = (
                f"{one.entry.code} belongs to {earlier.code} and to {later.code} on "
                f"{later.valid_from}; one at a time is allowed, so end the first before"
            )
            yield _Fault(one, (bond.key, later.code), message)


def _reference_fault(one: _Placed, code: str, kind: OrganisationType, index: _Index) -> str | None:
    """What is wrong with a reference to another organisation, if anything."""
    other = index.get(code)
    if other is None:
        return f"no organisation {code!r} in any file; nearest: {nearest(code, index)}"
    if other.type is not kind:
        return f"{code} ({other.entry.name}) is declared as {other.type}, not as {kind}"
    if other.fictional is not one.fictional:
        return f"{code}: fictional and real organisations must not refer to each other"
    return None


def _life_fault(held: Membership, child: RegionEntry, parent: RegionEntry) -> str | None:
    """What is wrong with the days of a membership, if anything."""
    if held.valid_to and held.valid_to < held.valid_from:
        return f"the membership would end before it begins ({_lives(child, parent)})"
    closing = _earlier(child.closed, parent.closed)
    late = closing and (held.valid_to is None or held.valid_to > closing)
    if held.valid_from < max(child.opened, parent.opened) or late:
        return f"the membership goes beyond the life of one of the two ({_lives(child, parent)})"
    return None


def _lives(*entries: RegionEntry) -> str:
    return "; ".join(f"{e.code} {e.opened} to {e.closed or 'now'}" for e in entries)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)


# Successions ------------------------------------------------------------------------------------


def _succession(entry: RegionEntry) -> Succession | None:
    if not isinstance(entry, IcbEntry) or entry.succession is None:
        return None
    said = entry.succession
    return Succession(said.on, said.to, said.note, tuple(sorted(said.parts.items())))


def _succession_faults(one: _Placed, index: _Index) -> Iterator[_Fault]:
    entry = one.entry
    if not isinstance(entry, IcbEntry) or entry.succession is None:
        return
    on = entry.succession.on
    if entry.closed is None or on < entry.closed:
        message = f"{entry.code} must be closed, on {on} at the latest, to have a successor"
        yield _Fault(one, ("succession", "on"), message)
    for code in entry.succession.parts:
        if code not in entry.succession.to:
            message = f"{code} has a part and is no successor; name it under `to` as well"
            yield _Fault(one, ("succession", "parts"), message)
    for code in entry.succession.to:
        wrong = _reference_fault(one, code, one.type, index)
        if wrong is None and not _open(index[code].entry, on):
            wrong = f"{code} is not open on {on}"
        if wrong:
            yield _Fault(one, ("succession", "to"), wrong)


def _open(entry: RegionEntry, on: date) -> bool:
    return entry.opened <= on and (entry.closed is None or on <= entry.closed)
