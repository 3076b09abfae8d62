"""What the commands of the register of asks share."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from remit.cli.output import give, say
from remit.cli.writing import write_new
from remit.files.delimited import records_csv
from remit.files.jsons import json_text
from remit.model.plain_text import shown
from remit.words.figures import trimmed_words

if TYPE_CHECKING:
    from remit.asks.register import Hanging

RegisterOption = Annotated[
    Path, typer.Option("--register", envvar="REMIT_ASKS", help="The register's file.")
]
DEFAULT_REGISTER = Path("asks.sqlite")
SendersOption = Annotated[
    list[Path] | None,
    typer.Option("--senders", help="A YAML file of your own bodies and teams; looked at first."),
]
CatalogueOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalogue",
        help="A YAML file of your own entries of what is published; one with the identifier of "
        "Remit's takes its place. Repeatable.",
    ),
]
GlossaryOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--glossary", help="A YAML file of your own short forms; looked at first. Repeatable."
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be done; keep nothing.")
]
OnlyToOrgOption = Annotated[
    str | None, typer.Option("--to-org", help="Only what is asked of this code.")
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask first on a terminal.")]
DAY = "YYYY-MM-DD"
_WIDEST = 60


class ListFirst(TyperGroup):
    """Commands of which ``list`` is run where none is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put ``list`` before options that stand alone; help stays help."""
        if not args or (args[0].startswith("-") and "--help" not in args):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@contextmanager
def brought(catalogue: Sequence[Path] | None, glossary: Sequence[Path] | None) -> Iterator[None]:
    """Put a user's own catalogue and glossary in force, and say what they bring.

    Raises
    ------
    DeclarationError
        If a file is faulty: file, line and key of each fault.
    """
    from remit.catalogue.entries import own_entries_told
    from remit.catalogue.glossary import own_forms_told
    from remit.catalogue.own import in_force, read_own

    with in_force(read_own(catalogue or (), glossary or ())):
        for told in (own_entries_told(), own_forms_told()):
            if told:
                say(told)
        yield


def listed_first(what: str) -> typer.Typer:
    """A group of commands on entries of the register; without a command, their list."""
    said = f"{what}\n\nWithout a command, the list."
    return typer.Typer(help=said, cls=ListFirst, rich_markup_mode=None)


def day_option(name: str, words: str) -> Any:
    """An option that takes a day as ``YYYY-MM-DD``."""
    return typer.Option(name, parser=read_day, metavar=DAY, help=words)


def read_day(text: str) -> datetime:
    """A day as ``YYYY-MM-DD`` on the command line.

    Raises
    ------
    typer.BadParameter
        If it is none.
    """
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d")
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no day; write one of the calendar as 2025-06-30 (year-month-day)"
        ) from None


DayOption = Annotated[datetime | None, day_option("--on", "By default today.")]
RaisedOption = Annotated[datetime | None, day_option("--raised", "By default today.")]


def say_hanging(left: Hanging, *, dry_run: bool) -> None:
    """Say what names asks that were taken out, or would be, and where it can be seen."""
    if left.count:
        lack = "lacks" if left.count == 1 else "lack"
        now = "would lack" if dry_run else f"now {lack}"
        say(f"{left.in_words} {now} the ask named there; see remit asks actions, decide, friction.")


def is_confirmed(what: str, question: str, *, unasked: bool, left: Hanging | None = None) -> bool:
    """Whether what cannot be taken back is meant; on a terminal, who types it is asked first.

    Parameters
    ----------
    what
        What would be done, as a sentence.
    question
        What is asked.
    unasked
        Whether it was said already that it is meant, or that nothing is to be done.
    left
        What names the asks that would be gone.
    """
    if unasked or not sys.stdin.isatty():
        return True
    say(what)
    if left is not None:
        say_hanging(left, dry_run=True)
    return typer.confirm(question)


def as_day(value: datetime | None) -> date | None:
    """A day from the command line."""
    return None if value is None else value.date()


def day_or_today(value: datetime | None) -> date:
    """A day from the command line, or today."""
    return as_day(value) or datetime.now().date()


def print_rows(
    rows: Sequence[Mapping[str, Any]],
    output: str,
    columns: Sequence[str],
    out: Path | None = None,
) -> None:
    """Print rows as a table, as CSV or as JSON, or write them to a new file.

    Parameters
    ----------
    rows
        One mapping a row.
    output
        ``text``, ``csv`` or ``json``.
    columns
        The columns of the table as text; CSV and JSON hold all.
    out
        The file, refused if it is there; None for the screen.
    """
    text = _as_text(rows, output, columns)
    if out is not None:
        write_new(text if text.endswith("\n") else f"{text}\n", out)
    elif output == "text":
        say(text)
    else:
        give(text)


def _as_text(rows: Sequence[Mapping[str, Any]], output: str, columns: Sequence[str]) -> str:
    if output == "json":
        return json_text(list(rows), indent=1, default=_plain)
    if output == "csv":
        return records_csv(rows, list(rows[0]) if rows else list(columns))
    return shown(_as_table(rows, columns))


def _as_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    cells = [[_cell(row[name]) for name in columns] for row in rows]
    heads = [name.replace("_", " ").capitalize() for name in columns]
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    lines = [heads, *cells]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return trimmed_words(value)
    text = " ".join(str(_plain(value)).split())
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return "; ".join(map(str, value))
    return value
