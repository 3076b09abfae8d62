"""In which order the figures of an organisation stand, and which way of each is better."""

from __future__ import annotations

from typing import Any

from remit.catalogue import load_computed_metrics, load_metrics
from remit.model.metric import Better
from remit.pages.standings.rules import standard_words

_JUDGED = ("segment", "rank", "score", "flag")
"""The units of what a framework says of an organisation, those first that say most."""
SCORE = ": score"
"""How the name of a metric goes on where it names the score of that metric."""
_BETTER = {Better.HIGHER: "higher", Better.LOWER: "lower"}


def better_words(metric: str, unit: str) -> str:
    """Which way is better, and the standard where there is one; nothing where nobody says.

    Parameters
    ----------
    metric, unit
        The metric, by its identifier, and the unit of its values.

    Examples
    --------
    >>> better_words("OF5000", "segment"), better_words("OF0010", "percent")
    ('lower', 'higher, standard at least 80%')
    """
    found = load_computed_metrics().get(metric) or load_metrics().metrics.get(metric)
    if found is None:
        return "lower" if unit in _JUDGED[:3] else ""
    said = _BETTER.get(found.better, "") if found.better_known else ""
    goal = f"standard {standard_words(found.standard, found.unit)}" if found.standard else ""
    return ", ".join(filter(None, (said, goal)))


def is_score(figure: Any) -> bool:
    """Whether a figure is the score that a framework gives for a metric: from 1, which is best."""
    return str(figure.metric_name).endswith(SCORE)


def three_tables(figures: list[Any]) -> dict[str, list[Any]]:
    """What a framework says of an organisation, its metrics, and the score of each, in order.

    Each is in the order of its period, the newest first, and of its name.

    Parameters
    ----------
    figures
        Figures as they were published for a framework, one for each metric.
    """
    metrics = load_metrics().metrics
    found: dict[str, list[Any]] = {"judged": [], "metrics": [], "scores": []}
    for one in figures:
        if one.metric in metrics:
            found["metrics"].append(one)
        else:
            found["scores" if is_score(one) else "judged"].append(one)
    for some in found.values():
        some.sort(key=lambda one: one.metric_name)
        some.sort(key=lambda one: one.period_end, reverse=True)
    found["judged"].sort(key=lambda one: _JUDGED.index(one.unit) if one.unit in _JUDGED else 9)
    return found
