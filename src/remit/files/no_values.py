"""Cells that hold no value but what a spreadsheet says in place of one."""

from __future__ import annotations

import re

from remit.files.sheet_xml import NOT_CALCULATED

_ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|BUSY!|CONNECT!"
    r"|PYTHON!|UNKNOWN!|EXTERNAL!|ERROR!|GETTING_DATA)|Err:\d{3}",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"=\s*(?:[A-Z][A-Z0-9._]*\(.*\)|\$?[A-Z]{1,3}\$?\d+)", re.IGNORECASE)


def cell_fault(text: str) -> str:
    """What is wrong with a cell that holds no value; blank of any other.

    >>> cell_fault("#N/A"), cell_fault("12")
    ('the cell holds an error of a spreadsheet, no value', '')
    """
    if text == NOT_CALCULATED:
        return "the cell holds a formula of which the file has no value; open it in Excel, save it"
    if text[:1] in {"#", "E", "e"} and _ERROR.fullmatch(text):
        return "the cell holds an error of a spreadsheet, no value"
    return ""


def words_fault(text: str) -> str:
    """As :func:`cell_fault`, for a cell of words: a formula as text (``=NA()``) is none either."""
    if fault := cell_fault(text):
        return fault
    if _FORMULA.fullmatch(text):
        return "the cell holds a formula, no words; write what it is to say"
    return ""
