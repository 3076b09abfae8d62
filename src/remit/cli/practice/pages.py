"""``remit practices pages``: peers and deviants as pages to read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.options import StoreOption, default_store
from remit.cli.output import say, say_if_sample
from remit.model.errors import PracticeError

if TYPE_CHECKING:
    from remit.model.peers import PeerMethod
    from remit.pages.practice.practice_view import PracticePages
    from remit.practice.deviants.outcomes import Outcomes
    from remit.practice.peers.result import PeersFound


def pages(
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
    method: Annotated[
        str, typer.Option("--method", help="How peers are found, as for `remit peers`.")
    ] = "trusts-published",
    alike: Annotated[
        Path | None,
        typer.Option("--alike", help="Organisations with characteristics; else the store."),
    ] = None,
    figures: Annotated[
        Path | None,
        typer.Option("--figures", help="How they do, as for `remit deviants`; else the store."),
    ] = None,
    store: StoreOption = None,
    metric: Annotated[
        list[str] | None,
        typer.Option("--metric", help="With a store: a metric of the catalogue, repeatable."),
    ] = None,
) -> None:
    """Build pages: who does better for long, each metric, the peers of each organisation, method.

    The tables stand beside them, as `remit peers` and `remit deviants` write them. Nobody is named
    as worse.

    \b
    remit practices pages --store remit.duckdb --metric ae.four-hours --out practice
    """
    from remit.catalogue.library import load_computed_metrics
    from remit.catalogue.peer_methods import load_peer_method
    from remit.pages.frame.folders import check_folder
    from remit.pages.practice.practice_view import PracticePages
    from remit.practice.deviants.result import find_deviants
    from remit.practice.deviants.words import claim
    from remit.words.sentences import count_words

    check_folder(out)
    if figures is not None and metric:
        raise PracticeError("--metric goes with a store, and not with --figures")
    place = store or default_store()
    found = _peers(alike, place, load_peer_method(method))
    outcomes = _outcomes(figures, place, metric or [])
    groups = {code: [one.peer for one in peers] for code, peers in found.by_code.items()}
    deviants = find_deviants(outcomes, groups, told=found.method.title)
    names = {one.id: one.name for one in load_computed_metrics().values()}
    made = PracticePages(found, deviants, names)
    count = _write(made, out)
    say(claim(deviants))
    say(f"{count_words(count, 'page')} written to {out}; begin with {out / 'index.html'}.")
    say_if_sample(found.fictional or outcomes.fictional)


def _peers(alike: Path | None, store: Path, method: PeerMethod) -> PeersFound:
    from remit.practice.peers.finding import peers_in
    from remit.practice.peers.result import find_peers
    from remit.practice.peers.stored import stored_characteristics

    if alike is not None:
        return peers_in(alike, method)
    return find_peers(stored_characteristics(store, method)[0], method)


def _outcomes(figures: Path | None, store: Path, metrics: list[str]) -> Outcomes:
    from remit.practice.deviants.outcomes import read_outcomes
    from remit.practice.deviants.stored import stored_outcomes

    return read_outcomes(figures) if figures else stored_outcomes(store, metrics)[0]


def _write(made: PracticePages, out: Path) -> int:
    """Write all files into a folder beside, which then takes the place of ``out``."""
    from remit.files.outputs import fresh_folder
    from remit.pages.frame.folders import SiteError, note_files
    from remit.pages.practice.practice_site import write_practice_pages
    from remit.practice.deviants.writing import write_deviants
    from remit.practice.peers.writing import write_peers

    try:
        with fresh_folder(out.resolve()) as fresh:
            count = write_practice_pages(made, fresh)
            write_peers(made.peers, fresh / "peers")
            write_deviants(made.deviants, fresh / "deviants")
            note_files(fresh)
    except OSError as error:
        raise SiteError(f"{out}: the pages cannot be written: {error.strerror or error}") from None
    return count
