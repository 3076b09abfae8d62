"""What an average is, in words: the mean of its scores, or as published where it is another."""

from __future__ import annotations

from collections.abc import Mapping

from remit.assessment.result.assessment import Assessment
from remit.assessment.result.once import once
from remit.assessment.scoring.entering_scores import AS_ROUNDED, own_averages
from remit.model.framework import Framework
from remit.words.figures import score_words
from remit.words.sentences import count_words


def average_because(assessment: Assessment, code: str) -> str:
    """How an organisation's average came about, and how it stands to the published one."""
    row, framework = assessment.record(code), assessment.framework
    number, mean = row["n_metrics"] or 0, _mean_of_scores(assessment, code)
    if mean is not None and abs(mean - row["average_score"]) > AS_ROUNDED:
        return (
            f"As published. The mean of its {count_words(number, 'score')} is "
            f"{score_words(mean, framework.rounding)}: how they count is not known for certain."
        )
    because = f"The mean of {count_words(number, 'score')}" if number else "No metric is scored"
    because += ", adjusted for the system." if row.get("system_weight") is not None else "."
    said = close_to_published(
        framework, row["average_score"], row["published_average_score"], "average"
    )
    return f"{because} {said}"


def _mean_of_scores(assessment: Assessment, code: str) -> float | None:
    """The mean of its own scores; None where the system's stands beside them, or none is there."""
    row = assessment.record(code)
    if row.get("system_weight") is not None or row["average_score"] is None:
        return None
    mean = _means(assessment).get(code)
    return None if mean is None else float(mean)


@once
def _means(assessment: Assessment) -> Mapping[str, float]:
    return dict(own_averages(assessment).select("org_code", "own_average").iter_rows())


def close_to_published(
    framework: Framework, ours: float | None, published: float | None, what: str
) -> str:
    """How a mean stands to the published one, in a sentence.

    Parameters
    ----------
    framework
        Its rounding says how figures are shown, and how near is near.
    ours, published
        None where there is none.
    what
        What they are the mean of, as "average" or "domain score".

    Examples
    --------
    >>> from remit.catalogue import load_framework
    >>> close_to_published(load_framework("nof-2025-26").framework, 2.0, 2.1, "average")
    'The published average is 2.10: it differs.'
    """
    if published is None or ours is None:
        return f"The files give no published {what} to compare with."
    step = 10.0**-framework.rounding.decimals
    said = f"The published {what} is {score_words(published, framework.rounding)}"
    if score_words(ours, framework.rounding) == score_words(published, framework.rounding):
        return f"{said}: the same."
    if abs(ours - published) <= step + 1e-9:
        return f"{said}: within {step:g}, as it was made from scores before rounding."
    return f"{said}: it differs."
