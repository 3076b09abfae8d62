"""Counting tries: each attack ends as held, refused with a message, a crash, a hang or a loss.

A test takes the fixture ``tries`` and makes each attack by :meth:`Tries.attempt` (in this process)
or :meth:`Tries.command` (a whole ``remit``). At the end of the run a table says how all ended.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import psutil
import pytest

from remit.model.errors import RemitError

PROPERTY = "try"
SECONDS = 10.0
MEGABYTES = 2_000.0
OUTCOMES = ("held", "refused", "crash", "hang", "too large", "lost")
_PAUSE = 0.02
_REMIT = "from remit.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one try ended; ``held`` and ``refused`` are well, all else is a fault of Remit's."""

    kind: str
    name: str
    outcome: str
    seconds: float
    megabytes: float = 0.0


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended: exit code, what it said, how long and how large it was."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float


class TookTooLong(BaseException):
    """No Exception, so that the code under attack cannot swallow it."""


class Tries:
    """The tries of one test; each is told to the run, whether the test passes or not."""

    def __init__(self, item: pytest.Item) -> None:
        self._item = item

    def record(
        self, kind: str, name: str, outcome: str, seconds: float = 0.0, megabytes: float = 0.0
    ) -> None:
        """Note how a try ended; ``outcome`` is one of ``OUTCOMES``."""
        assert outcome in OUTCOMES
        told = Outcome(kind, name[:80], outcome, seconds, megabytes)
        self._item.user_properties.append((PROPERTY, asdict(told)))

    @contextlib.contextmanager
    def attempt(
        self,
        kind: str,
        name: str,
        *,
        seconds: float = SECONDS,
        refusals: tuple[type[BaseException], ...] = (RemitError,),
    ) -> Iterator[list[BaseException]]:
        """Run a block as one try; a refusal ends it and is handed out, anything else is a crash.

        >>> with tries.attempt("mailbox", "year 9999999999", seconds=2) as refusal:
        ...     read_mail(path, content, reduction, None)
        >>> assert not refusal
        """
        refusal: list[BaseException] = []
        begun = time.perf_counter()
        outcome = "crash"
        try:
            with _within(seconds):
                yield refusal
            outcome = "held"
        except refusals as error:
            refusal.append(error)
            outcome = "refused" if str(error).strip() else "crash"
        except TookTooLong:
            outcome = "hang"
            # Without the alarm's own traceback, which may stand between two lines of code.
            said = f"{kind}: {name}: not done within {seconds:g} s"
            raise pytest.fail.Exception(said) from None
        finally:
            took = time.perf_counter() - begun
            if outcome in {"held", "refused"} and took > seconds:
                outcome = "hang"
            self.record(kind, name, outcome, took)
        assert outcome != "hang", f"{kind}: {name}: took {took:.1f} s, more than {seconds:g}"
        assert outcome != "crash", f"{kind}: {name}: refused without a word"

    def command(
        self,
        kind: str,
        name: str,
        arguments: Sequence[str | Path],
        *,
        codes: Collection[int] = (0, 1, 2),
        seconds: float = SECONDS,
        megabytes: float = MEGABYTES,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Ran:
        """Run ``remit`` with these arguments as one try; exit code 3 and tracebacks are crashes."""
        ran = run_remit(arguments, seconds, megabytes, folder, environment)
        outcome = _outcome(ran, codes, seconds, megabytes)
        self.record(kind, name, outcome, ran.seconds, ran.megabytes)
        assert outcome in {"held", "refused"}, (
            f"{kind}: {name}: {outcome}: exit {ran.code} after {ran.seconds:.1f} s with "
            f"{ran.megabytes:.0f} MB\n{ran.out[-1500:]}\n{ran.err[-3000:]}"
        )
        return ran


def run_remit(
    arguments: Sequence[str | Path],
    seconds: float,
    megabytes: float,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Ran:
    """Run a whole ``remit``; it is ended where it takes too long or grows too large."""
    command = [sys.executable, "-c", _REMIT, *map(str, arguments)]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=folder,
            env={**os.environ, **(environment or {})},
        )
        peak = _watched(process, begun + seconds, megabytes)
        took = time.perf_counter() - begun
        out.seek(0)
        err.seek(0)
        said = (out.read().decode(errors="replace"), err.read().decode(errors="replace"))
    return Ran(process.returncode, *said, took, peak)


def _watched(process: subprocess.Popen[bytes], deadline: float, megabytes: float) -> float:
    """Wait for a process, ending it past its time or size, and return its largest size in MB."""
    peak = 0.0
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        with contextlib.suppress(psutil.Error):
            family = [watched, *watched.children(recursive=True)]
            peak = max(peak, sum(one.memory_info().rss for one in family) / 1e6)
        if peak > megabytes or time.perf_counter() > deadline:
            for one in [*_children(watched), process]:
                with contextlib.suppress(psutil.Error, OSError):
                    one.kill()
            process.wait()
        time.sleep(_PAUSE)
    return peak


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _outcome(ran: Ran, codes: Collection[int], seconds: float, megabytes: float) -> str:
    if ran.megabytes > megabytes:
        return "too large"
    if ran.seconds > seconds:
        return "hang"
    if ran.code not in codes or "Traceback (most recent call last)" in ran.err:
        return "crash"
    return "refused" if ran.code == 2 else "held"


@contextlib.contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Break off a block that takes too long; only where there are alarms, in the main thread."""
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def table(tries: Sequence[Mapping[str, Any]]) -> list[str]:
    """Kinds of attack, how many tries each, and how they ended."""
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for one in tries:
        kinds.setdefault(str(one["kind"]), []).append(one)
    head = f"{'kind':<28}{'tries':>7}" + "".join(f"{name:>11}" for name in OUTCOMES)
    lines = [f"{head}{'slowest s':>11}{'largest MB':>12}"]
    for kind, found in [*sorted(kinds.items()), ("all", list(tries))]:
        counts = "".join(f"{sum(o['outcome'] == name for o in found):>11,}" for name in OUTCOMES)
        slowest = max(float(o["seconds"]) for o in found)
        largest = max(float(o["megabytes"]) for o in found)
        lines.append(f"{kind:<28}{len(found):>7,}{counts}{slowest:>11.2f}{largest:>12,.0f}")
    return lines
