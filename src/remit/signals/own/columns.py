"""What the columns of a user's table hold, told from their cells and their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from remit.files.numbers import number_in
from remit.signals.dates import read_day
from remit.signals.own.figures import is_small_number, plain_figure

MARKS = {
    "*": "suppressed",
    "**": "suppressed",
    "c": "suppressed",
    "[c]": "suppressed",
    "<5": "suppressed",
    "s": "suppressed",
    "suppressed": "suppressed",
    "n/a": "not available",
    "na": "not available",
    "#n/a": "not available",
    "[x]": "not available",
    "x": "not available",
    "..": "not available",
    ":": "not available",
    "-": "not available",
    "–": "not available",
    "—": "not available",
    "null": "not available",
    "none": "not available",
    "not available": "not available",
    "tbc": "not available",
    "tbd": "not available",
    "tba": "not available",
    "no data": "not available",
    "[z]": "not applicable",
    "z": "not applicable",
}
"""What stands in a cell in place of a figure. None of it is zero."""

_ENOUGH = 0.6
"""So many of its cells make a column one of dates, or of figures; the others are slips."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DATES = _words(
    "date dates day month months week weeks quarter year years period periods yyyymm "
    "yyyymmdd monthyear yearmonth wc we fy"
)
_KEYS = _words(
    "series ward site org organisation organization trust provider hospital team practice "
    "clinic specialty speciality metric measure indicator kpi code id name region icb "
    "system group category area place unit department division service cut"
)
_PLACES = _words(
    "ward site org organisation organization trust provider hospital team practice clinic region "
    "icb system area unit department division infirmary centre nhs foundation"
)
_BESIDE = _words("code id ids no number num name names ref")
_TARGET = re.compile(
    r"(?:the |national |local |nhs |internal |operational |constitution )*"
    r"(?:target|standard|goal|trajectory|threshold|ambition|plan)(?: value| rate| percent)?"
)
_OF_CHARTS = re.compile(
    r"mean(?: col| line)?|average|median|lcl|ucl|lpl|upl|centre line|center line|"
    r"(?:lower|upper)(?: process| control| confidence| natural)*(?: limits?)?|"
    r"(?:lower|upper) ci|sigma|standard deviation|moving range|mr"
)
_A_YEAR = re.compile(r"(?:fy\s*)?\d{4}(?:\s*[/-]\s*(?:\d{4}|\d\d))?", re.IGNORECASE)
_REMARKS = _words(
    "comment comments note notes remark remarks source status rag narrative text "
    "description owner reason action actions flag unit units"
)
_COUNTERS = _words("line row rank no sort order index n number")
_NUMERATORS, _DENOMINATORS = ("numerator", "num"), ("denominator", "denom", "den")


@dataclass(frozen=True, eq=False)
class TableColumn:
    """A column: its place, its name, and its cells as tidied text."""

    place: int
    name: str
    cells: Sequence[str]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of its name, in small letters."""
        return _words_of(self.name)

    @cached_property
    def filled(self) -> list[str]:
        """The cells that say something: no blanks, no marks."""
        return [cell for cell in self.cells if cell and not is_mark(cell)]

    @property
    def label(self) -> str:
        """Its name, as a message has it."""
        return f"'{self.name}'" if self.name else f"column {self.place + 1}"

    @property
    def distinct(self) -> int:
        """How many different things it says."""
        return len(set(self.filled))

    @cached_property
    def is_dated(self) -> bool:
        """Whether it holds dates or periods; numbers are dates only where its name says so."""
        numbers_too = self.is_named_date
        return self._mostly(
            lambda cell: read_day(cell) is not None and (numbers_too or not is_figure(cell))
        )

    @cached_property
    def is_figures(self) -> bool:
        """Whether it holds figures."""
        return not self.is_dated and self._mostly(is_figure)

    @property
    def is_text(self) -> bool:
        """Whether it holds words."""
        return bool(self.filled) and not self.is_dated and not self.is_figures

    @property
    def is_named_date(self) -> bool:
        """Whether its name is that of a date."""
        return bool(_DATES & set(self.words))

    @property
    def is_plain_date(self) -> bool:
        """Whether its name says nothing but that it is a date."""
        return bool(self.words) and set(self.words) <= _DATES

    @property
    def is_years(self) -> bool:
        """Whether it holds years, financial or not, and nothing finer."""
        return self.is_named_date and self._mostly(lambda cell: bool(_A_YEAR.fullmatch(cell)))

    @property
    def is_bare_months(self) -> bool:
        """Whether it holds months without their year."""
        return "month" in self.words and self._mostly(lambda cell: month_number(cell) is not None)

    @property
    def is_named_key(self) -> bool:
        """Whether its name is that of what tells series apart, though numbers stand in it."""
        words = self.words
        whole = all(cell.isdigit() for cell in self.filled)
        return whole and bool(words) and words[0] in _KEYS and set(words[1:]) <= _BESIDE

    @property
    def names_something(self) -> bool:
        """Whether its name begins or ends with that of what is measured, or where."""
        return bool(self.words) and bool({self.words[0], self.words[-1]} & _KEYS)

    @property
    def names_organisations(self) -> bool:
        """Whether its name is that of organisations or places."""
        return bool(_PLACES & set(self.words))

    @property
    def is_target(self) -> bool:
        """Whether its name is that of a target."""
        return is_target_name(self.name)

    @property
    def is_of_charts(self) -> bool:
        """Whether its name is that of a line of a chart, such as a mean or a limit."""
        return bool(_OF_CHARTS.fullmatch(" ".join(self.words)))

    @property
    def is_remark(self) -> bool:
        """Whether its name is that of words beside the figures."""
        return bool(self.words) and (self.words[-1] in _REMARKS or self.words[0] in _REMARKS)

    @property
    def is_counter(self) -> bool:
        """Whether it numbers the rows."""
        return not self.words or set(self.words) <= _COUNTERS

    @property
    def is_percent(self) -> bool:
        """Whether it is written in per cent, in its cells or by its name."""
        named = "%" in self.name or bool({"percent", "percentage", "pct"} & set(self.words))
        return named or self._mostly(lambda cell: cell.endswith("%"))

    @property
    def is_numerator(self) -> bool:
        """Whether its name is that of a numerator."""
        return self.words == ("n",) or any(word in _NUMERATORS for word in self.words)

    @property
    def is_denominator(self) -> bool:
        """Whether its name is that of a denominator."""
        return self.words == ("d",) or any(word in _DENOMINATORS for word in self.words)

    def numbers(self) -> list[float | None]:
        """Its figures, None where there is none."""
        return [figure_in(cell) for cell in self.cells]

    def _mostly(self, holds: Callable[[str], bool]) -> bool:
        filled = self.filled
        return bool(filled) and sum(map(holds, filled)) >= _ENOUGH * len(filled)


def _words_of(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z]+", name.lower().replace("'", "")))


def is_target_name(name: str) -> bool:
    """Whether a name is that of a target.

    >>> is_target_name("National standard (%)"), is_target_name("Target ward")
    (True, False)
    """
    return bool(_TARGET.fullmatch(" ".join(_words_of(name))))


def figure_in(cell: str) -> float | None:
    """A figure, with or without a per cent sign, as people write it."""
    return number_in(plain_figure(cell).removesuffix("%"))


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?|0?([1-9])|(1[0-2])",
    re.IGNORECASE,
)


def month_number(cell: str) -> int | None:
    """The number of a month that is named or numbered, without a year.

    >>> month_number("Sept"), month_number("09"), month_number("13")
    (9, 9, None)
    """
    found = _MONTH.fullmatch(cell)
    if found is None:
        return None
    return _MONTHS.index(cell[:3].lower()) + 1 if found[1] else int(cell)


def is_mark(cell: str) -> bool:
    """Whether a cell holds what stands in place of a figure."""
    return cell.lower() in MARKS or is_small_number(cell)


def is_figure(cell: str) -> bool:
    """Whether a cell holds a figure."""
    return figure_in(cell) is not None


def columns_in(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[TableColumn]:
    """The columns of a table, those without a name or a cell left out."""
    texts = list(zip(*rows, strict=False)) or [()] * len(header)
    found = [
        TableColumn(place, name, [tidied(cell) for cell in cells])
        for place, (name, cells) in enumerate(zip(header, texts, strict=False))
    ]
    return [column for column in found if column.name or column.filled]


def tidied(cell: str) -> str:
    """A cell without outer blanks, hard ones among them."""
    return cell.replace("\u00a0", " ").strip()


def folded(name: str) -> str:
    """A name of a column as names are compared."""
    return " ".join(name.split()).lower()
