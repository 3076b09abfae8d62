"""``remit asks decide``, ``actions``, ``friction`` and ``risk``: what people decide and agree."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from remit.cli.asks_entries import DayOption, day_or_today
from remit.cli.asks_options import (
    DAY,
    DEFAULT_REGISTER,
    FormatOption,
    RegisterOption,
    as_day,
    print_rows,
)


def decide(
    ask_ids: Annotated[list[str] | None, typer.Argument(help="Two asks or more.")] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="They are what is said.")] = False,
    split: Annotated[bool, typer.Option("--split", help="They are distinct.")] = False,
    merge: Annotated[bool, typer.Option("--merge", help="They are one, though not found.")] = False,
    relation: Annotated[
        str, typer.Option("--relation", help="duplicate or overlap.")
    ] = "duplicate",
    by: Annotated[str | None, typer.Option("--by", help="The role of who decides.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Why.")] = None,
    take_back: Annotated[
        int | None, typer.Option("--take-back", metavar="NUMBER", help="Take a decision back.")
    ] = None,
    on: DayOption = None,
    register: RegisterOption = DEFAULT_REGISTER,
    output: FormatOption = "text",
) -> None:
    """Decide whether asks are the same; without asks, list what was decided.

    Decisions outlast every later matching. Of two on the same pair the later holds. As CSV the
    list is what `remit asks match --decisions` reads.

    \b
    remit asks decide A-1 A-2 --confirm
    remit asks decide A-1 A-7 --split --note "other site"
    """
    from remit.asks.register import open_register
    from remit.asks.register.actions import check_role
    from remit.asks.register.decisions import decide as keep
    from remit.asks.register.decisions import decision_numbers, decisions
    from remit.asks.register.decisions import take_back as undo
    from remit.model.errors import AskError

    kinds = [
        n for n, chosen in (("confirm", confirm), ("split", split), ("merge", merge)) if chosen
    ]
    if take_back is not None:
        with open_register(register) as opened:
            typer.echo(f"Decision {undo(opened, take_back)} is taken back.")
        return
    if not ask_ids and not kinds:
        with open_register(register, read_only=True) as opened:
            kept = decisions(opened, everything=True)
            rows = [
                {"number": number} | asdict(decision) | {"ask_ids": " ".join(decision.ask_ids)}
                for number, decision in zip(decision_numbers(opened), kept, strict=True)
            ]
        columns = ("number", "kind", "ask_ids", "relation", "decided_by", "decided_on", "note")
        print_rows(rows, output, columns)
        return
    if len(kinds) != 1:
        raise AskError("give one of --confirm, --split and --merge")
    if by is not None:
        check_role(by)
    with open_register(register) as opened:
        number = keep(
            opened, kinds[0], ask_ids or [], relation=relation, decided_by=by,
            decided_on=day_or_today(on), note=note,
        )  # fmt: skip
    typer.echo(f"Decision {number} is kept: {kinds[0]} {', '.join(ask_ids or [])}.")


actions_app = typer.Typer(
    help="Conversations that led to an action: owner's role, day, and whether it was done.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@actions_app.command("add")
def add_action(
    conversation: Annotated[str, typer.Argument(help="The ask, or the meeting in words.")],
    what: Annotated[str, typer.Option("--what", help="What is to be done.")],
    owner: Annotated[str, typer.Option("--owner", help="The role that owns it, not a name.")],
    due: Annotated[datetime | None, typer.Option("--due", formats=DAY)] = None,
    held: Annotated[
        datetime | None, typer.Option("--held", formats=DAY, help="When the conversation was.")
    ] = None,
    register: RegisterOption = DEFAULT_REGISTER,
) -> None:
    """Keep an action that a conversation led to."""
    from remit.asks.register import add_action as keep
    from remit.asks.register import open_register

    with open_register(register) as opened:
        number = keep(opened, conversation, what, owner, due_on=as_day(due), held_on=as_day(held))
    typer.echo(f"Kept as {number}.")


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
    typer.echo(f"{action_id} is done.")


@actions_app.command("list")
def list_actions(
    on: Annotated[
        datetime | None, typer.Option("--on", formats=DAY, help="As it stood; by default today.")
    ] = None,
    register: RegisterOption = DEFAULT_REGISTER,
    output: FormatOption = "text",
) -> None:
    """List actions, and say how many were done."""
    from remit.asks.register import actions, open_register, summarise

    with open_register(register, read_only=True) as opened:
        found = actions(opened)
    columns = ("action_id", "conversation", "what", "owner", "due_on", "done_on")
    print_rows([asdict(action) for action in found], output, columns)
    summary = summarise(found, day_or_today(on))
    if output == "text" and summary.completion is not None:
        typer.echo(
            f"{summary.conversations} conversations led to {summary.actions} actions; "
            f"{summary.done} are done ({summary.completion:.0%}), {summary.done_in_time} of them "
            f"by the day set; {summary.overdue} are overdue."
        )


friction_app = typer.Typer(
    help="Friction: what, between whom, raised when, settled how and when.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@friction_app.command("add")
def add_friction(
    what: Annotated[str, typer.Argument(help="What the bodies differ about.")],
    between: Annotated[list[str], typer.Option("--between", help="A body; give two or more.")],
    raised: Annotated[
        datetime | None, typer.Option("--raised", formats=DAY, help="By default today.")
    ] = None,
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
        number = keep(opened, what, between, day_or_today(raised), asks or [])
    typer.echo(f"Kept as {number}.")


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
        settle(opened, friction_id, how, day_or_today(on))
    typer.echo(f"{friction_id} is settled.")


@friction_app.command("list")
def list_frictions(
    open_only: Annotated[bool, typer.Option("--open", help="Only those not settled.")] = False,
    register: RegisterOption = DEFAULT_REGISTER,
    output: FormatOption = "text",
) -> None:
    """List frictions, the earliest first."""
    from remit.asks.register import frictions, open_register

    with open_register(register, read_only=True) as opened:
        rows = [asdict(friction) for friction in frictions(opened, open_only=open_only)]
    columns = ("friction_id", "what", "between", "raised_on", "settled_on", "settled_how")
    print_rows(rows, output, columns)
