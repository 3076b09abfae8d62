"""The folder of ``remit shift effect``: the answer or the refusal, and the strata behind it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.jsons import json_text
from remit.files.outputs import write_files
from remit.model.errors import ActivityError
from remit.shift.effect.design import e_value, near_end
from remit.shift.effect.estimate import Contrast
from remit.shift.effect.result import Effect
from remit.shift.effect.words import caution, estimand, finding
from remit.words.figures import data_number


def effect_json(found: Effect) -> dict[str, Any]:
    """The answer, or the reasons why there is none, for other programs."""
    ratio = _told(found.ratio)
    return {
        "service": found.asked.service,
        "outcome": found.asked.outcome,
        "from": found.asked.start.isoformat(),
        "entry_quarters": found.asked.entry_quarters,
        "ratio": ratio["ratio"],
        "low": ratio["low"],
        "high": ratio["high"],
        "claims": found.claims,
        "placebo_flags": found.placebo_flags,
        "placebo": _told(found.placebo),
        "level": _told(found.level),
        "design": {
            "kind": found.design.kind,
            "says": found.design.says,
            "year_before": _told(found.design.before[0] if found.design.before else None),
            "earlier_year": _told(found.design.before[1] if found.design.before else None),
            "practices_without": _rounded(found.design.without),
        },
        "e_value": _unseen(found.ratio),
        "treated": found.treated,
        "kept": found.kept,
        "dropped": found.dropped,
        "why_dropped": found.why_dropped,
        "controls": found.controls,
        "clusters": found.clusters,
        "refused": [
            {
                "gate": one.gate,
                "reason": one.reason,
                "figure": _rounded(one.figure),
                "limit": _rounded(one.limit),
                "chance": None if one.chance is None else _rounded(one.chance),
            }
            for one in found.refused
        ],
        "gates": [
            {
                "gate": one.gate,
                "what": one.what,
                "figure": None if one.figure is None else _rounded(one.figure),
                "limit": _rounded(one.limit),
                "chance": None if one.chance is None else _rounded(one.chance),
                "closed": one.closed,
            }
            for one in found.gates
        ],
        "finding": finding(found),
        "estimand": estimand(found),
        "caution": caution(found),
    }


def write_effect(
    found: Effect, out: Path, form: str = "csv", files: Sequence[Path] = ()
) -> list[Path]:
    """Write ``effect.json`` and the strata into a folder, all or none.

    Parameters
    ----------
    found
        The answer.
    out
        The folder, which is made if need be.
    form
        ``csv`` or ``parquet``.
    files
        The files of records that were read.

    Raises
    ------
    ActivityError
        If the folder cannot be written.
    """
    written: dict[str, str | bytes | pl.DataFrame] = {
        "effect.json": json_text(effect_json(found)) + "\n",
        f"strata.{form}": found.strata,
    }
    package = Package(load_output("shift-effect"), [PackageSource(one.name) for one in files])
    return write_files(out, written, package=package, error=ActivityError)


def _told(found: Contrast | None) -> dict[str, float | None]:
    if found is None:
        return {"ratio": None, "low": None, "high": None}
    low, high = found.interval
    return {"ratio": _rounded(found.ratio), "low": _rounded(low), "high": _rounded(high)}


def _unseen(found: Contrast | None) -> dict[str, float | None]:
    """How strong an unseen factor would have to be: for the ratio, for the interval's near end."""
    if found is None:
        return {"ratio": None, "near_end": None}
    return {
        "ratio": _rounded(e_value(found.ratio)), "near_end": _rounded(e_value(near_end(found))),
    }  # fmt: skip


def _rounded(value: float) -> float:
    return data_number(value, 6)
