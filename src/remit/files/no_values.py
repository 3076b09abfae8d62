"""Cells that hold no value but what a spreadsheet says in place of one."""

from __future__ import annotations

import re

from remit.files.formulas import is_formula
from remit.files.sheet_xml import NOT_CALCULATED

_ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|BUSY!|CONNECT!"
    r"|PYTHON!|UNKNOWN!|EXTERNAL!|ERROR!|GETTING_DATA)|Err:\d{3}",
    re.IGNORECASE,
)
_ERRORS = re.compile(rf"(?:{_ERROR.pattern})(?:[\s;,/|]+(?:{_ERROR.pattern}))*", re.IGNORECASE)
_REMEDY = "write what it is to say"
_TOO_NARROW = re.compile(r"#{2,}")


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
    """As :func:`cell_fault`, for a cell of words: a formula as text (``=NA()``) is none either.

    >>> words_fault("=A1+B1"), words_fault("= no change")
    ('the cell holds a formula, no words; write what it is to say', '')
    """
    if fault := cell_fault(text):
        return f"{fault}; {_REMEDY}" if text != NOT_CALCULATED else fault
    if _ERRORS.fullmatch(text):
        return f"the cell holds errors of a spreadsheet, no words; {_REMEDY}"
    if _TOO_NARROW.fullmatch(text):
        return f"the cell holds the signs of a column that was too narrow, no words; {_REMEDY}"
    if is_formula(text):
        return f"the cell holds a formula, no words; {_REMEDY}"
    return ""
