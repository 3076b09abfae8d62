"""``remit web digest``: mail of what waits."""

from __future__ import annotations

from typing import Annotated

import typer

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.cli.web.instances import FolderArgument, opened
from remit.words.sentences import count_words

_WORDS = {
    "sent": "{} sent.",
    "would send": "{} would be sent. Nothing was sent or noted.",
    "failed": "{} not taken by the server.",
    "unknown": "{} of which it is not known whether it went.",
}


def digest(
    folder: FolderArgument,
    to: Annotated[
        str | None, typer.Option("--to", metavar="EMAIL", help="To this account alone.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the mails; send and note nothing.")
    ] = False,
) -> None:
    """Send mail of what waits to each who asked for it; let it run each hour.

    What is told is what each may see at that moment. A mail is sent once. Without EMAIL_URL it
    stands on the console. 1 where the server did not take one.

    \b
    remit web digest demo/web --dry-run
    """
    opened(folder)
    from remit.web.running.digests import send_digests

    run = send_digests(to, dry_run=dry_run)
    for text in run.texts:
        say(text)
    for line in run.told:
        say(line)
    for what, words in _WORDS.items():
        if count := run.counts[what]:
            say(words.format(count_words(count, "mail")))
    quiet = run.counts["nothing"]
    if quiet:
        say(f"Nothing to tell {count_words(quiet, 'person', 'people')}.")
    if not run.counts:
        say("Nobody has asked for mail.")
    elif run.counts.keys() <= {"done", "no role"}:
        say("Nothing is to be sent now.")
    if not run.is_well:
        raise typer.Exit(DONE_WITH_FINDINGS)
