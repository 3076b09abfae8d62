"""The functions that ``import remit`` offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from remit.assessment.likely.defaults import DEFAULT_REPLICATES, DEFAULT_SEED
from remit.assessment.result.assessment import Assessment, Mode
from remit.assessment.run import assess as assess_figures
from remit.catalogue import LoadedFramework, load_metrics
from remit.frames.figures import Figures, figures_from_frame, places, without_contradictions
from remit.frames.observations import empty_observations
from remit.model.asked_period import asked_period
from remit.model.errors import AssessmentError
from remit.model.likely import LikelyMethod

if TYPE_CHECKING:
    from remit.assessment.judgement.records import Records
    from remit.publications.rows.reading import Reading
    from remit.register import Register

Paths = str | Path | Iterable[str | Path]


def read(
    *paths: str | Path,
    period: str | None = None,
    published_on: date | None = None,
    register: Register | None = None,
) -> Figures:
    """Read official files; each is recognised by its content.

    Parameters
    ----------
    paths
        One or more files.
    period
        The period of a file that does not say it itself: ``2025/26 Q1``, ``Jun 2025``, ``2025/26``.
    published_on
        The day on which the files were published, where it is known.
    register
        The organisations; by default those that come with Remit.

    Returns
    -------
    Figures
        ``observations`` (a polars frame, one row an observation), ``rejections``, ``sources``
        and ``checks`` (printed totals and the sums of their rows). Rows read are always accepted
        or rejected.

    Raises
    ------
    PublicationError
        If a file is no publication that Remit knows.

    Examples
    --------
    >>> import remit
    >>> figures = remit.read("demo/monthly/sample-Monthly-AE-July-2025.csv")
    >>> figures.rejections[0].line, figures.rejections[0].value
    (16, 'see note')
    >>> figures.observations.select("org_code", "metric_id", "value", "source_row").row(0)
    ('ZA1', 'ae.attendances-type-1', 14870.0, 2)
    """
    return merge(read_each(paths, period=period, published_on=published_on, register=register))


def read_each(
    paths: Iterable[str | Path],
    *,
    period: str | None = None,
    published_on: date | None = None,
    register: Register | None = None,
) -> list[Reading]:
    """Read several files; a file that is named twice is read once."""
    from remit.publications.recognise import read_file
    from remit.publications.rows.reading import ReadingContext
    from remit.register import load_register

    release = asked_period(period, "period") if period else None
    context = ReadingContext(
        register or load_register(), load_metrics(), release=release, published_on=published_on
    )
    readings: dict[str, Reading] = {}
    for path in paths:
        reading = read_file(Path(path), context)
        readings.setdefault(reading.source.source_id, reading)
    return list(readings.values())


def merge(readings: Sequence[Reading]) -> Figures:
    """The figures of several files together.

    Where two files cover the same scope (one is a revision of the other), the one named last
    counts, as it does in a store.
    """
    frames = []
    covered: set[tuple[str, str]] = set()
    for reading in reversed(readings):
        key = reading.source.publication
        fresh = [scope for scope in reading.source.scopes if (key, scope) not in covered]
        frames.append(reading.observations.filter(pl.col("scope").is_in(fresh)))
        covered |= {(key, scope) for scope in fresh}
    observations = pl.concat(reversed(frames)) if frames else empty_observations()
    return Figures(
        observations,
        tuple(rejection for reading in readings for rejection in reading.rejections),
        {reading.source.source_id: reading.source for reading in readings},
        checks=tuple(check for reading in readings for check in reading.checks),
    )


def assess(
    figures: Any,
    framework: str | LoadedFramework | None = None,
    period: str | None = None,
    *,
    mode: Mode | None = None,
    cut_points: Sequence[float] | None = None,
    kind: str | None = None,
    register: Register | None = None,
    records: Records | None = None,
    replicates: int | None = DEFAULT_REPLICATES,
    seed: int = DEFAULT_SEED,
    likely_method: LikelyMethod = "published",
) -> Assessment:
    """Apply a framework to figures: scores, segments and why.

    Parameters
    ----------
    figures
        What :func:`read` returned, a path or a list of paths, or a frame: polars (lazy or not),
        pandas, modin, an Arrow table, a DuckDB relation or another that narwhals knows. A frame
        needs ``org_code, metric_id, value``.
    framework
        A framework's identifier or the path of a declaration of one's own; without it the one in
        force in the period.
    period
        A quarter such as ``2025/26 Q1``; may be left out if the figures are of one.
    mode
        ``published`` or ``recomputed``; the result shows both and their differences. If left out,
        ``published`` where the figures hold scores of the framework.
    cut_points
        Three ascending average scores; without them they come from the figures.
    kind
        Keep one kind of trust in the result.
    register
        The organisations; by default those that come with Remit.
    records
        Judgements, capability and the system's weight (``remit.assessment.judgement.records``).
    replicates
        How often the likely ranges are drawn; None leaves them empty.
    seed
        Of the likely ranges; the same seed gives the same ranges.
    likely_method
        ``published`` draws them as NHS England's, ``expanded`` wider where scores are few.

    Returns
    -------
    Assessment
        ``standings`` (in the kind of frame that was given), ``explain(code)``, and as polars
        frames ``standing``, ``metric_scores`` and ``domain_scores``; ``as_given(table)`` makes
        each of them the kind that was given.

    Raises
    ------
    RemitError
        With a message that names the place and the remedy.

    Examples
    --------
    >>> import remit
    >>> result = remit.assess("demo/files/sample-acute-trust-data-q1-2025-26.csv")
    >>> result.standings.select("org_code", "final_segment", "rank").row(0)
    ('ZA1', 1, 3)
    >>> result.explain("ZA1").because
    'It ranks 3 of 10 acute trusts, by adjusted segment and then by average score. ...'
    """
    return assess_figures(
        as_figures(figures, register=register),
        framework,
        period,
        mode=mode,
        cut_points=cut_points,
        kind=kind,
        register=register,
        records=records,
        replicates=replicates,
        seed=seed,
        likely_method=likely_method,
    )


def as_figures(source: Any, *, register: Register | None = None) -> Figures:
    """Whatever holds figures, as :class:`Figures`."""
    if isinstance(source, Figures):
        return source
    if isinstance(source, str | Path):
        return read(source, register=register)
    if isinstance(source, list | tuple) and all(isinstance(item, str | Path) for item in source):
        return read(*source, register=register)
    return without_contradictions(_within_limits(figures_from_frame(source)))


def _within_limits(figures: Figures) -> Figures:
    """The figures of a frame, if each can be one of its unit, as those of a file must."""
    from remit.publications.rows.cells import (
        NO_SHARE,
        beyond_a_share,
        limits_in_words,
        out_of_range,
    )

    catalogue, value, metric = load_metrics(), pl.col("value"), pl.col("metric_id")
    of_metric = metric.replace_strict(catalogue.units, default="", return_dtype=pl.String)
    unit = pl.coalesce("unit", of_metric)
    observations = figures.observations.with_columns(unit)
    beyond = observations.filter(out_of_range(unit, value, pl.lit("")))
    if beyond.height:
        raise AssessmentError(f"{places(beyond)}: {limits_in_words()[beyond['unit'][0]]}")
    parts = observations.filter(beyond_a_share(metric, unit, value, catalogue.shares))
    if parts.height:
        raise AssessmentError(f"{places(parts)}: {NO_SHARE}")
    return figures
