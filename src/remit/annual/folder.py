"""An assessment as it lies in a folder of plain files, read and held against its year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from remit.annual.frozen import said_twice
from remit.annual.letters import LetterText, read_letters
from remit.annual.rows import PlacedRecord, read_records
from remit.annual.years import load_ladder, load_year
from remit.catalogue import declared
from remit.files.reading import is_folder
from remit.model.annual import AnnualYear, PhraseLadder
from remit.model.annual_records import (
    AnnualFile,
    AnnualFinding,
    AssessedIcb,
    Concern,
    ConcernFile,
    Evidence,
    EvidenceFile,
    FigureFile,
    FindingFile,
    FrozenFigure,
    Reply,
    ReplyFile,
)
from remit.model.errors import AnnualError, DeclarationError
from remit.words.nearest import did_you_mean

if TYPE_CHECKING:
    from pydantic import BaseModel

    RecordT = TypeVar("RecordT", bound=BaseModel)
NamedT = TypeVar("NamedT", Evidence, AnnualFinding)
HEAD = "assessment.yaml"


@dataclass(frozen=True)
class AnnualFolder:
    """All of an assessment: what was declared, what people wrote, and where it stands."""

    path: Path
    head: AnnualFile
    year: AnnualYear
    ladder: PhraseLadder
    evidence: Mapping[str, PlacedRecord[Evidence]]
    findings: Mapping[str, PlacedRecord[AnnualFinding]]
    concerns: tuple[PlacedRecord[Concern], ...]
    replies: tuple[PlacedRecord[Reply], ...]
    figures: tuple[PlacedRecord[FrozenFigure], ...]
    letters: Mapping[str, LetterText]
    missing: tuple[str, ...]

    def with_figures(self, figures: Iterable[PlacedRecord[FrozenFigure]]) -> AnnualFolder:
        """The same with other stored figures beside its own."""
        return replace(self, figures=(*self.figures, *figures))

    @cached_property
    def icbs(self) -> Mapping[str, AssessedIcb]:
        """Who is assessed, by code, in the order of the file."""
        return {one.code: one for one in self.head.icbs}

    @cached_property
    def views(self) -> Mapping[str, Sequence[tuple[int, Evidence]]]:
        """The views of bodies, each with its place in the bank, by whom they are about."""
        found: dict[str, list[tuple[int, Evidence]]] = {}
        for place, one in enumerate(self.evidence.values()):
            if one.record.kind == "view" and one.record.body.strip():
                for code in dict.fromkeys(one.record.icb):
                    found.setdefault(code, []).append((place, one.record))
        return found

    def of_icb(self, code: str) -> list[PlacedRecord[AnnualFinding]]:
        """The findings about an ICB, in the order of the headings and then of the file."""
        order = [one.id for one in self.year.headings]
        mine = [one for one in self.findings.values() if one.record.icb == code]
        return sorted(mine, key=lambda one: order.index(one.record.heading))

    def held(
        self, finding: AnnualFinding, names: Iterable[str]
    ) -> Iterator[PlacedRecord[Evidence]]:
        """The items of evidence of some names that are about the ICB of a finding."""
        for name in names:
            item = self.evidence.get(name)
            if item and {finding.icb, self.head.region} & set(item.record.icb):
                yield item


def read_assessment(folder: Path) -> AnnualFolder:
    """The assessment in a folder that ``remit annual new`` wrote and people filled in.

    Parameters
    ----------
    folder
        It holds ``assessment.yaml``; ``evidence``, ``findings``, ``concerns`` and ``replies`` as
        YAML, CSV or both; ``figures.csv``; and letters in ``letters``. What is missing is told.

    Raises
    ------
    AnnualError
        If there is no such folder or no ``assessment.yaml`` in it.
    DeclarationError
        With one line for each fault: file, line, key, what is wrong and what is allowed.

    Examples
    --------
    >>> read_assessment(Path("north-2024-25")).year.name  # doctest: +SKIP
    '2024/25'
    """
    if not is_folder(folder):
        raise AnnualError(f"{folder}: there is no such folder; begin with: remit annual new")
    head = declared.read(folder / HEAD).validate(AnnualFile)
    year = load_year(head.year, folder)
    lists = _Lists(folder)
    found = AnnualFolder(
        path=folder,
        head=head,
        year=year,
        ladder=load_ladder(head.ladder or year.ladder, folder),
        evidence=_by_id(lists.read("evidence", EvidenceFile, Evidence)),
        findings=_by_id(lists.read("findings", FindingFile, AnnualFinding)),
        concerns=lists.read("concerns", ConcernFile, Concern),
        replies=lists.read("replies", ReplyFile, Reply, optional=True),
        figures=lists.read("figures", FigureFile, FrozenFigure),
        letters=read_letters(folder, [one.code for one in head.icbs]),
        missing=tuple(lists.missing),
    )
    if faults := [*_unknown(found), *said_twice(found.figures)]:
        raise DeclarationError("\n".join(faults))
    return found


class _Lists:
    """Reads lists of records, and keeps in mind which are not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.missing: list[str] = []

    def read(
        self,
        name: str,
        file_model: type[BaseModel],
        model: type[RecordT],
        *,
        optional: bool = False,
    ) -> tuple[PlacedRecord[RecordT], ...]:
        found = read_records(self._folder, name, file_model, model)
        if found is None and not optional:
            self.missing.append(name)
        return found or ()


def _by_id(records: Iterable[PlacedRecord[NamedT]]) -> dict[str, PlacedRecord[NamedT]]:
    """Records by identifier.

    Raises
    ------
    DeclarationError
        If one stands twice.
    """
    found: dict[str, PlacedRecord[NamedT]] = {}
    for one in records:
        if before := found.get(one.record.id):
            raise DeclarationError(
                f"{one.where}, id: {one.record.id!r} is taken already in {before.where}"
            )
        found[one.record.id] = one
    return found


def _unknown(found: AnnualFolder) -> Iterator[str]:
    """Headings, duties and ICBs that a finding names and the year or the folder does not know."""
    headings = [one.id for one in found.year.headings]
    duties = [one.id for one in found.year.duties]
    for one in found.findings.values():
        record = one.record
        for key, known, names in (
            ("icb", list(found.icbs), [record.icb]),
            ("heading", headings, [record.heading]),
            ("duties", duties, record.duties),
        ):
            for name in names:
                if name not in known:
                    near = did_you_mean(name, known)
                    yield (
                        f"{found.path / one.file}, line {one.line}, {key}: {name!r} is not "
                        f"among {', '.join(known)}{near}"
                    )
