"""The records of a folder, from YAML or CSV or both, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from remit.catalogue import declared
from remit.catalogue.declared import in_plain_words
from remit.files.delimited import unmarked
from remit.files.reading import is_named, read_text
from remit.files.records import named_records
from remit.model.errors import DeclarationError
from remit.model.plain_text import cleaned

if TYPE_CHECKING:
    from pydantic import BaseModel

RecordT = TypeVar("RecordT", bound="BaseModel")
_MOST_TOLD = 30
Row = tuple[int, dict[str, str]]
"""The line where a row begins, and its cells by their headings."""


@dataclass(frozen=True)
class PlacedRecord(Generic[RecordT]):
    """A record and the line of the file where it begins."""

    record: RecordT
    file: str
    line: int

    @property
    def where(self) -> str:
        """The place as a fault names it."""
        return f"{self.file}, line {self.line}"


def read_records(
    folder: Path, name: str, file_model: type[BaseModel], model: type[RecordT]
) -> tuple[PlacedRecord[RecordT], ...] | None:
    """The records of ``name.yaml`` and of ``name.csv``; None where there is neither.

    Parameters
    ----------
    folder
        The folder of the assessment.
    name
        The file without its ending, which is also the key of the list in it.
    file_model, model
        What the whole file, and what one record must be.

    Raises
    ------
    DeclarationError
        With one line for each fault: file, line, key and remedy.

    Examples
    --------
    ``read_records(Path("2024-25"), "findings", FindingFile, AnnualFinding)``
    """
    found: list[PlacedRecord[RecordT]] = []
    there = False
    for ending in ("yaml", "yml"):
        path = folder / f"{name}.{ending}"
        if is_named(path):
            there = True
            found += _of_yaml(path, name, file_model)
    path = folder / f"{name}.csv"
    if is_named(path):
        there = True
        found += _of_csv(path, model)
    return tuple(found) if there else None


def _of_yaml(path: Path, name: str, file_model: type[BaseModel]) -> Iterator[PlacedRecord[Any]]:
    file = declared.read(path)
    records = getattr(file.validate(file_model), name)
    for place, record in enumerate(records):
        yield PlacedRecord(record, path.name, file.line_of([name, place]))


def _of_csv(path: Path, model: type[RecordT]) -> list[PlacedRecord[RecordT]]:
    from pydantic import ValidationError

    found, faults = [], []
    for line, cells in rows_of(path):
        try:
            found.append(PlacedRecord(model.model_validate(cells), path.name, line))
        except ValidationError as error:
            faults += [
                f"{path}, line {line}, {'.'.join(map(str, where)) or '(the whole row)'}: {said}"
                for where, said in in_plain_words(error)
            ]
    if faults:
        more = [f"and {len(faults) - _MOST_TOLD:,} more faults in {path}"]
        raise DeclarationError(
            "\n".join(faults if len(faults) <= _MOST_TOLD else [*faults[:_MOST_TOLD], *more])
        )
    return found


def rows_of(path: Path) -> Iterator[Row]:
    """The rows below the header; blank cells are keys that are left out."""
    rows = named_records(read_text(path, error=DeclarationError))
    next(rows, None)
    for line, cells in rows:
        if isinstance(cells, str):
            raise DeclarationError(f"{path}, line {line}: {cells}")
        told = {
            key_of(name): cleaned(unmarked(cell)).strip()
            for name, cell in cells.items()
            if name and cell
        }
        if any(told.values()):
            yield line, {name: cell for name, cell in told.items() if cell}


@lru_cache(maxsize=1000)
def key_of(heading: str) -> str:
    """A heading as the keys are written: ``Period start`` is ``period_start``."""
    return heading.strip().lower().replace(" ", "_").replace("-", "_")
