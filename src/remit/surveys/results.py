"""The results of a survey as figures of those it asked about, in a file that a store takes in."""

from __future__ import annotations

import polars as pl

from remit.model.errors import SurveyError
from remit.model.questionnaire import SurveyItem, plain
from remit.surveys.cuts import ALL
from remit.surveys.reading.answers import SurveyRead

RESULTS = "survey-results"
"""The name of the file, and of the publication that is declared of it."""

_NOT_SHOWN, _NONE_BEFORE = "*", "none before"
_COLUMNS = (
    "Organisation", "Period", "Metric", "Survey", "Survey wave", "Owner", "Item", "Wording",
    "Base", "Agree", "Percent agree", "Low", "High", "P adjusted", "Reason",
)  # fmt: skip


def figures_of_bodies(read: SurveyRead, items: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """A row for each body asked about, year and item that is a metric.

    A wave whose wording is not that of the last one is left out: a series of both would draw a
    trend where none may be drawn.

    Parameters
    ----------
    read
        The answers; its questionnaire says whom it is about (``about``), which items are metrics
        (``metric``), and of which year a wave is (``period``).
    items, changes
        The tables, small bases taken out.

    Returns
    -------
    polars.DataFrame
        Texts, as the publication ``survey-results`` declares them: ``*`` is not shown,
        ``none before`` has no wave before it that it may be compared with. Without ``about`` it
        has no rows, and none of a wave without ``period``.

    Raises
    ------
    SurveyError
        If a metric is not one of a survey.

    Examples
    --------
    >>> figures_of_bodies(read, frames["items"], frames["changes"]).height  # doctest: +SKIP
    8
    """
    asked = read.questionnaire
    metrics = {one.id: one for one in asked.items if one.metric}
    if asked.about is None or not metrics:
        return pl.DataFrame(schema=dict.fromkeys(_COLUMNS, pl.String))
    _checked(read, metrics)
    cut = asked.about.group or ALL
    p_of = {
        (row["wave_now"], row["item_id"], row["group"]): row["p_adjusted"]
        for row in changes.filter(pl.col("group_by") == cut).to_dicts()
    }
    dated = {one.wave.id for one in read.waves if one.wave.period}
    found = []
    for row in items.filter(pl.col("group_by") == cut).to_dicts():
        item = metrics.get(row["item_id"])
        if item is None or row["wave"] not in dated or not _as_worded_last(read, item, row["item"]):
            continue
        body = asked.about.organisation or row["group"]
        p = p_of.get((row["wave"], row["item_id"], row["group"]))
        found.append(_row(read, item, row, body, p))
    return pl.DataFrame(found, schema=_COLUMNS, orient="row", schema_overrides=_TEXTS)


_TEXTS = dict.fromkeys(_COLUMNS, pl.String)


def _row(
    read: SurveyRead, item: SurveyItem, row: dict[str, object], body: str, p: object
) -> tuple[str, ...]:
    wave = next(one.wave for one in read.waves if one.wave.id == row["wave"])
    told = (body, wave.period, item.metric, read.questionnaire.id, wave.id, wave.owner)
    names = ("base", "n_agree", "pct_agree", "low", "high")
    hidden = str(row["suppressed"] or "")
    figures = [_NOT_SHOWN if hidden else _written(row[name]) for name in names]
    chance = _NOT_SHOWN if hidden else _written(p)
    return (*told, item.id, str(row["item"]), *figures, chance, hidden)


def _written(value: object) -> str:
    return _NONE_BEFORE if value is None else f"{value}"


def _as_worded_last(read: SurveyRead, item: SurveyItem, wording: str) -> bool:
    last = next(
        one.wording
        for voices in reversed(read.waves)
        for one in voices.items
        if one.item.id == item.id
    )
    return plain(last) == plain(wording)


def _checked(read: SurveyRead, metrics: dict[str, SurveyItem]) -> None:
    from remit.catalogue import load_publications
    from remit.words.nearest import did_you_mean

    (publication,) = [one for one in load_publications() if one.id == RESULTS]
    known = list(publication.words["Metric"])
    for item in metrics.values():
        if item.kind != "scale" or item.metric not in known:
            raise SurveyError(
                f"{read.questionnaire.id}: {item.id}, metric: {item.metric!r} is none that an item "
                f"on a scale can be; there are {', '.join(known)}"
                f"{did_you_mean(item.metric, known)}"
            )
