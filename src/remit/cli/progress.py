"""A bar on the error stream while several files are worked on, if somebody is watching."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from remit.cli.output import drawn_on, speech
from remit.model.plain_text import shown_on_one_line

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
        if self._files > 1 and _is_watched():
            self._bar = _bar()
            self._bar.add_task(self._verb, total=self._files, file="", rows="0")
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin(self, name: str) -> None:
        """A file is taken up."""
        if self._bar is not None:
            shown = shown_on_one_line(name)
            self._bar.update(self._bar.task_ids[0], file=shown[:_LONGEST_NAME])

    def end(self, rows: int = 0) -> None:
        """The file is done, and had so many rows."""
        self._rows += rows
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], advance=1, rows=f"{self._rows:,}")


def _is_watched() -> bool:
    return sys.stderr.isatty() and not speech().quiet


def _bar() -> Bar:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[rows]} rows"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[file]}", markup=False),
        console=drawn_on(err=True),
        transient=True,
    )


def counting(what: str) -> Callable[[int, int], None] | None:
    """Tells on a terminal how far the work is; nothing where the output goes to a file.

    It is called with how many are done and how many there are.
    """
    if not _is_watched():
        return None

    def tell(done: int, whole: int) -> None:
        if done % 25 == 0 or done == whole:
            sys.stderr.write(f"\r{done} of {whole} {what}" + ("\n" if done == whole else ""))
            sys.stderr.flush()

    return tell


@contextmanager
def downloading(
    files: int,
) -> Iterator[Callable[[str], Callable[[int, int | None], None] | None]]:
    """A bar on the error stream for each file, if somebody is watching.

    What it gives is called with a file's name, and gives what is called with the bytes that are
    there and how many there will be.
    """
    if not _is_watched():
        yield lambda _: None
        return
    from rich.progress import BarColumn, DownloadColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn())
    with Bar(*columns, console=drawn_on(err=True), transient=True) as bar:

        def step(name: str) -> Callable[[int, int | None], None]:
            said = f"{len(bar.tasks) + 1} of {files}: {shown_on_one_line(name)}"
            task = bar.add_task(said, total=None)
            return lambda size, total: bar.update(task, completed=size, total=total)

        yield step
