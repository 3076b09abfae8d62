"""``remit shift effect``: did those who got a community service use less hospital care."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.options import parse_day
from remit.cli.output import say
from remit.cli.shift.options import (
    CsvOrParquet,
    EngineOption,
    MappingOption,
    MasterOption,
    MemoryOption,
    RecordFiles,
    keep_records_apart,
)

if TYPE_CHECKING:
    from datetime import date

    from remit.shift.effect.result import Effect


def effect(
    files: RecordFiles,
    service: Annotated[str, typer.Option("--service", help="The service, as the records say.")],
    start: Annotated[
        str, typer.Option("--from", help="When entry begins: 2024-04-01, or 2024/25 Q1.")
    ],
    out: Annotated[Path, typer.Option("--out", help="The folder for the answer.")],
    outcome: Annotated[
        str,
        typer.Option("--outcome", help="Of hospital care: bed_days, quantity or cost_pence."),
    ] = "bed_days",
    entry: Annotated[
        int, typer.Option("--entry", help="For how many quarters from that day entry counts.")
    ] = 4,
    engine: EngineOption = "duckdb",
    master: MasterOption = None,
    memory: MemoryOption = None,
    mapping: MappingOption = None,
    output: CsvOrParquet = "csv",
) -> None:
    """Did those who got a community service use less hospital care than people alike without it.

    It needs records of two years before the day and of a year after it. Where something else looks
    like an effect (deaths, a crisis at entry, people who were getting better already, early and
    late entrants who do not agree, a change of recording) there is no answer, but all reasons that
    hold, the surest first; so it is where use rises at entry, since an illness that began then is
    in no record. The exit code is then 1, and where rows were rejected.

    \b
    remit shift effect records/ --service "community nursing" --from 2024-04-01 --out effect
    """
    from remit.shift.effect.opening import AcceptedRecords
    from remit.shift.effect.result import measure_effect
    from remit.shift.effect.writing import write_effect
    from remit.shift.records.activity import open_activity
    from remit.shift.records.mapping import load_mapping

    keep_records_apart(files, out, "shift-effect")
    declared = load_mapping(mapping) if mapping is not None else None
    with open_activity(files, engine, master=master, memory=memory, mapping=declared) as activity:
        source = AcceptedRecords(activity)
        found = measure_effect(source, service, _day(start), outcome=outcome, entry_quarters=entry)
        activity.records.check_unchanged()
        written = write_effect(found, out, output, activity.records.files)
        rejected, notes = activity.counts.rejected, activity.notes
    _say(found, rejected)
    for note in notes:
        say(note)
    say(f"Written: {', '.join(map(str, written))}.")
    raise typer.Exit(DONE_WITH_FINDINGS if rejected or found.refused else DONE)


def _day(text: str) -> date:
    """A day, or the first day of a quarter such as 2024/25 Q1."""
    from remit.model.period import parse_quarter

    if (quarter := parse_quarter(text)) is not None:
        return quarter.start
    day = parse_day(text, "--from")
    assert day is not None  # an option that is demanded
    return day


def _say(found: Effect, rejected: int) -> None:
    from remit.shift.effect.words import caution, estimand, finding

    for said in (finding(found), estimand(found), caution(found)):
        if said:
            say(said)
    if rejected:
        say(f"{rejected:,} records were rejected; `remit shift records` says which, and why.")
