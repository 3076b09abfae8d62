"""A register of practices as people keep it: a folder of plain files, or one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from remit.catalogue import declared
from remit.catalogue.declared import Declared, in_plain_words
from remit.files.delimited import unmarked
from remit.files.limits import FILE_BYTES
from remit.files.reading import is_folder, is_there, read_bytes
from remit.files.records import decoded, named_records
from remit.model.errors import PracticeError
from remit.model.plain_text import cleaned
from remit.model.practice_records import Practice, PracticeAdoption, PracticeFile
from remit.practice.register.faults import FaultKind, RegisterFault
from remit.practice.register.screening import Screen

if TYPE_CHECKING:
    from pydantic import BaseModel

    RecordT = TypeVar("RecordT", bound=BaseModel)

PRACTICES, ADOPTIONS = "practices", "adoptions"
_LONGEST_TOLD = 120


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: its file, the line where it begins, and the line of each key."""

    file: str
    line: int
    line_of: Callable[[Sequence[str | int]], int] = field(compare=False)


@dataclass(frozen=True, slots=True)
class RegisterRows:
    """All records that could be read, each with its place, and what is wrong with the others."""

    path: Path
    files: tuple[str, ...]
    practices: tuple[tuple[Practice, Place], ...]
    adoptions: tuple[tuple[PracticeAdoption, Place], ...]
    faults: tuple[RegisterFault, ...]
    adoptions_read: int


def read_rows(path: Path) -> RegisterRows:
    """The records of a register; texts are kept without names of people.

    Parameters
    ----------
    path
        A folder with ``practices`` and ``adoptions`` as YAML, CSV or both, or one such YAML file.

    Raises
    ------
    PracticeError
        If there is no such folder or file, or no list of practices in it.
    DeclarationError
        If a file is no YAML or no text.

    Examples
    --------
    ``read_rows(Path("practices")).practices``
    """
    reader = _Reader()
    for file in _files(path):
        reader.take(file)
    screen = Screen(reader.known_words)
    practices = tuple(reader.records(PRACTICES, Practice, screen))
    adoptions = tuple(reader.records(ADOPTIONS, PracticeAdoption, screen))
    read = len(reader.raw[ADOPTIONS])
    return RegisterRows(path, tuple(reader.files), practices, adoptions, tuple(reader.faults), read)


def _files(path: Path) -> list[Path]:
    if not is_folder(path):
        if not is_there(path):
            raise PracticeError(
                f"{path}: there is no such folder or file; begin with: remit practices new {path}"
            )
        return [path]
    endings = ("yaml", "yml", "csv")
    names = [f"{name}.{ending}" for name in (PRACTICES, ADOPTIONS) for ending in endings]
    found = [path / name for name in names if is_there(path / name)]
    if not any(one.stem == PRACTICES for one in found):
        raise PracticeError(
            f"{path}: there is no practices.yaml and no practices.csv; begin with: "
            "remit practices new FOLDER"
        )
    return found


@dataclass(slots=True)
class _Reader:
    """Takes files in, and keeps what is wrong with their records."""

    files: list[str] = field(default_factory=list)
    known_words: list[str] = field(default_factory=list)
    raw: dict[str, list[tuple[Any, Place]]] = field(
        default_factory=lambda: {PRACTICES: [], ADOPTIONS: []}
    )
    faults: list[RegisterFault] = field(default_factory=list)

    def take(self, path: Path) -> None:
        self.files.append(path.name)
        if path.suffix.lower() == ".csv":
            name = ADOPTIONS if path.stem.lower().startswith(ADOPTIONS) else PRACTICES
            self.raw[name] += self._of_csv(path)
        else:
            self._of_yaml(declared.read(path))

    def _of_yaml(self, file: Declared) -> None:
        data = file.data if isinstance(file.data, dict) else {}
        lists = {name: data.get(name) or [] for name in (PRACTICES, ADOPTIONS)}
        # What is wrong with the file as a whole is told at once; of a record, with all others.
        file_alone = {**data, **dict.fromkeys(lists, ())} if data else file.data
        Declared(file.path, file_alone, file.sha256, file.text).validate(PracticeFile)
        self.known_words += [str(one) for one in data.get("known_words") or []]
        for name, records in lists.items():
            if not isinstance(records, list):
                raise PracticeError(file.fault([name], "this key holds a list"))
            for at, record in enumerate(records):
                place = _place_in_yaml(file, name, at)
                self.raw[name].append((record, place))

    def _of_csv(self, path: Path) -> Iterator[tuple[Any, Place]]:
        rows = named_records(decoded(read_bytes(path, limit=FILE_BYTES, error=PracticeError)).text)
        next(rows, None)
        for line, cells in rows:
            place = Place(path.name, line, lambda _, line=line: line)  # type: ignore[misc]
            if isinstance(cells, str):
                yield cells, place
                continue
            told = {_key(name): cleaned(unmarked(cell)).strip() for name, cell in cells.items()}
            kept = {name: cell for name, cell in told.items() if name and cell}
            if kept:
                yield kept, place

    def records(
        self, name: str, model: type[RecordT], screen: Screen
    ) -> Iterator[tuple[RecordT, Place]]:
        from pydantic import ValidationError

        for record, place in self.raw[name]:
            if isinstance(record, str):  # A line that cannot be parted into cells.
                self._fault("not_as_declared", {}, place, "", value="", said=record)
                continue
            try:
                found = model.model_validate(record)
            except ValidationError as error:
                for where, said in in_plain_words(error):
                    key = str(where[0]) if where else ""
                    value = record.get(key, "") if isinstance(record, dict) else record
                    shown = screen(str(value))[:_LONGEST_TOLD]
                    told = screen(said)
                    self._fault("not_as_declared", record, place, key, value=shown, said=told)
                continue
            kept, struck = screen.record(found)
            for key, shown in struck:
                said = (
                    "this seems to name a person, a number or an address, which was left out; "
                    "write the role alone, or list a word that is no name under known_words"
                )
                self._fault("personal", record, place, key, value=shown, said=said)
            yield kept, place

    def _fault(
        self, kind: FaultKind, record: Any, place: Place, key: str, *, value: str, said: str
    ) -> None:
        known: Mapping[str, Any] = record if isinstance(record, dict) else {}
        practice = str(known.get("practice") or known.get("id") or "")
        code = str(known.get("code") or "")
        line, lost = place.line_of([key] if key else []), kind == "not_as_declared"
        self.faults.append(
            RegisterFault(kind, practice, code, place.file, line, key, value, said, lost)
        )


def _place_in_yaml(file: Declared, name: str, at: int) -> Place:
    def line_of(keys: Sequence[str | int]) -> int:
        return file.line_of([name, at, *keys])

    return Place(Path(file.path).name, line_of([]), line_of)


def _key(heading: str) -> str:
    """A heading as the keys are written: ``Evidence source`` is ``evidence_source``."""
    return heading.strip().lower().replace(" ", "_").replace("-", "_")
