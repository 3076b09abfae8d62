"""The folder of ``remit practices effect``: the answer, its course by period, and who is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.jsons import json_text
from remit.files.outputs import write_files
from remit.model.errors import PracticeError
from remit.model.spread_rules import SpreadRules
from remit.practice.spread.finding import SpreadEffect, Told
from remit.practice.spread.panel import NEVER, SpreadPanel
from remit.practice.spread.words import (
    CAUTION,
    SpreadSubject,
    looks_before,
    spread_finding,
    why_untold,
)
from remit.words.figures import data_number

_PLACES = 6


def effect_answer(
    found: SpreadEffect, subject: SpreadSubject, rules: SpreadRules
) -> dict[str, Any]:
    """The answer, or the reasons why there is none, for other programs.

    Parameters
    ----------
    found
        What was found.
    subject
        Practice, metric and which way is better.
    rules
        By which windows and limits.
    """
    return {
        "practice": subject.practice,
        "metric": subject.metric,
        "better": subject.better,
        "method": found.method,
        "effect": _told(found.effect),
        "claims": found.claims,
        "chance": None if found.chance is None else data_number(found.chance, _PLACES),
        "placebo": _told(found.drift),
        "year_before": _told(found.dip),
        "adopters": found.adopters,
        "controls": found.controls,
        "untold": [
            {"why": one.why, "reason": why_untold(one, rules), "figure": _number(one.figure),
             "limit": _number(one.limit)}
            for one in found.untold
        ],
        "finding": spread_finding(found, subject),
        "looks_before": looks_before(found, rules),
        "caution": CAUTION,
    }  # fmt: skip


def _told(told: Told | None) -> dict[str, float | int | None] | None:
    if told is None:
        return None
    ends = {"estimate": told.estimate, "low": told.low, "high": told.high}
    return {**{name: _number(value) for name, value in ends.items()}, "adopters": told.adopters}


def _number(value: float) -> float | None:
    return data_number(value, _PLACES) if np.isfinite(value) else None


def _course(found: SpreadEffect, panel: SpreadPanel) -> pl.DataFrame:
    rows = [
        (offset, offset * panel.months, _number(one.estimate), _number(one.low), _number(one.high),
         one.adopters)
        for offset, one in sorted(found.by_period.items())
    ]  # fmt: skip
    schema = {"period": pl.Int64, "months": pl.Int64, "effect": pl.Float64, "low": pl.Float64,
              "high": pl.Float64, "adopters": pl.Int64}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _members(found: SpreadEffect, panel: SpreadPanel) -> pl.DataFrame:
    rows = []
    for code, adopted in zip(panel.codes, panel.adopted, strict=True):
        left = found.left_out.get(code)
        part = "left out" if left else "other" if adopted == NEVER else "adopter"
        since = None if adopted == NEVER else panel.periods[int(adopted)]
        weight = found.weights.get(code)
        rows.append((code, part, since, None if weight is None else _number(weight), left))
    schema = {"code": pl.String, "part": pl.String, "since": pl.String, "weight": pl.Float64,
              "reason": pl.String}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def write_spread(
    out: Path,
    found: SpreadEffect,
    panel: SpreadPanel,
    answer: dict[str, Any],
    *,
    sources: list[str],
) -> list[Path]:
    """Write ``effect.json``, ``course.csv`` and ``organisations.csv``, all or none.

    Parameters
    ----------
    out
        The folder, which is made if need be.
    found, panel
        What was found, and of which figures.
    answer
        As :func:`effect_answer` gives it.
    sources
        The names of the files that were read.

    Raises
    ------
    PracticeError
        If the folder cannot be written.
    """
    written: dict[str, str | bytes | pl.DataFrame] = {
        "effect.json": json_text(answer) + "\n",
        "course.csv": _course(found, panel),
        "organisations.csv": _members(found, panel),
    }
    package = Package(load_output("practices-effect"), [PackageSource(one) for one in sources])
    return write_files(out, written, package=package, error=PracticeError)
