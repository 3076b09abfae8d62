"""``remit asks add``, ``list``, ``show``, ``edit``, ``close`` and ``remove``: asks one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.asks.options import (
    DEFAULT_REGISTER,
    DayOption,
    DryRunOption,
    RegisterOption,
    SendersOption,
    YesOption,
    as_day,
    day_option,
    day_or_today,
    is_confirmed,
    print_rows,
    say_hanging,
)
from remit.cli.output import TextCsvOrJson, say
from remit.model.plain_text import cleaned, on_one_line
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.asks.intake.candidate import Candidate
    from remit.asks.intake.tables import Reduction
    from remit.model.ask import Ask

AskArgument = Annotated[str, typer.Argument(help="The ask's identifier; see `remit asks list`.")]
KeepTypedOption = Annotated[
    bool, typer.Option("--keep-text", help="Keep the text as typed, not only its words.")
]
_LISTED = ("ask_id", "received_on", "due_on", "from_body", "to_org_code", "status", "title")
UNKNOWN_BODY = "unknown"
_WHY_SCREENED = "names, numbers and addresses of people are not kept"
_WHY_OTHERWISE = {
    "from_body": "it is shaped like a person's name or address, and no declaration knows it as a "
    "body (see --senders of import and add)",
    "from_team": "it is shaped like a person's name or address",
}
_OF_CHANGE = ("field", "before", "after", "changed_at")


def add(
    title: Annotated[str, typer.Option("--title", help="What is asked, in a few words.")],
    from_body: Annotated[str, typer.Option("--from-body", help="Who asks: a body, or an address.")],
    to_org: Annotated[str, typer.Option("--to-org", help="Who is asked: a code, such as RYJ.")],
    text: Annotated[str, typer.Option("--text", help="What is asked, in full.")] = "",
    from_team: Annotated[
        str | None, typer.Option("--from-team", help="Which of its teams.")
    ] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", help="email, call, meeting, letter, portal return …")
    ] = None,
    received: Annotated[datetime | None, day_option("--received", "By default today.")] = None,
    due: Annotated[datetime | None, day_option("--due", "The day by which it is due.")] = None,
    period_from: Annotated[
        datetime | None, day_option("--period-from", "The first day of the period asked about.")
    ] = None,
    period_to: Annotated[
        datetime | None, day_option("--period-to", "The last day of that period.")
    ] = None,
    frequency: Annotated[
        str | None, typer.Option("--frequency", help="once, weekly, monthly, quarterly, annual.")
    ] = None,
    hours: Annotated[
        float | None, typer.Option("--hours", min=0, help="How many hours the answer takes.")
    ] = None,
    ask_id: Annotated[str | None, typer.Option("--id", help="By default made up.")] = None,
    keep_text: KeepTypedOption = False,
    register: RegisterOption = DEFAULT_REGISTER,
    senders: SendersOption = None,
) -> None:
    """Enter one ask by hand.

    \b
    remit asks add --title "May sickness rate" --from-body "NHSE region" --to-org ZA1 --hours 2
    """
    from remit.asks.intake.tables import kept_body, kept_team
    from remit.asks.register import open_register

    reduction = _reduction(senders or [], keep_text=keep_text)
    title, text, from_body = on_one_line(title), cleaned(text), on_one_line(from_body)
    candidate = _candidate(
        {
            "ask_id": ask_id,
            "title": title,
            "text": text,
            "from_body": kept_body(from_body, (title, text), reduction),
            "from_team": kept_team(from_team or "", reduction),
            "channel": channel,
            "to_org_code": to_org.strip().upper(),
            "received_on": day_or_today(received),
            "due_on": as_day(due),
            "period_from": as_day(period_from),
            "period_to": as_day(period_to),
            "frequency": frequency,
            "hours_estimate": hours,
        },
        reduction,
    )
    with open_register(register) as opened:
        number = opened.add(candidate)
    say(f"Entered as {number}: {candidate.title}, from {candidate.from_body}.")


def _reduction(senders: Sequence[Path] = (), *, keep_text: bool = False) -> Reduction:
    from remit.asks.intake.personal import Redactor, load_personal
    from remit.asks.intake.tables import Reduction
    from remit.asks.senders import load_senders

    return Reduction(load_senders(*senders), Redactor(load_personal()), keep_text=keep_text)


def _candidate(values: dict[str, Any], reduction: Reduction) -> Candidate:
    from remit.asks.intake.candidate import Candidate
    from remit.asks.register.register import check_days

    check_days(values, values)
    clean = {name: reduction.redactor.redact(values[name]).text for name in ("title", "text")}
    words = "\x1f".join(str(value) for value in values.values())
    key = f"typed:{hashlib.sha256(words.encode()).hexdigest()[:24]}"
    original = values["text"] if reduction.keep_text else None
    kept = values | clean | {"ask_id": values["ask_id"] or ""}
    return Candidate(**kept, key=key, place=0, original=original)


def list_(
    register: RegisterOption = DEFAULT_REGISTER,
    to_org: Annotated[str | None, typer.Option("--to-org", help="Only of this recipient.")] = None,
    body: Annotated[str | None, typer.Option("--from-body", help="Only from this body.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="open or closed.")] = None,
    follow_ups: Annotated[
        bool, typer.Option("--follow-ups", help="Also messages that chase an earlier one.")
    ] = False,
    with_facets: Annotated[
        bool,
        typer.Option("--with-facets", help="Also what matching has read from each text, as JSON."),
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write to this new file, not to the screen.")
    ] = None,
    output: TextCsvOrJson = "text",
) -> None:
    """List the asks of the register, in order of receipt.

    As CSV it has the columns that `remit asks match` reads. `text` holds the screened words of a
    text in order of the alphabet, unless it was kept whole.

    \b
    remit asks list --format csv --out asks.csv
    """
    from remit.asks.register import open_register
    from remit.cli.asks.screen import say_unscreened
    from remit.cli.options import check_choice

    if status is not None:
        check_choice(status, ("open", "closed"), "--status")
    with open_register(register, read_only=True) as opened:
        states = opened.statuses()
        found = opened.asks(to_org=to_org, include_follow_ups=follow_ups)
        there = opened.recipients() if to_org and not found else set()
        if output != "text":
            say_unscreened(opened)
    rows = [
        _listed(ask, states[ask.ask_id], with_facets=with_facets)
        for ask in found
        if (body is None or ask.from_body.lower() == body.lower())
        and (status is None or states[ask.ask_id] == status)
    ]
    columns = _LISTED if output == "text" else (*_columns(with_facets=with_facets), "status")
    print_rows(rows, output, columns, out)
    if to_org and not rows:
        _say_who_is_asked(there, to_org)
    if output == "text":
        say(f"{count_words(len(rows), 'ask', none='0')}.")


def _listed(ask: Ask, status: str, *, with_facets: bool) -> dict[str, Any]:
    values = asdict(ask)
    return {name: values[name] for name in _columns(with_facets=with_facets)} | {"status": status}


def _columns(*, with_facets: bool) -> list[str]:
    from remit.model.ask import Ask

    return [one.name for one in fields(Ask) if with_facets or one.name != "facets"]


def _say_who_is_asked(there: set[str], to_org: str) -> None:
    """Where nobody of a code is asked anything: who is."""
    if to_org.upper() not in there:
        named = ", ".join(sorted(there)) or "nobody"
        say(f"No ask is to {to_org}; those of the register are to {named}.", err=True)


def show(
    ask_id: AskArgument, register: RegisterOption = DEFAULT_REGISTER, output: TextCsvOrJson = "text"
) -> None:
    """Show one ask with its state, its source and what was changed of it.

    As JSON and CSV the column `changes` lists what was changed, oldest first.
    """
    from remit.asks.register import open_register

    with open_register(register, read_only=True) as opened:
        found = opened.get(ask_id)
        changes = opened.changes(ask_id)
    values = asdict(found)
    row = values.pop("ask") | values
    if output != "text":
        print_rows([row | {"changes": _as_data(changes, output)}], output, list(row))
        return
    for name, value in row.items():
        if name != "facets" and value not in (None, "", False, 0):
            say(f"{name.replace('_', ' ')}: {value}")
    for change in changes:
        say(_in_words(*change))


def _as_data(changes: list[tuple[Any, ...]], output: str) -> Any:
    """The history, oldest first: as JSON one object a change, in a cell of CSV in words."""
    if output == "json":
        return [dict(zip(_OF_CHANGE, change, strict=True)) for change in changes]
    return [_in_words(*change) for change in changes]


def _in_words(name: str, before: str | None, after: str | None, at: datetime) -> str:
    return f"changed {at:%Y-%m-%d}: {name}, from {before or 'blank'} to {after or 'blank'}"


def edit(
    ask_id: AskArgument,
    changes: Annotated[
        list[str], typer.Argument(help="FIELD=value, such as hours_estimate=3; blank clears.")
    ],
    register: RegisterOption = DEFAULT_REGISTER,
) -> None:
    """Change fields of an ask; what stood there before is kept.

    Where names, numbers or addresses are taken out of what you write, it is said what is kept.

    \b
    remit asks edit A03 hours_estimate=4 due_on=2026-01-20
    """
    from remit.asks.register import open_register

    values = dict(_change(text) for text in changes)
    with open_register(register) as opened, opened.all_or_nothing():
        opened.edit(ask_id, values)
        kept = asdict(opened.get(ask_id).ask) | {n: values[n] for n in ("text",) if n in values}
    said = [_as_kept(name, written, kept[name]) for name, _, written in map(_parted, changes)]
    say(f"Changed {ask_id}: {'; '.join(said)}.")


def _parted(change: str) -> tuple[str, str, str]:
    name, sign, written = change.partition("=")
    return name, sign, cleaned(written) if name == "text" else on_one_line(written)


def _as_kept(name: str, written: str, kept: Any) -> str:
    """The name of a field and, where something else was kept than was written, what and why."""
    same = kept == written or (kept is None and not written)
    if same or not isinstance(kept, str | None):
        return name
    why = _WHY_OTHERWISE.get(name, _WHY_SCREENED)
    if name == "from_body" and kept != UNKNOWN_BODY:
        why = "the declarations of senders know it by that name"
    return f"{name} is now {'blank' if kept is None else repr(kept)}, since {why}"


def _change(text: str) -> tuple[str, Any]:
    from remit.asks.intake.tables import kept_body, kept_team
    from remit.asks.intake.typed_days import day
    from remit.asks.intake.typed_hours import hours
    from remit.model.errors import AskError

    name, sign, value = _parted(text)
    if not sign:
        raise AskError(f"write FIELD=value; got {text!r}")
    try:
        if name in {"received_on", "due_on", "period_from", "period_to"}:
            return name, day(value).day
        if name == "hours_estimate":
            return name, hours(value).hours
    except ValueError as error:
        raise AskError(f"{name}: {value!r} is {error}") from None
    if name in {"title", "text"}:
        return name, _reduction().redactor.redact(value).text
    if name == "from_body":
        return name, kept_body(value, ("", ""), _reduction())
    if name == "from_team":
        return name, kept_team(value, _reduction())
    return name, value or None


def close(
    ask_id: AskArgument,
    answer: Annotated[
        str | None, typer.Option("--answer", help="What was answered, or why it ended.")
    ] = None,
    on: DayOption = None,
    reopen: Annotated[bool, typer.Option("--reopen", help="Take back that it was closed.")] = False,
    register: RegisterOption = DEFAULT_REGISTER,
) -> None:
    """Mark an ask as answered or ended."""
    from remit.asks.register import open_register

    with open_register(register) as opened, opened.all_or_nothing():
        if reopen:
            opened.reopen(ask_id)
        else:
            opened.close_ask(ask_id, day_or_today(on), answer and cleaned(answer))
    say(f"{ask_id} is {'open again' if reopen else 'closed'}.")


def remove(
    ask_id: AskArgument,
    register: RegisterOption = DEFAULT_REGISTER,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Take an ask out for good. To end one that was answered, use close.

    On a terminal you are asked first; --dry-run only says what would be done.
    """
    from remit.asks.register import hanging_on, open_register

    with open_register(register) as opened:
        title = opened.get(ask_id).ask.title
        left = hanging_on(opened, [ask_id])
        told, asked = f"To be taken out: {ask_id}, {title}.", "Take it out for good?"
        if not is_confirmed(told, asked, unasked=dry_run or yes, left=left):
            say("Nothing was taken out.")
            return
        if not dry_run:
            opened.remove(ask_id)
    say(f"{'Would be taken out' if dry_run else 'Taken out'}: {ask_id}, {title}.")
    say_hanging(left, dry_run=dry_run)
