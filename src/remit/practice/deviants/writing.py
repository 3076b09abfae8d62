"""The files that ``remit deviants`` writes."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import polars as pl

from remit.assessment.result.outputs import rejections_table
from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.jsons import json_text
from remit.files.outputs import write_files
from remit.model.errors import PracticeError
from remit.practice.deviants.balance import balances
from remit.practice.deviants.result import DeviantsFound
from remit.practice.deviants.words import CAN_FIND, HELP, NO_CAUSE, notes_of, rule_words
from remit.words.figures import data_number

Format = Literal["csv", "parquet", "json"]
DEVIANT_COLUMNS = {
    "code": pl.String,
    "metric": pl.String,
    "periods": pl.Int64,
    "probability": pl.Float64,
    "shrunken": pl.Float64,
    "raw": pl.Float64,
    "lasting": pl.Boolean,
}


def deviants_table(found: DeviantsFound) -> pl.DataFrame:
    """``code, metric, periods, probability, shrunken, raw, lasting``: a row each and metric."""
    rows = [
        (
            one.code,
            one.metric,
            one.periods,
            data_number(one.probability, 6),
            one.shrunken,
            one.raw,
            one.lasting,
        )
        for one in found.deviants
    ]
    return pl.DataFrame(rows, schema=DEVIANT_COLUMNS, orient="row")


def converse_table(found: DeviantsFound) -> pl.DataFrame:
    """The same of the last tenth."""
    rows = [
        (
            one.code,
            one.metric,
            one.periods,
            data_number(one.worse, 6),
            one.shrunken,
            one.raw,
            one.worse_lasting,
        )
        for one in found.deviants
    ]
    return pl.DataFrame(rows, schema=DEVIANT_COLUMNS, orient="row")


def metrics_table(found: DeviantsFound) -> pl.DataFrame:
    """What is known of each metric."""
    schema = {
        "metric": pl.String,
        "organisations": pl.Int64,
        "periods": pl.Int64,
        "chance": pl.Float64,
        "differs": pl.Boolean,
        "lead_that_stays": pl.Float64,
        "reliability": pl.Float64,
        "true_deviation": pl.Float64,
        "passing_deviation": pl.Float64,
        "correlation": pl.Float64,
        "dispersion": pl.Float64,
        "pull": pl.Float64,
        "lasting": pl.Int64,
        "note": pl.String,
    }
    rows = [
        (one.metric, one.organisations, one.periods, one.rare, one.differs, one.stays,
         one.reliability, one.true_deviation, one.passing_deviation, one.correlation,
         one.dispersion, one.pull, one.named, one.note)
        for one in found.metrics
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def balance_table(found: DeviantsFound) -> pl.DataFrame:
    """Organisations over all metrics."""
    schema = {
        "code": pl.String,
        "metrics": pl.Int64,
        "lasting": pl.Int64,
        "lasting_on": pl.String,
        "behind": pl.Int64,
        "balance": pl.Float64,
        "bright": pl.Boolean,
    }
    rows = [
        (one.code, one.metrics, len(one.lasting_on), "; ".join(one.lasting_on), len(one.behind_on),
         one.balance, one.bright)
        for one in balances(found)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def write_deviants(
    found: DeviantsFound,
    out: Path,
    form: Format = "csv",
    *,
    converse: bool = False,
    sources: tuple[PackageSource, ...] = (),
) -> list[Path]:
    """Write deviants, metrics, the balance over metrics, and what was not taken in.

    Parameters
    ----------
    found
        The deviants.
    out
        The folder.
    form
        csv, parquet or json.
    converse
        Whether the last tenth is written as well.
    sources
        The files that figures come from, where it is not one file of the user's own.

    Raises
    ------
    PracticeError
        If the folder cannot be written.

    Examples
    --------
    >>> write_deviants(found, Path("deviants"))  # doctest: +SKIP
    """
    files: dict[str, str | bytes | pl.DataFrame] = {
        f"deviants.{form}": deviants_table(found),
        f"metrics.{form}": metrics_table(found),
        f"balance.{form}": balance_table(found),
        f"rejections.{form}": rejections_table(found.outcomes.rejections),
        "run.json": json_text(_run(found, converse)) + "\n",
    }
    if converse:
        files[f"converse.{form}"] = converse_table(found)
    origin = sources or (PackageSource(found.outcomes.source),)
    package = Package(load_output("deviants"), origin, found.outcomes.fictional)
    return write_files(out, files, package=package, error=PracticeError)


def _run(found: DeviantsFound, converse: bool) -> dict[str, Any]:
    return {
        "rule": rule_words(found),
        "rules": found.rules.model_dump(by_alias=True),
        "peers": found.peers or "everybody is held against all",
        "said": [CAN_FIND, NO_CAUSE, *([HELP] if converse else []), *notes_of(found)],
        "source": found.outcomes.source,
        "fictional": found.outcomes.fictional,
        "software": {"name": "remit", "version": version("remit")},
    }
