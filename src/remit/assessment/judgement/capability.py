"""The capability of boards: read from a user's file, shown beside the segment.

A rating enters a segment only by the ``effects`` that the framework declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from remit.assessment.judgement.record_files import (
    Fault,
    Judged,
    Place,
    framework_fault,
    organisation_faults,
    refuse,
    source_of,
)
from remit.catalogue.declared import Declared
from remit.model.capability import Capability, CapabilityFile, CapabilityRecord
from remit.model.explanation import SourceLine
from remit.model.framework import Framework, Override

if TYPE_CHECKING:
    from remit.register import Register

RATING = "capability_rating"


@dataclass(frozen=True, slots=True)
class CapabilityRecords:
    """A user's capability records and the file that they stand in."""

    file: Declared
    content: CapabilityFile

    def of(self, code: str, on: date) -> CapabilityRecord | None:
        """The latest record of an organisation that is not dated after a day."""
        known = [r for r in self.content.records if r.org == code and r.dated <= on]
        return max(known, key=lambda record: record.dated, default=None)

    def later(self, on: date) -> list[str]:
        """The organisations whose records are all dated after a day."""
        return sorted({r.org for r in self.content.records if self.of(r.org, on) is None})

    def source(self, record: CapabilityRecord, *place: str | int) -> SourceLine:
        """Where a record, or a part of it, stands in the file."""
        index = self.content.records.index(record)
        return source_of(self.file, ["records", index, *place], "Record of capability")


def check_capability(file: Declared, framework: Framework, register: Register) -> CapabilityRecords:
    """Check a file of capability records against framework and register.

    Raises
    ------
    DeclarationError
        With one line for every fault: file, line, key, what is wrong and what is allowed.
    """
    content = file.validate(CapabilityFile)
    refuse(file, _faults(content, framework, register))
    return CapabilityRecords(file, content)


def _faults(content: CapabilityFile, framework: Framework, register: Register) -> Iterator[Fault]:
    yield from framework_fault(content.framework, framework)
    capability = framework.capability
    if capability is None:
        yield ["framework"], f"{framework.id} declares no assessment of capability"
        return
    seen: dict[tuple[str, date], int] = {}
    for index, record in enumerate(content.records):
        place: Place = ["records", index]
        judged = Judged(place, record.org, record.self_assessment.signed_on)
        yield from organisation_faults(judged, capability.kinds, register)
        yield from _domain_faults(place, record, capability)
        yield from _rating_faults(place, record, capability)
        if seen.setdefault((record.org, record.dated), index) != index:
            yield [*place, "org"], f"{record.org} has two records dated {record.dated}; keep one"


def _domain_faults(
    place: Place, record: CapabilityRecord, capability: Capability
) -> Iterator[Fault]:
    known = [domain.id for domain in capability.domains]
    seen: set[str] = set()
    for index, statement in enumerate(record.self_assessment.domains):
        where: Place = [*place, "self_assessment", "domains", index, "domain"]
        if statement.domain not in known:
            yield where, f"no domain {statement.domain!r}; use one of {', '.join(known)}"
        if statement.domain in seen:
            yield where, f"{statement.domain} is stated twice"
        seen.add(statement.domain)


def _rating_faults(
    place: Place, record: CapabilityRecord, capability: Capability
) -> Iterator[Fault]:
    if record.rating is None or not capability.ratings:
        return
    if _plain(record.rating.word) not in {_plain(word) for word in capability.ratings}:
        words = ", ".join(capability.ratings)
        where: Place = [*place, "rating", "word"]
        yield where, f"{record.rating.word!r} is no rating of this framework; use one of {words}"


def gaps(record: CapabilityRecord, capability: Capability) -> list[str]:
    """What a board's self-assessment leaves open, a sentence each."""
    stated = {statement.domain: statement for statement in record.self_assessment.domains}
    found = []
    for domain in capability.domains:
        statement = stated.get(domain.id)
        if statement is None:
            found.append(f"{domain.name}: nothing is stated.")
        elif not statement.evidence:
            found.append(f"{domain.name}: no evidence is named.")
    if record.rating is None:
        found.append("The overseer's rating is not recorded.")
    return found


def with_ratings(base: pl.DataFrame, records: CapabilityRecords | None, on: date) -> pl.DataFrame:
    """Add ``capability_rating``: the overseer's word, null where there is none."""
    words = [_word(records, code, on) for code in base["org_code"]]
    return base.with_columns(pl.Series(RATING, words, dtype=pl.String))


def _word(records: CapabilityRecords | None, code: str, on: date) -> str | None:
    record = records.of(code, on) if records else None
    return record.rating.word if record and record.rating else None


def capability_overrides(framework: Framework) -> tuple[Override, ...]:
    """The effects of ratings, as overrides of the segment."""
    if framework.capability is None:
        return ()
    return tuple(
        Override(
            id="capability_" + re.sub(r"[^a-z0-9]+", "_", _plain(effect.rating)),
            name=f"{framework.capability.name}: {effect.rating}",
            flag=effect.rating,
            no_better_than=effect.no_better_than,
            becomes=effect.becomes,
            stage="adjusted",
            why=effect.why,
        )
        for effect in framework.capability.effects
    )


def rated(override: Override) -> pl.Expr:
    """1 where an organisation has the rating of an effect, else 0; null where none is recorded."""
    word = pl.col(RATING).str.strip_chars().str.to_lowercase()
    return (word == _plain(override.flag)).cast(pl.Float64)


def capability_notes(
    framework: Framework, records: CapabilityRecords | None, on: date
) -> list[str]:
    """What a reader must know of the capability ratings in a result."""
    if records is None or framework.capability is None:
        return []
    notes = []
    if not framework.capability.effects:
        notes.append(
            f"{framework.capability.name}: shown beside the segment; it does not enter it."
        )
    if not framework.capability.ratings:
        notes.append("The words of capability ratings are as recorded; the framework defines none.")
    later = records.later(on)
    if later:
        notes.append(f"Capability dated after the period is not used: {', '.join(later)}.")
    return notes


def _plain(word: str) -> str:
    return word.strip().lower()
