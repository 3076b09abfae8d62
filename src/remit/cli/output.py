"""The one place where a command speaks: words for people, and data for programs.

Nothing that comes from outside steers the terminal: each sign that could (ESC, other controls,
signs that turn the direction of writing) is shown as ``�``, and no markup is read. Tables are in
``remit.cli.tables``, bars in ``remit.cli.progress``. How it speaks is :class:`Speech`, whose fields
are the options that every command has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.model.errors import AssessmentError
from remit.model.fictional import sample_sentence
from remit.model.plain_text import shown, shown_on_one_line

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, slots=True)
class Speech:
    """How a command speaks: each field is an option that every command has."""

    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet",
            help="Say nothing but what goes wrong; files, CSV and JSON are given all the same.",
        ),
    ] = False
    no_colour: Annotated[bool, typer.Option("--no-colour", help="Print without colour.")] = False


_USUAL = Speech()
SPEECH: ContextVar[Speech] = ContextVar("speech", default=_USUAL)
"""What the present command was told of its options; ``remit.cli.common`` sets it."""


def speech() -> Speech:
    """How the present command speaks."""
    return SPEECH.get()


def format_option(*kinds: str) -> Any:
    """``--format``, which takes one of some kinds of answer."""

    def checked(value: str) -> str:
        if value not in kinds:
            raise AssessmentError(f"--format takes one of {', '.join(kinds)}; got {value!r}")
        return value

    said = f"{', '.join(kinds[:-1])} or {kinds[-1]}."
    return typer.Option("--format", help=said, callback=checked)


TextCsvOrJson = Annotated[str, format_option("text", "csv", "json")]
TextOrJson = Annotated[str, format_option("text", "json")]


def answer(
    output: str,
    *,
    text: Callable[[], None],
    json: Callable[[], str],
    csv: Callable[[], str] | None = None,
) -> None:
    """Answer in the format that was asked for.

    Parameters
    ----------
    output
        What ``--format`` took.
    text
        Says it to a person.
    json, csv
        Make the data for a program.

    >>> answer("json", text=lambda: say("One trust"), json=lambda: '{"trusts": 1}')
    {"trusts": 1}
    """
    if output == "json":
        give(json())
    elif output == "csv" and csv is not None:
        give(csv())
    else:
        text()


def say_if_sample(fictional: bool, *subject: str) -> None:
    """Say of sample data that they are."""
    if fictional:
        say(sample_sentence(*subject))


def say_framework(framework: str, period: str) -> None:
    """Say by which framework a quarter is judged: more than one may be, and years differ."""
    say(f"By {framework}, {period}:")


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
    if err or not speech().quiet:
        typer.echo(shown(str(words)), nl=nl, err=err)


def drawn_on(*, err: bool = False) -> Console:
    """What tables, or bars on the error stream, are drawn on: no markup is read from words.

    NO_COLOR in the environment does the same as ``--no-colour``.
    """
    from rich.console import Console

    plain = speech().no_colour or None
    return Console(stderr=err, highlight=False, markup=False, emoji=False, no_color=plain)


def give(data: str) -> None:
    """Give out CSV or JSON, made by ``remit.files``, which let no control character through.

    A line break is added where there is none at the end.
    """
    typer.echo(data, nl=not data.endswith("\n"))


def give_json(content: object) -> None:
    """Give out content as JSON."""
    from remit.files.jsons import json_text

    give(json_text(content))


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
