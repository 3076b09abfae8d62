"""``remit shift published``: measures of the shift from published files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.options import StoreOption
from remit.cli.output import format_option, say, say_if_sample
from remit.cli.shift.published_printing import print_area, print_measures

if TYPE_CHECKING:
    import polars as pl

    from remit.shift.published.run import PublishedShift


def published(
    store: StoreOption = None,
    framework: Annotated[
        str | None,
        typer.Option(
            "--framework",
            help="One shift framework: care-shift-tracker, neighbourhood-eight or closer-to-home; "
            "all if left out.",
        ),
    ] = None,
    icb: Annotated[
        str | None, typer.Option("--icb", help="Say it for this ICB (code, as QE1).")
    ] = None,
    year: Annotated[
        str | None,
        typer.Option(
            "--year",
            help="A financial year, as 2024/25; else the one with a figure of most measures.",
        ),
    ] = None,
    composite: Annotated[
        Path | None,
        typer.Option(
            "--composite", help="Your own weights of measures (YAML); ranks come with their range."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="The folder to write to; made if it is missing.")
    ] = None,
    file_format: Annotated[str, format_option("csv", "parquet")] = "csv",
) -> None:
    """Is care moving closer to home, as published files tell it: complete first, then compared.

    Each measure is per head and per need-weighted head, by ICB, region and for England. One that
    fails its gate is withheld with the reason and never ranked; one that no file is read of says
    what it needs. Writes measures, ranks, funnel, today_tomorrow, completeness, groups, composite,
    not_read and run.json.
    """
    from remit.shift.published.tables import tables_of
    from remit.shift.published.written import write_published

    made = made_of(store, framework, year)
    tables = tables_of(made)
    if icb is None:
        print_measures(made, tables)
    else:
        print_area(made, tables, icb.strip().upper())
    tables["composite"] = _composite(made, composite)
    if out is not None:
        write_published(made, tables, out, file_format)  # type: ignore[arg-type]
        say(f"Written to {out}.")
    say_if_sample(made.fictional)


def made_of(store: Path | None, framework: str | None, year: str | None) -> PublishedShift:
    """The measures from a store."""
    from remit.cli.options import default_store
    from remit.shift.published.run import published_shift
    from remit.store import Store

    with Store.open(store or default_store(), read_only=True, must_exist=True) as held:
        return published_shift(held, framework, year)


def _composite(made: PublishedShift, path: Path | None) -> pl.DataFrame:
    """ICBs by the user's own weights; without any an empty table."""
    import polars as pl

    from remit.shift.published import composite as own

    if path is None:
        return pl.DataFrame(schema=own.COMPOSITE_COLUMNS)
    found = own.composite_of(made, own.read_composite(path))
    say(own.composite_words(found))
    return found.frame
