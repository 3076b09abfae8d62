"""``remit deviants``: who does better than those alike for long."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.options import PredecessorsOption, StoreOption, default_store
from remit.cli.output import format_option, say, say_if_sample
from remit.model.errors import PracticeError

if TYPE_CHECKING:
    from remit.files.datapackage import PackageSource
    from remit.practice.deviants.outcomes import Outcomes


def deviants(
    out: Annotated[Path, typer.Option("--out", help="The folder for the tables.")],
    input_file: Annotated[
        Path | None,
        typer.Option(
            "--input",
            help="Figures: code, metric, period, value, numerator, denominator, better.",
        ),
    ] = None,
    store: StoreOption = None,
    metric: Annotated[
        list[str] | None,
        typer.Option(
            "--metric",
            help="With --store: a metric of the catalogue, repeatable; all shares and rates with a "
            "better way if left out.",
        ),
    ] = None,
    years: Annotated[
        int, typer.Option("--years", min=1, help="With --store: how many years, up to the last.")
    ] = 2,
    with_predecessors: PredecessorsOption = False,
    peers: Annotated[
        Path | None,
        typer.Option("--peers", help="Who is alike: peers.csv as `remit peers` writes it."),
    ] = None,
    converse: Annotated[
        bool,
        typer.Option("--converse", help="Also write the last tenth: who may need help."),
    ] = False,
    form: Annotated[str, format_option("csv", "parquet", "json")] = "csv",
) -> None:
    """Find who does better than those alike for long: by probability, never by one quarter's rank.

    Each organisation is drawn towards its peers by as much as chance demands. Writes deviants
    (code, metric, periods, probability, shrunken, raw, lasting), metrics (do they differ beyond
    chance, how much of a lead stays), balance (all metrics together), rejections and run.json.
    With rows rejected the exit code is 1.

    \b
    remit deviants --input quarters.csv --peers peers/peers.csv --out deviants
    remit deviants --store remit.duckdb --metric ae.four-hours --out deviants
    """
    from remit.practice.deviants.outcomes import read_outcomes
    from remit.practice.deviants.peer_groups import read_peer_groups
    from remit.practice.deviants.result import find_deviants
    from remit.practice.deviants.words import HELP, findings
    from remit.practice.deviants.writing import write_deviants
    from remit.words.sentences import count_words

    if input_file is not None and (store is not None or metric):
        raise PracticeError("--store and --metric go without --input")
    outcomes, sources = (
        (read_outcomes(input_file), ())
        if input_file is not None
        else _stored(store, metric, years, with_predecessors)
    )
    groups = read_peer_groups(peers) if peers else None
    found = find_deviants(outcomes, groups, told=peers.name if peers else "")
    for sentence in findings(found):
        say(sentence)
    if converse:
        say(HELP)
    if outcomes.rejections:
        count = count_words(len(outcomes.rejections), "row was", "rows were")
        say(f"{count} not taken in; rejections says which and why.")
    kind = cast(Literal["csv", "parquet", "json"], form)
    written = write_deviants(found, out, kind, converse=converse, sources=sources)
    say(f"Written: {', '.join(map(str, written))}.")
    say_if_sample(outcomes.fictional)
    raise typer.Exit(DONE_WITH_FINDINGS if outcomes.rejections else DONE)


def _stored(
    store: Path | None, metric: list[str] | None, years: int, with_predecessors: bool
) -> tuple[Outcomes, tuple[PackageSource, ...]]:
    from remit.practice.deviants.stored import stored_outcomes

    place = store or default_store()
    return stored_outcomes(place, metric or (), years, with_predecessors=with_predecessors)
