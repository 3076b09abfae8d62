"""Whether an ask serves today or tomorrow, and which aim of the integrated care system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from remit.asks.matching.frames import Frame
from remit.asks.matching.lexicon import Lexicon, lexicon_file, load_lexicon
from remit.model.ask import AskHorizon, Horizon
from remit.model.errors import DeclarationError
from remit.model.lexicon import Facet, HorizonFile
from remit.words.figures import number_words

_OTHERS_COUNT = 0.3
"""How much the terms beside the strongest one add."""

_PARENT_AIM = 0.5


def horizons(frames: Sequence[Frame], groups: Iterable[Sequence[str]] = ()) -> list[AskHorizon]:
    """Horizon and aim of each ask.

    Parameters
    ----------
    frames
        The asks.
    groups
        Identifiers of asks that are duplicates of each other: their leanings are averaged, since
        one matter cannot serve today in one letter and tomorrow in the next.
    """
    lexicon, declared = load_lexicon(), load_horizon()
    scores = {frame.ask.ask_id: _scores(frame, lexicon, declared) for frame in frames}
    aims = {frame.ask.ask_id: _aims(frame, lexicon, declared) for frame in frames}
    for group in groups:
        _share(scores, group)
        _share(aims, group)
    return [_told(frame, scores[frame.ask.ask_id], aims[frame.ask.ask_id]) for frame in frames]


@cache
def load_horizon() -> HorizonFile:
    """The declaration of horizons.

    Raises
    ------
    DeclarationError
        If it names a term that the lexicon lacks.
    """
    file = lexicon_file("remit/horizon/1")
    content = file.validate(HorizonFile)
    known = load_lexicon().index
    faults = [
        file.fault([side, name], f"there is no term {name!r}")
        for side in ("tomorrow", "both", "today")
        for name in getattr(content, side)
        if name not in known
    ]
    if faults:
        raise DeclarationError("\n".join(faults))
    return content


def _scores(frame: Frame, lexicon: Lexicon, declared: HorizonFile) -> dict[str, float]:
    tomorrow, both = [0.0], [0.0]
    scores = {"today": declared.today_base, "tomorrow": 0.0, "both": 0.0}
    for number in frame.terms:
        term = lexicon.terms[number]
        factor = declared.title_factor if number in frame.title_terms else 1.0
        tomorrow.append(factor * term.tomorrow)
        both.append(factor * term.both)
        for side in ("today", "tomorrow", "both"):
            scores[side] += getattr(declared, side).get(term.id, 0.0)
    scores["tomorrow"] += _combined(tomorrow) + _by_period(frame, declared)
    scores["both"] += _combined(both)
    return scores


def _combined(values: list[float]) -> float:
    most = max(values)
    return most + _OTHERS_COUNT * (sum(values) - most)


def _by_period(frame: Frame, declared: HorizonFile) -> float:
    """A period of several years, or one that begins well after the ask, speaks of tomorrow."""
    added = 0.0
    received = frame.ask.received_on
    for span in frame.spans:
        if (span.end - span.start).days >= declared.long_period_days:
            added = max(added, declared.long_period_tomorrow)
        elif received and (span.start - received).days > 120:
            added = max(added, declared.year_ahead_tomorrow)
    return added


def _aims(frame: Frame, lexicon: Lexicon, declared: HorizonFile) -> dict[str, float]:
    aims = {"none": 0.0}
    for number in frame.terms:
        factor = declared.title_factor if number in frame.title_terms else 1.0
        for at, share in lexicon.ancestors[number]:
            term = lexicon.terms[at]
            if lexicon.facets[at] is Facet.MATTER:
                aim = term.aim or "none"
                # The nearest term that names an aim speaks; wider ones only back it.
                weight = factor * term.weight * (share if term.aim else share * _PARENT_AIM)
                aims[aim] = aims.get(aim, 0.0) + weight
    return aims


def _share(scores: dict[str, dict[str, float]], group: Sequence[str]) -> None:
    members = [scores[ask_id] for ask_id in group if ask_id in scores]
    keys = {key for member in members for key in member}
    mean = {key: sum(m.get(key, 0.0) for m in members) / len(members) for key in keys}
    for ask_id in group:
        if ask_id in scores:
            scores[ask_id] = mean


def _told(frame: Frame, scores: Mapping[str, float], aims: Mapping[str, float]) -> AskHorizon:
    side = max(("today", "both", "tomorrow"), key=lambda name: scores[name])
    aim = max(aims, key=lambda name: (aims[name], name))
    told = [f"{name} {number_words(scores[name], 1)}" for name in ("today", "both", "tomorrow")]
    return AskHorizon(frame.ask.ask_id, Horizon(side), aim, ", ".join(told))
