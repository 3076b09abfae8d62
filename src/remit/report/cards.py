"""What the parts of a report speak of: organisations, metrics, icons and published figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from remit.words.names import short_trust_name

Horizon = Literal["today", "tomorrow"]


@dataclass(frozen=True, slots=True)
class ReportBody:
    """An organisation of the report; ``kind`` in words: ``ICB``, ``Acute trust``, ``Region``.

    ``closed`` is its last day, where it has one.
    """

    code: str
    name: str
    kind: str
    closed: date | None = field(default=None, compare=False)

    @property
    def title(self) -> str:
        """Name and code."""
        return f"{self.name} ({self.code})"

    @property
    def short(self) -> str:
        """The name without its legal form, for titles and the heads of columns."""
        return short_trust_name(self.name.replace("Integrated Care Board", "ICB"))


@dataclass(frozen=True, slots=True)
class MetricCard:
    """What a metric is, for those who read its figures.

    ``made_of`` says in words how the value comes from published counts; ``short_name`` is empty
    where the name is short enough.
    """

    id: str
    name: str
    unit: str
    better: Literal["higher", "lower", "neutral"]
    aim: str
    horizon: Horizon
    setting: str
    why_it_matters: str
    source: str
    made_of: str = ""
    short_name: str = ""

    @property
    def short(self) -> str:
        """The name for cells, lists and titles."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class Icon:
    """An icon as a code and as the words that stand for it."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One published figure that a value was made of.

    ``source`` is the number of the file among the report's sources, ``line`` the physical line.
    """

    org_code: str
    measure: str
    period: str
    value: float | None
    status: str
    source: int
    line: int
    column: str
