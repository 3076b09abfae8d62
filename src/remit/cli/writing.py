"""Write a new file for a user to fill in, or print it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from remit.cli.output import say
from remit.files.new_file import write_new_file
from remit.files.whole import write_whole
from remit.model.errors import DeclarationError

OutOption = Annotated[Path | None, typer.Option("--out", help="Write it to a file.")]


def write_new(text: str, out: Path | None) -> None:
    """Print a text, or write it to a file that is not there yet.

    Raises
    ------
    DeclarationError
        If the file is there already, so that nobody's work is lost, or cannot be written.
    """
    if out is None:
        say(text, nl=False)
        return
    try:
        write_new_file(out, text)
    except FileExistsError:
        raise DeclarationError(f"{out}: this file exists; name another with --out") from None
    except OSError as error:
        raise DeclarationError(f"{out}: the file cannot be written: {error.strerror}") from None
    say(f"Written to {out}.")


def write_again(text: str, out: Path) -> None:
    """Write a text that is Remit's own to a file, in place of an earlier one.

    Raises
    ------
    DeclarationError
        If the file cannot be written.
    """
    try:
        write_whole(out, text)
    except OSError as error:
        raise DeclarationError(f"{out}: the file cannot be written: {error.strerror}") from None
    say(f"Written to {out}.")
