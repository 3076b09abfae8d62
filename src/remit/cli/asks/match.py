"""``remit asks match``: duplicates, overlaps, answers and horizon of a plain file of asks."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asks.options import CatalogueOption, GlossaryOption, brought
from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.model.ask import AnswerState
from remit.model.learnt import NOTHING_LEARNT, Learnt
from remit.words.sentences import count_words

_MANY = 20_000
"""From so many asks on it pays to read them in several processes."""

if TYPE_CHECKING:
    from remit.asks.matching import AsksRead, MatchedAsks
    from remit.asks.matching.figures import ReadyAnswer


def match(
    asks: Annotated[
        Path, typer.Argument(help="CSV of asks; docs/asks-matching.md has its columns.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")],
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", help="CSV of what people decided: confirm, split or merge."),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(
            "--store",
            help="A store made by `remit ingest`: published figures that answer asks are written "
            "to answers.csv, ready to send, with their period and files.",
        ),
    ] = None,
    register: Annotated[
        Path | None,
        typer.Option(
            "--register", help="A register of asks: what it has learnt from decisions is used."
        ),
    ] = None,
    catalogue: CatalogueOption = None,
    glossary: GlossaryOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what was found, and write nothing.")
    ] = False,
) -> None:
    """Find asks that want the same thing, and asks that a publication answers.

    Writes pairs.csv, unsure.csv, clusters.csv, series.csv, answered.csv, horizon.csv and
    rejections.csv.
    Two asks are duplicates where they want the same of the same organisation for the same period,
    and overlap where one answer would largely serve both.
    """
    from remit.asks.matching import match as match_asks
    from remit.asks.matching import read_asks, read_decisions, write_matched

    read = read_asks(asks)
    with brought(catalogue, glossary):
        decided = read_decisions(decisions) if decisions else ()
        learnt = _learnt(register) if register else NOTHING_LEARNT
        many = len(read.asks)
        found = match_asks(read.asks, decided, _workers(many), _teller(many), learnt)
        _say(read, found)
        ready = _ready(read, found, store) if store else None
    if dry_run:
        say("Nothing was written (--dry-run).")
    else:
        names = write_matched(found, read.rejections, out, ready, asks.name)
        say(f"Written to {out}: {', '.join(names)}.")
    if read.rejections:
        raise typer.Exit(DONE_WITH_FINDINGS)


def _learnt(register: Path) -> Learnt:
    """What a register has learnt from decisions, and a line on it."""
    from remit.asks import open_register
    from remit.asks.register import learnt_of
    from remit.files.reading import is_there
    from remit.model.errors import AskError

    if not is_there(register):
        raise AskError(f"{register}: there is no register of asks")
    with open_register(register, read_only=True) as opened:
        found = learnt_of(opened)
    names = sum(map(len, found.names.values()))
    refitted = sum(value is not None for value in astuple(found)[1:])
    say(
        f"Learnt by {register}: {count_words(names, 'spoken name')} and "
        f"{count_words(refitted, 'threshold')}."
    )
    return found


def _ready(read: AsksRead, found: MatchedAsks, path: Path) -> list[ReadyAnswer]:
    """The published figures for asks, and a line on how many asks have one."""
    from remit.asks.matching import answering_measures, answers
    from remit.store import Store

    # The store is given back before asks are read: whoever writes waits for a query only.
    with Store.open(path, read_only=True) as opened:
        held = opened.snapshot(answering_measures(), groups=lambda _: False)
    ready = answers(read.asks, held, found.answers)
    given = {one.ask_id for one in ready if one.value is not None}
    say(f"Figures ready to send: for {len(given)} of {len({one.ask_id for one in ready})} asks.")
    return ready


def _workers(asks: int) -> int:
    return min(4, os.cpu_count() or 1) if asks >= _MANY else 1


def _teller(asks: int) -> Callable[[str], None]:
    """Says what is done next, where it takes long enough to be asked for."""
    return (lambda said: say(said, err=True)) if asks >= _MANY else (lambda _: None)


def _say(read: AsksRead, found: MatchedAsks) -> None:
    rows = len(read.asks) + len(read.rejections)
    say(f"Rows read: {rows}. Accepted {len(read.asks)}, rejected {len(read.rejections)}.")
    for one in read.rejections[:5]:
        say(f"  line {one.line}, {one.column}: {one.reason} (found {one.value!r})")
    if len(read.rejections) > 5:
        say(f"  and {len(read.rejections) - 5} more; see rejections.csv")
    states = [one.state for one in found.answers if one.rank == 1]
    duplicates = sum(pair.relation == "duplicate" for pair in found.pairs)
    tomorrow = sum(one.horizon != "today" for one in found.horizons)
    say(
        f"Pairs: {duplicates} duplicate, {len(found.pairs) - duplicates} overlap. "
        f"Clusters: {len(found.clusters)}. Series: {len(found.series)}."
    )
    if found.close:
        say(f"Unsure which: {count_words(len(found.close), 'pair')}; see unsure.csv.")
    say(
        f"A publication surely answers {states.count(AnswerState.SURE)} asks, and perhaps "
        f"{states.count(AnswerState.PERHAPS)}: look at answered.csv before you rely on either. "
        f"Serve tomorrow, or both: {tomorrow} of {len(found.horizons)}."
    )
