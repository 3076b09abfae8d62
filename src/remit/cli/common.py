"""The options that every command has, which are the fields of ``remit.cli.output.Speech``."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import Field, fields, replace
from inspect import Parameter, Signature
from itertools import pairwise
from typing import Annotated, Any, get_type_hints

import typer
from typer.main import get_command

from remit.cli.output import SPEECH, Speech
from remit.model.errors import AssessmentError


def with_common_options(command: Any) -> Any:
    """A command, or each command of a group, with the options that all have."""
    for below in getattr(command, "commands", {}).values():
        with_common_options(below)
    if getattr(command, "invoke_without_command", True):
        command.params.extend(common_options())
    if not getattr(command, "commands", None):
        _refuse_empty(command)
    return command


def _refuse_empty(command: Any) -> None:
    """An option that is given empty is refused, and not taken for one that is left out."""
    parse = command.parse_args
    taking = {name for one in command.params if _takes_value(one) for name in one.opts}

    def parse_args(ctx: Any, args: list[str]) -> Any:
        given = args[: args.index("--")] if "--" in args else args
        pairs = [*pairwise(given), *(_halves(one) for one in given)]
        for option, value in pairs:
            if option in taking and not value.strip():
                raise AssessmentError(f"{option} has no value; write one, or leave it out")
        return parse(ctx, args)

    command.parse_args = parse_args


def _halves(argument: str) -> tuple[str, str]:
    """An option and its value of ``--option=value``; of anything else no option."""
    option, sign, value = argument.partition("=")
    return (option, value) if sign else ("", "")


def _takes_value(one: Any) -> bool:
    """Whether a parameter is an option with a value after it, not a flag or an argument."""
    return one.param_type_name == "option" and not one.is_flag and not one.count


def common_options() -> list[Any]:
    """The options that all commands have, as they stand in a command."""

    def nothing(**given: Any) -> None: ...

    told = [_parameter(one) for one in fields(Speech)]
    nothing.__signature__ = Signature(told)  # type: ignore[attr-defined]
    nothing.__annotations__ = {one.name: one.annotation for one in told}
    holder = typer.Typer(rich_markup_mode=None, add_completion=False)
    holder.command()(nothing)
    options = [one for one in get_command(holder).params if one.name != "help"]
    for one in options:
        one.expose_value = False
    return options


def _parameter(one: Field[Any]) -> Parameter:
    hint = get_type_hints(Speech, include_extras=True)[one.name]
    (option,) = map(copy, hint.__metadata__)
    option.callback = _hearing(one.name)
    heard: Any = Annotated[hint.__origin__, option]
    return Parameter(one.name, Parameter.KEYWORD_ONLY, default=one.default, annotation=heard)


def _hearing(name: str) -> Callable[[Any], None]:
    def hear(value: Any) -> None:
        SPEECH.set(replace(SPEECH.get(), **{name: value}))

    return hear
