"""The evidence bank: each item with the stored figure behind it, and which way it speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from remit.annual.amounts import amount_of
from remit.annual.folder import AnnualFolder
from remit.annual.periods import period_in
from remit.annual.rows import PlacedRecord
from remit.model.annual import Direction, Speaks
from remit.model.annual_records import AnnualFinding, Evidence, FrozenFigure
from remit.model.period import Period

_OF_SIGNAL: dict[str, Speaks] = {"improved": "for", "worsened": "against"}
_SENSE: dict[Direction, Speaks | None] = {"strength": "for", "concern": "against", "mixed": None}
Apart = Literal["items", "kinds", "periods", "bodies"]


@dataclass(frozen=True, slots=True)
class Weighed:
    """An item of evidence in a finding: which way it speaks, and whether it is named as counter."""

    evidence: Evidence
    speaks: Speaks
    counter: bool

    def is_with(self, direction: Direction) -> bool:
        """Whether it speaks with a phrase of a direction."""
        sense = _SENSE[direction]
        if self.counter or self.speaks == "neither":
            return False
        return sense is None or self.speaks == sense

    def is_against(self, direction: Direction) -> bool:
        """Whether it speaks against such a phrase."""
        sense = _SENSE[direction]
        if self.counter:
            return True
        return sense is not None and self.speaks not in {sense, "neither"}

    def told_apart(self, by: Apart) -> str:
        """By what it is counted apart from others."""
        one = self.evidence
        return {
            "items": one.id,
            "kinds": one.kind,
            "periods": one.period or one.on,
            "bodies": one.body.casefold(),
        }[by]


class Bank:
    """All evidence of a folder, held against the figures that were frozen from the store."""

    def __init__(self, folder: AnnualFolder) -> None:
        self.folder = folder
        self._frozen: dict[tuple[str, str], list[PlacedRecord[FrozenFigure]]] = {}
        for one in folder.figures:
            for name in {one.record.metric, one.record.name} - {""}:
                key = (one.record.icb, name.casefold())
                self._frozen.setdefault(key, []).append(one)

    @cached_property
    def citing(self) -> Mapping[str, Sequence[str]]:
        """The findings that rest on an item or name it against themselves, by the item."""
        found: dict[str, list[str]] = {}
        for one in self.folder.findings.values():
            for name in dict.fromkeys((*one.record.evidence, *one.record.counter)):
                found.setdefault(name, []).append(one.record.id)
        return found

    def period(self, item: Evidence) -> Period | None:
        """The period of an item, as far as its form is known."""
        return period_in(item.period, self.folder.year) if item.period else None

    def stored(self, item: Evidence) -> PlacedRecord[FrozenFigure] | None:
        """The frozen figure of an item: of its ICB, metric, cut and period."""
        period = self.period(item)
        if period is None or item.kind != "figure":
            return None
        for code in item.icb:
            held = self._frozen.get((code, item.metric.strip().casefold()), ())
            cut = [one for one in held if one.record.cut.casefold() == item.cut.casefold()]
            fit = [one for one in cut if _is_of(one.record, period)]
            if fit:
                return min(fit, key=lambda one: one.record.period_end - one.record.period_start)
        return None

    def number(self, item: Evidence) -> float | None:
        """The stored figure of an item, or what was written where none is stored."""
        stored = self.stored(item)
        if stored is not None:
            return stored.record.value
        said = amount_of(item.value, item.unit) if item.value else None
        return said.value if said else None

    def periods_of(self, item: Evidence) -> Iterator[FrozenFigure]:
        """The frozen figures of the metric of an item, of any period."""
        for code in item.icb:
            for one in self._frozen.get((code, item.metric.strip().casefold()), ()):
                yield one.record

    def weighed(self, finding: AnnualFinding) -> list[Weighed]:
        """The evidence of a finding and what it names against it; what is not there is left out."""
        given = [*self._weighed(finding, finding.evidence, counter=False)]
        return [*given, *self._weighed(finding, finding.counter, counter=True)]

    def _weighed(
        self, finding: AnnualFinding, names: Iterable[str], *, counter: bool
    ) -> Iterator[Weighed]:
        for placed in self.folder.held(finding, dict.fromkeys(names)):
            yield Weighed(placed.record, self.speaks(placed.record, finding), counter)

    def speaks(self, item: Evidence, finding: AnnualFinding) -> Speaks:
        """Which way an item speaks: a change beyond chance first, then what is said of it.

        Nobody's word turns a figure that worsened beyond chance into evidence of strength.
        """
        stored = self.stored(item)
        if stored and stored.record.signal in _OF_SIGNAL:
            return _OF_SIGNAL[stored.record.signal]
        return item.speaks or _SENSE[finding.direction] or "for"


def _is_of(figure: FrozenFigure, period: Period) -> bool:
    """Whether a frozen figure is of a period, or of one that ends on the day that was named."""
    if period.start == period.end:
        return figure.period_end == period.end
    return (figure.period_start, figure.period_end) == (period.start, period.end)
