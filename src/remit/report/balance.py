"""Today's and tomorrow's metrics counted, and the four aims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from remit.report.aims import AIMS
from remit.report.view import Aim, Balance, Horizon, MetricCard, ReportLine, Share
from remit.words.figures import number_words
from remit.words.sentences import count_words, sentence_case


def balance(catalogue: Iterable[MetricCard], lines: Sequence[ReportLine]) -> Balance:
    """How much room each horizon has.

    Parameters
    ----------
    catalogue
        Every metric that the report was asked for, with figures or without.
    lines
        The lines of the organisation that the report is on.
    """
    cards = list(catalogue)
    today, tomorrow = _share("today", cards, lines), _share("tomorrow", cards, lines)
    return Balance(today, tomorrow, _sentence(today, tomorrow))


def _share(horizon: Horizon, catalogue: Sequence[MetricCard], lines: Sequence[ReportLine]) -> Share:
    own = [line for line in lines if line.metric.horizon == horizon and not line.cut]
    held = {line.metric.id for line in own}
    wanted = {card.id: card.name for card in catalogue if card.horizon == horizon}
    return Share(
        horizon=horizon,
        metrics=len(wanted),
        with_figures=len(held),
        exceptions=sum(1 for line in own if line.is_exception),
        without=tuple(name for metric, name in wanted.items() if metric not in held),
    )


def _sentence(today: Share, tomorrow: Share) -> str:
    whole = today.metrics + tomorrow.metrics
    counted = (
        f"Of {count_words(whole, 'metric')}, {today.metrics} {_speak(today.metrics)} of today’s "
        f"care and {tomorrow.metrics} of tomorrow’s health. Figures are held for "
        f"{_held(today)} and {_held(tomorrow)}."
    )
    verdict = _verdict(today.with_figures, tomorrow.with_figures)
    return f"{counted} {verdict}{_outstanding(today, tomorrow)}"


def _outstanding(today: Share, tomorrow: Share) -> str:
    """How many of each horizon stand out; nothing where there is no half to set against it."""
    if not (today.with_figures and tomorrow.with_figures):
        return ""
    return f" What stands out: {today.exceptions} of today’s, {tomorrow.exceptions} of tomorrow’s."


def _speak(count: int) -> str:
    return "speaks" if count == 1 else "speak"


def _held(share: Share) -> str:
    return f"{share.with_figures} of {share.horizon}’s {share.metrics}"


def _verdict(today: int, tomorrow: int) -> str:
    if today == tomorrow:
        return "The two are in balance."
    more, fewer = ("today", "tomorrow") if today > tomorrow else ("tomorrow", "today")
    many, few = max(today, tomorrow), min(today, tomorrow)
    if few == 0:
        return f"Nothing is known of {fewer}: the report speaks of {more} alone."
    times = number_words(many / few, 1)
    return f"The report leans to {more}: {times} metrics for each one of {fewer}."


def aims(lines: Sequence[ReportLine]) -> tuple[Aim, ...]:
    """The four aims, each with its lines; last, where there are any, the lines of none."""
    found = []
    for code, name in AIMS.items():
        own = tuple(line for line in lines if line.metric.aim == code)
        if own or code != "none":
            found.append(Aim(code, name, own, _aim_sentence(own)))
    return tuple(found)


def _aim_sentence(lines: Sequence[ReportLine]) -> str:
    if not lines:
        return "No figure is held that serves this aim most."
    better = sum(1 for line in lines if line.variation.code.startswith("improvement"))
    worse = sum(1 for line in lines if line.variation.code.startswith("concern"))
    out_of_reach = sum(1 for line in lines if line.assurance.code == "fail")
    parts = [f"{count_words(len(lines), 'metric')} with figures"]
    if better:
        parts.append(f"{better} improving")
    if worse:
        parts.append(f"{worse} of concern")
    missed = sum(1 for line in lines if line.misses) - out_of_reach
    if out_of_reach:
        parts.append(f"{out_of_reach} that will not meet the target as things are")
    if missed:
        parts.append(f"{missed} that missed the target")
    if len(parts) == 1:
        parts.append("none with a special cause")
    return f"{sentence_case('; '.join(parts))}."
