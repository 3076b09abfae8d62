"""The steps from a value down to the published counts that it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from remit.assessment.explaining.words import status_in_words
from remit.assessment.result.assessment import Assessment
from remit.assessment.result.citing import cite
from remit.model.explanation import Step
from remit.words.figures import published_words


def made_of(assessment: Assessment, row: Mapping[str, Any]) -> tuple[Step, ...]:
    """Numerator and denominator of a value, and each count in them with its line.

    There are none where the value was read as published, or given in place of the one made.

    Parameters
    ----------
    row
        A row of ``metric_scores``.
    """
    code, metric_id = row["org_code"], row["metric_id"]
    point = assessment.made.point(code, metric_id)
    if point is None or point["value"] != row["value"]:
        return ()
    counts = assessment.made.trace(code, metric_id).rows(named=True)
    return tuple(
        Step(
            side,
            side.capitalize(),
            published_words(point[side]),
            "",
            point[side],
            steps=tuple(_count(assessment, one) for one in counts if one["side"] == side),
        )
        for side in ("numerator", "denominator")
        if point[side] is not None
    )


def _count(assessment: Assessment, row: Mapping[str, Any]) -> Step:
    """One published count, and whether it is taken away in the sum."""
    label = f"{'less ' if row['sign'] < 0 else ''}{row['measure']}, {row['period_label']}"
    reported = row["value"] is not None
    value = published_words(row["value"]) if reported else status_in_words(row["status"])
    source = cite(assessment.sources, row["source_id"], row["line"], row["column"])
    return Step("count", label, value, "", row["value"], source)
