"""Registers and whole processes of ``remit`` that work on them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from remit.asks import AskRegister, import_file, open_register

HEAD = "ask_id,from_body,to_org_code,title,text,received_on\n"
REMIT = "from remit.cli import main; main()"


def a_list(folder: Path, name: str, *ids: str, text: str = "Falls by ward") -> Path:
    """A list of asks, one for each identifier."""
    path = folder / f"{name}.csv"
    rows = "".join(f"{one},CQC,ZA1,Return {one},{text},2025-06-01\n" for one in ids)
    path.write_text(HEAD + rows)
    return path


def a_register(folder: Path, *ids: str, name: str = "asks.sqlite", text: str = "Falls") -> Path:
    """A register that holds an ask for each identifier."""
    file = folder / name
    with open_register(file) as register:
        import_file(register, a_list(folder, f"list-{name}", *ids, text=text))
    return file


def ids(file: Path) -> list[str]:
    """The asks that a register holds."""
    with open_register(file, read_only=True) as register:
        return sorted(ask.ask_id for ask in register.asks())


def started(*arguments: str | Path, folder: Path | None = None) -> subprocess.Popen[str]:
    """A ``remit`` that has begun."""
    return subprocess.Popen(
        command(arguments),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env=environment(),
    )


def command(arguments: Sequence[str | Path]) -> list[str]:
    """The words by which ``remit`` is run."""
    return [sys.executable, "-c", REMIT, *map(str, arguments)]


def environment() -> dict[str, str]:
    """The environment without what a developer may have set."""
    return {name: value for name, value in os.environ.items() if name != "REMIT_ASKS"}


def ended(process: subprocess.Popen[str], seconds: float = 60) -> tuple[int, str, str]:
    """Exit code, output and errors of a process."""
    out, err = process.communicate(timeout=seconds)
    return process.returncode, out, err


def beside(file: Path) -> list[str]:
    """What lies in the register's folder under its name, apart from itself."""
    return sorted(p.name for p in file.parent.iterdir() if p.name.startswith(f"{file.name}"))[1:]


def opened(file: Path) -> AskRegister:
    """A register, open to be written."""
    return open_register(file)
