"""Whether the time that something takes grows with its length, and no faster."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MOST = 3.0
"""Twice the length may take so many times as long; with the square of it, it would be four."""

_TOO_SHORT = 0.02
_TRIES = 4


def assert_linear(run: Callable[[int], object], size: int) -> None:
    """Fail if twice the length takes more than three times as long, whenever it is measured.

    What else the machine does disturbs a measurement, so that a bad one is made again; where
    time grows with the square every one is bad.
    """
    told = []
    for _ in range(_TRIES):
        once, twice = _seconds(run, size), _seconds(run, 2 * size)
        if twice < MOST * once or twice < _TOO_SHORT:
            return
        told.append(f"{once:.3f} s, then {twice:.3f} s for twice as much")
    raise AssertionError("; ".join(told))


@contextmanager
def of_processor(seconds: float) -> Iterator[None]:
    """Fail if a block takes more of the processor's time; others on the machine count little."""
    begun = time.process_time()
    yield
    took = time.process_time() - begun
    assert took < seconds, f"took {took:.2f} s of the processor's time"


def _seconds(run: Callable[[int], object], size: int) -> float:
    """The processor's time for one run, the quicker of two, without that of clearing up."""
    took = []
    gc.disable()
    try:
        for _ in range(2):
            begun = time.process_time()
            run(size)
            took.append(time.process_time() - begun)
    finally:
        gc.enable()
    return min(took)
