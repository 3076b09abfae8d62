"""How much each trust counts in its system's score: equally, or by a user's file."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

from remit.files.delimited import unmarked
from remit.files.numbers import number_in
from remit.files.reading import read_text
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
    text = read_text(path, error=AssessmentError)
    try:
        return dict(_weights(path, csv.DictReader(StringIO(text))))
    except csv.Error as error:
        raise AssessmentError(f"{path}: the file cannot be read as CSV: {error}") from None


def _weights(path: Path, reader: csv.DictReader[str]) -> Iterator[tuple[str, float]]:
    missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise AssessmentError(f"{path}, line 1: the column(s) {', '.join(missing)} are missing")
    seen: set[str] = set()
    for row in reader:
        code = unmarked(row["org_code"] or "").strip().upper()
        if not code or code in seen:
            said = f"{code} stands twice" if code else "there is no code"
            raise AssessmentError(f"{path}, line {reader.line_num}, org_code: {said}")
        seen.add(code)
        yield code, _weight(path, reader.line_num, row["weight"] or "")


def _weight(path: Path, line: int, text: str) -> float:
    weight = number_in(text)
    if weight is None or weight < 0:
        raise AssessmentError(f"{path}, line {line}, weight: {text[:60]!r} is no number from 0 up")
    return weight
