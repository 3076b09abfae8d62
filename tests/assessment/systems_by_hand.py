"""A system of two trusts whose scores are bands, so that a reader can check every figure.

On 30 June 2025 Mid and South Essex ICB (QH8) leads on RAJ and R1L; RAT is a partner that another
ICB leads on; RYJ has nothing to do with it.
"""

from __future__ import annotations

from remit.catalogue import LoadedFramework, check_framework, parse
from remit.model.explanation import Step

from .figures_by_hand import frame

PERIOD = "2025/26 Q1"
ALL = "[acute, mental_health_community, ambulance, icb]"
BANDS = "{type: bands, bands: [{at_least: 0, score: 1}, {above: -1, score: 2}, {at_least: -2, score: 3}, {score: 4}]}"  # noqa: E501
TEXT = f"""
schema: remit/framework/1
id: systems
version: "1"
name: Systems by hand
summary: For tests.
valid_from: 2025-04-01
sources: [{{title: none}}]
kinds: {ALL}
domains: [{{id: one, name: One}}]
metrics:
  - {{id: OF0079, domain: one, kinds: {ALL}, rule: {BANDS}}}
  - {{id: OF0081, domain: one, kinds: [icb], rule: {BANDS}}}
segments:
  labels: {{1: best, 2: next, 3: third, 4: last}}
  cut_points: {{basis: thresholds, thresholds: [1.5, 2.5, 3.5]}}
"""
BY_TRUSTS = "system_adjustment: {basis: trusts, weight: 0.25}\n"
BY_METRICS = "system_adjustment: {basis: metrics, metrics: [OF0081], weight: 0.25}\n"
UNKNOWN_WEIGHT = "system_adjustment: {basis: trusts}\n"

# RAJ scores 4, R1L 1, RAT 2, RYJ 1: the mean of all is 2. QH8 itself scores 3 on OF0079.
TRUSTS = {"RAJ": -3, "R1L": 1, "RAT": -0.5, "RYJ": 1}
FIGURES = frame({"OF0079": {**TRUSTS, "QH8": -1.5}})
TRUSTS_ONLY = frame({"OF0079": TRUSTS})


def framework(more: str = "", text: str = TEXT) -> LoadedFramework:
    return check_framework(parse(text + more, "systems.yaml"))


def every(step: Step) -> list[Step]:
    """A step and all below it."""
    return [step, *(below for child in step.steps for below in every(child))]


def find(step: Step, key: str) -> Step:
    """The first step of a kind."""
    return next(one for one in every(step) if one.key == key)
