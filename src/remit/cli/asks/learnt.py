"""``remit asks learnt``: what the register has learnt from decisions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.asks.options import (
    DEFAULT_REGISTER,
    DayOption,
    DryRunOption,
    RegisterOption,
    day_or_today,
    print_rows,
)
from remit.cli.output import TextCsvOrJson, say
from remit.cli.writing import write_new
from remit.words.figures import number_words
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from datetime import date

    from remit.asks import AskRegister
    from remit.asks.register.thresholds import Fit

_COLUMNS = (
    *("number", "kind", "of", "learnt", "state", "decisions", "before", "after", "low", "high"),
    *("shipped", "settled_on", "note"),
)
_SHOWN = ("number", "kind", "of", "learnt", "state", "decisions", "note")
_DRY = " (--dry-run: nothing is changed)"


def learnt(
    accept: Annotated[
        list[int] | None,
        typer.Option("--accept", metavar="NUMBER", help="The name is one; matching uses it."),
    ] = None,
    decline: Annotated[
        list[int] | None,
        typer.Option("--decline", metavar="NUMBER", help="It is none, and is not proposed again."),
    ] = None,
    take_back: Annotated[
        list[int] | None,
        typer.Option(
            "--take-back", metavar="NUMBER", help="A name is only proposed again; a threshold goes."
        ),
    ] = None,
    refit: Annotated[
        bool, typer.Option("--refit", help="Refit thresholds, each from 50 decisions on.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write accepted names as a catalogue file, to be passed on."),
    ] = None,
    dry_run: DryRunOption = False,
    on: DayOption = None,
    register: RegisterOption = DEFAULT_REGISTER,
    output: TextCsvOrJson = "text",
) -> None:
    """List what was learnt from decisions: names of publications, and thresholds of matching.

    A name is proposed where `remit asks decide --answered-by` or `remit oversight confirm` said
    what answers an ask: the words of its title that the catalogue's entry lacks. Nothing is used
    before somebody has accepted it, and nothing leaves the register.

    \b
    remit asks learnt
    remit asks learnt --accept 3 --decline 4
    remit asks learnt --refit --dry-run
    remit asks learnt --out own-names.yaml
    """
    from remit.asks import open_register
    from remit.asks.register.learnt_file import catalogue_file

    numbers = (accept or [], decline or [], take_back or [])
    if any(numbers) or refit:
        with open_register(register) as opened, opened.all_or_nothing(dry_run=dry_run):
            _change(opened, numbers, day_or_today(on), _DRY if dry_run else "")
            if refit:
                _refit(opened, day_or_today(on), output, _DRY if dry_run else "")
    if out is not None:
        with open_register(register, read_only=True) as opened:
            text = catalogue_file(opened)
        if dry_run:
            say(f"{out} was not written (--dry-run).")
        else:
            write_new(text, out)
    if out is None and not any(numbers) and not refit:
        with open_register(register, read_only=True) as opened:
            _list(opened, output)


def _change(
    register: AskRegister, numbers: tuple[list[int], list[int], list[int]], day: date, dry: str
) -> None:
    from remit.asks.register.learning import ACCEPTED, DECLINED, settle_name

    accept, decline, take_back = numbers
    _refuse_both(accept, decline, take_back)
    for state, some in ((ACCEPTED, accept), (DECLINED, decline)):
        for number in dict.fromkeys(some):
            one = settle_name(register, number, state, day)
            say(f"{number} is {state}: {one.words!r} for {one.entry}{dry}.")
    for number in dict.fromkeys(take_back):
        say(f"{number} is taken back: {_taken_back(register, number)}{dry}.")


def _refuse_both(*numbers: list[int]) -> None:
    from remit.model.errors import AskError

    seen = [number for some in numbers for number in dict.fromkeys(some)]
    if twice := sorted({number for number in seen if seen.count(number) > 1}):
        raise AskError(f"{twice[0]} is named twice; accept it, decline it or take it back")


def _taken_back(register: AskRegister, number: int) -> str:
    from remit.asks.register.learning import propose_again
    from remit.asks.register.refitting import drop_threshold, thresholds_learnt

    if any(one.number == number for one in thresholds_learnt(register)):
        return f"{drop_threshold(register, number)} is as it comes with Remit"
    one = propose_again(register, number)
    return f"{one.words!r} for {one.entry} is only proposed"


def _refit(register: AskRegister, day: date, output: str, dry: str) -> None:
    from remit.asks.register.refitting import refit

    fits = refit(register, day)
    if output == "text":
        for fit in fits:
            say(f"{_fit_words(fit)}{dry}.")
    else:
        rows = [{name: getattr(fit, name) for name in fit.__dataclass_fields__} for fit in fits]
        print_rows(rows, output, ("name", "decisions", "shipped", "value", "before", "after"))


def _fit_words(fit: Fit) -> str:
    if fit.before is None or fit.after is None:
        return f"{fit.name} stays at {fit.shipped:g}: {fit.why_not}"
    before, after = number_words(fit.before), number_words(fit.after)
    how = f"n = {fit.decisions}, held out: right before {before}, after {after}"
    if fit.low is not None and fit.high is not None:
        how += f" ({number_words(fit.low)} to {number_words(fit.high)})"
    if fit.why_not:
        return f"{fit.name} stays at {fit.shipped:g}: {fit.why_not}; {how}"
    return f"{fit.name} moves from {fit.shipped:g} to {fit.value:g}: {how}"


def _list(register: AskRegister, output: str) -> None:
    rows = [*_name_rows(register), *_threshold_rows(register)]
    print_rows(rows, output, _SHOWN if output == "text" else _COLUMNS)
    if output == "text":
        proposed = sum(row["state"] == "proposed" for row in rows)
        say(
            f"{count_words(proposed, 'name')} proposed, "
            f"{sum(row['state'] == 'accepted' for row in rows)} accepted. "
            "Settle with: remit asks learnt --accept NUMBER or --decline NUMBER"
        )


def _name_rows(register: AskRegister) -> list[dict[str, Any]]:
    from remit.asks.register import names_learnt
    from remit.catalogue import load_entries

    known = load_entries()
    return [
        dict.fromkeys(_COLUMNS)
        | {
            "number": one.number,
            "kind": "name",
            "of": one.entry,
            "learnt": one.words,
            "state": one.state,
            "decisions": one.decisions,
            "settled_on": one.settled_on,
            "note": None if one.entry in known else "waits: the catalogue has no such entry",
        }
        for one in names_learnt(register)
    ]


def _threshold_rows(register: AskRegister) -> list[dict[str, Any]]:
    """All thresholds, also those that nobody has refitted: with how many decisions there are."""
    from remit.asks.register.refitting import LEAST, counted, shipped, thresholds_learnt

    fitted = {one.name: one for one in thresholds_learnt(register)}
    own, found = shipped(), []
    for name, count in counted(register).items():
        row = dict.fromkeys(_COLUMNS) | {"kind": "threshold", "of": name, "shipped": own[name]}
        row |= {"learnt": own[name], "state": "as shipped", "decisions": count}
        one = fitted.get(name)
        if one is None:
            row["note"] = None if count >= LEAST else f"refitted from {LEAST} decisions on"
        else:
            lapsed = one.shipped != own[name]
            row |= {
                "number": one.number,
                "state": "lapsed" if lapsed else "in force",
                "learnt": own[name] if lapsed else one.value,
                "decisions": one.decisions,
                "settled_on": one.fitted_on,
                "note": (
                    "Remit comes with another by now; refit it"
                    if lapsed
                    else f"right {number_words(one.after)} ({number_words(one.low)} to "
                    f"{number_words(one.high)}), was {number_words(one.before)}"
                ),
            }
            row |= {key: getattr(one, key) for key in ("before", "after", "low", "high")}
        found.append(row)
    return found
