"""Metrics as a file prints them, where Remit does not know them or knows another of that code.

The framework of a later year has metrics of its own, and may give an old identifier to a new one.
Their rows are figures like any other: they are kept under what the file calls them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from remit.catalogue import MetricCatalogue
from remit.model.observation import PrintedMetric
from remit.model.publication import FurtherMetrics, Publication
from remit.words.sentences import count_words

_SCORE = "score"
_RESULT_UNITS = ("segment", "flag")
_NAMED = 12
_LONGEST = 200


def printed_metrics(
    good: pl.DataFrame, publication: Publication, catalogue: MetricCatalogue
) -> tuple[PrintedMetric, ...]:
    """The metrics of accepted rows that are unknown, or known under another name.

    Parameters
    ----------
    good
        Rows with ``Metric_ID, Metric_description, unit, Domain`` and ``Sub-domain``.
    publication
        What it declares of further metrics, and how it describes those that are known.
    catalogue
        The metrics that are known.
    """
    further = publication.further_metrics
    if further is None:
        return ()
    kept = good.filter(_is_new(good, publication, catalogue))
    first = kept.unique("Metric_ID", keep="first", maintain_order=True)
    columns = ("Metric_ID", "Metric_description", "unit", "Domain", "Sub-domain")
    rows = [tuple(text or "" for text in row) for row in first.select(columns).iter_rows()]
    values = _values_by_name(rows, further)
    return tuple(_printed(row, further, values, catalogue) for row in rows)


def _is_new(good: pl.DataFrame, publication: Publication, catalogue: MetricCatalogue) -> list[bool]:
    """Whether each row's identifier is unknown, or is printed under another name."""
    known = _known_names(publication, catalogue)
    pairs = good.select("Metric_ID", "Metric_description")
    new = {
        pair: pair[0] not in known or (bool(pair[1]) and _folded(pair[1]) not in known[pair[0]])
        for pair in pairs.unique().iter_rows()
    }
    return [new[pair] for pair in pairs.iter_rows()]


def _known_names(publication: Publication, catalogue: MetricCatalogue) -> dict[str, set[str]]:
    """For every known identifier, the names that it may have in the file, folded."""
    scores = {m.score_id: m.id for m in catalogue.metrics.values() if m.score_id}
    found: dict[str, set[str]] = {}
    for key, name in catalogue.known_ids().items():
        of = scores.get(key, key)
        metric = catalogue.metrics.get(of)
        names = (name, metric.name if metric else "", publication.descriptions.get(of, ""))
        found[key] = {_folded(one) for one in names if one}
    return found


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", name.casefold()).split())


def _is_result(row: Sequence[str], further: FurtherMetrics) -> bool:
    return row[2] in _RESULT_UNITS or re.fullmatch(further.results, row[0]) is not None


def _values_by_name(
    rows: Iterable[Sequence[str]], further: FurtherMetrics
) -> Mapping[str, list[str]]:
    """The identifiers of values by their name: a score is described as its metric is."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row[2] != _SCORE and not _is_result(row, further):
            found.setdefault(_folded(row[1]), []).append(row[0])
    return found


def _printed(
    row: Sequence[str],
    further: FurtherMetrics,
    values: Mapping[str, list[str]],
    catalogue: MetricCatalogue,
) -> PrintedMetric:
    metric_id, name, unit, domain, sub_domain = row
    known = metric_id in catalogue.known_ids()
    told = (metric_id, name[:_LONGEST] or metric_id, unit, domain, sub_domain)
    if _is_result(row, further):
        return PrintedMetric(*told, part="result", of=metric_id, known=known)
    if unit != _SCORE:
        return PrintedMetric(*told, part="value", of=metric_id, known=known)
    return PrintedMetric(*told, part="score", of=_metric_of(row, further, values), known=known)


def _metric_of(row: Sequence[str], further: FurtherMetrics, values: Mapping[str, list[str]]) -> str:
    """The metric that a score is of: by its identifier, else by its name, else by itself.

    A score without a value (an inspection, a survey) has a metric all the same.
    """
    metric_id, name = row[0], row[1]
    by_name = values.get(_folded(name), [])
    by_code = [
        f"{of}{metric_id.removeprefix(begins)}"
        for begins, of in further.score_of.items()
        if metric_id.startswith(begins)
    ]
    both = [one for one in by_code if one in by_name]
    if both:
        return both[0]
    if len(by_name) == 1:
        return by_name[0]
    return by_code[0] if by_code else metric_id


def notes_on_printed(printed: Sequence[PrintedMetric], good: pl.DataFrame) -> list[str]:
    """What is said of them when a file is taken in: each by code and name, with its figures.

    Parameters
    ----------
    printed
        The metrics that are kept as printed.
    good
        The accepted rows, with ``Metric_ID``.
    """
    counts = dict(good.group_by("Metric_ID").len().iter_rows())
    unknown = [one for one in printed if not one.known]
    renamed = [one for one in printed if one.known]
    notes = []
    if unknown:
        rows = count_words(sum(counts[one.metric_id] for one in unknown), "row")
        metrics = count_words(len(unknown), "identifier")
        notes.append(
            f"{rows} with {metrics} that Remit does not know are kept as they are printed: "
            f"{_listing(unknown)}"
        )
    if renamed:
        metrics = count_words(len(renamed), "identifier")
        notes.append(f"{metrics} printed under another name than Remit knows: {_listing(renamed)}")
    return notes


def _listing(printed: Sequence[PrintedMetric]) -> str:
    """Each with its name and unit; of very many the first, and how many more there are."""
    said = [
        f"{one.metric_id} “{_plain(one.name)}” ({_plain(one.unit) or 'no unit'})"
        for one in printed[:_NAMED]
    ]
    more = [f"and {len(printed) - _NAMED} more"] if len(printed) > _NAMED else []
    return ", ".join([*said, *more])


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
