"""``remit asks decide``, ``actions``, ``friction`` and ``risk``: what people decide and agree."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, TypedDict

import typer

from remit.cli.asks.options import (
    DEFAULT_REGISTER,
    DayOption,
    DryRunOption,
    RaisedOption,
    RegisterOption,
    as_day,
    day_option,
    day_or_today,
    listed_first,
    print_rows,
)
from remit.cli.output import TextCsvOrJson, say
from remit.model.plain_text import cleaned, on_one_line
from remit.words.figures import percent_words

if TYPE_CHECKING:
    from remit.asks import AskRegister


def decide(
    ask_ids: Annotated[list[str] | None, typer.Argument(help="Two asks or more.")] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="They are what is said.")] = False,
    split: Annotated[bool, typer.Option("--split", help="They are distinct.")] = False,
    merge: Annotated[bool, typer.Option("--merge", help="They are one, though not found.")] = False,
    relation: Annotated[
        str, typer.Option("--relation", help="duplicate or overlap.")
    ] = "duplicate",
    answered_by: Annotated[
        str | None,
        typer.Option(
            "--answered-by",
            metavar="PUBLICATION",
            help="A publication of the catalogue answers each of them.",
        ),
    ] = None,
    in_part: Annotated[
        bool, typer.Option("--in-part", help="With --answered-by: something of it stays.")
    ] = False,
    by: Annotated[str | None, typer.Option("--by", help="The role of who decides.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Why.")] = None,
    take_back: Annotated[
        int | None, typer.Option("--take-back", metavar="NUMBER", help="Take a decision back.")
    ] = None,
    dry_run: DryRunOption = False,
    on: DayOption = None,
    register: RegisterOption = DEFAULT_REGISTER,
    output: TextCsvOrJson = "text",
) -> None:
    """Decide whether asks are the same, or what answers them; without asks, list the decisions.

    Decisions outlast every later matching. Of two on the same pair the later holds. As CSV the
    list is what `remit asks match --decisions` reads.

    \b
    remit asks decide A01 A02 --confirm
    remit asks decide A01 A07 --split --note "other site"
    remit asks decide A03 --answered-by ae --by "company secretary"
    """
    from remit.asks.register import open_register
    from remit.asks.register.decisions import take_back as undo
    from remit.model.errors import AskError

    chosen = (("confirm", confirm), ("split", split), ("merge", merge), ("answered", answered_by))
    kinds = [name for name, is_chosen in chosen if is_chosen]
    if take_back is not None:
        with open_register(register) as opened, opened.all_or_nothing(dry_run=dry_run):
            say(f"Decision {undo(opened, take_back)} is taken back{_not_kept(dry_run)}.")
        return
    if not ask_ids and not kinds:
        with open_register(register, read_only=True) as opened:
            _list_decisions(opened, output)
        return
    if len(kinds) != 1:
        raise AskError("give one of --confirm, --split, --merge and --answered-by")
    if in_part and not answered_by:
        raise AskError("--in-part goes with --answered-by")
    said: _Said = {
        "decided_by": by and on_one_line(by),
        "decided_on": day_or_today(on),
        "note": note and cleaned(note),
    }
    with open_register(register) as opened, opened.all_or_nothing(dry_run=dry_run):
        if answered_by:
            _keep_answers(opened, ask_ids or [], (answered_by, in_part), said, dry_run)
        else:
            _keep_pair(opened, (kinds[0], relation), ask_ids or [], said, dry_run)


class _Said(TypedDict):
    """Who decided, when and why."""

    decided_by: str | None
    decided_on: date
    note: str | None


def _keep_pair(
    register: AskRegister, what: tuple[str, str], ask_ids: list[str], said: _Said, dry_run: bool
) -> None:
    from remit.asks.register.decisions import decide as keep

    kind, relation = what
    number = keep(register, kind, ask_ids, relation=relation, **said)
    say(f"Decision {number} is kept: {kind} {', '.join(ask_ids)}{_not_kept(dry_run)}.")


def _keep_answers(
    register: AskRegister, ask_ids: list[str], what: tuple[str, bool], said: _Said, dry_run: bool
) -> None:
    """One decision for each ask, since each has its own words, period and day."""
    from remit.asks.register.decisions import decide_answered
    from remit.model.errors import AskError

    publication, in_part = what
    if not ask_ids:
        raise AskError("name the asks that it answers")
    coverage, how = ("part", " in part") if in_part else ("full", "")
    for ask_id in dict.fromkeys(ask_ids):
        number = decide_answered(register, ask_id, publication, coverage=coverage, **said)
        words = f"{publication} answers {ask_id}{how}"
        say(f"Decision {number} is kept: {words}{_not_kept(dry_run)}.")


def _not_kept(dry_run: bool) -> str:
    return " (--dry-run: nothing is changed)" if dry_run else ""


def _list_decisions(register: AskRegister, output: str) -> None:
    """The decisions; as text, asks that were taken out are marked, since they have no effect."""
    from remit.asks.register.decisions import decision_numbers, decisions

    there = register.statuses()
    rows: list[dict[str, Any]] = []
    kept = decisions(register, everything=True)
    for number, decision in zip(decision_numbers(register), kept, strict=True):
        named = " ".join(decision.ask_ids)
        gone = [ask_id for ask_id in decision.ask_ids if ask_id not in there]
        if gone and output == "text":
            named += f" (not in the register: {' '.join(gone)})"
        row = {"number": number} | asdict(decision) | {"ask_ids": named}
        if decision.kind == "answered":
            row["relation"] = None
        rows.append(row)
    columns = (
        *("number", "kind", "ask_ids", "relation", "decided_by", "decided_on", "note"),
        *("publication", "coverage"),
    )
    print_rows(rows, output, columns)


actions_app = listed_first(
    "Conversations that led to an action: owner's role, day, and whether it was done."
)


@actions_app.command("add")
def add_action(
    conversation: Annotated[
        str, typer.Argument(help="An ask's identifier, or the meeting in words.")
    ],
    what: Annotated[str, typer.Option("--what", help="What is to be done.")],
    owner: Annotated[str, typer.Option("--owner", help="The role that owns it, not a name.")],
    due: Annotated[datetime | None, day_option("--due", "The day by which it is due.")] = None,
    held: Annotated[datetime | None, day_option("--held", "When the conversation was.")] = None,
    register: RegisterOption = DEFAULT_REGISTER,
) -> None:
    """Keep an action that a conversation led to."""
    from remit.asks.register import add_action as keep
    from remit.asks.register import open_register

    with open_register(register) as opened:
        number = keep(
            opened,
            *map(on_one_line, (conversation, what, owner)),
            due_on=as_day(due),
            held_on=as_day(held),
        )
    say(f"Kept as {number}.")


@actions_app.command("done")
def done_action(
    action_id: Annotated[str, typer.Argument(help="Such as ACT-3.")],
    on: DayOption = None,
    register: RegisterOption = DEFAULT_REGISTER,
) -> None:
    """Mark an action as done."""
    from remit.asks.register import done, open_register

    with open_register(register) as opened:
        done(opened, action_id, day_or_today(on))
    say(f"{action_id} is done.")


@actions_app.command("list")
def list_actions(
    on: Annotated[datetime | None, day_option("--on", "As it stood; by default today.")] = None,
    register: RegisterOption = DEFAULT_REGISTER,
    output: TextCsvOrJson = "text",
) -> None:
    """List actions, and say how many were done."""
    from remit.asks.register import actions, open_register, summarise, without_ask

    with open_register(register, read_only=True) as opened:
        found, lost = actions(opened), {one.action_id for one in without_ask(opened)}
    rows = [asdict(action) | {"ask_missing": action.action_id in lost} for action in found]
    if output == "text":
        for row in rows:
            row["conversation"] += " (not in the register)" if row["ask_missing"] else ""
    columns = ("action_id", "conversation", "what", "owner", "due_on", "done_on")
    print_rows(rows, output, columns)
    summary = summarise(found, day_or_today(on))
    if output == "text" and summary.completion is not None:
        say(
            f"{summary.conversations} conversations led to {summary.actions} actions; "
            f"{summary.done} are done ({percent_words(summary.completion)}), "
            f"{summary.done_in_time} of them by the day set; {summary.overdue} are overdue."
        )
    if output == "text" and lost:
        say(f"{len(lost)} of the actions came from asks that are not in the register.")


friction_app = listed_first("Friction: what, between whom, raised when, settled how and when.")


@friction_app.command("add")
def add_friction(
    what: Annotated[str, typer.Argument(help="What the bodies differ about.")],
    between: Annotated[list[str], typer.Option("--between", help="A body; give two or more.")],
    raised: RaisedOption = None,
    asks: Annotated[
        list[str] | None, typer.Option("--ask", help="An ask that it is about.")
    ] = None,
    register: RegisterOption = DEFAULT_REGISTER,
) -> None:
    """Keep a friction between bodies.

    \b
    remit asks friction add "who signs off the recovery plan" --between "NHSE region" --between ICB
    """
    from remit.asks.register import add_friction as keep
    from remit.asks.register import open_register

    with open_register(register) as opened:
        number = keep(
            opened, cleaned(what), list(map(on_one_line, between)), day_or_today(raised), asks or []
        )
    say(f"Kept as {number}.")


@friction_app.command("settle")
def settle_friction(
    friction_id: Annotated[str, typer.Argument(help="Such as FR-2.")],
    how: Annotated[str, typer.Option("--how", help="How it was settled.")],
    on: DayOption = None,
    register: RegisterOption = DEFAULT_REGISTER,
) -> None:
    """Say how and when a friction was settled."""
    from remit.asks.register import open_register, settle

    with open_register(register) as opened:
        settle(opened, friction_id, cleaned(how), day_or_today(on))
    say(f"{friction_id} is settled.")


@friction_app.command("list")
def list_frictions(
    open_only: Annotated[bool, typer.Option("--open", help="Only those not settled.")] = False,
    register: RegisterOption = DEFAULT_REGISTER,
    output: TextCsvOrJson = "text",
) -> None:
    """List frictions, the earliest first."""
    from remit.asks.register import frictions, open_register

    with open_register(register, read_only=True) as opened:
        rows = [asdict(friction) for friction in frictions(opened, open_only=open_only)]
    columns = ("friction_id", "what", "between", "raised_on", "settled_on", "settled_how")
    print_rows(rows, output, columns)
