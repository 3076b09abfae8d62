"""Attacks on a register by child processes that are killed, or whose disk is full.

Run as a program, since children are forked from a process that has loaded everything but opened no
file: so a child spends its time on the register, and not on starting.

    python -m tests.records.forked kills FOLDER COUNT | full FOLDER | writers FOLDER ROUNDS
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from remit.asks import actions, decisions, import_file, open_register
from remit.asks.register import add_action, decide, imports
from remit.asks.register.least import least_ask
from remit.model.ask import Ask
from remit.model.errors import RecordsError
from remit.records.loading import loaded
from tests.records.processes import a_list

ROWS = 120
WRITERS = 8
READERS = 2
FAULT = 9


def child(work: Callable[[], None], limit: int | None = None) -> int:
    """Fork a child that does some work; its exit code tells how it ended."""
    process = os.fork()
    if process:
        return process
    code = FAULT
    try:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        work()
        code = 0
    except RecordsError as error:
        code = 2
        os.write(2, f"{error}\n".encode())
    except BaseException as error:
        os.write(2, f"FAULT {type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(code)


def ended(process: int) -> int:
    """The exit code of a child, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def taken_in(file: Path, source: Path) -> Callable[[], None]:
    """The work of importing a list."""

    def work() -> None:
        with open_register(file) as register:
            import_file(register, source)

    return work


def kept(file: Path) -> int | None:
    """How many asks a register holds; None where there is none."""
    if not file.exists():
        return None
    with open_register(file, read_only=True) as register:
        assert len(imports(register)) == (1 if register.asks() else 0)
        return len(register.asks())


def kills(folder: Path, count: int) -> list[dict[str, Any]]:
    """Kill first imports at random moments: no register, an empty one, or a whole one."""
    source = a_list(folder, "source", *(f"A{n}" for n in range(ROWS)))
    began = time.perf_counter()
    assert ended(child(taken_in(folder / "unkilled.sqlite", source))) == 0
    whole = time.perf_counter() - began
    told = []
    for number in range(count):
        file = folder / f"r{number}" / "asks.sqlite"
        file.parent.mkdir()
        process = child(taken_in(file, source))
        time.sleep(random.random() * whole * 0.8)
        os.kill(process, signal.SIGKILL)
        code = ended(process)
        after = kept(file)
        age(file.parent)
        again = ended(child(taken_in(file, source)))
        left = sorted(p.name for p in file.parent.iterdir())
        well = after in {None, 0, ROWS} and again == 0 and kept(file) == ROWS
        well = well and left == ["asks.sqlite"]
        told.append({"code": code, "after": after, "well": well, "left": left})
    return told


def age(folder: Path) -> None:
    """Make what was left behind an hour old, so that it counts as left."""
    for path in folder.iterdir():
        if ".new-" in path.name:
            os.utime(path, (time.time() - 3600,) * 2)


def full(folder: Path) -> list[dict[str, Any]]:
    """Let no file grow beyond a size, from nothing to enough, with and without a register."""
    first, second = (
        a_list(folder, name, *(f"{name}{n}" for n in range(ROWS))) for name in ("A", "B")
    )
    told = []
    for there in (False, True):
        for step, limit in enumerate((0, 4096, 50_000, 150_000, 200_000, 10**8)):
            file = folder / f"{there}-{step}" / "asks.sqlite"
            file.parent.mkdir()
            if there:
                assert ended(child(taken_in(file, first))) == 0
            code = ended(child(taken_in(file, second), limit))
            after = kept_any(file)
            again = ended(child(taken_in(file, second)))
            before = ROWS if there else 0
            well = code in {0, 2} and again == 0 and kept_any(file) == before + ROWS
            well = well and after in ({before + ROWS} if code == 0 else {before, None})
            well = well and (after is not None or not there)
            told.append({"code": code, "after": after, "well": well, "limit": limit})
    return told


def kept_any(file: Path) -> int | None:
    """How many asks a register holds, of whatever imports."""
    if not file.exists():
        return None
    with open_register(file, read_only=True) as register:
        return len(register.asks())


def writers(folder: Path, rounds: int) -> list[dict[str, Any]]:
    """Eight write and two read at once: a new register, then imports, decisions and actions."""
    told = []
    for number in range(rounds):
        file = folder / f"w{number}" / "asks.sqlite"
        file.parent.mkdir()
        lists = [a_list(file.parent, f"l{n}", f"A{n}", f"B{n}") for n in range(WRITERS)]
        begin = time.time() + 0.05
        children = [child(one_writer(file, lists[n], n, begin)) for n in range(WRITERS)]
        children += [child(one_reader(file, begin)) for _ in range(READERS)]
        codes = [ended(process) for process in children]
        with open_register(file, read_only=True) as register:
            found = {
                "asks": len(register.asks()),
                "imports": len(imports(register)),
                "decisions": len(decisions(register)),
                "actions": sorted(int(a.action_id[4:]) for a in actions(register)),
            }
        well = codes == [0] * len(codes) and found == {
            "asks": 2 * WRITERS,
            "imports": WRITERS,
            "decisions": WRITERS,
            "actions": list(range(1, WRITERS + 1)),
        }
        left = [p.name for p in file.parent.iterdir() if p.suffix != ".csv"]
        told.append({"code": max(codes), "well": well and left == ["asks.sqlite"], "found": found})
    return told


def one_writer(file: Path, source: Path, number: int, begin: float) -> Callable[[], None]:
    """An import, a decision and an action, each by opening the register anew."""

    def work() -> None:
        time.sleep(max(0.0, begin - time.time()))
        taken_in(file, source)()
        with open_register(file) as register:
            decide(register, "merge", [f"A{number}", f"B{number}"])
        with open_register(file) as register:
            add_action(register, f"A{number}", "send it", "chair", due_on=date(2025, 6, 1))

    return work


def one_reader(file: Path, begin: float) -> Callable[[], None]:
    """Reads until it has read ten times; what it sees fits together."""

    def work() -> None:
        time.sleep(max(0.0, begin - time.time()))
        for _ in range(10):
            with contextlib.suppress(FileNotFoundError):
                if not file.exists():
                    time.sleep(0.01)
                    continue
            with open_register(file, read_only=True) as register:
                asks, states = register.asks(), register.statuses()
                assert {ask.ask_id for ask in asks} == set(states)
                assert len(asks) == 2 * len(imports(register))
                for one in decisions(register, everything=True):
                    assert set(one.ask_ids) <= set(states)
                    assert len(one.ask_ids) == 2

    return work


def main() -> None:
    """Run an attack and print how each try ended, as JSON."""
    loaded()
    from django.db.backends.sqlite3 import base  # noqa: F401
    from django.db.migrations import executor  # noqa: F401

    import remit.records.backend.base  # noqa: F401

    # Words and lexicon are loaded once, for all children.
    least_ask(Ask("A", "CQC", "ZA1", "Falls", "by ward"))
    kind, folder, *count = sys.argv[1:]
    attack: Callable[..., list[dict[str, Any]]] = {
        "kills": kills,
        "full": full,
        "writers": writers,
    }[kind]
    print(json.dumps(attack(Path(folder), *map(int, count))))  # noqa: T201


if __name__ == "__main__":
    main()
