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
    failing = [line for line in lines if line.assurance.code == "fail"]
    out_of_reach = sum(not line.dated for line in failing)
    counted = (
        (sum(line.improves for line in lines), "improving"),
        (sum(line.worsens for line in lines), "of concern"),
        (sum(line.is_neutral for line in lines), "changed, neither better nor worse"),
        (out_of_reach, "that will not meet the target as things are"),
        (len(failing) - out_of_reach, "that would not meet it by older figures"),
        (sum(one.misses and one not in failing for one in lines), "that missed the target"),
        (sum(one.is_short and one not in failing for one in lines), "short of a goal for later"),
        (sum(line.is_told and not line.is_exception for line in lines), "as usual"),
    )
    begin = f"{count_words(len(lines), 'metric')} with figures"
    parts = [f"{count} {words}" for count, words in counted if count]
    untold = untold_words(lines)
    if untold:
        parts.append(f"{untold} ({_why_untold([line for line in lines if not line.is_told])})")
    return f"{sentence_case('; '.join([begin, *parts]))}."


def exception_words(lines: Sequence[ReportLine]) -> tuple[str, ...]:
    """How many of some lines are exceptions, each counted once, by kind.

    Examples
    --------
    ``("2 of concern", "5 with a target missed")``
    """
    found = (
        (sum(one.worsens for one in lines), "of concern"),
        (sum(one.misses and not one.worsens for one in lines), "with a target missed"),
        (sum(one.is_short and not one.worsens for one in lines), "short of a goal for later"),
        (sum(one.improves and not one.falls_short for one in lines), "improving"),
        (sum(one.is_neutral for one in lines), "changed, neither better nor worse"),
    )
    return tuple(f"{count} {words}" for count, words in found if count)


def untold_words(lines: Sequence[ReportLine]) -> str:
    """In how many of some lines chance cannot be told from change; empty where it can in all.

    Examples
    --------
    ``change cannot be told in 2``
    """
    count = sum(not line.is_told for line in lines)
    if count and count == len(lines):
        return "change cannot be told" if count == 1 else "change cannot be told in any"
    return f"change cannot be told in {count}" if count else ""


def _why_untold(lines: Sequence[ReportLine]) -> str:
    few = sum(line.variation.code == "too_few" for line in lines)
    mute = len(lines) - few
    if few and mute:
        charts = "a chart that gives" if mute == 1 else "charts that give"
        return f"{few} with too few figures, {mute} with {charts} no verdict"
    if few:
        return "too few figures"
    return "a chart that gives no verdict" if mute == 1 else "charts that give no verdict"
