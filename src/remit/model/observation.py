"""Observations, rejections and sources: what becomes of every row of a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal


class Status(StrEnum):
    """Whether a figure was given, and if not, why. A zero is a reported value."""

    REPORTED = "reported"
    SUPPRESSED = "suppressed"
    NOT_SUBMITTED = "not_submitted"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was not taken, and why.

    ``line`` is the physical line of the file at which the row begins (the header is line 1);
    ``column`` is empty where the row as a whole is at fault.
    """

    file: str
    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A total that a file prints, held against the sum of the rows that it should be the sum of.

    ``line`` and ``column`` say where the total is printed, ``name`` what it is a total of.
    """

    file: str
    line: int
    column: str
    name: str
    printed: float
    summed: float

    @property
    def difference(self) -> float:
        """The printed total less the sum; zero where they agree but for rounding in floats."""
        gap = self.printed - self.summed
        return 0.0 if abs(gap) <= 1e-9 * max(1.0, abs(self.printed)) else gap


@dataclass(frozen=True, slots=True)
class PrintedMetric:
    """A metric as a file prints it, where Remit does not know it or knows another of its code.

    Attributes
    ----------
    metric_id
        The identifier of the rows.
    name, unit, domain, sub_domain
        As printed; where rows differ, as in the first of them.
    part
        Whether the rows are a metric's values, its scores, or a result (a domain score, a segment).
    of
        The metric that they belong to: of a score, the one whose values it was made from.
    known
        Whether Remit has a metric of this identifier, under another name.
    """

    metric_id: str
    name: str
    unit: str
    domain: str
    sub_domain: str
    part: Literal["value", "score", "result"]
    of: str
    known: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it was read.

    ``source_id`` is the first 16 hexadecimal digits of ``sha256``: the same bytes are the same
    source wherever the file lies. ``scopes`` says which parts of the publication the file
    covers (``"2025/26 Q1 · acute"``); a later file that covers the same scope is a new vintage.
    ``printed`` are the metrics that are kept as the file prints them.
    ``third_party`` says whose copy of the publication it is, and is empty for the publisher's own:
    of two files of one scope a copy never counts beside an original.
    """

    source_id: str
    publication: str
    publication_name: str
    file_name: str
    sha256: str
    published_on: date | None
    licence: str
    url: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    scopes: tuple[str, ...]
    third_party: str
    printed: tuple[PrintedMetric, ...] = field(default=(), kw_only=True)
