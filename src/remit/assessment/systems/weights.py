"""How much each trust counts in its system's score: equally, or by a user's file."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from remit.files.delimited import unmarked
from remit.files.numbers import number_in
from remit.files.reading import read_text
from remit.files.records import named_records
from remit.model.errors import AssessmentError

_COLUMNS = ("org_code", "weight")


def shares(codes: Sequence[str], weights: Mapping[str, float] | None) -> dict[str, float]:
    """Each code's share of the whole; the shares sum to 1.

    Raises
    ------
    AssessmentError
        If a code has no weight, or if the weights of the codes sum to zero.
    """
    if weights is None:
        return {code: 1 / len(codes) for code in codes}
    missing = [code for code in codes if code not in weights]
    if missing:
        raise AssessmentError(f"no weight is given for {', '.join(missing)}; give 0 to leave out")
    whole = math.fsum(weights[code] for code in codes)
    if codes and whole <= 0:
        raise AssessmentError(f"the weights of {', '.join(codes)} sum to zero")
    return {code: weights[code] / whole for code in codes}


def read_weights(path: Path) -> dict[str, float]:
    """Read a CSV file with the columns ``org_code`` and ``weight``.

    Raises
    ------
    AssessmentError
        If the file cannot be read, lacks a column, names an organisation twice, or holds a weight
        that is no number from 0 up; the message names file and line.
    """
    return dict(_weights(path, named_records(read_text(path, error=AssessmentError))))


def _weights(
    path: Path, records: Iterator[tuple[int, dict[str, str] | str]]
) -> Iterator[tuple[str, float]]:
    header: dict[str, str] | None = None
    seen: set[str] = set()
    for line, row in records:
        if isinstance(row, str):
            raise AssessmentError(f"{path}, line {line}: the file cannot be read as CSV: {row}")
        if header is None:
            header = row
            _refuse_missing(path, line, header)
            continue
        code = unmarked(row["org_code"]).strip().upper()
        if not code or code in seen:
            said = f"{code} stands twice" if code else "there is no code"
            raise AssessmentError(f"{path}, line {line}, org_code: {said}")
        seen.add(code)
        yield code, _weight(path, line, row["weight"])
    if header is None:
        _refuse_missing(path, 1, ())


def _refuse_missing(path: Path, line: int, header: Collection[str]) -> None:
    missing = [name for name in _COLUMNS if name not in header]
    if missing:
        raise AssessmentError(
            f"{path}, line {line}: the column(s) {', '.join(missing)} are missing"
        )


def _weight(path: Path, line: int, text: str) -> float:
    weight = number_in(text)
    if weight is None or weight < 0:
        raise AssessmentError(f"{path}, line {line}, weight: {text[:60]!r} is no number from 0 up")
    return weight
