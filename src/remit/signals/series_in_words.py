"""One series told: its points, what is concluded and the sentence; for every medium the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

import polars as pl

from remit.model.metric import Better
from remit.signals.charted import charted_series
from remit.signals.charts import Charts
from remit.signals.conclusion import Conclusion, conclude
from remit.signals.goals_by_day import TargetHeld
from remit.signals.headline import facts_of, headline_of
from remit.signals.icons import ASSURED_WORDS, VARIED_WORDS, YEAR_MISSED, variation_words
from remit.signals.points import Charted, months_old
from remit.signals.sentence import sentence
from remit.signals.targets import target_said
from remit.signals.yearly import NO_YEARS, yearly


@dataclass(frozen=True, slots=True)
class ToldSeries:
    """A series with its conclusion (None where no figure is held), its sentence and its title."""

    charted: Charted
    found: Conclusion | None
    sentence: str
    headline: str = ""

    @property
    def variation_words(self) -> str:
        """What a table says of the latest point."""
        if self.found is None:
            return "–"
        last = self.charted.held[-1]
        return VARIED_WORDS.get(self.found.variation) or variation_words(last.kind, last.named)

    @property
    def assurance_words(self) -> str:
        """What a table says of the target."""
        if self.found is None:
            return "–"
        return YEAR_MISSED if self.found.year_missed else ASSURED_WORDS[self.found.assurance]

    @property
    def rebase_from(self) -> date | None:
        """From when new limits could be made, where the sentence proposes it."""
        since = self.found.since if self.found else None
        return since.start if since is not None and "re-basing" in self.sentence else None


def told_series(
    points: pl.DataFrame,
    charts: Charts,
    name: str,
    *,
    better: Better | str,
    unit: str = "",
    held: TargetHeld | None = None,
) -> ToldSeries:
    """Tell one series.

    Parameters
    ----------
    points
        The rows of ``charts.points`` that belong to it, with columns ``date`` and ``value``.
    charts
        Where they come from.
    name
        The name by which re-basings and ``charts.mute`` speak of it.
    better
        Which way is better.
    unit
        That of the values, such as ``percent``.
    held
        What the catalogue asks of it; else the target of its latest point holds.

    Examples
    --------
    ``told_series(charts.points, charts, "RYJ", better="higher", unit="percent").sentence``
    """
    charted = charted_series(points, charts, unit, better, name)
    if not charted.held:
        return ToldSeries(charted, None, sentence(charted, charts.rules, None, ""))
    aim = held.target if held else charted.held[-1].target
    words = held.words if held else target_said(aim, charted.better, unit)
    by_year = yearly(held.targets, charted.held, held.end) if held else NO_YEARS
    since, later = (held.since, held.later) if held else ("", "")
    found = conclude(charted, charts.rules, aim, by_year, is_later=bool(later))
    last, newest = charted.held[-1], charts.rules.outlook.new_months
    is_old = held is not None and months_old(last, held.end) > newest
    then: _Then = {"since": since, "is_old": is_old, "later": later}
    facts = facts_of(charted, found, words, **then)
    said = sentence(charted, charts.rules, found, words, **then)
    return ToldSeries(charted, found, said, headline_of(facts))


class _Then(TypedDict):
    """Of when a figure and its target tell."""

    since: str
    is_old: bool
    later: str


@dataclass(frozen=True, slots=True)
class ToldTables:
    """What is said of series, to stand beside ``Charts``, in the order of ``Charts.points``.

    ``drawn`` has ``drawn_as`` of each point: its kind, or ``ended``; ``said`` a row a series.
    """

    drawn: pl.DataFrame
    said: pl.DataFrame


def told_all(charts: Charts, tell: Callable[[str, pl.DataFrame], ToldSeries]) -> ToldTables:
    """What is said of all series.

    Parameters
    ----------
    charts
        Charts whose series are named in the column ``series``.
    tell
        Tells a series from its name and its points.
    """
    drawn: list[str | None] = []
    rows = []
    parts = charts.points.partition_by("series", as_dict=True, maintain_order=True)
    for (series,), part in parts.items():
        told = tell(str(series), part)
        rows.append(_row(str(series), told))
        # A point without a kind has no value, or its chart can give no verdict of it.
        kinds = zip(told.charted.points, part["kind"], strict=True)
        drawn += [point.drawn if kind is not None else None for point, kind in kinds]
    return ToldTables(
        pl.DataFrame({"drawn_as": drawn}, schema={"drawn_as": pl.String}),
        pl.DataFrame(rows, schema=_SAID, orient="row"),
    )


_SAID = {
    "series": pl.String,
    "variation": pl.String,
    "assurance": pl.String,
    "met": pl.Int64,
    "of": pl.Int64,
    "rebase_from": pl.Date,
    "sentence": pl.String,
}


def _row(name: str, told: ToldSeries) -> tuple[object, ...]:
    found = told.found
    if found is None:
        return (name, None, None, None, None, None, told.sentence)
    counted = len(found.recent) or None
    met = found.met if counted else None
    codes = (found.variation, found.assurance)
    return (name, *codes, met, counted, told.rebase_from, told.sentence)
