"""Answers ready to send: the published figure, its period and its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from remit.asks.matching.answered import answered
from remit.asks.matching.entry_reader import load_entry_reader
from remit.asks.matching.frames import Frame, make_frames
from remit.asks.matching.word_index import plain_words
from remit.catalogue import load_computed_metrics, load_entries, load_glossary
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


def answers(
    asks: Sequence[Ask], held: Any, found: Sequence[AskAnswer] | None = None
) -> list[ReadyAnswer]:
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
    found
        What :func:`remit.asks.matching.match` said of the asks, with decisions and what was learnt;
        without it they are looked at anew.
    """
    made: dict[tuple[str, str], Series | str] = {}
    frames = {frame.ask.ask_id: frame for frame in make_frames(asks)}
    said = answered([*frames.values()]) if found is None else found
    return [
        ready
        for answer in said
        if answer.state is AnswerState.SURE
        for ready in _of_ask(frames[answer.ask_id], answer, held, made)
    ]


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
    said = {*frame.content, *plain_words(frame.ask.words)}
    said |= {w for s in load_glossary().spelled_out(frame.ask.words) for w in plain_words(s)}
    return list(dict.fromkeys(metric for one in wanted for metric in _asked(one.metrics, said)))


def _asked(metrics: Sequence[str], said: Set[str]) -> list[str]:
    """Of the metrics of one measure those that the ask tells apart by most words; else all.

    A metric whose words all others have too is the general one: it stays, whatever else is named.
    """
    words = {metric: _telling(metric) for metric in metrics}
    common = frozenset.intersection(*words.values()) if words else frozenset()
    met = {metric: len((some - common) & said) for metric, some in words.items()}
    most = max(met.values(), default=0)
    return [one for one in metrics if words[one] == common or met[one] == most]


def _telling(metric: str) -> frozenset[str]:
    """The stems of a metric's name and identifier."""
    found = load_computed_metrics().get(metric)
    return frozenset(plain_words(f"{found.name if found else ''} {metric.replace('-', ' ')}"))


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
