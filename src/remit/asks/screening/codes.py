"""Tokens of letters and digits: which are known codes, and which tell of a person."""

from __future__ import annotations

import re
from functools import lru_cache

from remit.asks.screening.lists import sorted_words
from remit.asks.screening.vocabulary import code_prefixes, is_declared

_MOST_OPEN = 4
"""A known kind of code has no more digits than this, unless its letters are known."""
_LONG, _LONGEST_COUNT = 7, 6
_SHORTEST_LOGIN, _SHORTEST_MIXED = 3, 6
_ONS = re.compile(r"[EWSNK]\d{8}")
_PRACTICE = re.compile(r"[A-HJ-NPVWY]\d{5}")
_YEAR = r"(?:19|20)\d{2}"
_DAY = rf"(?:\d{{1,2}}[-/]\d{{1,2}}[-/](?:\d{{2}}|{_YEAR})|{_YEAR}[-/]?\d{{1,2}}[-/]?\d{{1,2}})"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_TIME = re.compile(
    rf"{_DAY}|\d{{1,2}}(?:st|nd|rd|th)?[-/]?{_MONTH}[-/]?(?:\d{{2}}|{_YEAR})?"
    rf"|{_MONTH}[-/]?(?:\d{{1,2}}[-/])?(?:\d{{2}}|{_YEAR})"
    rf"|{_YEAR}(?:[-/](?:\d{{2}}|{_YEAR})){{0,3}}|(?:FY|CY|Q\d|H\d|M\d{{1,2}}|P\d{{1,2}}|W\d{{1,2}}"
    rf"|M\d{{1,2}}FY)[-/]?(?:\d{{2}}|{_YEAR}|\d{{4}})(?:[-/]?(?:\d{{2}}|{_YEAR}))?"
    rf"|{_YEAR}[-/]?(?:Q|M|H|P|W|FY)\d{{1,2}}",
    re.IGNORECASE,
)
_STEM = re.compile(r"[A-Za-z]+")
_SWITCH = re.compile(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])|(?<=[a-z])(?=[A-Z])")


def is_personal_code(token: str, line: str) -> bool:
    """Whether a token of letters and digits tells of a person, a login or a secret.

    Parameters
    ----------
    token
        Letters and digits, in which hyphens and slashes may stand.
    line
        What stands about it, for codes of practices.
    """
    digits = sum(map(str.isdigit, token))
    if not digits or _TIME.fullmatch(token) or _ONS.fullmatch(token):
        return False
    stem = _STEM.match(token)
    letters = stem.group() if stem else ""
    if letters and _is_known_code(token, letters, digits):
        return False
    parts = re.split(r"[-/]", token)
    if not any(map(str.isalpha, token)):
        return _are_long_digits(parts, digits)
    if _PRACTICE.fullmatch(token):
        return not re.search(r"\b(?:practice|surgery|gp|pcn|ods|medical)", line, re.IGNORECASE)
    if digits > _MOST_OPEN and not _are_words(parts):
        return True
    return _is_login(token, letters, digits) or _is_secret(token)


def _is_known_code(token: str, letters: str, digits: int) -> bool:
    if is_declared(token):
        return True
    most = _LONGEST_COUNT if len(letters) > 1 else _MOST_OPEN - 1
    return letters.upper() in code_prefixes() and digits <= most


def _are_long_digits(parts: list[str], digits: int) -> bool:
    """``2025/20417``, ``404-1882``: a number in parts that is neither a period nor a range."""
    if len(parts) == 1:
        return digits >= _LONG
    years = any(re.fullmatch(_YEAR, part) for part in parts)
    if years:
        return digits > 2 * _MOST_OPEN and all(len(part) <= _LONG for part in parts)
    return digits >= _LONG and len(parts) == 2 and len(parts[0]) != len(parts[1])


def _are_words(parts: list[str]) -> bool:
    """Whether each part is an ordinary word or a short number: ``Covid-19/2025-26``."""
    return all(
        (part.isdigit() and len(part) <= _MOST_OPEN) or _is_word(part) for part in parts if part
    ) and not (len(parts) == 2 and parts[1].isdigit() and _is_long_count(parts[1]))


def _is_long_count(part: str) -> bool:
    return len(part) >= _MOST_OPEN and not re.fullmatch(_YEAR, part)


def _is_login(token: str, letters: str, digits: int) -> bool:
    """``jsmith4``, ``soz4471``, ``MORT-0417``."""
    rest = token[len(letters) :]
    if rest[:1] in {"-", "/"} and rest[1:].isdigit():
        return len(letters) > 1 and _is_long_count(rest[1:])
    if not rest.isdigit() or not token[:2].islower():
        return False
    if letters in sorted_words("english") or is_declared(letters):
        return digits >= _MOST_OPEN and not re.fullmatch(_YEAR, rest)
    return len(letters) >= _SHORTEST_LOGIN and (digits >= 3 or len(letters) > _SHORTEST_LOGIN)


def _is_secret(token: str) -> bool:
    """Small and large letters and digits in turn, as no word has them: ``fN4zGt``."""
    if len(token) < _SHORTEST_MIXED or not token.isalnum() or token.isupper():
        return False
    small, large = any(map(str.islower, token)), any(map(str.isupper, token[1:]))
    return small and large and len(_SWITCH.findall(token)) > 2


def _is_word(part: str) -> bool:
    bare = part.rstrip("0123456789").lower()
    if len(part) - len(bare) > 3:
        return False
    return len(bare) > 2 and (bare in sorted_words("english") or is_declared(bare))


@lru_cache(maxsize=20_000)
def is_plain_word(word: str) -> bool:
    """Whether a word is one of English or of the vocabulary, and no code or secret."""
    return word.lower() in sorted_words("common") or is_declared(word)
