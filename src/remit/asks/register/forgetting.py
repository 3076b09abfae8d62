"""What is older than it has to be kept is forgotten: asks and all that hangs on them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from remit.asks.register.batches import batched
from remit.asks.register.register import AskRegister
from remit.model.errors import AskError
from remit.words.sentences import count_words

_AGE = re.compile(r"(\d{1,4})\s*([ymd])[a-z]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was forgotten, or would be."""

    asks: int
    meetings: int
    rejections: int
    imports: int
    actions: int
    decisions: int
    frictions: int
    risks: int
    still_open: tuple[str, ...] = ()
    """Asks that are old enough and stay, since they are open or something open hangs on them."""

    @property
    def in_words(self) -> str:
        """``3 asks, 1 action``; ``nothing`` where there is none."""
        counts = asdict(self)
        counts.pop("still_open")
        said = [count_words(count, name[:-1]) for name, count in counts.items() if count]
        return ", ".join(said) or "nothing"


def first_day_kept(age: str, today: date) -> date:
    """The first day that is kept: ``2y``, ``18m`` or ``90d`` before today, or a day itself.

    Raises
    ------
    AskError
        If it is neither an age nor a day, or a day that has not been.
    """
    found = _AGE.fullmatch(age.strip())
    try:
        day = _before(today, int(found[1]), found[2].lower()) if found else date.fromisoformat(age)
    except (ValueError, OverflowError):
        raise AskError(
            f"--older-than: {age!r} is no age and no day; write 2y, 18m, 90d or 2024-04-01"
        ) from None
    if day > today:
        raise AskError(f"--older-than: {day} has not been yet; nothing was forgotten")
    return day


def _before(today: date, count: int, unit: str) -> date:
    if unit == "d":
        return today - timedelta(days=count)
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1] if year > 0 else 1
    return date(year, month + 1, min(today.day, last))


def forget(
    register: AskRegister, first_kept: date, *, also_open: bool = False, dry_run: bool = False
) -> Forgotten:
    """Take out for good what is older than a day, and see to it that nothing is left hanging.

    An ask is as old as its receipt (where no day of receipt was read, as its import), a meeting as
    its day, a rejected row as its import; actions, frictions and risks count from when they were
    done, settled or closed.

    Parameters
    ----------
    register
        The open register.
    first_kept
        What is before this day is forgotten.
    also_open
        Also asks that are open, or on which an open action or friction hangs, with the actions.
    dry_run
        Say what would be forgotten, and keep all.

    Examples
    --------
    >>> forget(register, date(2024, 4, 1), dry_run=True).asks  # doctest: +SKIP
    12
    """
    with register.all_or_nothing(dry_run=dry_run):
        old = _old_asks(register, first_kept)
        held = set() if also_open else _held(register, old)
        gone = sorted(set(old) - held)
        counts = {
            "actions": _forget_actions(register, first_kept, gone),
            "decisions": _forget_decisions(register, first_kept, gone),
            "frictions": _forget_frictions(register, first_kept, gone),
            "risks": _deleted(register.table("Risk").filter(closed_on__lt=first_kept), "Risk"),
            "meetings": _deleted(register.table("Meeting").filter(day__lt=first_kept), "Meeting"),
            "asks": sum(
                _deleted(register.table("Ask").filter(ask_id__in=part), "Ask")
                for part in batched(gone)
            ),
            **_forget_imports(register, first_kept),
        }
        register.mark_for_wiping()
    return Forgotten(**counts, still_open=tuple(sorted(held)))


def _old_asks(register: AskRegister, first_kept: date) -> list[str]:
    asks = register.table("Ask")
    by_receipt = asks.filter(received_on__lt=first_kept)
    begin = _midnight(first_kept)
    by_import = asks.filter(received_on=None, brought_by__imported_at__lt=begin)
    return [*by_receipt.values_list("ask_id", flat=True),
            *by_import.values_list("ask_id", flat=True)]  # fmt: skip


def _held(register: AskRegister, old: Iterable[str]) -> set[str]:
    """Of old asks those that are open, or on which something open hangs."""
    states = register.statuses()
    busy = set(register.table("Action").filter(done_on=None).values_list("ask_id", flat=True))
    unsettled = register.table("FrictionAsk").filter(friction__settled_on=None)
    busy |= set(unsettled.values_list("ask_id", flat=True))
    return {ask_id for ask_id in old if states[ask_id] == "open" or ask_id in busy}


def _forget_actions(register: AskRegister, first_kept: date, gone: list[str]) -> int:
    count = _deleted(register.table("Action").filter(done_on__lt=first_kept), "Action")
    for part in batched(gone):
        count += _deleted(register.table("Action").filter(ask_id__in=part), "Action")
    return count


def _forget_decisions(register: AskRegister, first_kept: date, gone: list[str]) -> int:
    """Decisions lose the asks that go; one that says nothing any more goes with them."""
    left: dict[int, int] = {}
    losing: set[int] = set()
    there, going = set(register.statuses()), set(gone)
    for number, ask_id in register.table("DecisionAsk").values_list("decision_id", "ask_id"):
        left[number] = left.get(number, 0) + (ask_id in there and ask_id not in going)
        losing |= {number} if ask_id in going else set()
    for part in batched(gone):
        register.table("DecisionAsk").filter(ask_id__in=part).delete()
    old = register.table("Decision").filter(decided_on__lt=first_kept)
    may_go = losing | set(old.values_list("number", flat=True))
    of_one = set(
        register.table("Decision").filter(kind="answered").values_list("number", flat=True)
    )
    empty = [n for n in sorted(may_go) if left.get(n, 0) < (1 if n in of_one else 2)]
    return sum(
        _deleted(register.table("Decision").filter(number__in=part), "Decision")
        for part in batched(empty)
    )


def _forget_frictions(register: AskRegister, first_kept: date, gone: list[str]) -> int:
    count = _deleted(register.table("Friction").filter(settled_on__lt=first_kept), "Friction")
    for part in batched(gone):
        register.table("FrictionAsk").filter(ask_id__in=part).delete()
    return count


def _forget_imports(register: AskRegister, first_kept: date) -> dict[str, int]:
    """Old imports of which nothing is left, and what was rejected in any old import."""
    begin = _midnight(first_kept)
    old = register.table("Import").filter(imported_at__lt=begin)
    rejected = register.table("Rejection").filter(brought_by__imported_at__lt=begin)
    count = _deleted(rejected, "Rejection")
    bare = old.filter(asks=None, kept_meetings=None, replaced_meetings=None)
    return {"rejections": count, "imports": _deleted(bare, "Import")}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _deleted(found: Any, model: str) -> int:
    """Delete rows and say how many of their own table they were."""
    return int(found.delete()[1].get(f"records.{model}", 0))
