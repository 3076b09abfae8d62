"""Inequality beside performance: the groups of a figure, how far apart, now and a year before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from remit.annual.bank import Bank
from remit.model.annual import AnnualYear, InequalityCut
from remit.model.annual_records import FrozenFigure
from remit.signals.sentence import SMALL_BASE
from remit.words.days import span_words
from remit.words.figures import number_words, published_words, value_words, with_unit

SELECTED = (
    "The two groups are those furthest apart now, so that a smaller gap the year before may be "
    "chance."
)
"""What is to be said beside a gap of several groups."""


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """The figure of a group now, and of the same group a year before where that is held."""

    group: str
    now: FrozenFigure
    before: FrozenFigure | None


@dataclass(frozen=True, slots=True)
class GroupGap:
    """The groups of a figure by one dimension, in the order of their values."""

    dimension: str
    groups: tuple[GroupFigure, ...]

    @property
    def ends(self) -> tuple[GroupFigure, GroupFigure] | None:
        """The lowest and the highest group whose base is not small; None for fewer than two."""
        able = [one for one in self.groups if not is_small(one.now)]
        return (able[0], able[-1]) if len(able) > 1 else None

    @property
    def name(self) -> str:
        """Which figure, of which period, by what."""
        one = self.groups[0].now
        period = span_words(one.period_start, one.period_end)
        return f"{one.name or one.metric}, {period}, by {self.dimension}"

    @property
    def said(self) -> str:
        """The gap now and a year before, with bases."""
        if self.ends is None:
            return f"No gap is told: fewer than two groups have a base of {SMALL_BASE} or more."
        low, high = self.ends
        now = f"{_distance(low.now, high.now)} between {_with_base(low)} and {_with_base(high)}"
        if low.before is None or high.before is None:
            return f"Gap: {now}; no figures of the year before are held."
        if is_small(low.before) or is_small(high.before):
            return f"Gap: {now}; a year before the bases were under {SMALL_BASE}."
        gap = _distance(low.before, high.before)
        turned = high.before.value < low.before.value
        way = ", the other way round" if turned else ""
        return (
            f"Gap: {now}; a year before {gap}{way} ({figure_and_base(low.before)} and "
            f"{figure_and_base(high.before)})."
        )


def is_small(one: FrozenFigure) -> bool:
    """Whether a few people move a figure; one whose base is not held is not known to be small."""
    return one.base is not None and one.base < SMALL_BASE


def figure_and_base(one: FrozenFigure) -> str:
    """A figure with its base: ``12.1% of 1,204``; a small base is marked.

    >>> from datetime import date
    >>> one = FrozenFigure(icb="ZB1", metric="m", unit="percent", period_start=date(2025, 3, 1),
    ...     period_end=date(2025, 3, 31), value=12.1, base=80)
    >>> figure_and_base(one)
    '12.1% of 80, a small base'
    """
    value = published_words(one.value, one.unit)
    if one.base is None:
        return f"{value}, base not held"
    return f"{value} of {number_words(one.base, 0)}{', a small base' if is_small(one) else ''}"


def _with_base(one: GroupFigure) -> str:
    return f"{one.group} ({figure_and_base(one.now)})"


def _distance(low: FrozenFigure, high: FrozenFigure) -> str:
    gap = abs(high.value - low.value)
    if low.unit == "percent":
        return f"{number_words(gap, 1)} percentage points"
    return value_words(gap, low.unit) if low.unit else with_unit(number_words(gap, 2), "")


def gaps_of(figures: Iterable[FrozenFigure], one: FrozenFigure) -> list[GroupGap]:
    """The groups of a figure among some figures, a dimension each.

    Parameters
    ----------
    figures
        Frozen figures, of groups and of everybody.
    one
        The figure of everybody, or of a group.

    Examples
    --------
    ``[gap.said for gap in gaps_of(figures, one)]``
    """
    mine = [o for o in figures if (o.icb, o.metric) == (one.icb, one.metric) and o.cut]
    start, end = year_before(one.period_start), year_before(one.period_end)
    before = {o.cut: o for o in mine if (o.period_start, o.period_end) == (start, end)}
    found: dict[str, list[GroupFigure]] = {}
    for other in mine:
        if (other.period_start, other.period_end) == (one.period_start, one.period_end):
            dimension, _, group = other.cut.rpartition(": ")
            told = GroupFigure(group, other, before.get(other.cut))
            found.setdefault(dimension or "group", []).append(told)
    return [
        GroupGap(name, tuple(sorted(told, key=lambda group: (group.now.value, group.group))))
        for name, told in sorted(found.items())
        if len(told) > 1
    ]


def gaps_of_icb(bank: Bank, code: str) -> list[GroupGap]:
    """The groups of all figures that the findings about an ICB rest on, each figure once."""
    figures = [placed.record for placed in bank.folder.figures if placed.record.icb == code]
    found: dict[tuple[str, date, date], list[GroupGap]] = {}
    for finding in (placed.record for placed in bank.folder.of_icb(code)):
        for item in bank.folder.held(finding, (*finding.evidence, *finding.counter)):
            stored = bank.stored(item.record)
            if stored is not None and stored.record.icb == code:
                one = stored.record
                key = (one.metric, one.period_start, one.period_end)
                found.setdefault(key, gaps_of(figures, one))
    return [gap for gaps in found.values() for gap in gaps]


def year_before(day: date) -> date:
    """The same day of the year before; the last of February stays the last.

    >>> year_before(date(2024, 2, 29)), year_before(date(2025, 2, 28))
    (datetime.date(2023, 2, 28), datetime.date(2024, 2, 29))
    """
    following = date.fromordinal(day.toordinal() + 1)
    if following.day == 1:  # the last day of a month
        return date.fromordinal(following.replace(year=following.year - 1).toordinal() - 1)
    return day.replace(year=day.year - 1)


def chosen_dimensions(
    year: AnnualYear, dimensions: Sequence[str]
) -> Iterator[tuple[InequalityCut, str]]:
    """What the year wants to see apart, each with the first of its names that figures have."""
    known: Mapping[str, str] = {one.casefold(): one for one in dimensions}
    for wanted in year.inequality:
        for name in wanted.cuts:
            if name.casefold() in known:
                yield wanted, known[name.casefold()]
                break
