"""What asks and meetings cost, by body, function, channel and month; and today against tomorrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from remit.asks.burden.hours import Basis, FunctionReader, HoursOfAsk, HoursReader, load_burden
from remit.asks.matching.facets import notes as of_facets
from remit.asks.register.records import RegisteredMeeting
from remit.asks.register.register import AskRegister
from remit.model.ask import Ask, AskHorizon
from remit.model.errors import AskError
from remit.model.intake import BurdenFile

UNDATED = "undated"
UNPLACED = "not placed"
BY = ("body", "function", "channel", "month", "recipient", "horizon", "aim", "month-horizon")
"""What the hours of asks are added up by."""

_IN_TIME = {"month", "month-horizon"}


@dataclass(frozen=True, slots=True)
class BurdenLine:
    """The asks of one group, and their hours.

    ``known`` of the ``asks`` have hours written down, ``hours_known`` in sum. ``hours`` adds the
    estimates for the others, which may be as little as ``low`` and as much as ``high``. ``share``
    is the part of all asks' hours, from 0 to 1.
    """

    by: str
    group: str
    asks: int
    known: int
    hours_known: float
    hours: float
    low: float
    high: float
    share: float | None


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """The oversight meetings of one group: hours, person-hours, and minutes by horizon."""

    by: str
    group: str
    meetings: int
    hours: float
    person_hours: float
    own_person_hours: float
    minutes_today: int
    minutes_tomorrow: int
    minutes_neither: int


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One measure of today against tomorrow, as shares of what could be placed (from 0 to 1)."""

    measure: str
    today: float
    tomorrow: float
    both: float
    placed: float
    """What the shares are of: asks, hours or minutes."""
    unit: str


@dataclass(frozen=True, slots=True)
class Burden:
    """The burden of a register within a window."""

    asks: int
    hours: float
    low: float
    high: float
    lines: tuple[BurdenLine, ...]
    meetings: tuple[MeetingLine, ...]
    balance: tuple[BalanceLine, ...]
    trend: tuple[BurdenLine, ...]
    """By month, in order of time, without undated asks."""
    basis: tuple[Basis, ...]
    notes: tuple[str, ...] = field(default=())

    def by(self, name: str) -> tuple[BurdenLine, ...]:
        """The lines of one grouping, the most hours first; months in order of time."""
        return tuple(line for line in self.lines if line.by == name)


def burden(
    register: AskRegister,
    *,
    to_org: str | None = None,
    first: date | None = None,
    last: date | None = None,
    horizons: Mapping[str, AskHorizon] | None = None,
    declaration: BurdenFile | None = None,
) -> Burden:
    """Work out what a register's asks and meetings cost.

    Parameters
    ----------
    register
        The open register.
    to_org
        Only what is asked of this recipient.
    first, last
        Only asks received, and meetings held, from and up to these days. Undated asks are left
        out where a day is given.
    horizons
        Where each ask looks, by identifier; asks without an entry are "not placed".
    declaration
        What is assumed of hours, instead of Remit's.

    Returns
    -------
    Burden
        Hours are hours. The range of a sum is the sum of the ranges: it holds if all asks without
        hours are alike light or alike heavy, so it is wider than chance alone would make it.
        Meetings from calendars are not among the asks' hours: they are counted apart, once.

    Raises
    ------
    AskError
        If the window ends before it begins.
    """
    if first and last and last < first:
        raise AskError(f"the window ends ({last}) before it begins ({first}); swap the two days")
    words = declaration or load_burden()
    everything = register.asks()
    asks = [ask for ask in register.asks(to_org=to_org) if _within(ask.received_on, first, last)]
    hours = HoursReader(everything, words)
    from_calendars = register.calendar_asks()
    timed = [(ask, hours.of(ask)) for ask in asks if ask.ask_id not in from_calendars]
    found = _Groups(timed, horizons or {}, FunctionReader(words))
    lines = found.lines()
    met = [
        meeting
        for meeting in register.meetings(oversight_only=True)
        if _within(meeting.day, first, last)
        and (to_org is None or meeting.to_org_code == to_org.upper())
    ]
    return Burden(
        asks=len(timed),
        hours=sum(h.middle for _, h in timed),
        low=sum(h.low for _, h in timed),
        high=sum(h.high for _, h in timed),
        lines=lines,
        meetings=tuple(_meeting_lines(met)),
        balance=tuple(_balance(lines, met)),
        trend=tuple(line for line in lines if line.by == "month" and line.group != UNDATED),
        basis=hours.basis(),
        notes=(*_notes(asks, timed, from_calendars), *of_facets(asks, words.functions)),
    )


def _within(day: date | None, first: date | None, last: date | None) -> bool:
    if day is None:
        return first is None and last is None
    return (first is None or day >= first) and (last is None or day <= last)


class _Groups:
    """Asks with their hours, added up by each grouping."""

    def __init__(
        self,
        timed: Sequence[tuple[Ask, HoursOfAsk]],
        horizons: Mapping[str, AskHorizon],
        functions: FunctionReader,
    ) -> None:
        self._timed = timed
        self._total = sum(h.middle for _, h in timed)
        self._of: dict[str, Callable[[Ask], str]] = {
            "body": lambda ask: ask.from_body,
            "function": functions.of,
            "channel": lambda ask: ask.channel or "not said",
            "month": _month_of,
            "recipient": lambda ask: ask.to_org_code,
            "horizon": lambda ask: _placed(horizons.get(ask.ask_id), "horizon"),
            "aim": lambda ask: _placed(horizons.get(ask.ask_id), "aim"),
            "month-horizon": lambda ask: (
                f"{_month_of(ask)} {_placed(horizons.get(ask.ask_id), 'horizon')}"
            ),
        }

    def lines(self) -> tuple[BurdenLine, ...]:
        return tuple(line for name in BY for line in self._lines_by(name))

    def _lines_by(self, name: str) -> list[BurdenLine]:
        groups: dict[str, list[HoursOfAsk]] = {}
        for ask, hours in self._timed:
            groups.setdefault(self._of[name](ask), []).append(hours)
        lines = [self._line(name, group, part) for group, part in groups.items()]
        if name in _IN_TIME:
            return sorted(lines, key=lambda line: line.group)
        return sorted(lines, key=lambda line: (-line.hours, line.group))

    def _line(self, name: str, group: str, part: Sequence[HoursOfAsk]) -> BurdenLine:
        middle = sum(h.middle for h in part)
        return BurdenLine(
            by=name,
            group=group,
            asks=len(part),
            known=sum(h.known for h in part),
            hours_known=sum(h.middle for h in part if h.known),
            hours=middle,
            low=sum(h.low for h in part),
            high=sum(h.high for h in part),
            share=middle / self._total if self._total else None,
        )


def _month_of(ask: Ask) -> str:
    return ask.received_on.isoformat()[:7] if ask.received_on else UNDATED


def _placed(found: AskHorizon | None, name: str) -> str:
    if found is None:
        return UNPLACED
    return str(found.horizon.value) if name == "horizon" else found.aim


def _meeting_lines(meetings: Sequence[RegisteredMeeting]) -> Iterable[MeetingLine]:
    if meetings:
        yield _meeting_line("all", "all", meetings)
    bodies = _meetings_by("body", lambda meeting: meeting.body, meetings)
    yield from sorted(bodies, key=lambda line: (-line.hours, line.group))
    yield from sorted(_meetings_by("month", _month, meetings), key=lambda line: line.group)


def _meetings_by(
    name: str, of: Callable[[RegisteredMeeting], str], meetings: Iterable[RegisteredMeeting]
) -> list[MeetingLine]:
    groups: dict[str, list[RegisteredMeeting]] = {}
    for meeting in meetings:
        groups.setdefault(of(meeting), []).append(meeting)
    return [_meeting_line(name, group, part) for group, part in groups.items()]


def _month(meeting: RegisteredMeeting) -> str:
    return meeting.day.isoformat()[:7]


def _meeting_line(name: str, group: str, part: Sequence[RegisteredMeeting]) -> MeetingLine:
    minutes = sum(m.minutes for m in part)
    today = sum(m.minutes_today for m in part)
    tomorrow = sum(m.minutes_tomorrow for m in part)
    return MeetingLine(
        by=name,
        group=group,
        meetings=len(part),
        hours=minutes / 60,
        person_hours=sum(m.minutes * m.attendees for m in part) / 60,
        own_person_hours=sum(m.minutes * m.own_attendees for m in part) / 60,
        minutes_today=today,
        minutes_tomorrow=tomorrow,
        minutes_neither=round(minutes) - today - tomorrow,
    )


def _balance(
    lines: Sequence[BurdenLine], meetings: Sequence[RegisteredMeeting]
) -> Iterable[BalanceLine]:
    placed = {line.group: line for line in lines if line.by == "horizon"}
    asks = {name: float(line.asks) for name, line in placed.items() if name != UNPLACED}
    hours = {name: line.hours for name, line in placed.items() if name != UNPLACED}
    minutes = {
        "today": float(sum(m.minutes_today for m in meetings)),
        "tomorrow": float(sum(m.minutes_tomorrow for m in meetings)),
    }
    for measure, sums, unit in (
        ("asks", asks, "asks"),
        ("hours of asks", hours, "hours"),
        ("agenda of oversight meetings", minutes, "minutes"),
    ):
        total = sum(sums.values())
        if total:
            today, tomorrow, both = (
                sums.get(n, 0.0) / total for n in ("today", "tomorrow", "both")
            )
            yield BalanceLine(measure, today, tomorrow, both, total, unit)


def _notes(
    asks: Sequence[Ask], timed: Sequence[tuple[Ask, HoursOfAsk]], from_calendars: frozenset[str]
) -> Iterable[str]:
    unknown = sum(not hours.known for _, hours in timed)
    if unknown:
        yield (
            f"{unknown} of {len(timed)} asks have no hours written down; theirs are estimated, "
            "with a low and a high figure"
        )
    apart = sum(ask.ask_id in from_calendars for ask in asks)
    if apart:
        yield (
            f"{apart} asks are series of meetings from a calendar; their hours are counted with "
            "the meetings, not here"
        )
    met = sum(ask.channel in {"meeting", "call"} for ask, _ in timed)
    if met and apart:
        yield (
            f"{met} asks of a list are meetings or calls; if the calendar holds them too, their "
            "hours are in both tables"
        )
