"""Which columns of a user's table to chart: as they are named, else guessed, else asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from remit.model.errors import PublicationError
from remit.signals.own.across import month_of
from remit.signals.own.asked import AskedColumns
from remit.signals.own.columns import TableColumn, folded
from remit.signals.own.keys import key_columns
from remit.signals.own.no_figures import stands_for_figure, unasked, why_no_figure
from remit.signals.own.rates import counts_of, is_ratio
from remit.words.sentences import listed

_OPEN_QUARTER = re.compile(r"(\d{4})[ -]?q([1-4])|q([1-4])[ -]?(\d{4})", re.IGNORECASE)
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns to chart: of the date, of each figure by its role, of the series, of a target.

    ``guessed`` are the roles that nobody named and no plain name told.
    """

    date: TableColumn
    figures: dict[str, TableColumn]
    series: tuple[TableColumn, ...]
    target: TableColumn | None = None
    guessed: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Which column was taken for what, in one line; blank where nothing was guessed."""
        if not self.guessed:
            return ""
        parts = [f"{self.date.label} as the date"]
        parts += [f"{column.label} as the {role}" for role, column in self.figures.items()]
        if self.series:
            named = listed([column.label for column in self.series])
            parts.append(f"{named} as the series")
        if self.target:
            parts.append(f"{self.target.label} as the target")
        return f"read {', '.join(parts)}"


@dataclass(slots=True)
class Chooser:
    """Goes through the columns of a table, and takes each for one thing at most.

    Parameters
    ----------
    columns
        Those of the table.
    asked
        What the user says of them.
    where
        The place of the header, for messages.
    lines
        Those of the rows.
    """

    columns: list[TableColumn]
    asked: AskedColumns
    where: str
    lines: Sequence[int] = ()

    def choose(self, roles: Sequence[str]) -> Chosen:
        """The columns for a date, for some figures (``value``, or both counts) and the series.

        Raises
        ------
        PublicationError
            If a column that is named is not there, or if two would do as well; the message names
            the option that decides.
        """
        guessed: list[str] = []
        date = self._named("date", self.asked.date) or self._guess(guessed, "date", self._date)
        figures = {role: found for role in roles if (found := self._of_role(role))}
        rest = self._without([date, *figures.values()])
        target = self._target(rest) if roles else None
        rest = [column for column in rest if column != target]
        if missing := [role for role in roles if role not in figures]:
            guessed += missing
            figures = self._figures(missing, figures, rest)
        rest = self._without([date, target, *figures.values()])
        series = self._series(date, rest, guessed)
        if target and not self.asked.target:
            guessed.append("target")
        return Chosen(date, figures, series, target, tuple(guessed))

    def _of_role(self, role: str) -> TableColumn | None:
        return self._named(role, getattr(self.asked, role))

    def _named(self, role: str, name: str | None) -> TableColumn | None:
        """The column that the user names, or that has the plain name of its role."""
        wanted = folded(name or role)
        found = [column for column in self.columns if folded(column.name) == wanted]
        if len(found) > 1:
            raise PublicationError(f"{self.where}: the column {name or role!r} stands twice")
        if name is not None and not found:
            raise self._absent(name, role)
        return found[0] if found else None

    def _absent(self, name: str, role: str) -> PublicationError:
        return PublicationError(
            f"{self.where}: there is no column {name!r}; the header has {self._header()}. Name it "
            f"with --{role}-column"
        )

    def _header(self) -> str:
        names = [column.name for column in self.columns if column.name]
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        return ", ".join(name[:60] for name in names[:_SHOWN]) + more

    def _guess(
        self, guessed: list[str], role: str, guess: Callable[[], list[TableColumn]]
    ) -> TableColumn:
        found = guess()
        if len(found) != 1:
            raise self._unclear(found, role)
        guessed.append(role)
        return found[0]

    def _unclear(self, found: Sequence[TableColumn], role: str) -> PublicationError:
        what = "dates or periods" if role == "date" else "figures"
        if not found and (said := "" if role == "date" else self._no_figure()):
            return PublicationError(f"{self.where}: no column holds figures: {said}")
        if not found:
            open_quarter = self._open_quarter() if role == "date" else ""
            return PublicationError(
                f"{self.where}: no column holds {what}; the header has {self._header()}. "
                f"{open_quarter or f'Name the one of the {role} with --{role}-column'}"
            )
        named = listed([column.label for column in found[:_SHOWN]], "or")
        return PublicationError(
            f"{self.where}: {named} could be the {role}; say which, such as "
            f'--{role}-column "{found[0].name}"'
        )

    def _open_quarter(self) -> str:
        """What to write in place of quarters that may be of the calendar or of a financial year."""
        for column in self.columns:
            for cell in column.filled[:1]:
                if found := _OPEN_QUARTER.fullmatch(cell):
                    year, number = found[1] or found[4], found[2] or found[3]
                    after = f"{(int(year) + 1) % 100:02d}"
                    return (
                        f"'{cell}' in {column.label} could be a quarter of the calendar or of the "
                        f"financial year; write it as {year}/{after} Q{number}, or as its first day"
                    )
        return ""

    def _no_figure(self) -> str:
        """What stands where figures should, with its line and what to do; empty where nothing does.

        Words in all cells name something; what has digits, or a mark for a figure, stands for one.
        """
        for column in self.columns:
            at = [place for place, cell in enumerate(column.cells) if cell]
            told = [place for place in at if stands_for_figure(column.cells[place])]
            if (
                column.is_dated
                or column.is_figures
                or not told
                or 2 * len(told) < len(at)
                or not self.lines
            ):
                continue
            cell, line = column.cells[told[0]], self.lines[told[0]]
            return f"'{unasked(cell)}' in {column.label}, line {line}, {why_no_figure(cell)}"
        return ""

    def _date(self) -> list[TableColumn]:
        """The columns that could be the date: those that a finer one says already are none."""
        taken = {folded(name) for name in self.asked.names}
        dated = [c for c in self.columns if c.is_dated and folded(c.name) not in taken]
        varied = [column for column in dated if column.distinct > 1] or dated
        found = [c for c in varied if not any(_is_coarser(c, other) for other in varied)]
        plain = [column for column in found if column.is_plain_date]
        return plain if len(plain) == 1 else found

    def _target(self, rest: Sequence[TableColumn]) -> TableColumn | None:
        if self.asked.target is not None:
            return self._named("target", self.asked.target)
        figures = [column for column in rest if column.is_figures]
        found = [column for column in figures if column.is_target]
        taken = self.asked.value and self._named("value", self.asked.value)
        if not found or (len(found) == len(figures) and not taken and not self._of_role("value")):
            return None
        if len(found) > 1:
            raise self._unclear(found, "target")
        return found[0]

    def _figures(
        self, missing: Sequence[str], known: dict[str, TableColumn], rest: Sequence[TableColumn]
    ) -> dict[str, TableColumn]:
        held = [c for c in rest if c.is_figures and not c.is_named_key]
        # A column n beside a column d counts what the other is made of; by itself it numbers rows.
        of_counts = any(c.words == ("d",) for c in held)
        held = [c for c in held if not c.is_counter or (of_counts and c.words == ("n",))]
        if "value" in missing:
            found = self._value(_unless_all(held, lambda column: column.is_of_charts))
            return {"value": found}
        return self._both_counts(known, held)

    def _value(self, held: list[TableColumn]) -> TableColumn:
        rates = [c for c in held if is_ratio(c, [one for one in held if one != c])]
        rates = [c for c in rates if c.is_percent] or rates
        if len(rates) == 1:
            return rates[0]
        plain = _unless_all(held, lambda column: column.is_numerator or column.is_denominator)
        if len(plain) != 1:
            fault = self._unclear(plain, "value")
            counts = any(c.is_numerator for c in held) and any(c.is_denominator for c in held)
            raise PublicationError(f"{fault}, or --chart p-prime for the rate") if counts else fault
        return plain[0]

    def _both_counts(
        self, known: dict[str, TableColumn], held: list[TableColumn]
    ) -> dict[str, TableColumn]:
        top = known.get("numerator") or _only(held, lambda c: c.is_numerator)
        bottom = known.get("denominator") or _only(held, lambda c: c.is_denominator)
        if not (top and bottom):
            pair = counts_of(held, top, bottom)
            if pair is None:
                open_ones = [column for column in held if column not in (top, bottom)]
                raise self._unclear(open_ones, "numerator" if top is None else "denominator")
            top, bottom = pair
        return {"numerator": top, "denominator": bottom}

    def _series(
        self, date: TableColumn, rest: Sequence[TableColumn], guessed: list[str]
    ) -> tuple[TableColumn, ...]:
        if self.asked.series:
            return tuple(
                found for name in self.asked.series if (found := self._named("series", name))
            )
        if plain := self._named("series", None):
            return (plain,)
        sets = key_columns(rest, date.cells)
        if len(sets) > 1:
            told = listed([listed([c.label for c in keys]) for keys in sets[:_SHOWN]], "or")
            named = " ".join(f'--series-column "{c.name}"' for c in sets[0])
            raise PublicationError(
                f"{self.where}: {told} could tell the series apart; say which, such as {named}"
            )
        if sets[0]:
            guessed.append("series")
        return sets[0]

    def _without(self, taken: Sequence[TableColumn | None]) -> list[TableColumn]:
        return [column for column in self.columns if column not in taken]


def with_year_and_month(columns: list[TableColumn]) -> list[TableColumn]:
    """Columns of which one says the year and another the month, as one column of dates beside."""
    years = [column for column in columns if column.is_years]
    months = [column for column in columns if column.is_bare_months]
    others = [c for c in columns if c.is_dated and c not in years]
    if len(years) != 1 or len(months) != 1 or others:
        return columns
    year, month = years[0], months[0]
    cells = [_joined(m, y) for m, y in zip(month.cells, year.cells, strict=True)]
    made = replace(year, place=-1, name=f"{year.name} and {month.name}", cells=cells)
    return [made, *(column for column in columns if column not in (year, month))]


def _joined(month: str, year: str) -> str:
    return month_of(month, year) if month and year else f"{month} {year}".strip()


def _is_coarser(column: TableColumn, other: TableColumn) -> bool:
    """Whether another column says more, and all that this one says (a year beside its months)."""
    if column is other or other.distinct <= column.distinct:
        return False
    pairs = {(a, b) for a, b in zip(other.cells, column.cells, strict=True) if a and b}
    return len(pairs) == len({a for a, _ in pairs})


def _unless_all(
    columns: list[TableColumn], holds: Callable[[TableColumn], bool]
) -> list[TableColumn]:
    """Columns without those of a kind, unless there are no others."""
    return [column for column in columns if not holds(column)] or columns


def _only(
    columns: Sequence[TableColumn], holds: Callable[[TableColumn], bool]
) -> TableColumn | None:
    found = [column for column in columns if holds(column)]
    return found[0] if len(found) == 1 else None
