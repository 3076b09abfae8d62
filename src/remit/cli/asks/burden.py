"""``remit asks burden``: what asks and meetings cost, and today against tomorrow."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asks.options import (
    DEFAULT_REGISTER,
    OnlyToOrgOption,
    RegisterOption,
    as_day,
    day_option,
    print_rows,
)
from remit.cli.output import TextCsvOrJson, say
from remit.words.figures import number_words, percent_words
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.asks import AskRegister, Burden
    from remit.model.ask import AskHorizon

_COLUMNS = ("group", "asks", "known", "hours", "low", "high", "share")
_RANGE = (
    "Hours adds the mean of such asks, low their lower quartile, high their upper quartile. Where "
    "a few long asks lift the mean above the upper quartile, high is the mean: more is possible."
)
_MEETINGS = ("group", "meetings", "hours", "person_hours", "minutes_today", "minutes_tomorrow")


def burden(
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help="body, function, channel, month, recipient, horizon, aim, month-horizon, or "
            "meetings.",
        ),
    ] = "body",
    register: RegisterOption = DEFAULT_REGISTER,
    to_org: OnlyToOrgOption = None,
    first: Annotated[
        datetime | None, day_option("--from", "The first day that counts, included.")
    ] = None,
    last: Annotated[
        datetime | None, day_option("--to", "The last day that counts, included.")
    ] = None,
    assumptions: Annotated[
        Path | None,
        typer.Option("--burden", help="A YAML file of assumed hours in place of Remit's own."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write all tables into this folder as well.")
    ] = None,
    output: TextCsvOrJson = "text",
) -> None:
    """Add up the hours of asks and of oversight meetings.

    Asks without hours are estimated from the register's own asks like them, with a low and a high
    figure; where too few are known, from declared assumptions.
    """
    from remit.asks import load_burden, open_register
    from remit.asks.burden import burden as work_out
    from remit.asks.burden import write_burden
    from remit.cli.options import check_choice

    check_choice(by, (*_groupings(), "meetings"), "--by")
    with open_register(register, read_only=True) as opened:
        found = work_out(
            opened, to_org=to_org, first=as_day(first), last=as_day(last),
            horizons=_horizons(opened), declaration=load_burden(assumptions),
        )  # fmt: skip
    if by == "meetings":
        print_rows([asdict(line) for line in found.meetings], output, ("by", *_MEETINGS))
    else:
        print_rows([asdict(line) for line in found.by(by)], output, _COLUMNS)
    if output == "text":
        _print_sums(found)
    if out is not None:
        say(f"Written: {', '.join(map(str, write_burden(found, out)))}.", err=True)


def _groupings() -> tuple[str, ...]:
    from remit.asks.burden.burden import BY

    return BY


def _horizons(register: AskRegister) -> dict[str, AskHorizon]:
    from remit.asks.matching.frames import make_frames
    from remit.asks.matching.horizon import horizons

    return {found.ask_id: found for found in horizons(make_frames(register.asks()))}


def _print_sums(found: Burden) -> None:
    whole, low, high = (number_words(n, 0) for n in (found.hours, found.low, found.high))
    say(f"{count_words(found.asks, 'ask', none='0')}: {whole} hours, from {low} to {high}.")
    met = next((line for line in found.meetings if line.by == "all"), None)
    if met is not None:
        every = (met.hours, met.person_hours, met.own_person_hours)
        hours, people, own = (number_words(n, 1) for n in every)
        say(
            f"{count_words(met.meetings, 'oversight meeting')}: {hours} hours, {people} "
            f"person-hours, of which {own} of the organisation's own people."
        )
    for line in found.balance:
        both = f", {percent_words(line.both)} both" if line.both else ""
        say(
            f"Today and tomorrow, {line.measure}: {percent_words(line.today)} today, "
            f"{percent_words(line.tomorrow)} tomorrow{both} "
            f"(of {number_words(line.placed, 0)} {line.unit})."
        )
    for basis in found.basis:
        rests = f"on {basis.known} known" if basis.known else "an assumption"
        say(
            f"Estimated: {count_words(basis.asks, 'ask')} by {basis.kind}, {basis.low:g} to "
            f"{basis.high:.3g} hours each, {rests}."
        )
    for note in found.notes:
        say(f"{note[0].upper()}{note[1:]}.")
    if found.basis:
        say(_RANGE)
