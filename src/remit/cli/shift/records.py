"""``remit shift records``: activity by commissioner, quarter and setting, from records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.cli.progress import counting
from remit.cli.shift.options import (
    CsvOrParquet,
    EngineOption,
    MappingOption,
    MasterOption,
    MemoryOption,
    RecordFiles,
    keep_records_apart,
)
from remit.words.figures import percent_words
from remit.words.sentences import count_words

if TYPE_CHECKING:
    import polars as pl

    from remit.shift.records.activity import Activity
    from remit.shift.records.tables import ShiftTables


def records(
    files: RecordFiles,
    out: Annotated[Path, typer.Option("--out", help="The folder for the tables.")],
    engine: EngineOption = "duckdb",
    master: MasterOption = None,
    memory: MemoryOption = None,
    mapping: MappingOption = None,
    output: CsvOrParquet = "csv",
) -> None:
    """Count activity records by commissioner, quarter and setting, and the share of each setting.

    A record is accepted, or rejected for one reason, which rejections.csv tells with its rows.
    Patients are counted exactly, each once. A run that was broken off goes on where it stopped.
    The exit code is 1 where rows were rejected, however few.

    \b
    remit shift records records/ --out shift
    remit shift records records/ --out shift --engine spark --master spark://host:7077
    remit shift records contacts.csv --out shift --mapping csds
    """
    from remit.shift.records.activity import open_activity
    from remit.shift.records.mapping import load_mapping, mapping_caution
    from remit.shift.records.writing import write_records

    keep_records_apart(files, out, "shift-records")
    declared = load_mapping(mapping) if mapping is not None else None
    with open_activity(files, engine, master=master, memory=memory, mapping=declared) as activity:
        tables, written = write_records(activity, out, output, counting("quarters"))
        _say_shift(tables)
        _say_account(activity)
        rejected = activity.counts.rejected
    if caution := mapping_caution(declared):
        say(caution)
    say(f"Written: {', '.join(map(str, written))}.")
    raise typer.Exit(DONE_WITH_FINDINGS if rejected else DONE)


def _say_shift(tables: ShiftTables) -> None:
    """The finding: which part of the cost is hospital's, in the first and in the last quarter."""
    cells = tables.cells
    quarters = sorted(cells["quarter"].unique().to_list())
    first, last = (_hospital_share(cells, one) for one in (quarters[0], quarters[-1]))
    if first is None or last is None:
        say("There is no cost in the records, and so no share of it.")
    elif len(quarters) == 1:
        say(f"Hospital care is {percent_words(first)} of the cost of {quarters[0]}.")
    else:
        say(
            f"Hospital care is {percent_words(last)} of the cost of {quarters[-1]}; it was "
            f"{percent_words(first)} in {quarters[0]}. That is a share, not a cause: `remit shift "
            "decompose` says what it is made of."
        )


def _hospital_share(cells: pl.DataFrame, quarter: str) -> float | None:
    here = cells.filter(cells["quarter"] == quarter)
    whole = int(here["cost_pence"].sum())
    hospital = int(here.filter(here["setting"] == "hospital")["cost_pence"].sum())
    return hospital / whole if whole else None


def _say_account(activity: Activity) -> None:
    counts = activity.counts
    say(
        f"{count_words(counts.read, 'record', none='0')} read from "
        f"{count_words(len(activity.records.files), 'file')}: {counts.accepted:,} accepted, "
        f"{counts.rejected:,} rejected (see rejections.csv)."
    )
    if equal := activity.equal_records():
        say(
            f"{equal:,} of them {'is' if equal == 1 else 'are'} equal to an earlier one in every "
            f"column; {'it is' if equal == 1 else 'they are'} kept, since two equal contacts may "
            "be real."
        )
    for note in activity.notes:
        say(note)
