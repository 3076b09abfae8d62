"""Files of records that a user keeps: read, and checked against framework and register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from remit.catalogue.declared import Declared
from remit.model.errors import DeclarationError
from remit.model.explanation import SourceLine
from remit.model.framework import Framework
from remit.model.organisation import SubjectKind
from remit.words.nearest import nearest

if TYPE_CHECKING:
    from remit.register import Register

Place = list[str | int]
Fault = tuple[Place, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """Whom a record speaks of, where, and from which day."""

    place: Place
    code: str
    on: date


def refuse(file: Declared, faults: Iterator[Fault]) -> None:
    """Raise all faults at once, each with file, line and key.

    Raises
    ------
    DeclarationError
        If there is any.
    """
    lines = [file.fault(place, said) for place, said in faults]
    if lines:
        raise DeclarationError("\n".join(lines))


def framework_fault(named: str, framework: Framework) -> Iterator[Fault]:
    """A record is only good for the framework that it names."""
    if named != framework.id:
        yield ["framework"], f"this file belongs to {named}; the framework here is {framework.id}"


def organisation_faults(
    judged: Judged, kinds: tuple[SubjectKind, ...], register: Register
) -> Iterator[Fault]:
    """That the organisation exists on the day, and is of a kind that is judged."""
    from remit.register.closing import absence

    place: Place = [*judged.place, "org"]
    organisation = register.find(judged.code)
    if organisation is None:
        known = nearest(judged.code, sorted(register.codes))
        yield place, f"no organisation {judged.code!r} on the register; nearest: {known}"
    elif organisation.judged_as not in kinds:
        wanted = ", ".join(kinds)
        yield place, f"{judged.code} ({organisation.name}) is of no kind judged here: {wanted}"
    elif not organisation.exists(judged.on):
        yield place, absence(register, organisation, judged.on)


def source_of(file: Declared, place: Place, publication: str) -> SourceLine:
    """Where a record stands in its file."""
    return SourceLine(
        source_id=file.sha256[:16],
        publication=publication,
        file_name=file.path.replace("\\", "/").rsplit("/", 1)[-1],
        sha256=file.sha256,
        line=file.line_of(place),
        column=".".join(str(part) for part in place),
        url="",
    )
