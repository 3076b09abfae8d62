"""The one place where a command speaks: words for people, and data for programs.

Nothing that comes from outside steers the terminal: each sign that could (ESC, other controls,
signs that turn the direction of writing) is shown as ``�``, and no markup is read. Tables are in
``remit.cli.tables``, bars in ``remit.cli.progress``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

import typer

from remit.model.plain_text import shown, shown_on_one_line


def say(words: object = "", *, nl: bool = True, err: bool = False) -> None:
    """Say something to a person.

    Parameters
    ----------
    words
        The words, over one or more lines.
    nl
        Whether a line break follows.
    err
        Whether to say it on the error stream, where it does not mix with data.

    >>> say("A&E [type 1]")
    A&E [type 1]
    """
    typer.echo(shown(str(words)), nl=nl, err=err)


def give(data: str) -> None:
    """Give out CSV or JSON, made by ``remit.files``, which let no control character through.

    A line break is added where there is none at the end.
    """
    typer.echo(data, nl=not data.endswith("\n"))


def complain(error: object, arguments: Iterable[str] = ()) -> None:
    """Say on the error stream why a command stopped.

    Parameters
    ----------
    error
        The error, or what it says.
    arguments
        The arguments of the command. A message repeats them, most of all names of files; a line
        break in one is shown as ``�``, so that no name looks like a message of its own.
    """
    words = str(error)
    for one in arguments:
        for part in {one, PurePath(one).name} if "\n" in one else ():
            words = words.replace(part, shown_on_one_line(part)) if part else words
    say(f"remit: {words}", err=True)
