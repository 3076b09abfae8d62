"""``remit asks forget`` and ``carry-over``: what is kept no longer, and what comes along."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asks.options import (
    DEFAULT_REGISTER,
    DryRunOption,
    RegisterOption,
    YesOption,
    is_confirmed,
    print_rows,
)
from remit.cli.output import say

if TYPE_CHECKING:
    from remit.asks.register.forgetting import Forgotten

_SHOWN = 12


def forget(
    older_than: Annotated[
        str, typer.Option("--older-than", help="2y, 18m, 90d, or the first day that is kept.")
    ],
    register: RegisterOption = DEFAULT_REGISTER,
    also_open: Annotated[
        bool,
        typer.Option("--also-open", help="Also asks that are open, with what hangs on them."),
    ] = False,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Forget what is older than it has to be kept, for good.

    Asks go by their receipt, meetings by their day, rejected rows and empty imports by their
    import, actions, frictions and risks by the day on which they were done, settled or closed. What
    names an ask that goes, goes with it or loses the name. An ask that is open, or on which
    something open hangs, stays and is named, unless --also-open is given.

    \b
    remit asks forget --older-than 2y --dry-run
    remit asks forget --older-than 2024-04-01 --also-open
    """
    from remit.asks.register import forget as forget_all
    from remit.asks.register import open_register
    from remit.asks.register.forgetting import first_day_kept

    day = first_day_kept(older_than, datetime.now().date())
    with open_register(register) as opened:
        found = forget_all(opened, day, also_open=also_open, dry_run=True)
        told = f"To be forgotten, before {day}: {found.in_words}."
        if not is_confirmed(told, "Forget it for good?", unasked=dry_run or yes):
            say("Nothing was forgotten.")
            return
        if not dry_run:
            found = forget_all(opened, day, also_open=also_open)
    would = "Would be forgotten" if dry_run else "Forgotten"
    say(f"{would}, before {day}: {found.in_words}.")
    _say_open(found)


def _say_open(found: Forgotten) -> None:
    if not found.still_open:
        return
    named = ", ".join(found.still_open[:_SHOWN])
    more = len(found.still_open) - _SHOWN
    say(
        f"{len(found.still_open)} as old stay, since they are open or something open hangs on "
        f"them: {named}{f', and {more} more' if more > 0 else ''}. Close them, or give --also-open."
    )


def backup(
    file: Annotated[Path, typer.Argument(help="The new file for the copy; never replaced.")],
    register: RegisterOption = DEFAULT_REGISTER,
) -> None:
    """Write a copy of the register to a new file; others may go on using it meanwhile.

    The copy is a register as it stood at one moment, without a log beside it. Keep it with the same
    care, and let it end: what is struck, removed or forgotten later stays in it.

    \b
    remit asks backup asks-2026-01-31.sqlite
    """
    from remit.asks.register import open_register

    with open_register(register, read_only=True) as opened:
        opened.copy_to(file)
    say(f"Written to {file}: a copy of {register}.")


def carry_over(
    old: Annotated[Path, typer.Argument(help="The register of an earlier Remit: asks.duckdb.")],
    register: RegisterOption = DEFAULT_REGISTER,
    keep_text: Annotated[
        bool,
        typer.Option("--keep-text", help="Keep screened texts whole, not as words and facets."),
    ] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Carry a register of an earlier Remit (a DuckDB file) over into a new one.

    Every row is copied, read back and held against the old one; at one difference nothing is kept.
    The old file is only read, and stays: delete it when you no longer need it, for it holds more
    than the new one does. Screening has become stricter since: look through what came along.

    \b
    remit asks carry-over asks.duckdb --register asks.sqlite
    """
    from remit.asks.register.carry_over import carry_over as carry

    found = carry(old, register, keep_text=keep_text, dry_run=dry_run)
    rows = [
        {"table": name.replace("_", " "), "rows": count, "read back": "the same"}
        for name, count in found.rows.items()
    ]
    print_rows(rows, "text", ("table", "rows", "read back"))
    if found.follow_ups:
        say(
            f"Of the asks, {found.follow_ups} chase an earlier one: remit asks list shows them "
            "with --follow-ups only."
        )
    say(
        "This was a dry run: nothing was kept."
        if dry_run
        else f"Carried over into {register}; "
        f"{old} is as it was. It holds texts that the new register does not: delete it when you "
        "no longer need it."
    )
