"""``remit peers``: who is alike, and how firmly."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.options import StoreOption, default_store
from remit.cli.output import format_option, say, say_if_sample
from remit.model.errors import PracticeError

if TYPE_CHECKING:
    from remit.files.datapackage import PackageSource
    from remit.practice.peers.result import PeersFound


def peers(
    out: Annotated[Path, typer.Option("--out", help="The folder for the tables.")],
    method: Annotated[
        str,
        typer.Option(
            "--method",
            help="similar-10, trust-peer-finder-as-coded, trust-peer-finder-as-named, "
            "ons-neighbours, trusts-published (with --store), or a YAML file of your own.",
        ),
    ],
    input_file: Annotated[
        Path | None,
        typer.Option("--input", help="Organisations with characteristics: CSV or a workbook."),
    ] = None,
    store: StoreOption = None,
    of: Annotated[
        list[str] | None,
        typer.Option("--of", help="Say the peers of this organisation; repeatable."),
    ] = None,
    no_outcomes: Annotated[
        bool,
        typer.Option(
            "--no-outcomes",
            help="Leave out characteristics that tell how an organisation does.",
        ),
    ] = False,
    form: Annotated[str, format_option("csv", "parquet", "json")] = "csv",
) -> None:
    """Find the peers of every organisation by a declared method, and how firmly each is one.

    Writes peers (code, rank, peer, distance, stability, mutual), likeness (in what the two are
    alike), beside (what the method beside finds), rejections and run.json. Stability is the share
    of draws of other weights in which a peer stays one. With rows or cells rejected the exit code
    is 1.

    \b
    remit peers --method similar-10 --input groups.xlsx --out peers
    remit peers --method ours.yaml --input trusts.csv --of ZA1 --out peers
    remit peers --method trusts-published --store remit.duckdb --out peers
    """
    from remit.catalogue.peer_methods import load_peer_method
    from remit.practice.peers.finding import beside_of, peers_in, without_outcomes
    from remit.practice.peers.result import find_peers
    from remit.practice.peers.stored import stored_characteristics
    from remit.practice.peers.words import findings
    from remit.practice.peers.writing import write_peers

    declared = load_peer_method(method)
    declared = without_outcomes(declared) if no_outcomes else declared
    sources: tuple[PackageSource, ...] = ()
    if input_file is None:
        held, sources = stored_characteristics(store or default_store(), declared)
        found = find_peers(held, declared)
        beside = None
    elif store is not None:
        raise PracticeError("give --input or --store, not both")
    else:
        found = peers_in(input_file, declared)
        beside = beside_of(found, input_file, outcomes=not no_outcomes)
    kind = cast(Literal["csv", "parquet", "json"], form)
    for code in of or ():
        _say_peers(found, code.strip().upper())
    for sentence in findings(found, beside):
        say(sentence)
    _say_rejections(found)
    written = write_peers(found, out, kind, beside=beside, sources=sources)
    say(f"Written: {', '.join(map(str, written))}.")
    say_if_sample(found.fictional)
    raise typer.Exit(DONE_WITH_FINDINGS if found.rejections else DONE)


def _say_peers(found: PeersFound, code: str) -> None:
    from remit.cli.tables import Grid
    from remit.model.errors import UnknownCode
    from remit.practice.peers.likeness import likeness_sentence
    from remit.practice.peers.words import distance_words, peer_line
    from remit.words.nearest import did_you_mean

    if code not in found.by_code:
        near = did_you_mean(code, found.by_code)
        raise UnknownCode(f"there is no organisation {code!r} in {found.source}.{near}")
    grid = Grid("Rank", "Peer", "Distance", "How firm")
    for one in found.by_code[code]:
        name = f"{one.peer} {found.names.get(one.peer, '')}".strip()
        firm = peer_line(one.stability, one.mutual)
        grid.row(one.rank, name, distance_words(one.distance), firm)
    say(f"Peers of {code}:")
    grid.show()
    if found.held is not None:
        say(likeness_sentence(found, code, found.by_code[code][0].peer))


def _say_rejections(found: PeersFound) -> None:
    from remit.words.sentences import count_words

    if found.rejections:
        count = count_words(len(found.rejections), "row or cell was", "rows or cells were")
        say(f"{count} not taken in; rejections says which and why.")
