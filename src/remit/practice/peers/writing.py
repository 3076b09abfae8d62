"""The files that ``remit peers`` writes."""

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
from remit.practice.peers.beside import BesidePeers
from remit.practice.peers.likeness import likeness_sentence
from remit.practice.peers.result import PeersFound
from remit.practice.peers.words import notes_of

Format = Literal["csv", "parquet", "json"]

PEER_COLUMNS = {
    "code": pl.String,
    "rank": pl.Int64,
    "peer": pl.String,
    "distance": pl.Float64,
    "stability": pl.Float64,
    "mutual": pl.Boolean,
}


def peers_table(found: PeersFound) -> pl.DataFrame:
    """``code, rank, peer, distance, stability, mutual``: a row a peer, nearest first."""
    rows = [
        (one.code, one.rank, one.peer, one.distance, one.stability, one.mutual)
        for one in found.peers
    ]
    return pl.DataFrame(rows, schema=PEER_COLUMNS, orient="row")


def likeness_table(found: PeersFound) -> pl.DataFrame:
    """``code, peer, said``: in what the two are alike and unlike, in a sentence."""
    rows = [
        (one.code, one.peer, likeness_sentence(found, one.code, one.peer))
        for one in (found.peers if found.held is not None else ())
    ]
    schema = {"code": pl.String, "peer": pl.String, "said": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def beside_table(beside: BesidePeers | None) -> pl.DataFrame:
    """``code, shared, of, only_here, only_there``: this method, and the one beside it."""
    rows = [
        (one.code, len(one.shared), one.of, " ".join(one.only_here), " ".join(one.only_there))
        for one in (beside.lines if beside else ())
    ]
    schema = {
        "code": pl.String,
        "shared": pl.Int64,
        "of": pl.Int64,
        "only_here": pl.String,
        "only_there": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def write_peers(
    found: PeersFound,
    out: Path,
    form: Format = "csv",
    *,
    beside: BesidePeers | None = None,
    sources: tuple[PackageSource, ...] = (),
) -> list[Path]:
    """Write peers, what makes them alike, what another method finds, and what was not taken in.

    Parameters
    ----------
    found
        The peers.
    out
        The folder.
    form
        csv, parquet or json.
    beside
        What another method finds.
    sources
        The files that figures come from, where it is not one file of the user's own.

    Raises
    ------
    PracticeError
        If the folder cannot be written.

    Examples
    --------
    >>> write_peers(found, Path("peers"))  # doctest: +SKIP
    """
    files: dict[str, str | bytes | pl.DataFrame] = {
        f"peers.{form}": peers_table(found),
        f"likeness.{form}": likeness_table(found),
        f"beside.{form}": beside_table(beside),
        f"rejections.{form}": rejections_table(found.rejections),
        "run.json": json_text(_run(found, beside)) + "\n",
    }
    package = Package(
        load_output("peers"), sources or (PackageSource(found.source),), found.fictional
    )
    return write_files(out, files, package=package, error=PracticeError)


def _run(found: PeersFound, beside: BesidePeers | None) -> dict[str, Any]:
    draws = found.method.draws
    return {
        "method": found.method.id,
        "title": found.method.title,
        "source_of_method": found.method.source,
        "notice": found.method.notice,
        "organisations": len(found.by_code),
        "draws": {"number": draws.number, "spread": draws.spread, "seed": draws.seed},
        "beside": beside.method.id if beside else "",
        "notes": list(notes_of(found)),
        "source": found.source,
        "fictional": found.fictional,
        "software": {"name": "remit", "version": version("remit")},
    }
