"""Words of an ask as comparable tokens: numbers with their units, stems, capitals kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_UP_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_NUMBERS = {word: str(number) for number, word in enumerate(_UP_TO_TWENTY.split())} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "ninety": "90",
}

_WORD_NUMBER = re.compile(rf"\b({'|'.join(_NUMBERS)})\b", re.IGNORECASE)
# A pattern that begins with a letter is found quickest, so the boundary is looked for behind it.
_HAS_NUMBER = re.compile(rf"[efnostz](?<!\w.)(?:{'|'.join(word[1:] for word in _NUMBERS)})\b")
_MARKS = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-"})
_AND = (
    (re.compile(r"\b(\w)&(\w)\b"), r"\1and\2"),
    (re.compile(r"&"), " and "),
)
_LONGER = r"\b(?:over|exceed\w*|beyond|more than|longer than|past|above|at least)"
_WITH_DIGIT = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"\bin excess of (?=\d)", "over "),
        (rf"{_LONGER} 1 year\b", "over 52week"),
        (r"\b1[- ]year (?=wait)", "52week "),
    )
)
_MAY_BE_REWRITTEN = re.compile("excess|1[ -]year")
_UNIT = re.compile(
    r"(\d)\s*\+?\s*-?\s*"
    r"(ww|weeks?|wks?|w|days?|d|hours?|hrs?|h|months?|mths?|minutes?|mins?)\b\+?",
    re.IGNORECASE,
)
_UNITS = {"w": "week", "d": "day", "h": "hour", "mo": "month", "mt": "month", "mi": "minute"}
_MORE_OR_LESS = (
    (re.compile(r">\s*(?=\d)"), " over "),
    (re.compile(r"<\s*(?=\d)"), " under "),
)
_A_YEAR = re.compile(rf"{_LONGER} a year\b", re.IGNORECASE)
_YEARS = re.compile(r"\byrs?\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?\d*|\d+[A-Za-z]*|%|£")

TOKEN_PATTERNS = tuple(
    pattern.pattern
    for pattern in (_WORD_NUMBER, _UNIT, _A_YEAR, _YEARS, _TOKEN, *(p for p, _ in _WITH_DIGIT))
)
"""How words are told apart, so that it is seen when a later version does it otherwise."""


def tokens(text: str) -> list[str]:
    """The tokens of a text, as written but for numbers: ``52ww`` is ``52week wait``."""
    text = in_digits(text)
    if not text.isascii() or "`" in text:
        text = text.translate(_MARKS)
    if "year" in text or "yr" in text:
        text = _A_YEAR.sub("over 52week", _YEARS.sub("year", text))
    if "&" in text:
        text = _rewrite(text, _AND)
    if ">" in text or "<" in text:
        text = _rewrite(text, _MORE_OR_LESS)
    if _DIGIT.search(text):
        if _MAY_BE_REWRITTEN.search(text.lower()):
            text = _rewrite(text, _WITH_DIGIT)
        text = _UNIT.sub(_with_unit, text)
    return _TOKEN.findall(text)


def in_digits(text: str) -> str:
    """A text with its numbers up to twenty, and a few more, as digits.

    >>> in_digits("over six weeks")
    'over 6 weeks'
    """
    if not _HAS_NUMBER.search(text.lower()):
        return text
    return _WORD_NUMBER.sub(lambda found: _NUMBERS[found[1].lower()], text)


def _with_unit(found: re.Match[str]) -> str:
    unit = found[2].lower()
    if unit == "ww":
        return f"{found[1]}week wait"
    return found[1] + _UNITS[unit[:2] if unit[0] == "m" else unit[0]]


def _rewrite(text: str, rewrites: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, replacement in rewrites:
        text = pattern.sub(replacement, text)
    return text


@lru_cache(maxsize=200_000)
def stem(token: str) -> str:
    """A token in lower case without its common endings; no dictionary, so it is even-handed.

    Examples: ``waiting`` and ``waits`` become ``wait``, ``discharged`` becomes ``discharg``.
    """
    word = token.lower().removesuffix("'s").replace("'", "")
    if len(word) <= 3 or not word.isalpha():
        return word
    word = _singular(word)
    for ending, least in (("ing", 6), ("ed", 5)):
        if word.endswith(ending) and len(word) >= least and _has_vowel(word[: -len(ending)]):
            word = _undouble(word[: -len(ending)])
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiouy" for letter in word)


def _undouble(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        return word[:-1]
    return word
