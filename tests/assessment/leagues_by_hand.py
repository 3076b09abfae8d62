"""Assessments whose metric scores are given, so that averages and ranks are easy to follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from remit.assessment.result.assessment import Assessment
from remit.assessment.run import assess
from remit.catalogue import LoadedFramework, check_framework, parse
from remit.frames.figures import figures_from_frame
from remit.model.organisation import SubjectKind
from remit.register import load_register

from .figures_by_hand import HEADER, SEGMENTS, frame

METRICS = [
    "OF0003",
    "OF0010",
    "OF0011",
    "OF0013",
    "OF0014",
    "OF0023",
    "OF0025",
    "OF0061",
    "OF0082",
    "OF0084",
    "OF0085",
    "OF0106",
]
CODES = [o.code for o in load_register().trusts(on=date(2025, 6, 30), kind=SubjectKind.ACUTE)]
PERIOD = "2025/26 Q2"
CUTS = (2.0, 2.5, 3.0)
"""Averages up to 2 are in segment 1, up to 2.5 in 2, up to 3 in 3."""

RULES = "metrics:\n" + "".join(
    f"  - {{id: {metric}, domain: {domain}, kinds: [acute], rule: {{type: published}}}}\n"
    for metric, domain in zip(METRICS, ["one"] * 8 + ["two"] * 4, strict=True)
)
PUBLISHED: LoadedFramework = check_framework(parse(HEADER + RULES + SEGMENTS, "published.yaml"))


def league(
    scores: Mapping[str, Sequence[float | None]],
    flags: Sequence[str] = (),
    framework: LoadedFramework = PUBLISHED,
    **options: Any,
) -> Assessment:
    """Judge trusts by their scores on the first metrics; ``flags`` are those in deficit."""
    published: dict[str, dict[str, float | None]] = {}
    for code, of_trust in scores.items():
        for metric, score in zip(METRICS, of_trust, strict=False):
            published.setdefault(metric.replace("OF0", "OF1"), {})[code] = score
    if flags:
        published["OF5004"] = dict.fromkeys(flags, 1.0)
    options = {"cut_points": CUTS, "replicates": None} | options
    figures = figures_from_frame(frame(published))
    return assess(figures, framework, PERIOD, mode="published", **options)
