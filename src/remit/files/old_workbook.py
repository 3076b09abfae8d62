"""Workbooks of the old format (.xls), read by xlrd in a process of its own.

xlrd takes as much time and memory as a damaged file bids it to; a process can be ended, and given
no more. See ``docs/decisions/0028-old-workbooks-in-a-process.md``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from remit.files.archives import printable
from remit.files.calamine import Rows
from remit.files.limits import CELLS, OLD_MEMORY, OLD_SECONDS, WORKBOOK_BYTES
from remit.files.sheet_marks import SheetMarks
from remit.files.sheet_xml import LockedWorkbook, SheetError

_LIMITS = {"memory": OLD_MEMORY, "cells": CELLS, "signs": WORKBOOK_BYTES}


@dataclass(frozen=True, slots=True)
class OldSheet:
    """One sheet: its cells, whether it is hidden, and what in it is hidden or merged."""

    name: str
    rows: Rows
    is_hidden: bool
    marks: SheetMarks


def old_sheets(content: bytes) -> list[OldSheet]:
    """The sheets in the order of the workbook; an error stands in a cell as its name.

    Raises
    ------
    SheetError
        If the workbook is damaged, locked, or larger than can be held.
    """
    reader = str(Path(__file__).with_name("old_reader.py"))
    # -P: no module is taken from the folder in which the user works.
    command = [sys.executable, "-P", reader, *(str(limit.now) for limit in _LIMITS.values())]
    try:
        ran = subprocess.run(
            command, input=content, capture_output=True, timeout=OLD_SECONDS.now, check=False
        )
    except subprocess.TimeoutExpired:
        raise SheetError(f"reading it takes too long; {OLD_SECONDS.remedy}") from None
    answer = json.loads(ran.stdout or '{"fault": "memory"}', object_hook=_moment)
    if fault := answer.get("fault"):
        if "encrypted" in fault:
            raise LockedWorkbook
        raise SheetError(_in_words(fault))
    return [_sheet(one) for one in answer["sheets"]]


def _sheet(said: dict[str, Any]) -> OldSheet:
    marks = SheetMarks(
        said["hidden_rows"],
        [(column, column) for column in said["hidden_columns"]],
        [(top, left, low - 1, right - 1) for top, low, left, right in said["merged"]],
    )
    return OldSheet(said["name"], said["rows"], said["hidden"], marks)


def _in_words(fault: str) -> str:
    if fault in _LIMITS:
        return f"it has more in it than any known workbook; {_LIMITS[fault].remedy}"
    return f"the file is damaged: {printable(fault)}; download it again, or save it as .xlsx"


def _moment(said: dict[str, Any]) -> Any:
    if "for" in said:
        return timedelta(milliseconds=said["for"])
    if "at" not in said:
        return said
    kind = datetime if "T" in said["at"] else time if ":" in said["at"] else date
    return kind.fromisoformat(said["at"])
