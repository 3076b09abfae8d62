"""The people beside the records: one row a cell, each accepted or rejected with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from remit.files.limits import FILE_BYTES
from remit.files.reading import read_bytes, read_text
from remit.files.records import named_records
from remit.model.errors import ActivityError
from remit.model.observation import Rejection
from remit.model.period import parse_quarter
from remit.shift.records.columns import POPULATION_COLUMNS
from remit.words.sentences import listed

if TYPE_CHECKING:
    import polars as pl

_NAMES: Final = tuple(POPULATION_COLUMNS)
_KEY: Final = _NAMES[:4]
_MOST: Final = 10**12


@dataclass(frozen=True, slots=True)
class PeopleRead:
    """The rows of a file of populations: those accepted as a table, and those rejected."""

    file: str
    table: pl.DataFrame
    rejections: tuple[Rejection, ...]
    quarters_rejected: tuple[str, ...]
    """The quarter of each rejected row; an empty text where the quarter itself cannot be read."""

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return self.table.height + len(self.rejections)


class _Fault(ValueError):
    """What is wrong in a row: the column, what stands there, and why."""


def read_populations(path: Path) -> PeopleRead:
    """Read a file of populations, CSV or Parquet.

    Raises
    ------
    ActivityError
        If it cannot be read, or a column is missing.

    Examples
    --------
    >>> read_populations(Path("populations.csv")).rejections  # doctest: +SKIP
    """
    seen: dict[tuple[Any, ...], int] = {}
    rows, rejected, quarters = [], [], []
    for line, cells in _lines(path):
        try:
            row = _checked(cells)
            before = seen.setdefault(row[:4], line)
            if before != line:
                raise _Fault("", "", f"the same cell of people stands on line {before:,}")
        except _Fault as fault:
            rejected.append(Rejection(path.name, line, *fault.args))
            quarters.append(_quarter_in(cells))
        else:
            rows.append(row)
    return PeopleRead(path.name, _table(rows), tuple(rejected), tuple(quarters))


def _lines(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    if path.suffix.lower() == ".parquet":
        yield from enumerate(_parquet(path).iter_rows(named=True), start=1)
        return
    read = named_records(read_text(path, limit=FILE_BYTES, error=ActivityError))
    header = next(read, (1, {}))[1]
    _refuse_columns(path, () if isinstance(header, str) else tuple(header))
    yield from read


def _parquet(path: Path) -> pl.DataFrame:
    import io

    import polars as pl

    content = read_bytes(path, error=ActivityError)
    try:
        frame = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise ActivityError(f"{path}: this is no Parquet file ({fault})") from None
    _refuse_columns(path, frame.columns)
    return frame


def _refuse_columns(path: Path, columns: Any) -> None:
    lacking = [name for name in _NAMES if name not in columns]
    if lacking:
        near = f"; it has {', '.join(columns)}" if columns else ""
        word = "column" if len(lacking) == 1 else "columns"
        raise ActivityError(f"{path}: no {word} {listed(lacking)} for populations{near}")


def _checked(cells: Mapping[str, Any] | str) -> tuple[Any, ...]:
    """A row of the table, or a fault."""
    if isinstance(cells, str):
        raise _Fault("", "", cells)
    fifth = _whole(cells, "deprivation_fifth")
    if not 1 <= fifth <= 5:
        raise _Fault("deprivation_fifth", str(fifth), "a deprivation fifth is 1 to 5")
    return (
        _text(cells, "commissioner"),
        _quarter(cells),
        _text(cells, "age_band"),
        fifth,
        _whole(cells, "people"),
        _whole(cells, "need_thousandths"),
    )


def _text(cells: Mapping[str, Any], column: str) -> str:
    said = str(cells[column] if cells[column] is not None else "").strip()
    if not said:
        raise _Fault(column, "", "the cell is blank")
    return said


def _quarter(cells: Mapping[str, Any]) -> str:
    said = _text(cells, "quarter")
    period = parse_quarter(said)
    if period is None:
        raise _Fault("quarter", said, "this is no quarter such as 2024/25 Q1")
    return period.label


def _quarter_in(cells: Mapping[str, Any] | str) -> str:
    try:
        return "" if isinstance(cells, str) else _quarter(cells)
    except _Fault:
        return ""


def _whole(cells: Mapping[str, Any], column: str) -> int:
    """A whole number, not below nought; nothing is read from what only looks like one."""
    said = _text(cells, column)
    if isinstance(cells[column], float) and cells[column].is_integer():
        said = str(int(cells[column]))  # pandas writes whole numbers beside blanks so
    plain = said.replace(",", "") if _is_grouped(said) else said
    if plain.startswith("-") and plain[1:].isdigit():
        raise _Fault(column, said, "the number is below nought")
    if not (plain.isascii() and plain.isdigit()):
        raise _Fault(column, said, "this is no whole number")
    if int(plain) > _MOST:
        raise _Fault(column, said, "no count is as large")
    return int(plain)


def _is_grouped(text: str) -> bool:
    first, *rest = text.split(",")
    return bool(rest) and 1 <= len(first) <= 3 and all(len(part) == 3 for part in rest)


def _table(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    import polars as pl

    kinds = {"text": pl.String, "integer": pl.Int64}
    schema = {name: kinds[kind] for name, kind in POPULATION_COLUMNS.items()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def quarters_of(table: pl.DataFrame) -> tuple[str, ...]:
    """The quarters that populations have, in order."""
    return tuple(sorted(table["quarter"].unique().to_list()))


def read_people(path: Path, quarters: tuple[str, str], *, leave_out: bool = False) -> PeopleRead:
    """Read the people of two quarters.

    Parameters
    ----------
    path
        The file of populations.
    quarters
        The quarters that are compared.
    leave_out
        Whether to go on where rows of these quarters were rejected.

    Raises
    ------
    ActivityError
        If the file has none of a quarter, or, unless it is left out, if a row was rejected.

    Examples
    --------
    >>> read_people(Path("populations.csv"), ("2023/24 Q1", "2024/25 Q1"))  # doctest: +SKIP
    """
    read = read_populations(path)
    if not leave_out:
        _refuse_rejected(read, quarters)
    for quarter in quarters:
        _refuse_unknown(read.table, quarter)
    return read


def _refuse_rejected(read: PeopleRead, quarters: tuple[str, str]) -> None:
    both = zip(read.rejections, read.quarters_rejected, strict=True)
    touched = [one for one, quarter in both if quarter in {"", *quarters}]
    if touched:
        first = touched[0]
        named = f", {first.column} {first.value!r}" if first.column else ""
        raise ActivityError(
            f"{first.file}, line {first.line:,}{named}: {first.reason}. Of {read.rows:,} rows "
            f"{len(touched):,} of these quarters were rejected, and their people would be too "
            "few; mend the file, or go on without them with --leave-out"
        )


def _refuse_unknown(table: pl.DataFrame, quarter: str) -> None:
    known = quarters_of(table)
    if quarter not in known:
        raise ActivityError(
            f"there are no populations of {quarter}; there are of {listed(known) or 'none'}"
        )
