"""Formulas that stand in a cell as text, told from what people write."""

from __future__ import annotations

import re
from collections.abc import Container

_LONGEST = 8192
"""No formula of Excel is longer."""

_DEEPEST = 64
"""Nor has one more calls within each other."""

_CELL = r"\$?[A-Z]{1,3}\$?\d{1,7}(?!\w)"
_SHEET = r"(?:'(?:[^']|'')++'|[\w.:\[\]]++)!"
_CERTAIN = (
    rf'"[^"]*"|#N/A|#[A-Z0-9/]+[!?](?:{_CELL})?|{_SHEET}\$?\w[\w.$]*(?::\$?\w[\w$]*)?'
    rf"|{_CELL}(?::{_CELL})?|\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}(?!\w)|[A-Z_]\w*+\[[^\[\]]*\]"
)
"""A text in quotes, an error, a cell or a range, of a sheet or none, a column of a table."""

_NUMBER = r"\d++(?:\.\d+)?(?:E[-+]?\d+)?(?![\w.])"
_NAME = r"[A-Z_][\w.]*+"
_JOINED = r"\s*+(?:<=|>=|<>|[-+*/^&=<>,:])\s*+[-+]*+\s*+"

_OPERAND = rf"(?>{_CERTAIN}|{_NUMBER}|{_NAME})%?"
_WHOLE = re.compile(rf"[-+@]*+\s*+{_OPERAND}(?>{_JOINED}{_OPERAND})*+", re.IGNORECASE)
_PARTS = re.compile(rf"(?P<sure>{_CERTAIN})|(?P<number>{_NUMBER})|(?P<name>{_NAME})", re.IGNORECASE)
_CALL = re.compile(r"(?<![\w.])[A-Z_][\w.]*+\([^()]*\)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_HYPHENED = re.compile(r"[^+*/^&<>]*")
_QUOTED = re.compile(r'"[^"]*"')


def is_formula(text: str) -> bool:
    """Whether a text is a formula of a spreadsheet, not words that begin with a sign.

    A formula is operands with a sign between each two; words stand side by side. A name alone, or
    names joined to a number by a hyphen, are words; after a plus or a minus so is a number.

    >>> [is_formula(one) for one in ("=A1*2", "+A1", "= no change", "+3 beds opened", "=> moved")]
    [True, True, False, False, False]
    """
    said = text.strip().lstrip("'").strip("{} ").replace("＝", "=")
    if said[:1] not in {"=", "+", "-", "@"} or len(said) > _LONGEST:
        return False
    rest = said[1:].strip()
    inner = _without_calls(_QUOTED.sub('""', rest))
    if not _WHOLE.fullmatch(inner):
        return False
    parts = {found.lastgroup for found in _PARTS.finditer(inner)}
    return "sure" in parts or (said[0] == "=" and _reckons(inner, parts))


def _without_calls(text: str) -> str:
    """The text with a text in quotes for each call of a function, and brackets that reckon gone."""
    for _ in range(_DEEPEST):
        before, text = text, _CALL.sub('""', text)
        text = _IN_BRACKETS.sub(lambda m: "1" if _WHOLE.fullmatch(m[1].strip()) else m[0], text)
        if text == before:
            break
    return text


def _reckons(text: str, parts: Container[str | None]) -> bool:
    """Whether numbers are reckoned with: ``1+1``, ``rate*2``, and not ``covid-19``."""
    return "number" in parts and ("name" not in parts or not _HYPHENED.fullmatch(text))
