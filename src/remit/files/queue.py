"""The order in which those wait who want one file: each holds a ticket, a small locked file.

The tickets lie in a folder beside the lock, which is there only while somebody uses or wants the
file. A ticket counts while its owner has it locked. The system ends that lock when the owner dies,
so that the ticket of a killed process is in nobody's way; the next one who comes clears it.
"""

from __future__ import annotations

import json
import os
import platform
import stat
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from remit.files.locks import NoLocks, close, open_to_lock, try_lock

_WRITER, _READER = "w", "r"
_LONGEST = 80
_NAMED = 2
_TEXT = 1200
"""Signs in a ticket; what a later note leaves over is blank."""


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who holds a ticket, as far as is known."""

    process: int
    host: str = ""
    command: str = ""
    since: str = ""
    is_waiting: bool = True

    def __str__(self) -> str:
        is_here = self.host in {"", platform.node()}
        if is_here and self.process == os.getpid():
            return "this very process"
        more = ", ".join(
            part for part in (self.command, f"since {self.since}" * bool(self.since)) if part
        )
        place = "" if is_here else f" on {self.host}"
        return f"process {self.process}{place}" + (f" ({more})" if more else "")


class Ticket:
    """A place in the queue, from joining it until the file is given back."""

    def __init__(self, folder: Path, exclusive: bool) -> None:
        self._folder = folder
        self._exclusive = exclusive
        self._path, self._descriptor = _joined(folder, exclusive)
        self._note(is_waiting=True)

    def ahead(self) -> list[Path]:
        """The tickets whose owners live and must be done before this one's turn comes.

        Readers go together; who writes waits for all, and all wait for who writes.
        """
        return list(_living(self._folder, self._path.name, writers_only=not self._exclusive))

    def all_ahead(self) -> list[Path]:
        """The tickets of all who came before and live, whether this one waits for them or not."""
        return list(_living(self._folder, self._path.name, writers_only=False))

    def has_its_turn(self) -> None:
        """Note that the owner has the file from now on."""
        self._note(is_waiting=False)

    def leave(self) -> None:
        """Give the place up; the folder goes with the last ticket."""
        with suppress(OSError):
            self._path.unlink()
        close(self._descriptor)
        with suppress(OSError):  # on Windows an open file cannot be removed
            self._path.unlink(missing_ok=True)
        with suppress(OSError):
            self._folder.rmdir()

    def _note(self, *, is_waiting: bool) -> None:
        """Write who this is; a full disk is no reason to lose the place."""
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        who = {"host": platform.node()[:_LONGEST], "command": _command()}
        text = json.dumps({**who, "since": now, "is_waiting": is_waiting})
        with suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, text.ljust(_TEXT).encode())


def living(folder: Path, *, writers_only: bool) -> list[Path]:
    """The tickets that count at this moment, for one who cannot take a ticket."""
    return list(_living(folder, "~", writers_only=writers_only))


def is_alive(ticket: Path) -> bool:
    """Whether the owner of a ticket still has it; a dead one's is cleared.

    One of which that cannot be known does not count: the order is a courtesy, and who must keep
    out is kept out by the lock.
    """
    try:
        descriptor = open_to_lock(ticket, os.O_RDONLY)
    except OSError:
        return False
    try:
        # A shared lock is enough to know, and to those who ask at the same moment too.
        if not try_lock(descriptor, exclusive=False):
            return True
        with suppress(OSError):
            ticket.unlink()
    except NoLocks:
        return False
    finally:
        close(descriptor)
    with suppress(OSError):  # on Windows an open file cannot be removed
        ticket.unlink(missing_ok=True)
    return False


def in_words(tickets: Sequence[Path]) -> str:
    """Who has the file, of those who are ahead, and how many wait before one."""
    ahead = [_holder(ticket) for ticket in tickets]
    holding = [one for one in ahead if not one.is_waiting]
    waiting = len(ahead) - len(holding)
    said = [str(one) for one in holding[:_NAMED]] or ["another program"]
    if len(holding) > _NAMED:
        said.append(f"{len(holding) - _NAMED} more")
    queue = f", with {waiting} more in the queue before this one" if waiting else ""
    return " and ".join(said) + queue


def _holder(ticket: Path) -> _Holder:
    """Who holds a ticket. What is written in it is foreign text, and may be half-written."""
    process = int(ticket.name.split(".")[2])
    try:
        said = json.loads(ticket.read_text("utf-8")[:_TEXT])
        since = datetime.fromisoformat(str(said["since"])).astimezone()
        host, command = (_plain(str(said[name])) for name in ("host", "command"))
        return _Holder(process, host, command, _clock(since), bool(said["is_waiting"]))
    except (OSError, ValueError, KeyError, TypeError):
        return _Holder(process)


# Joining -----------------------------------------------------------------------------------------


def _joined(folder: Path, exclusive: bool) -> tuple[Path, int]:
    """A new ticket behind all others, locked."""
    while True:
        _make(folder)
        kind = _WRITER if exclusive else _READER
        try:
            number = max((_number(name) for name in _names(folder)), default=0) + 1
            path = folder / f"{number:010d}.{kind}.{os.getpid()}.{uuid.uuid4().hex[:6]}"
            descriptor = open_to_lock(path, os.O_CREAT | os.O_EXCL | os.O_RDWR)
        except FileNotFoundError:  # the last of the others has just taken the folder away
            continue
        _lock(descriptor)
        # Who looked at it before it was locked took it for a dead one's, and may have cleared it.
        if path.exists():
            with suppress(OSError):
                path.chmod(_mode(folder) & 0o666)
            return path, descriptor
        close(descriptor)


def _lock(descriptor: int) -> None:
    """Lock one's own ticket; only one who is just looking at it can be in the way."""
    try:
        while not try_lock(descriptor, exclusive=True):
            time.sleep(0.001)
    except BaseException:
        close(descriptor)
        raise


def _make(folder: Path) -> None:
    """Make the folder, for all who may write to the one in which it lies."""
    try:
        folder.mkdir()
    except FileExistsError:
        return
    with suppress(OSError):
        folder.chmod(_mode(folder.parent))


def _mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def _living(folder: Path, before: str, *, writers_only: bool) -> Iterator[Path]:
    try:
        names = _names(folder)
    except OSError:
        return
    for name in sorted(names):
        if name >= before or not _number(name):
            continue
        if writers_only and name.split(".")[1] != _WRITER:
            continue
        if is_alive(folder / name):
            yield folder / name


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _number(name: str) -> int:
    """The number of a ticket; 0 for a file that is none."""
    parts = name.split(".")
    is_ticket = len(parts) == 4 and parts[0].isdecimal() and parts[2].isdecimal()
    return int(parts[0]) if is_ticket else 0


# Words -------------------------------------------------------------------------------------------


def _command() -> str:
    """``remit ingest``: the program and its first word; what follows may name people's files."""
    program = Path(sys.argv[0]).stem if sys.argv else ""
    if program == "remit":
        return " ".join([program, *sys.argv[1:2]])[:_LONGEST]
    return program[:_LONGEST] if program not in {"", "-", "-c", "-m"} else "python"


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())[:_LONGEST]


def _clock(moment: datetime) -> str:
    is_today = moment.date() == datetime.now().astimezone().date()
    return f"{moment:%H:%M:%S}" if is_today else f"{moment:%Y-%m-%d %H:%M}"
