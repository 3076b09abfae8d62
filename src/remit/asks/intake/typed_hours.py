"""Hours as people type them in a list of asks, and what was made of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from remit.asks.intake.headings import load_columns

Unit = Literal["hours", "days", "weeks", "minutes"]
"""In what a column counts, where its heading says so."""

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_N = r"(?:\d+(?:\.\d+)?|\.\d+)"
_NUMBER = rf"({_N})"
_OF_HOURS = r"(?:h|hr|hrs|hour|hours)"
_OF_MINUTES = r"(?:m|min|mins|minute|minutes)"
_OF_DAYS = r"(?:d|days?|working days?|person days?|wds?)"
_OF_WEEKS = r"(?:wk|wks|weeks?)"
_UNIT = rf"(?P<unit>{_OF_HOURS}|{_OF_MINUTES}|{_OF_DAYS}|{_OF_WEEKS})\.?"
_PLAIN = re.compile(rf"{_NUMBER}\s*(?:{_UNIT})?")
_BOTH = re.compile(rf"(\d+)\s*{_OF_HOURS}\.?,?\s*(?:and\s*)?(\d{{1,2}})\s*{_OF_MINUTES}?\.?")
_TIME = re.compile(r"(?:(\d+) days?, )?(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?")
_RANGE = re.compile(
    rf"{_NUMBER}\s*(?:{_OF_HOURS}|{_OF_DAYS}|{_OF_MINUTES})?\s*(?:-|–|—|to|or)\s*"
    rf"{_NUMBER}\s*(?:{_UNIT})?"
)
_TIMES = re.compile(
    rf"([1-9]\d?)\s*(?:people|staff|persons?)?\s*(?:x|×|\*|@)\s*{_NUMBER}\s*(?:{_UNIT})?"
)
_PART = re.compile(
    r"(?:an? |one )?(?P<part>half|quarter|three quarters)(?: of)?(?: an?)?[ -]"
    r"(?P<of>hour|day|week)"
)
_ONE_OF = re.compile(
    r"(?:an?|one) (?:(?P<half>half) )?(?P<of>hour|day|week)(?P<and> and a half)?|(?P<bare>day|week)"
)
_MORNING = re.compile(r"(?:an?|one|all)?\s*(?:morning|afternoon)")
_PARTS = {"half": 0.5, "quarter": 0.25, "three quarters": 0.75}
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75", "1/2": ".5", "1/4": ".25", "3/4": ".75"}
_AROUND = re.compile(
    r"^(?:~|≈|about |approx(?:imately|\.)? ?|around |roughly |circa |ca?\.? ?(?=\d)"
    r"|est(?:imated|\.)? )"
    r"|(?: (?:approx(?:imately)?\.?|est(?:imated|\.)?|or so|each way|total|in total))$"
)
_BOUND = re.compile(
    r"^(?:<|>|≤|≥|up to |under |over |less than |more than |at least |at most "
    r"|max(?:imum)? |min(?:imum)? )\s*"
    r"|\s*\+$|(?<=\d)\+(?=\s*[a-z])| (?:or more|or less|max|min(?=$)|plus)$"
)
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])$")
_WRITTEN = "{written}"
"""In a note, what stands in the cell."""
_NONE_AT_ALL = frozenset({"nil", "none", "zero"})
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS_OF_A_WEEK = 5
_MOST_HOURS = 2000
_NO_HOURS = "no number of hours; write 2.5"
_MADE_A_DAY = "a day, which Excel makes of what is typed as 4-6; write 5, or '4 to 6'"


class TypedHours(NamedTuple):
    """Hours, and what to say of how they were read."""

    hours: float | None
    note: str = ""


@lru_cache(maxsize=10_000)
def hours(text: str, unit: Unit = "hours") -> TypedHours:
    """Hours as people write them (``2``, ``1h30``, ``4-6``, ``half a day``); None for a blank.

    Parameters
    ----------
    text
        What stands in the cell.
    unit
        What a bare number counts, as the heading of its column says.

    Raises
    ------
    ValueError
        If they are no number of hours, or more than a working year.

    Examples
    --------
    >>> hours("1h30").hours, hours("02:00:00").hours, hours("4-6").hours, hours("2", "days").hours
    (1.5, 2.0, 5.0, 15.0)
    """
    bare = _spelt(text)
    if not bare:
        return TypedHours(None)
    if _ISO_DAY.fullmatch(bare):
        raise ValueError(_MADE_A_DAY)
    plain = _AROUND.sub("", _AROUND.sub("", bare)).strip()
    found, is_plain = _hours(plain, unit), True
    if found is None:
        found, is_plain = _hours(_BOUND.sub("", _ASIDE.sub("", plain)).strip(), unit), False
    if found is None or not 0 <= (found.hours or 0) <= _MOST_HOURS:
        raise ValueError(_NO_HOURS)
    note = found.note if found.note or is_plain else f"{_WRITTEN} was read as {_of(found.hours)}"
    return TypedHours(found.hours, note.replace(_WRITTEN, repr(text.strip())))


def _spelt(text: str) -> str:
    """Small letters and figures: ``1½`` is 1.5, ``two hours`` 2 hours, ``2,5`` 2.5."""
    bare = text.lower()
    for written, part in _FRACTIONS.items():
        bare = re.sub(rf"(?<![\d/]){written}(?![\d/])|{written}(?<=[½¼¾])", f" {part}", bare)
    bare = " ".join(bare.split())
    bare = re.sub(r"(\d) \.(\d)", r"\1.\2", bare)
    bare = re.sub(r"^(\d+),(\d{1,2})(?!\d)", r"\1.\2", bare)
    bare = re.sub(r"^(\d),(\d{3})(?!\d)", r"\1\2", bare)
    bare = re.sub(r"^(?:a )?couple of ", "2 ", bare)
    bare = re.sub(rf"^({'|'.join(_WORDS)}|\d+) and a half (?=[a-z])", _and_a_half, bare)
    return re.sub(
        rf"\b({'|'.join(_WORDS)})\b(?= (?:{_OF_HOURS}|{_OF_DAYS}|{_OF_MINUTES}|{_OF_WEEKS})\b)",
        lambda word: str(_WORDS.index(word[0]) + 1),
        re.sub(r"^one (hour|day|week)( and a half)?$", r"a \1\2", bare),
    )


def _and_a_half(match: re.Match[str]) -> str:
    whole = _WORDS.index(match[1]) + 1 if match[1] in _WORDS else int(match[1])
    return f"{whole}.5 "


def _hours(text: str, unit: Unit) -> TypedHours | None:
    if text in _NONE_AT_ALL:
        return TypedHours(0.0)
    if match := _PLAIN.fullmatch(text):
        return _counted(float(match[1]), match["unit"], unit)
    if text in _PARTS and unit == "days":
        return TypedHours(_PARTS[text] * working_day())
    return _by_the_clock(text) or _of_range(text, unit) or _of_times(text, unit) or _of_part(text)


def _counted(number: float, named: str | None, unit: Unit) -> TypedHours:
    """A number of hours; of days or weeks it is told, and by what working day."""
    factor, is_told = _factor(named, unit)
    found = round(number * factor, 4)
    return TypedHours(found, _by_days(found) if is_told else "")


def _factor(named: str | None, unit: Unit) -> tuple[float, bool]:
    """By what a number is multiplied, and whether a working day is in it."""
    if (named and re.fullmatch(_OF_WEEKS, named)) or (not named and unit == "weeks"):
        return _DAYS_OF_A_WEEK * working_day(), bool(named)
    if (named and re.fullmatch(_OF_DAYS, named)) or (not named and unit == "days"):
        return working_day(), bool(named)
    is_minutes = re.fullmatch(_OF_MINUTES, named) if named else unit == "minutes"
    return (1 / 60 if is_minutes else 1.0), False


def _by_the_clock(text: str) -> TypedHours | None:
    """Hours with minutes: ``1h30``, and a time of day, as Excel keeps hours."""
    if match := _TIME.fullmatch(text):
        days, whole, minutes, seconds = (int(part or 0) for part in match.groups())
        return TypedHours(round(days * 24 + whole + minutes / 60 + seconds / 3600, 4))
    if match := _BOTH.fullmatch(text):
        return TypedHours(round(int(match[1]) + int(match[2]) / 60, 4))
    return None


def _of_range(text: str, unit: Unit) -> TypedHours | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    factor, _ = _factor(match["unit"], unit)
    low, high = (float(match[place]) * factor for place in (1, 2))
    if low > high:
        return None
    middle = round((low + high) / 2, 4)
    return TypedHours(middle, f"hours of {low:g} to {high:g} were read as {middle:g}")


def _of_times(text: str, unit: Unit) -> TypedHours | None:
    match = _TIMES.fullmatch(text)
    if match is None:
        return None
    found = round(int(match[1]) * float(match[2]) * _factor(match["unit"], unit)[0], 4)
    return TypedHours(found, f"{_WRITTEN} was read as {_of(found)}")


def _of_part(text: str) -> TypedHours | None:
    """``half a day``, ``a day and a half``, ``quarter of an hour``, ``a morning``."""
    if match := _PART.fullmatch(text):
        part, of = _PARTS[match["part"]], match["of"]
    elif match := _ONE_OF.fullmatch(text):
        part = 0.5 if match["half"] else 1.5 if match["and"] else 1.0
        of = match["of"] or match["bare"]
    elif _MORNING.fullmatch(text):
        part, of = 0.5, "day"
    else:
        return None
    found = part * {"hour": 1.0}.get(of, _factor(of, "hours")[0])
    return TypedHours(found, "" if of == "hour" else _by_days(found))


def _by_days(found: float) -> str:
    return f"{_WRITTEN} was read as {_of(found)}, by a working day of {working_day():g}"


def _of(found: float | None) -> str:
    return f"{found:g} hour{'' if found == 1 else 's'}"


def working_day() -> float:
    """The hours of a working day, as they are declared."""
    return load_columns().working_day_hours
