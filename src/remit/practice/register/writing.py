"""The folders of ``remit practices check`` and ``spread``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import polars as pl

from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.outputs import write_files
from remit.model.errors import PracticeError
from remit.practice.register.alongside import (
    AheadForLong,
    AheadWithIt,
    PeersWithIt,
    ahead_with_it,
    peers_with_it,
)
from remit.practice.register.curve import By, PracticeSpread, spread_of
from remit.practice.register.holding import DatedAdoption, PracticeRegister
from remit.practice.register.stages import stage_name
from remit.words.figures import data_number

_PLACES = 4
_FAULTS = ("kind", "practice", "code", "file", "line", "key", "value", "message", "lost")


@dataclass(frozen=True)
class RegisterSpread:
    """A register on a day, with peers and those who do better for long where they are known."""

    register: PracticeRegister
    on: date
    practices: tuple[PracticeSpread, ...]
    peers: tuple[PeersWithIt, ...] | None
    ahead: tuple[AheadWithIt, ...] | None


def register_spread(
    register: PracticeRegister,
    on: date,
    by: By = "quarter",
    *,
    peers: Mapping[str, Sequence[str]] | None = None,
    ahead: Sequence[AheadForLong] | None = None,
) -> RegisterSpread:
    """All practices of a register on a day.

    Parameters
    ----------
    register
        As it is read.
    on
        The last day that is counted.
    by
        What a point of a curve is.
    peers, ahead
        Who is alike, and who does better for long; None where that is not known.

    Examples
    --------
    >>> register_spread(register, date(2026, 3, 31)).practices[0].of  # doctest: +SKIP
    10
    """
    every = tuple(register.practices)
    return RegisterSpread(
        register,
        on,
        tuple(spread_of(register, one, on, by) for one in every),
        None if peers is None
        else tuple(row for one in every for row in peers_with_it(register, one, on, peers)),
        None if ahead is None
        else tuple(row for one in every for row in ahead_with_it(register, one, on, ahead)),
    )  # fmt: skip


def write_register_faults(register: PracticeRegister, out: Path) -> list[Path]:
    """Write ``faults.csv``, without a row where nothing is wrong, and the adoptions that count.

    Raises
    ------
    PracticeError
        If the folder cannot be written.
    """
    return write_files(
        out,
        {"faults.csv": _faults(register), "adoptions.csv": _adoptions(register)},
        package=_package(register, "practices-check"),
        error=PracticeError,
    )


def write_register_spread(found: RegisterSpread, out: Path) -> list[Path]:
    """Write practices, adoptions, curve and faults; peers and deviants where they are known.

    Raises
    ------
    PracticeError
        If the folder cannot be written.
    """
    files: dict[str, str | bytes | pl.DataFrame] = {
        "practices.csv": _practices(found),
        "adoptions.csv": _adoptions(found.register),
        "curve.csv": _curve(found),
    }
    if found.peers is not None:
        files["peers.csv"] = _peers(found.peers)
    if found.ahead is not None:
        files["deviants.csv"] = _ahead(found.ahead)
    files["faults.csv"] = _faults(found.register)
    package = _package(found.register, "practices-spread")
    return write_files(out, files, package=package, error=PracticeError)


def _package(register: PracticeRegister, output: str) -> Package:
    sources = [PackageSource(one) for one in register.files]
    return Package(load_output(output), sources, fictional=bool(register.fictional))


def _faults(register: PracticeRegister) -> pl.DataFrame:
    schema = dict.fromkeys(_FAULTS, pl.String) | {"line": pl.Int64, "lost": pl.Boolean}
    return pl.DataFrame([asdict(one) for one in register.faults], schema=schema)


def _share(adopters: int, of: int) -> float | None:
    return data_number(adopters / of, _PLACES) if of else None


def _practices(found: RegisterSpread) -> pl.DataFrame:
    rows = []
    for one in found.practices:
        practice = found.register.practices[one.practice]
        first = one.first.since.start if one.first else None
        rows.append((
            one.practice, practice.name, practice.stage, practice.who, practice.within,
            len(one.having), len(one.piloting), len(one.stopped), one.of,
            _share(len(one.having), one.of), first, one.year_before, found.on,
        ))  # fmt: skip
    schema = {
        "practice": pl.String, "name": pl.String, "stage": pl.String, "who": pl.String,
        "within": pl.String, "adopters": pl.Int64, "piloting": pl.Int64, "stopped": pl.Int64,
        "of": pl.Int64, "share": pl.Float64, "first": pl.Date, "year_before": pl.Int64,
        "day": pl.Date,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _adoptions(register: PracticeRegister) -> pl.DataFrame:
    rows = [
        (name, one.code, one.since.start, one.until.end if one.until else None,
         stage_name(one.record.stage), one.record.source, one.place.file, one.place.line)
        for name, each in register.adoptions.items()
        for one in each
    ]  # fmt: skip
    schema = {
        "practice": pl.String, "code": pl.String, "since": pl.Date, "until": pl.Date,
        "stage": pl.String, "source": pl.String, "file": pl.String, "line": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _curve(found: RegisterSpread) -> pl.DataFrame:
    rows = [
        (one.practice, one.period, one.day, one.adopters, one.piloting, one.of,
         _share(one.adopters, one.of))
        for practice in found.practices
        for one in practice.curve
    ]  # fmt: skip
    schema = {
        "practice": pl.String, "period": pl.String, "day": pl.Date, "adopters": pl.Int64,
        "piloting": pl.Int64, "of": pl.Int64, "share": pl.Float64,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _since(adopted: DatedAdoption | None) -> date | None:
    return adopted.since.start if adopted else None


def _peers(found: Sequence[PeersWithIt]) -> pl.DataFrame:
    rows = [
        (one.practice, one.code, one.adopted is not None, _since(one.adopted), one.peers,
         len(one.with_it), " ".join(one.with_it))
        for one in found
    ]  # fmt: skip
    schema = {
        "practice": pl.String, "code": pl.String, "has_it": pl.Boolean, "since": pl.Date,
        "peers": pl.Int64, "peers_with_it": pl.Int64, "who": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _ahead(found: Sequence[AheadWithIt]) -> pl.DataFrame:
    rows = [
        (one.practice, one.ahead.metric, one.ahead.code, one.ahead.probability,
         one.adopted is not None, _since(one.adopted))
        for one in found
    ]  # fmt: skip
    schema = {
        "practice": pl.String, "metric": pl.String, "code": pl.String, "probability": pl.Float64,
        "has_it": pl.Boolean, "since": pl.Date,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")
