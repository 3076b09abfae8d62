"""``remit assess``: apply a framework and write the result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.assessment.likely.defaults import DEFAULT_REPLICATES, DEFAULT_SEED
from remit.cli.asked import Asked, asking
from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import format_option, say, say_if_sample
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.assessment.result.assessment import Assessment

_NAMED = 5


@asking()
def assess(
    asked: Asked,
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="Keep one: acute, mental_health_community, ambulance or icb."),
    ] = None,
    replicates: Annotated[
        int, typer.Option("--replicates", help="How often the likely ranges are drawn.")
    ] = DEFAULT_REPLICATES,
    seed: Annotated[
        int, typer.Option("--seed", help="The same seed gives the same likely ranges.")
    ] = DEFAULT_SEED,
    no_likely: Annotated[
        bool, typer.Option("--no-likely", help="Leave the likely ranges empty.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="The folder to write to; made if it is missing.")
    ] = None,
    file_format: Annotated[str, format_option("csv", "parquet", "json")] = "csv",
) -> None:
    """Score, average and segment every organisation of a period.

    Writes metric_scores, domain_scores, standing, rejections and run.json. Exit code 1 says that
    rows were rejected or that published and recomputed scores differ.
    """
    from remit.assessment.result.outputs import write

    result = asked.assessed(replicates=None if no_likely else replicates, seed=seed, kind=kind)
    if out is not None:
        write(result, out, file_format)  # type: ignore[arg-type]
    _summarise(result, out)
    if result.rejections or result.differences().height:
        raise typer.Exit(DONE_WITH_FINDINGS)


def _summarise(result: Assessment, out: Path | None) -> None:
    from remit.assessment.likely.coverage import likely_note

    name = f"{result.framework.name}, {result.period.label}, {result.mode} scores"
    say(f"{name}: {count_words(result.standing.height, 'organisation', none='0')}")
    counts = result.standing.group_by("final_segment").len().sort("final_segment")
    for segment, number in counts.iter_rows():
        label = f"Segment {segment}" if segment is not None else "No segment"
        say(f"  {label}: {number}")
    say_if_sample(result.fictional)
    for note in (*result.notes, likely_note(result)):
        if note:
            say(note)
    read = sum(source.rows_read for source in result.sources.values())
    rejected = sum(source.rows_rejected for source in result.sources.values())
    say(f"Rows read {read:,} = accepted {read - rejected:,} + rejected {rejected:,}.")
    _echo_differences(result)
    if out is not None:
        say(f"Written to {out}.")


def _echo_differences(result: Assessment) -> None:
    """The recomputed scores that differ, the first few by name."""
    from remit.words.figures import score_words

    differing = result.differences()
    if differing.is_empty():
        return
    say(
        f"Recomputed scores that differ from the published ones: {differing.height}. See the "
        "difference column of metric_scores."
    )
    for row in differing.head(_NAMED).iter_rows(named=True):
        say(
            f"  {row['org_code']} {row['metric_id']}: recomputed "
            f"{score_words(row['recomputed_score'], result.framework.rounding)}, published "
            f"{score_words(row['published_score'], result.framework.rounding)}"
        )
    if differing.height > _NAMED:
        say(f"  … and {differing.height - _NAMED} more")
