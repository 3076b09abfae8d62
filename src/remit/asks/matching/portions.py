"""Asks read in several processes, a portion at a time, each with what publishes its answer."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context

from remit.asks.matching.answered import answered
from remit.asks.matching.frames import Frame, joined, read, subjects_of
from remit.asks.matching.learnt_names import LearntNames, learnt_names
from remit.asks.matching.said import Said
from remit.catalogue.own import OwnFiles, own_files, put_in_force
from remit.model.ask import Ask, AskAnswer
from remit.model.learnt import Learnt

_PORTION = 2_500
"""How many asks a process reads at a time: few enough that all end at nearly the same time."""

_Names = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ReadAsks:
    """All asks taken apart, and the publications that may answer each."""

    frames: list[Frame]
    answers: list[AskAnswer]


def read_in_portions(asks: Sequence[Ask], workers: int, learnt: Learnt) -> ReadAsks:
    """Read asks, and tell for each which publications may answer it.

    With several ``workers`` that is done in as many processes, which are started anew, so the
    caller's own module must be safe to import. Whom an ask is about hangs on all of them, and is
    told beforehand.

    Parameters
    ----------
    asks
        The asks.
    workers
        In how many processes they are read.
    learnt
        Names and thresholds that a register has learnt.

    Examples
    --------
    >>> from remit.model.learnt import NOTHING_LEARNT
    >>> read_in_portions([], 1, NOTHING_LEARNT)
    ReadAsks(frames=[], answers=[])
    """
    subjects = subjects_of(asks)
    if workers < 2 or len(asks) < workers:
        said, answers = _portion(asks, subjects, learnt_names(learnt.names), learnt.sure_from)
        return ReadAsks(joined(asks, subjects, said), answers)
    size = min(_PORTION, -(-len(asks) // workers))
    starts = range(0, len(asks), size)
    with ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(own_files(),),
    ) as pool:
        read_one = partial(
            _of_worker, names=tuple(learnt.names.items()), sure_from=learnt.sure_from
        )
        portions = [slice(start, start + size) for start in starts]
        done = pool.map(read_one, (asks[p] for p in portions), (subjects[p] for p in portions))
        frames: list[Frame] = []
        answers = []
        for portion, (said, some) in zip(portions, done, strict=True):
            frames += joined(asks[portion], subjects[portion], said)
            answers += some
    return ReadAsks(frames, answers)


def _portion(
    asks: Sequence[Ask],
    subjects: Sequence[str],
    names: LearntNames | None,
    sure_from: float | None,
) -> tuple[list[Said], list[AskAnswer]]:
    said = read(asks, names)
    return said, answered(joined(asks, subjects, said), sure_from)


# In a process of its own -------------------------------------------------------------------------


def _begin(own: OwnFiles) -> None:
    """Make ready a process that reads for another; what it makes has no circles to look for."""
    gc.disable()
    put_in_force(own)


def _of_worker(
    asks: Sequence[Ask], subjects: Sequence[str], names: _Names, sure_from: float | None
) -> tuple[list[Said], list[AskAnswer]]:
    return _portion(asks, subjects, _learnt(names), sure_from)


@cache
def _learnt(names: _Names) -> LearntNames | None:
    """Made once for all portions of a process."""
    return learnt_names(dict(names))
