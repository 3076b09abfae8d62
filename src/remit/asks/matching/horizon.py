"""Whether an ask serves today or tomorrow, and which aim of the integrated care system."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from remit.asks.matching.frames import Frame
from remit.asks.matching.matters import MatterMatch, load_matters
from remit.model.ask import AskHorizon, Horizon
from remit.model.horizon import HorizonFile

_VOTES, _STEEPNESS = 3, 5
"""How many matters have a say, and how much more the nearest one says than the next."""
_AHEAD = 2
"""Words of a plan, a bid or a pilot that tell by themselves: one in the title, or two."""
_UNDECIDED = Horizon.TODAY

Leanings = dict[Horizon, float]


def horizons(frames: Sequence[Frame], groups: Iterable[Sequence[str]] = ()) -> list[AskHorizon]:
    """Horizon and aim of each ask, with the row of the table that says so.

    Parameters
    ----------
    frames
        The asks.
    groups
        Identifiers of asks that are duplicates of each other: their leanings are added up, and
        the matter that fits best is that of all, since one matter cannot serve today in one
        letter and tomorrow in the next.
    """
    content = load_matters().content
    leanings = {frame.ask.ask_id: _leanings(frame, content) for frame in frames}
    firsts = {frame.ask.ask_id: frame.matters[:1] for frame in frames}
    for group in groups:
        _share(leanings, group)
        shared = max((firsts.get(id_, ()) for id_ in group), key=_fits, default=())
        firsts |= dict.fromkeys(group, shared)
    return [
        _told(frame, leanings[frame.ask.ask_id], firsts[frame.ask.ask_id], content)
        for frame in frames
    ]


def _fits(first: Sequence[MatterMatch]) -> float:
    return first[0].score if first else 0.0


def speaks_of_tomorrow(frame: Frame, content: HorizonFile) -> str:
    """Which rule puts an ask to tomorrow whatever it is about; blank where none does."""
    leaning, received = frame.leaning, frame.ask.received_on
    if leaning.ahead >= _AHEAD:
        return "a plan, bid, pilot or new offer is asked for"
    if received and leaning.year >= received.year + content.ahead.years:
        return f"it looks ahead to {leaning.year}"
    for span in frame.spans:
        long = (span.end - span.start).days >= content.ahead.period_days
        if long and received and span.end > received:
            return "its period is over two years and ends later"
    return ""


def _leanings(frame: Frame, content: HorizonFile) -> Leanings:
    if speaks_of_tomorrow(frame, content):
        return {Horizon.TOMORROW: 1.0}
    votes: Leanings = defaultdict(float)
    for match in frame.matters[:_VOTES]:
        votes[load_matters().matters[match.id].horizon] += match.score**_STEEPNESS
    if not votes:
        return {_UNDECIDED: 1.0}
    whole = sum(votes.values())
    shares: Leanings = {side: vote / whole for side, vote in votes.items()}
    first = max(shares, key=lambda side: shares[side])
    if first is Horizon.TODAY and frame.leaning.by_group:
        return {Horizon.BOTH: 1.0}
    return shares


def _share(leanings: dict[str, Leanings], group: Sequence[str]) -> None:
    members = [leanings[ask_id] for ask_id in group if ask_id in leanings]
    sides = {side for member in members for side in member}
    mean = {side: sum(one.get(side, 0.0) for one in members) / len(members) for side in sides}
    for ask_id in group:
        if ask_id in leanings:
            leanings[ask_id] = mean


def _told(
    frame: Frame,
    leaning: Mapping[Horizon, float],
    firsts: Sequence[MatterMatch],
    content: HorizonFile,
) -> AskHorizon:
    side = max(Horizon, key=lambda one: leaning.get(one, 0.0))
    first = firsts[0] if firsts else None
    aim = load_matters().matters[first.id].aim if first else "none"
    return AskHorizon(frame.ask.ask_id, side, aim, _reason(frame, first, content))


def _reason(frame: Frame, first: MatterMatch | None, content: HorizonFile) -> str:
    if rule := speaks_of_tomorrow(frame, content):
        return rule
    if first is None:
        return "no word tells of its matter; today is the default"
    matter = load_matters().matters[first.id]
    by_group = "; cut by who waits" if frame.leaning.by_group else ""
    return f"row of the table: {matter.name} ({matter.horizon}){by_group}"
