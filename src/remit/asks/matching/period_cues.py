"""Where a text may name a period: the cues of one, and the words around them."""

from __future__ import annotations

import re

_BEFORE_CUE, _AFTER_CUE, _GAP = 90, 50, " # "
MONTH_CUES = ("jan", "feb", "mar", "apr", "mayo", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CUE_WORDS = (*MONTH_CUES, "quarter", "month", "half", "year", "week", "christmas")
# Each begins with a letter, for that is found quickest; the boundary is looked for behind it.
_CUE = re.compile(
    "|".join(rf"{word[0]}(?<!\w.){word[1:]}" for word in _CUE_WORDS)
    + r"|2(?<!\w.)0(?=\d\d)|q(?<!\w.)(?= ?[1-4])|h(?<!\w.)(?=[12]\b)|m(?<!\w.)(?=\d)"
    r"|/(?<=\d.)(?=\d)|-(?<=\d.)(?=\d)"
)
DAY, MONTHS, YEARS = "day of a month", "two months", "two years joined"
"""Cues that are more than a word."""
_YEARS_JOINED = re.compile(r"\d[/-](?:20)?[23]\d\b(?!/)")
_A_MONTH = re.compile("|".join(MONTH_CUES))
_DAY_AND_MONTH = re.compile(rf"\d(?:st|nd|rd|th)? ?(?:of )?(?:{'|'.join(MONTH_CUES)})")


def around_cues(text: str) -> tuple[str, set[str]]:
    """The parts of a text that may name a period, and their cues: the rest need not be read."""
    cues: set[str] = set()
    parts: list[str] = []
    end = 0
    for found in _CUE.finditer(text):
        cues.add(found[0])
        start = max(end, found.start() - _BEFORE_CUE)
        if start > end:
            parts.append(_GAP)
        end = max(end, found.end() + _AFTER_CUE)
        parts.append(text[start:end])
    around = "".join(parts)
    if not cues.isdisjoint(MONTH_CUES):
        if _DAY_AND_MONTH.search(around):
            cues.add(DAY)
        if len(_A_MONTH.findall(around)) > 1:
            cues.add(MONTHS)
    if not cues.isdisjoint("/-") and _YEARS_JOINED.search(around):
        cues.add(YEARS)
    return around, cues
