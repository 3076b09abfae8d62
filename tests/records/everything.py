"""Whatever a command may read in a register, and whatever it may change."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from remit.asks import AskRegister, RiskShare, actions, decisions, frictions, risks
from remit.asks.register import (
    accept,
    accepted,
    add_action,
    add_friction,
    add_risk,
    close_risk,
    decide,
    done,
    forget,
    imports,
    kept_words,
    rejections,
    settle,
    strike,
    without_ask,
)
from remit.model.errors import AskError


def read_all(register: AskRegister) -> None:
    """Whatever a command may read."""
    for ask in register.asks(include_follow_ups=True):
        register.get(ask.ask_id)
        register.changes(ask.ask_id)
    for read in (imports, rejections, decisions, actions, frictions, risks, without_ask):
        read(register)
    decisions(register, everything=True)
    register.meetings()
    register.calendar_asks()
    list(kept_words(register))
    accepted(register)


def write_all(register: AskRegister) -> None:
    """Whatever a command may change."""
    with suppress(AskError):
        decide(register, "split", ["A1", "A2"])
    number = add_action(register, "review of June", "go on", "chair")
    done(register, number, date(2025, 6, 1))
    number = add_friction(register, "x", ["CQC", "ICB"], date(2025, 1, 1))
    settle(register, number, "so", date(2025, 6, 1))
    shares = [RiskShare("ZA1", "beds"), RiskShare("ZB1", "crews")]
    number = add_risk(register, "t", "w", "ICB, chair", shares, raised_on=date(2025, 1, 1))
    close_risk(register, number, date(2025, 6, 1))
    accept(register, ["Preston"])
    strike(register, ["nobody"])
    forget(register, date(2020, 1, 1))
