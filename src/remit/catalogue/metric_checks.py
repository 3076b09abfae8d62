"""What a file of metrics can get wrong beyond its shape, a fault each."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from remit.catalogue.checks import Fault
from remit.model.metric import MetricFile, uses_of
from remit.words.nearest import nearest


def count_faults(
    file: MetricFile, counts: Collection[str], made: Collection[str]
) -> Iterator[Fault]:
    """Counts that nobody gives, with the place of each in the file.

    Parameters
    ----------
    file
        The metrics.
    counts
        The identifiers that publications declare.
    made
        The metrics that are made of counts; none is a count itself.

    Examples
    --------
    ``["metrics", 0, "numerator", 1], "no publication declares the count 'ae.al'; nearest: …"``
    """
    for index, metric in enumerate(file.metrics):
        for side, written in (("numerator", metric.numerator), ("denominator", metric.denominator)):
            for place, use in enumerate(uses_of(written)):
                if use.measure not in counts:
                    said = _said(use.measure, made)
                    known = nearest(use.measure, sorted(counts))
                    yield ["metrics", index, side, place], f"{said}; nearest: {known}"


def _said(measure: str, made: Collection[str]) -> str:
    if measure in made:
        return f"{measure!r} is a metric that is made of counts and no count itself"
    return f"no publication declares the count {measure!r}"
