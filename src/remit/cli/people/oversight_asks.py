"""The asks from which an oversight plan is made, and the plan of one organisation from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from remit.cli.options import parse_day
from remit.model.learnt import NOTHING_LEARNT, Learnt
from remit.words.days import day_words

if TYPE_CHECKING:
    from remit.asks import AskRegister, SharedRisk
    from remit.asks.register.records import ImportReport
    from remit.model.ask import Ask, AskDecision, AskFriction
    from remit.oversight import Matched, Plan
    from remit.remits import SubjectOf

_FAULTS_SHOWN = 10


class AsksAtHand:
    """The asks at hand and what people entered about them."""

    def __init__(self) -> None:
        self.asks: list[Ask] = []
        self.decisions: list[AskDecision] = []
        self.frictions: list[AskFriction] = []
        self.risks: list[SharedRisk] = []
        self.closed: set[str] = set()
        self.learnt: Learnt = NOTHING_LEARNT
        self.notes: list[str] = []
        self.rejected = 0
        self.sources: list[Path] = []


def gather(
    files: list[Path] | None, register: Path | None, decided: Path | None = None
) -> AsksAtHand:
    """The asks of plain files, of a register, or of both, with what people entered.

    Parameters
    ----------
    files
        Lists of asks.
    register
        A register of asks; without it and without files, the usual one.
    decided
        A file of decisions, as `remit asks decide --format csv` writes it.

    Examples
    --------
    ``gather([Path("asks.csv")], None).asks``
    """
    from remit.asks import open_register
    from remit.asks.register import learnt_of
    from remit.cli.asks.screen import say_unscreened
    from remit.files.reading import is_there
    from remit.model.errors import AskError

    found = AsksAtHand()
    if decided is not None:
        from remit.asks.matching import read_decisions

        found.decisions += read_decisions(decided)
    if files:
        with open_register(None) as held:
            for path in files:
                report = _import(held, path)
                found.sources.append(path)
                found.rejected += len(report.rejections) + report.unread
                found.notes += [
                    f"{path}, line {one.line}, {one.column}: {one.reason}"
                    for one in report.rejections
                ]
                found.notes += [f"{path}: {note}" for note in report.notes if report.unread]
            _take(held, found)
        if register is None:
            return found
    named = register_at(register)
    if not is_there(named):
        raise AskError(f"{named}: there is no register of asks; name one with --register, or a "
                       "list with --asks")  # fmt: skip
    with open_register(named, read_only=True) as held:
        found.sources.append(named)
        say_unscreened(held)
        _take(held, found)
        found.learnt = learnt_of(held)
    return found


def register_at(register: Path | None) -> Path:
    """Where the register of asks lies: as named, else where the environment says."""
    import os

    return register or Path(os.environ.get("REMIT_ASKS", "asks.sqlite"))


def _import(held: AskRegister, path: Path) -> ImportReport:
    """Take a plain file in; one whose columns are not known goes by way of a register."""
    from remit.asks import ImportOptions, import_file
    from remit.model.errors import AskError

    try:
        # Held in memory for this run alone: names are screened, and sentences keep their order, so
        # that what stays of an ask can be named in its own words.
        return import_file(held, path, ImportOptions(keep_text=True))
    except AskError as error:
        if "--mapping" not in str(error):
            raise
        raise AskError(
            f"{error}. `remit asks import` takes --mapping; then name the register with --register"
        ) from None


def _check_asked(code: str, found: AsksAtHand, day: date) -> None:
    """Refuse a plan without asks, with what is wrong in the files before what is asked for.

    Raises
    ------
    AskError
        If nothing is asked of the organisation, by its code or by its name.
    """
    from remit.model.errors import AskError, UnknownCode
    from remit.register import load_register
    from remit.remits import find_subject

    asked = sorted({ask.to_org_code for ask in found.asks})
    if code in asked:
        return
    where = " and ".join(str(path) for path in found.sources)
    said = f"{where} holds no asks of {code}, nor of anybody else"
    if asked:
        said = f"{where}: nothing is asked of {code}; asks are there for: {', '.join(asked[:12])}"
        try:
            if find_subject(load_register(), code, day).code in asked:
                return
        except UnknownCode:
            said = f"{said}. There is no organisation {code!r} on the register either"
    raise AskError("\n".join([*_faults_told(found), said]))


def _faults_told(found: AsksAtHand) -> list[str]:
    """The first rows that were rejected, and how many more there are."""
    more = len(found.notes) - _FAULTS_SHOWN
    told = found.notes[:_FAULTS_SHOWN]
    return [*told, f"{more} more rows are rejected"] if more > 0 else told


def _take(held: AskRegister, found: AsksAtHand) -> None:
    from remit.asks import decisions, frictions, risks

    found.asks += held.asks()
    found.closed |= {one for one, status in held.statuses().items() if status == "closed"}
    found.decisions += decisions(held)
    found.frictions += frictions(held)
    found.risks += risks(held)


def _subject(code: str, asks: list[Ask], day: date) -> SubjectOf:
    """The organisation as the register knows it, or else as the asks name it."""
    from remit.register import load_register
    from remit.remits import find_subject, outside_subject

    register = load_register()
    names = [ask.to_org_name for ask in asks if ask.to_org_code == code and ask.to_org_name]
    named = any(ask.to_org_code == code for ask in asks)
    if register.find(code) is not None or not named:
        return find_subject(register, code, day)
    return outside_subject(code, max(names, key=names.count) if names else code)


def planned(
    code: str,
    found: AsksAtHand,
    on: str | None,
    *,
    rules: Path | None = None,
    local: list[Path] | None = None,
    fictional: bool = False,
    next_board: str | None = None,
) -> tuple[Plan, Matched]:
    """The plan of an organisation, and what was matched for it.

    Parameters
    ----------
    code
        The organisation, as the asks have it.
    found
        The asks at hand.
    on
        The day whose remits count; today if left out.
    rules, local, fictional, next_board
        As the options of `remit oversight plan`.

    Examples
    --------
    ``planned("XA1", gather([Path("asks.csv")], None), "2026-06-01")``
    """
    from remit.cli.people.who import agreements_of
    from remit.oversight import load_rules, make_plan, match_asks
    from remit.remits.holdings import everything

    wanted = code.strip().upper()
    day = parse_day(on, "--on") or date.today()
    _check_asked(wanted, found, day)
    loaded = load_rules(rules)
    asks, later = _until(day, found.asks)
    if not any(ask.to_org_code == wanted for ask in asks):
        everything(loaded.remit_map, _subject(wanted, found.asks, day), day)
        _refuse_early(wanted, later, day)
    decided = [one for one in found.decisions if later.keys().isdisjoint(one.ask_ids)]
    matched = match_asks(asks, decided, found.learnt)
    made = make_plan(
        asks,
        matched,
        _subject(wanted, asks, day),
        day,
        loaded,
        frictions=found.frictions,
        risks=found.risks,
        agreements=agreements_of(local, loaded.remit_map),
        closed=found.closed,
        fictional=fictional,
        next_board=parse_day(next_board, "--next-board"),
    )
    own = sorted(id_ for id_, ask in later.items() if ask.to_org_code == made.subject.code)
    if own:
        made = replace(made, notes=(*made.notes, _left_for_later(own, day)))
    return made, matched


def _until(day: date, asks: Sequence[Ask]) -> tuple[list[Ask], dict[str, Ask]]:
    """The asks that had come by a day, and those that came later; one without a day had come."""
    later = {ask.ask_id: ask for ask in asks if ask.received_on and ask.received_on > day}
    return [ask for ask in asks if ask.ask_id not in later], later


def _refuse_early(code: str, later: Mapping[str, Ask], day: date) -> None:
    """Refuse a plan of a day on which nothing had been asked yet.

    Raises
    ------
    AskError
        With the day of the first ask that came.
    """
    from remit.model.errors import AskError

    came = sorted(ask.received_on for ask in later.values()
                  if ask.to_org_code == code and ask.received_on)  # fmt: skip
    if came:
        raise AskError(
            f"nothing was asked of {code} by {day}, the day of the plan; the first of "
            f"{len(came)} asks came on {came[0]}. Give a later day with --on"
        )


def _left_for_later(ids: Sequence[str], day: date) -> str:
    shown = ", ".join(ids[:_FAULTS_SHOWN])
    more = f" and {len(ids) - _FAULTS_SHOWN} more" if len(ids) > _FAULTS_SHOWN else ""
    came = "1 ask that came" if len(ids) == 1 else f"{len(ids)} asks that came"
    return f"Not in this plan: {came} after {day_words(day)} ({shown}{more})."
