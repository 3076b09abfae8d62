"""What is known of an ask and a publication: the facts by which it is told who answers whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from remit.asks.matching.entry_reader import EntryMatch
from remit.asks.matching.frames import Frame
from remit.asks.matching.periods import Span
from remit.asks.matching.qualifiers import beside
from remit.catalogue import lag_days, load_entries
from remit.catalogue.own import OwnFiles, own_files
from remit.model.entry import CatalogueEntry, Level
from remit.model.organisation import OrganisationType
from remit.register import load_register
from remit.words.days import day_words, span_words

_OF_TRUST = frozenset({Level.WARD, Level.UNIT, Level.SITE, Level.TRUST, Level.PRISON})
_OF_BOARD = frozenset(
    {Level.ICB, Level.SUB_ICB, Level.PRACTICE, Level.PCN, Level.PHARMACY, Level.COUNCIL}
)
"""Levels whose rows are an ICB's, or add up to it or to a place in it."""
_BOARD = re.compile(r"\bicb\b|integrated care (?:board|system)|\bics\b", re.IGNORECASE)
_LENGTHS = {"day": 1, "week": 6, "month": 27, "quarter": 85, "annual": 330}
"""The fewest days that a day, a week, a month, a quarter and a year count, by how a cut or a
cadence names them: all days of a week make the week, all months of a quarter the quarter."""
_CLOSE_DAYS, _SHORT_LAG = 3, 10
"""Usual lags are no calendar: so near the due day it is not known which comes first."""
_OF_MEMORY = 4
"""Of a lag that nobody has seen, a quarter more."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one ask and one publication, each True, False, or None where it is not known."""

    number_asked: bool
    level: bool | None
    """Whether there are figures for the organisation that is asked about."""
    period_over: bool | None
    """Whether the asked period had ended when the ask came."""
    period_held: bool | None
    """Whether the publication has periods as short as the asked one."""
    begun: bool
    """Whether the publication has figures so early."""
    verified: bool
    """Whether somebody has seen the source, for whom it has figures and when they come out."""
    beside: str
    """What the ask narrows itself to that the publication leaves out or has not, in words."""
    out_on: date | None
    out_by_due: bool | None

    @property
    def allow_sure(self) -> bool:
        """Whether nothing that is known speaks against the publication."""
        return (
            self.number_asked
            and self.level is True
            and self.period_over is not False
            and self.period_held is not False
            and self.begun
            and self.verified
            and not self.beside
        )


def level_of(entry: CatalogueEntry, match: EntryMatch, board: bool) -> bool | None:
    """Whether an entry has figures of an ICB, or else of a provider; None if nobody has looked.

    Parameters
    ----------
    entry
        The entry.
    match
        How it was met: a measure may have levels of its own.
    board
        Whether an ICB is asked about.
    """
    measure = entry.measures[match.measure] if match.measure >= 0 else None
    wanted = _OF_BOARD if board else _OF_TRUST
    held = (measure.levels if measure and measure.levels else None) or entry.levels
    if not wanted.isdisjoint(held):
        return True
    return False if wanted.isdisjoint(entry.levels_not_verified) else None


def facts_of(frame: Frame, entry: CatalogueEntry, level: bool | None) -> Facts:
    """Check what can be checked of an ask and one entry of the catalogue.

    Parameters
    ----------
    frame
        The ask.
    entry
        The entry.
    level
        What :func:`level_of` says of the two.
    """
    period = frame.spans[0] if frame.spans else None
    out_on = _out_on(entry, period)
    return Facts(
        number_asked=frame.wants.numbers > 0,
        level=level,
        period_over=_is_over(period, frame.ask.received_on),
        period_held=_is_held(entry, period),
        begun=_has_begun(entry, period, frame.ask.received_on),
        verified=entry.verified and _lag_of(entry.id) is not None,
        beside=beside(frame, entry),
        out_on=out_on,
        out_by_due=_in_time(out_on, frame.ask.due_on, entry),
    )


def is_board(frame: Frame) -> bool:
    """Whether an ask is about an ICB and not about a provider."""
    ask = frame.ask
    if frame.subject == ask.to_org_code and ask.to_org_name:
        return bool(_BOARD.search(ask.to_org_name))
    found = load_register().find(frame.subject)
    return found is not None and found.type is OrganisationType.ICB


def said_of(facts: Facts, entry: CatalogueEntry, frame: Frame) -> Iterable[str]:
    """The facts in words, those first that speak against the publication."""
    if not facts.number_asked:
        yield "no number is asked for that a publication counts"
    if facts.level is None:
        yield f"whether it has figures of {_whom(frame)} is not verified"
    elif not facts.level:
        yield f"it has no figures of {_whom(frame)} (finest: {entry.finest_level or 'not known'})"
    if facts.period_over is False:
        yield "the period was not over when this was asked"
    if facts.period_held is False:
        yield f"it comes {entry.cadence}, and a shorter period is asked for"
    if not facts.begun and entry.first:
        yield f"its figures begin on {day_words(entry.first)}"
    if facts.beside:
        yield facts.beside
    if not facts.verified:
        yield "its level, its lag or its source is not verified"
    if facts.out_on:
        memory = ", by a lag from memory" if _from_memory(entry) else ""
        yield f"out about {day_words(facts.out_on)}{memory}{_when(facts)}"


def _when(facts: Facts) -> str:
    return {True: ", by the due day", False: ", after the due day", None: ""}[facts.out_by_due]


def _whom(frame: Frame) -> str:
    return "an ICB" if is_board(frame) else "a trust"


def _has_begun(entry: CatalogueEntry, period: Span | None, received: date | None) -> bool:
    """Whether what is asked lies after the first figures; without a period the ask itself."""
    asked = period.end if period else received
    return entry.first is None or asked is None or asked >= entry.first


def _is_over(period: Span | None, received: date | None) -> bool | None:
    return None if period is None or received is None else period.end <= received


def _is_held(entry: CatalogueEntry, period: Span | None) -> bool | None:
    """Whether a period is as long as those of the publication; None where no length is known."""
    if period is None or entry.cadence is None:
        return None
    days = (period.end - period.start).days + 1
    if period.snapshot and days > 1:
        return None
    said = entry.cadence.lower()
    for word, least in _LENGTHS.items():
        if said.startswith(word) or word in entry.cuts:
            return days >= least
    return None


def _lag_of(entry: str) -> int | None:
    return _lag(entry, own_files())


@cache
def _lag(entry: str, _: OwnFiles) -> int | None:
    return lag_days(load_entries()[entry])


def _out_on(entry: CatalogueEntry, period: Span | None) -> date | None:
    lag = _lag_of(entry.id)
    return None if lag is None or period is None else period.end + timedelta(days=lag)


def _in_time(out_on: date | None, due: date | None, entry: CatalogueEntry) -> bool | None:
    lag = _lag_of(entry.id)
    if out_on is None or due is None or lag is None:
        return None
    close = 0 if lag < _SHORT_LAG else _CLOSE_DAYS
    if _from_memory(entry):
        close += lag // _OF_MEMORY
    if abs((due - out_on).days) <= close:
        return None
    return out_on < due


def _from_memory(entry: CatalogueEntry) -> bool:
    return entry.lag is not None and not entry.lag.seen


def period_said(frame: Frame) -> str:
    """The period of an ask in words; blank where none is told."""
    return span_words(frame.spans[0].start, frame.spans[0].end) if frame.spans else ""
