"""A bar on the error stream while several files are worked on, if somebody is watching."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_LONGEST_NAME = 40


class Progress:
    """File by file: the name of the one in work, and how many rows the others had.

    Nothing is drawn for a single file, nor where the error stream is no terminal.
    """

    def __init__(self, verb: str, files: int) -> None:
        self._verb, self._files = verb, files
        self._rows = 0
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        if self._files > 1 and sys.stderr.isatty():
            self._bar = _bar()
            self._bar.add_task(self._verb, total=self._files, file="", rows="0")
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin(self, name: str) -> None:
        """A file is taken up."""
        if self._bar is not None:
            shown = "".join(sign if sign.isprintable() else "�" for sign in name)
            self._bar.update(self._bar.task_ids[0], file=shown[:_LONGEST_NAME])

    def end(self, rows: int = 0) -> None:
        """The file is done, and had so many rows."""
        self._rows += rows
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], advance=1, rows=f"{self._rows:,}")


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[rows]} rows"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[file]}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
