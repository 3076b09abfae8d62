"""Answers ready to send: the published figure, its period and its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from remit.asks.matching.answered import answered
from remit.asks.matching.entry_reader import load_entry_reader
from remit.asks.matching.frames import Frame, make_frames
from remit.catalogue import load_computed_metrics, load_entries
from remit.model.ask import AnswerState, Ask, AskAnswer
from remit.model.errors import SeriesError, UnknownCode
from remit.model.organisation import OrganisationType
from remit.register import load_register

if TYPE_CHECKING:
    from remit.series import Series


@dataclass(frozen=True, slots=True)
class ReadyAnswer:
    """One published figure for an ask, or why there is none."""

    ask_id: str
    publication: str
    org_code: str
    metric_id: str | None
    period_label: str | None
    numerator: float | None
    denominator: float | None
    value: float | None
    status: str
    files: tuple[str, ...] = ()
    """The published files that the figure was made from."""
    why_not: str = ""
    check: str = ""
    """``to check`` beside every figure: the matcher and no person put it there."""


TO_CHECK = "to check"


def answering_measures() -> list[str]:
    """The counts that any answer may be made from: what to fetch of a store beforehand."""
    known = load_computed_metrics()
    named = {
        metric for one in load_entries().values() for m in one.measures for metric in m.metrics
    }
    return sorted({count for metric in named & known.keys() for count in known[metric].measures})


def answers(asks: Sequence[Ask], held: Any) -> list[ReadyAnswer]:
    """The figures that answer asks, from a store or from figures in hand, each to be checked.

    Only where it is ``sure`` that a publication answers an ask is a figure put beside it. The last
    published period that ends within the ask's own is taken; without a period of its own, the last
    one published. Nothing is made up: where there is no figure, ``why_not`` says so.

    Parameters
    ----------
    asks
        All asks of a file, since names of organisations are learnt from the whole.
    held
        A store, its snapshot, figures, or a frame of observations, as ``remit.series.series``
        takes it.
    """
    made: dict[tuple[str, str], Series | str] = {}
    found: list[ReadyAnswer] = []
    for frame in make_frames(asks):
        for answer in answered([frame]):
            if answer.state is AnswerState.SURE:
                found += _of_ask(frame, answer, held, made)
    return found


def _of_ask(
    frame: Frame,
    answer: AskAnswer,
    held: Any,
    made: dict[tuple[str, str], Series | str],
) -> Iterator[ReadyAnswer]:
    publication = answer.publication
    metrics = _metrics(frame, answer)
    if not metrics:
        yield _none(frame, publication, None, "Remit has no metric of this measure")
    for metric in metrics:
        key = (metric, frame.subject)
        if key not in made:
            made[key] = _series(held, *key)
        series = made[key]
        if isinstance(series, str):
            yield _none(frame, publication, metric, series)
        else:
            yield _point(frame, publication, metric, series)


def _metrics(frame: Frame, answer: AskAnswer) -> list[str]:
    """The metrics of the measure that is nearest, then of the others that the ask names."""
    measures = load_entries()[answer.publication].measures
    named = load_entry_reader().measures(answer.publication, frame.content)
    wanted = [one for one in measures if one.says == answer.measure]
    wanted += [measures[place] for place in named]
    return list(dict.fromkeys(metric for one in wanted for metric in one.metrics))


def _series(held: Any, metric: str, org: str) -> Series | str:
    from remit.series import series

    found = load_register().find(org)
    is_icb = found is not None and found.type is OrganisationType.ICB
    try:
        return series(held, metric, "icb" if is_icb else "trust", organisations=[org])
    except (SeriesError, UnknownCode) as error:
        return str(error)


def _point(frame: Frame, publication: str, metric: str, series: Series) -> ReadyAnswer:
    import polars as pl

    points = series.frame.filter(pl.col("org_code") == frame.subject).sort("period_end")
    if frame.spans:
        span = frame.spans[0]
        points = points.filter(pl.col("period_end").is_between(span.start, span.end))
    if points.is_empty():
        return _none(frame, publication, metric, "no figure of this period is held")
    last = points.row(-1, named=True)
    trace = series.trace(frame.subject, metric, last["period_start"])
    return ReadyAnswer(
        frame.ask.ask_id,
        publication,
        frame.subject,
        metric,
        last["period_label"],
        last["numerator"],
        last["denominator"],
        last["value"],
        last["status"],
        tuple(trace["file"].unique().sort().to_list()),
        check=TO_CHECK,
    )


def _none(frame: Frame, publication: str, metric: str | None, why: str) -> ReadyAnswer:
    return ReadyAnswer(
        frame.ask.ask_id,
        publication,
        frame.subject,
        metric,
        None,
        None,
        None,
        None,
        "none",
        why_not=why,
    )
