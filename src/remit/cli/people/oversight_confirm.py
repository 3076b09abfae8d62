"""Keep in the register what a person confirmed of a plan, or take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from remit.cli.output import say
from remit.model.plain_text import cleaned, on_one_line
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.asks import AskRegister
    from remit.oversight import PlannedAsk
    from remit.oversight.confirming import Confirmation

_DRY = "This was a dry run: nothing was kept."


def keep(
    path: Path,
    found: Sequence[PlannedAsk],
    said: tuple[str | None, str | None],
    *,
    dry_run: bool,
) -> None:
    """Keep the decisions that make proposals hold, all or none.

    Parameters
    ----------
    path
        The register.
    found
        The asks whose proposals are confirmed.
    said
        The role of who decides, and why.
    dry_run
        Whether only to say what would be kept.

    Examples
    --------
    ``keep(Path("asks.sqlite"), found, ("company secretary", None), dry_run=True)``
    """
    from remit.asks import open_register
    from remit.oversight.confirming import confirmations

    wanted = list(confirmations(found))
    with open_register(path) as register, register.all_or_nothing(dry_run=dry_run):
        for one in wanted:
            say(f"Decision {_decide(register, one, said)}: {one.says}.")
    if already := len(found) - len(wanted):
        verb = "is" if already == 1 else "are"
        say(f"{count_words(already, 'proposal')} {verb} confirmed already.")
    say(_DRY if dry_run else f"{count_words(len(wanted), 'proposal', none='0')} confirmed.")


def _decide(register: AskRegister, one: Confirmation, said: tuple[str | None, str | None]) -> int:
    from remit.asks.register import decide, decide_answered

    by, note = said
    role, why, today = by and on_one_line(by), note and cleaned(note), date.today()
    if one.publication:
        return decide_answered(
            register, one.ask_id, one.publication, coverage=one.coverage,
            decided_by=role, decided_on=today, note=why,
        )  # fmt: skip
    named = (one.ask_id, one.other)
    return decide(register, "confirm", named, decided_by=role, decided_on=today, note=why)


def undo(path: Path, found: Sequence[PlannedAsk], *, dry_run: bool) -> None:
    """Take back the decisions on which what is confirmed rests, all or none."""
    from remit.asks import open_register
    from remit.asks.register import take_back
    from remit.asks.register.decisions import decision_numbers, decisions
    from remit.oversight.confirming import resting_on

    with open_register(path) as register, register.all_or_nothing(dry_run=dry_run):
        kept = decisions(register, everything=True)
        bearing = resting_on(found, zip(decision_numbers(register), kept, strict=True))
        for number in sorted({number for number, _ in bearing}):
            take_back(register, number)
            asks = ", ".join(one.ask.ask_id for of, one in bearing if of == number)
            say(f"Decision {number} is taken back ({asks}).")
    if not bearing:
        say("None of these is confirmed; there is nothing to take back.")
    elif dry_run:
        say(_DRY)
