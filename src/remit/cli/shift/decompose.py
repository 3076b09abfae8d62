"""``remit shift decompose``: what changed hospital bed days from one quarter to another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.options import check_choice
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
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.shift.decomposition.counted import CountedQuarters
    from remit.shift.decomposition.populations import PeopleRead


def decompose(
    files: RecordFiles,
    populations: Annotated[
        Path,
        typer.Option("--populations", help="People by commissioner, quarter, age and fifth."),
    ],
    first: Annotated[str, typer.Option("--from", help="The earlier quarter: 2023/24 Q1.")],
    last: Annotated[str, typer.Option("--to", help="The later quarter.")],
    out: Annotated[Path, typer.Option("--out", help="The folder for the tables.")],
    need: Annotated[
        str,
        typer.Option(
            "--need",
            help="Where the mean need of a quarter is not 1: rebase, as-given or refuse.",
        ),
    ] = "rebase",
    leave_out: Annotated[
        bool,
        typer.Option(
            "--leave-out",
            help="Leave out commissioners with gaps and activity without people, and say so.",
        ),
    ] = False,
    engine: EngineOption = "duckdb",
    master: MasterOption = None,
    memory: MemoryOption = None,
    mapping: MappingOption = None,
    output: CsvOrParquet = "csv",
) -> None:
    """Part a change in hospital bed days into six factors that sum to it exactly.

    Population, mix of ages and deprivation, need, rate of care, hospital's share of it, and length
    of stay; by commissioner, by deprivation fifth, and for England as their sum. Of a part of
    England that sum is the part's, and --need as-given is right. The exit code is 1 where rows were
    rejected or left out.
    """
    from remit.shift.decomposition.counted import count_quarters, quarters_asked
    from remit.shift.decomposition.decompose import decompose as work_out
    from remit.shift.decomposition.findings import findings
    from remit.shift.decomposition.needs import NEED_CHOICES
    from remit.shift.decomposition.outputs import write_decomposition
    from remit.shift.decomposition.populations import read_people
    from remit.shift.records.activity import open_activity
    from remit.shift.records.mapping import load_mapping, mapping_caution

    check_choice(need, NEED_CHOICES, "--need")
    keep_records_apart(files, out, "shift-decomposition")
    quarters = quarters_asked(first, last)
    people = read_people(populations, quarters, leave_out=leave_out)
    declared = load_mapping(mapping) if mapping is not None else None
    with open_activity(files, engine, master=master, memory=memory, mapping=declared) as activity:
        counted = count_quarters(activity, quarters)
    found = work_out(
        counted.cube, people.table, quarters, months=counted.months, need=need,
        leave_out=leave_out,
    )  # fmt: skip
    written = write_decomposition(
        found, out, cast(Literal["csv", "parquet"], output), rejections=people.rejections,
        sources=[*files, populations],
    )  # fmt: skip
    for sentence in findings(found):
        say(sentence)
    _say_beside(counted, people, mapping_caution(declared))
    say(f"Written: {', '.join(map(str, written))}.")
    odd = counted.rejected or people.rejections or found.left_out or found.unplaced
    raise typer.Exit(DONE_WITH_FINDINGS if odd else DONE)


def _say_beside(counted: CountedQuarters, people: PeopleRead, caution: str) -> None:
    if counted.rejected:
        say(
            f"Rejected, and in no figure: {count_words(counted.rejected, 'record')} of these "
            "quarters, or of none that can be told. `remit shift records` says why."
        )
    if people.rejections:
        say(
            f"{people.file}: {people.rows:,} rows, {people.table.height:,} accepted and "
            f"{len(people.rejections):,} rejected (see rejections.csv)."
        )
    if caution:
        say(caution)
