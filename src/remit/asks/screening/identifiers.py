"""Numbers of persons without a label, plates of cars, and dates of birth within lists."""

from __future__ import annotations

import re
from datetime import date

from remit.asks.screening.codes import is_personal_code, is_plain_word
from remit.asks.screening.vocabulary import code_prefixes, is_declared

_TOKEN = re.compile(
    r"(?<![\w£$€.,/#@+\\-])(?<!\w['’])(?=[A-Za-z-]{0,12}[/-]?\d|[A-Za-z]{1,4}\d|\d)"
    r"[A-Za-z\d]{1,40}(?:[-/][A-Za-z\d]{1,24}){0,6}"
    r"(?![\w%@-]|[.,]\d|\s?%|/\d)"
)
_COUNTED = re.compile(
    r"\s{1,2}(?:\w{1,15}\s)?(?:patients?|people|persons?|attend\w{0,6}|appointments?|tests?|episodes?|"
    r"admissions?|spells?|calls?|contacts?|population|residents?|doses|items|records|rows|hours|"
    r"pounds|referrals?|staff|beds?|days|cases)\b",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"(?<![\w£$€.,/-])\d{3,5}(?:[ -]\d{3,4}){1,4}(?:[ -]\d{2,4})(?![\w%]|[.,/]\d)")
_PLATE = re.compile(
    r"(?<![\w/-])(?:(?P<now>[A-Z]{2}\d{2} ?[A-Z]{3})|(?P<front>[A-Z]\d{2,3} ?[A-Z]{3})"
    r"|(?P<back>[A-Z]{3} ?\d{1,3}[A-Z])|(?P<north>(?=[A-Z]{0,2}[IZ])[A-Z]{3} \d{4}))(?![\w/-])"
)
_LOW_PLATE = re.compile(r"(?<![\w/-])[a-z]{2}\d{2} ?[a-z]{3}(?![\w/-])", re.IGNORECASE)
_CAR = re.compile(
    r"\b(?:cars?|vans?|vehicles?|regs?|registrations?|plates?|parking)\b", re.IGNORECASE
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"(?<![\w/£.-])(?:\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?(?P<a>\d{{4}}|\d{{2}})"
    rf"|(?P<b>(?:19|20)\d{{2}})[-/.]\d{{2}}[-/.]\d{{2}}|(?P<c>(?:19|20)\d{{2}})(?:0\d|1[0-2])[0-3]\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[\s-]{{0,2}}(?:of\s)?{_MONTH}[\s,-]{{0,3}}['’]?(?P<d>\d{{4}}|\d{{2}})"
    rf"|{_MONTH}\s{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?,?\s{{1,2}}(?P<e>\d{{4}}))(?![\w/%-]|[.,]\d)",
    re.IGNORECASE,
)
_TAKEN = re.compile(r"\[(?:name|number|address)\]")
_BIRTHS = re.compile(r"\b(?:d\.?o\.?b|date of birth|birth)", re.IGNORECASE)
_CHILD_UNTIL = 15
"""A date of so many years ago, beside a name or a number, is somebody's date of birth."""


def number_spans(text: str) -> list[tuple[int, int]]:
    """Where numbers of persons and plates of cars stand."""
    found = [m.span() for m in _GROUPS.finditer(text) if _is_grouped(m.group())]
    found += [m.span() for m in _PLATE.finditer(text) if _is_plate(m)]
    found += [m.span() for m in _LOW_PLATE.finditer(text) if _is_low_plate(m.group())]
    for match in _TOKEN.finditer(text):
        token = match.group()
        if not is_personal_code(token, text[max(0, match.start() - 40) : match.end() + 40]):
            continue
        if not (token.isdigit() and _COUNTED.match(text, match.end())):
            found.append(match.span())
    return found


def birth_spans(text: str) -> list[tuple[int, int]]:
    """Where dates of birth stand that no label tells: old ones beside a name or a number."""
    found: list[tuple[int, int]] = []
    start, of_births = 0, False
    for line in text.splitlines(keepends=True):
        of_births = of_births or _BIRTHS.search(line) is not None
        if _TAKEN.search(line):
            found += [
                (start + m.start(), start + m.end())
                for m in _DATE.finditer(line)
                if of_births or _is_old(m)
            ]
        start += len(line)
    return found


def _is_old(match: re.Match[str]) -> bool:
    told = next(value for value in match.groups() if value)
    now = date.today().year
    year = int(told)
    if len(told) == 2:
        year += 1900 if year > now % 100 else 2000
    return year <= now - _CHILD_UNTIL


def _is_grouped(text: str) -> bool:
    groups = re.split("[ -]", text)
    digits = sum(map(len, groups))
    if any(re.fullmatch(r"(?:19|20)\d{2}", group) for group in groups):
        return digits > 4 * len(groups)
    plain = all(len(group) == 3 for group in groups) and len(groups) < 4
    return digits > 8 and not plain


def _is_plate(match: re.Match[str]) -> bool:
    """Whether a plate's letters are no abbreviation of the NHS: ``DM01 RTT``, ``NG12 FIT``."""
    token = match.group()
    runs = re.findall("[A-Z]+", token)
    if _CAR.search(match.string, max(0, match.start() - 60), match.start()):
        return True
    if any(len(run) == 3 and (is_declared(run) or is_plain_word(run)) for run in runs):
        return False
    if match["now"] and runs[0] in code_prefixes():
        return False
    if match["north"]:
        return not re.search(r"(?:19|20)\d{2}$", token)
    return True


def _is_low_plate(token: str) -> bool:
    last, year = token[-3:], int(token[2:4])
    if token[:2].upper() in code_prefixes() or is_plain_word(last) or is_declared(last):
        return False
    return not token.isupper() and (2 <= year <= 30 or 51 <= year <= 80)
