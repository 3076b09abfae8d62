"""``remit web publish``: a store of figures, put before those who are signed in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from remit.cli.output import say
from remit.cli.web.instances import FolderArgument
from remit.words.sentences import count_words


def publish(
    store: Annotated[
        Path, typer.Argument(metavar="STORE", help="A store that remit ingest keeps.")
    ],
    folder: FolderArgument,
    site: Annotated[
        bool,
        typer.Option(
            "--site/--no-site", help="Make the pages of league tables, organisations and metrics."
        ),
    ] = True,
    report: Annotated[
        list[str] | None,
        typer.Option(
            "--report", help="Also make the report of this organisation; may be repeated."
        ),
    ] = None,
    wait: Annotated[
        float,
        typer.Option("--wait", help="Seconds to wait for an ingest into the store.", min=0),
    ] = 30,
) -> None:
    """Publish a store of figures for an instance, whole or not at all, while people read.

    The store is copied and checked, and only then takes the place of the one before, which is kept
    until the next.

    \b
    remit web publish demo/remit.duckdb demo/web --report ZB1
    """
    from remit.files.extras import need

    need("web", "The pages of remit web")
    from remit.web import open_instance
    from remit.web.figures.publishing import publish as publish_it

    instance = open_instance(folder)
    made = publish_it(
        instance.folder, store, with_site=site, reports=report or (), wait_seconds=wait
    )
    say(
        f"Published {store}: {count_words(made.figures, 'figure')} of "
        f"{count_words(made.files, 'file')}, known until {made.known_until}."
    )
    if site and not made.has_site:
        say("It holds no figures that a framework scores, so there are no league tables.")
    for code in made.reports:
        say(f"The report of {code} is among its pages.")
    if instance.is_demo:
        from remit.cli.web.instances import opened

        opened(folder)
        from remit.web.running.demo_figures import comment_on_figures

        if count := comment_on_figures():
            say(f"Invented people said something: {count_words(count, 'comment')}.")
    say(f"Whoever is signed in sees it now: {folder}, at /figures/")
