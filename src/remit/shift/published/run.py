"""The shift from published files: what is read, withheld and not read, and how ICBs compare."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from remit.catalogue.shift_measures import ShiftCatalogue, load_shift_catalogue
from remit.model.errors import AssessmentError
from remit.model.observation import Source
from remit.model.period import Period, financial_year, financial_year_of
from remit.model.shift_measures import ShiftFramework, ShiftMeasure
from remit.register import Register, load_register
from remit.shift.published.groups import groups_of
from remit.shift.published.people import People, people_of
from remit.shift.published.points import MeasurePoints, counted_of, points_of_measure
from remit.shift.published.year import MeasureYear, year_of_measure, year_with_most
from remit.words.sentences import listed


@dataclass(frozen=True, slots=True)
class PublishedShift:
    """The measures of some frameworks in one financial year.

    Attributes
    ----------
    frameworks
        Which were asked for.
    year
        The financial year.
    measures
        All measures of the frameworks, each once, in their order.
    found
        Those that have a figure in the year, by identifier.
    people
        Who figures per head are held against.
    fictional
        Whether the organisations are those of the sample.
    unplaced
        Measures that print figures of an unknown ICB: they are in England's and in no ICB's.
    groups
        Measures by groups of people, where the publications tell them apart.
    """

    frameworks: tuple[ShiftFramework, ...]
    year: Period
    measures: tuple[ShiftMeasure, ...]
    found: Mapping[str, MeasureYear]
    people: People
    fictional: bool
    unplaced: tuple[str, ...]
    groups: pl.DataFrame

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files that figures of measures were read from, each once."""
        every = {key: one for of in self.found.values() for key, one in of.made_of.sources.items()}
        return tuple(every.values())

    @property
    def not_read(self) -> tuple[ShiftMeasure, ...]:
        """Measures of which no file is read yet."""
        return tuple(one for one in self.measures if not one.is_read)

    @property
    def without_figure(self) -> tuple[ShiftMeasure, ...]:
        """Measures that are read and of which the figures have none in the year."""
        return tuple(one for one in self.measures if one.is_read and one.id not in self.found)


def published_shift(
    held: Any,
    framework: str | None = None,
    year: str | None = None,
    register: Register | None = None,
) -> PublishedShift:
    """Make the measures of the shift from a store of published figures.

    Parameters
    ----------
    held
        A store.
    framework
        The name of one framework; all if left out.
    year
        A financial year, ``2024/25``; the one in which most measures have a figure if left out.
    register
        The organisations; those that come with Remit if left out.

    Raises
    ------
    AssessmentError
        If there is no such framework or year, or if no measure has a figure.

    Examples
    --------
    ``published_shift(store, "care-shift-tracker", "2024/25")``
    """
    catalogue, register = load_shift_catalogue(), register or load_register()
    frameworks = catalogue.chosen(framework)
    measures = _measures(catalogue, frameworks)
    wanted = None if year is None else _financial_year(year)
    counted = [of for one in measures if (of := counted_of(held, one, register)) is not None]
    if not counted:
        lacking = ", ".join(one.id for one in measures if one.is_read) or "none can be read yet"
        raise AssessmentError(
            f"the store has no figure for any measure ({lacking}); take in the publications with "
            "`remit ingest`"
        )
    chosen = wanted or financial_year_of(year_with_most([of.years for of in counted]))
    weights = sorted({one.need for one in measures if one.need})
    people = people_of(held, catalogue.population, catalogue.registered, weights, chosen)
    raw = {of.measure.id: points_of_measure(of, chosen.end, register) for of in counted}
    made = {name: of.of_known(register.codes) for name, of in raw.items()}
    unplaced = tuple(name for name, of in raw.items() if of.frame.height > made[name].frame.height)
    fictional = _is_fictional(made, register)
    expected = len(register.icbs(chosen.end, fictional=fictional))
    years = [
        year_of_measure(one, made[one.id], people, chosen, expected)
        for one in measures
        if one.id in made
    ]
    found = {one.measure.id: one for one in years if one is not None}
    if not found:
        held_of = sorted({day for of in counted for day in of.years})
        raise AssessmentError(
            f"no measure has a figure of {chosen.label}; there are figures of "
            f"{listed([financial_year_of(day).label for day in held_of])}"
        )
    groups = pl.concat([groups_of(held, one) for one in found.values()])
    return PublishedShift(frameworks, chosen, measures, found, people, fictional, unplaced, groups)


def _measures(
    catalogue: ShiftCatalogue, frameworks: Sequence[ShiftFramework]
) -> tuple[ShiftMeasure, ...]:
    names = dict.fromkeys(name for one in frameworks for name in one.measures)
    return tuple(catalogue.measures[name] for name in names)


def _financial_year(text: str) -> Period:
    first = text.partition("/")[0]
    found = financial_year(int(first)) if re.fullmatch(r"[12]\d{3}", first) else None
    if found is None or found.label != text:
        raise AssessmentError(f"--year takes a financial year such as 2024/25; got {text!r}")
    return found


def _is_fictional(made: Mapping[str, MeasurePoints], register: Register) -> bool:
    codes = {code for of in made.values() for code in of.frame["area_code"].unique()}
    found = [register.find(code) for code in codes]
    return any(one.fictional for one in found if one is not None)
