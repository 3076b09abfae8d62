"""A register of practices comes into an instance, where everybody who is signed in looks it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from remit.model.practice_records import Practice
from remit.practice.register.checks import checked
from remit.practice.register.reading import read_rows
from remit.records.audit import SYSTEM, Event, at_once, change, create, remove
from remit.web.people.asking import today
from remit.web.running.year_folder import YearRejected
from remit.web.signing_in.groups import check_organisation


@dataclass(frozen=True, slots=True)
class PracticesTaken:
    """What came of bringing a register of practices in."""

    practices: int
    adoptions: int
    written: int
    """Rows that were added, changed or taken away."""
    rejected: tuple[YearRejected, ...]


def bring_practices(register: Path, organisation: str, *, dry_run: bool = False) -> PracticesTaken:
    """Put a register of practices before everybody, in the place of the same one before.

    Parameters
    ----------
    register
        As ``remit practices new`` writes it, filled in.
    organisation
        Who keeps it, by its code.
    dry_run
        Only say what would come of it.

    Raises
    ------
    PracticeError
        If the register cannot be read.
    InstanceError
        If the organisation is not on the register of organisations.

    Examples
    --------
    >>> bring_practices(Path("demo/practice/register"), "ZR1").practices  # doctest: +SKIP
    5
    """
    from remit.records.year.models import SharedAdoption, SharedPractice

    check_organisation(organisation, "--organisation")
    rows = read_rows(register)
    read = checked(rows, today())
    places = {one.id: f"{place.file}, line {place.line}" for one, place in rows.practices}
    event = Event(SYSTEM, organisation, "import", why=f"the register {register.name}")
    wanted = {
        f"{organisation}-{name}": _told(one, organisation, places[name])
        for name, one in read.practices.items()
    }
    held = {
        (f"{organisation}-{name}", one.code, one.since.start): {
            "until": one.until.end if one.until else None, "stage": one.record.stage,
            "source": one.record.source, "place": f"{one.place.file}, line {one.place.line}",
        }
        for name, some in read.adoptions.items()
        for one in some
    }  # fmt: skip
    written = 0
    with at_once():  # before what is there is read
        mine = SharedPractice.objects.filter(organisation=organisation)
        there = {one.pk: one for one in mine}
        written += _brought(event, SharedPractice, there, wanted, ("practice_id",))
        adoptions = SharedAdoption.objects.filter(practice__organisation=organisation)
        had = {(one.practice_id, one.organisation, one.since): one for one in adoptions}
        keys = ("practice_id", "organisation", "since")
        written += _brought(event, SharedAdoption, had, held, keys)
        if dry_run:
            transaction.set_rollback(True)
    lost = tuple(
        YearRejected(f"{one.file}, line {one.line}", one.message) for one in read.faults if one.lost
    )
    return PracticesTaken(len(wanted), len(held), written, lost)


def _told(one: Practice, organisation: str, place: str) -> dict[str, Any]:
    evidence = [f"{e.what} ({e.source})" if e.source else e.what for e in one.evidence]
    return {
        "organisation": organisation, "name": one.id, "title": one.name, "what": one.what,
        "problem": one.problem, "aim": one.aim, "metrics": ", ".join(one.metrics),
        "stage": one.stage, "evidence": "\n".join(" ".join(e.split()) for e in evidence),
        "cost": one.cost, "contact": one.contact, "source": one.source, "place": place,
    }  # fmt: skip


def _brought(
    event: Event,
    kind: Any,
    there: Mapping[Any, Any],
    wanted: Mapping[Any, dict[str, Any]],
    keys: tuple[str, ...],
) -> int:
    """Bring rows to what is wanted, each with its entry; how many were written."""
    written = 0
    for key, fields in wanted.items():
        if key not in there:
            known = key if isinstance(key, tuple) else (key,)
            create(event, kind, **dict(zip(keys, known, strict=True)), **fields)
            written += 1
        elif differs := {n: new for n, new in fields.items() if getattr(there[key], n) != new}:
            change(event, there[key], **differs)
            written += 1
    for key in [one for one in there if one not in wanted]:
        remove(event, there[key])
        written += 1
    return written
