"""``remit asks screen``: the kept words that look like names, and striking them out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asks.options import (
    DEFAULT_REGISTER,
    DryRunOption,
    RegisterOption,
    SendersOption,
    YesOption,
    print_rows,
)
from remit.cli.output import TextCsvOrJson, say
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.asks.register import AskRegister
    from remit.asks.screening.suspects import Suspect, SuspectFinder

_COLUMNS = ("word", "places", "where", "why")


def screen(
    register: RegisterOption = DEFAULT_REGISTER,
    strike: Annotated[
        list[str] | None,
        typer.Option("--strike", help="A word, or several in quotes, to replace by [name]."),
    ] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help="A listed word that is no person: it is listed no more."),
    ] = None,
    senders: SendersOption = None,
    output: TextCsvOrJson = "text",
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """List the kept words that look like names of people, or strike words out for good.

    No list and no rule knows every name: look through the words that are left before you pass
    anything on. What is struck is replaced wherever free text is kept, and is gone from the file.
    What is accepted is kept as it is; a word that comes with a later import is listed.

    \b
    remit asks screen
    remit asks screen --strike Okafor --strike "Kim Bell"
    remit asks screen --accept Preston --accept Larch
    """
    from remit.asks.register import open_register

    changes = bool(strike or accept) and not dry_run
    with open_register(register, read_only=not changes) as opened:
        if accept:
            _accept(opened, accept, dry_run=dry_run)
        if strike:
            _strike(opened, strike, ask=not yes and sys.stdin.isatty(), dry_run=dry_run)
        if strike or accept:
            return
        found = _suspects(opened, senders or [])
    rows = [{name: getattr(one, name) for name in _COLUMNS} for one in found]
    print_rows(rows, output, _COLUMNS)
    if output == "text":
        say(doubt_in_words(len(found)))


def _accept(register: AskRegister, words: list[str], *, dry_run: bool) -> None:
    from remit.asks.register import accept

    named = ", ".join(words)
    if dry_run:
        say(f"Would be accepted as no person: {named}. Nothing was kept.")
        return
    accept(register, words)
    say(f"Accepted as no person: {named}.")


def _strike(register: AskRegister, words: list[str], *, ask: bool, dry_run: bool) -> None:
    from remit.asks.register import kept_words, strike
    from remit.asks.screening.spelling import count_of

    there = sum(count_of(words, text) for _, text in kept_words(register))
    named = ", ".join(words)
    if dry_run:
        say(f"Would be struck: {named}, in some {there} places. Nothing was struck.")
        return
    if ask and not typer.confirm(f"Strike {named} for good, in some {there} places?"):
        say("Nothing was struck.")
        return
    struck = strike(register, words)
    say(f"Struck: {named}, in {count_words(struck, 'place', none='0')}.")


def _suspects(register: AskRegister, senders: list[Path]) -> list[Suspect]:
    from remit.asks.register import kept_words

    return _finder(register, senders).suspects(kept_words(register))


def _finder(register: AskRegister, senders: list[Path]) -> SuspectFinder:
    from remit.asks.intake.personal import Redactor, load_personal
    from remit.asks.register import accepted
    from remit.asks.screening.suspects import SuspectFinder
    from remit.asks.senders import load_senders

    words = load_personal()
    named = [ask.to_org_name or "" for ask in register.asks(include_follow_ups=True)]
    redactor = Redactor(words)
    bodies = {name for name in set(named) if redactor.is_clean_body(name)}
    known = redactor.knowing([*bodies, *load_senders(*senders).names])
    return SuspectFinder(words, known.vocabulary, accepted(register))


def doubt_in_words(count: int) -> str:
    """What is said of kept words that look like names, of a file and of the whole register."""
    if not count:
        return "No kept word looks like a name of a person to Remit; it does not know all names."
    looks, name = (
        ("word looks", "a name of a person") if count == 1 else ("words look", "names of people")
    )
    return (
        f"{count} kept {looks} like {name}; see remit asks screen, strike those that are "
        "with --strike WORD, and accept those that are not with --accept WORD."
    )


def say_unscreened(register: AskRegister) -> None:
    """Say, before something is passed on, that kept words look like names, on standard error."""
    from remit.asks.register import kept_words

    if next(_finder(register, []).each(kept_words(register)), None) is not None:
        say(
            "Some kept words look like names of people: see remit asks screen before you pass "
            "this on.",
            err=True,
        )
