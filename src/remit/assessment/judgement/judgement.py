"""Segments set by judgement: read from a user's file, applied, and never made up."""

from __future__ import annotations

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
from remit.model.explanation import SourceLine
from remit.model.framework import Framework
from remit.model.judgement import Judgement, JudgementFile

if TYPE_CHECKING:
    from remit.register import Register

NONE_RECORDED = "no judgement recorded"


@dataclass(frozen=True, slots=True)
class Judgements:
    """A user's judgements and the file that they stand in."""

    file: Declared
    content: JudgementFile

    def of(self, code: str, on: date) -> Judgement | None:
        """The judgement that holds on a day; of several, the one that began last."""
        holding = [j for j in self.content.judgements if j.org == code and j.holds(on)]
        return max(holding, key=lambda judgement: judgement.starts, default=None)

    def codes(self, on: date) -> list[str]:
        """The organisations for which a judgement holds on a day."""
        return sorted({j.org for j in self.content.judgements if j.holds(on)})

    def source(self, judgement: Judgement) -> SourceLine:
        """Where a judgement stands in its file."""
        place: Place = ["judgements", self.content.judgements.index(judgement)]
        return source_of(self.file, place, "Record of judgements")


def check_judgements(file: Declared, framework: Framework, register: Register) -> Judgements:
    """Check a file of judgements against the framework and the register.

    Raises
    ------
    DeclarationError
        With one line for every fault: file, line, key, what is wrong and what is allowed.
    """
    content = file.validate(JudgementFile)
    refuse(file, _faults(content, framework, register))
    return Judgements(file, content)


def _faults(content: JudgementFile, framework: Framework, register: Register) -> Iterator[Fault]:
    yield from framework_fault(content.framework, framework)
    if framework.segments.cut_points.basis != "judgement":
        yield ["framework"], f"{framework.id} sets segments by a score, not by judgement"
    seen: dict[tuple[str, date], int] = {}
    for index, judgement in enumerate(content.judgements):
        place: Place = ["judgements", index]
        judged = Judged(place, judgement.org, judgement.starts)
        yield from organisation_faults(judged, framework.kinds, register)
        if judgement.segment not in framework.segments.labels:
            allowed = ", ".join(str(label) for label in sorted(framework.segments.labels))
            yield [*place, "segment"], f"no segment {judgement.segment}; use one of {allowed}"
        if seen.setdefault((judgement.org, judgement.starts), index) != index:
            said = f"{judgement.org} is judged twice from {judgement.starts}"
            yield [*place, "org"], f"{said}; keep one, or give the later one its `valid_from`"


def with_judgements(
    base: pl.DataFrame, framework: Framework, judgements: Judgements | None, on: date
) -> pl.DataFrame:
    """Add ``judged_segment``, ``judged_by`` and ``judged_on`` where segments are judged."""
    if framework.segments.cut_points.basis != "judgement":
        return base
    found = {code: judgements.of(code, on) for code in base["org_code"]} if judgements else {}
    rows = [(code, one.segment, one.judged_by, one.judged_on) for code, one in found.items() if one]
    schema = {
        "org_code": pl.String,
        "judged_segment": pl.Int64,
        "judged_by": pl.String,
        "judged_on": pl.Date,
    }
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return base.join(table, on="org_code", how="left")


def judgement_notes(base: pl.DataFrame, framework: Framework) -> list[str]:
    """How many organisations have no judgement, where segments are judged."""
    if framework.segments.cut_points.basis != "judgement":
        return []
    judged = base.filter(pl.col("kind").is_in([kind.value for kind in framework.kinds]))
    none = judged["judged_segment"].null_count()
    if not none:
        return []
    return [
        f"{NONE_RECORDED.capitalize()} for {none} of {judged.height} organisations: their segment "
        "is blank (--judgements takes a file of them)."
    ]
