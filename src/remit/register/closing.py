"""Whether an organisation was open at a time, and what became of it: each said in one way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from remit.model.organisation import Organisation
from remit.register.register import Register
from remit.words.days import day_words
from remit.words.sentences import listed

_PASSED = "its work passed to {}"


def absence(register: Register, organisation: Organisation, on: date) -> str:
    """A sentence on an organisation that is not open on a day; empty if it is open."""
    if on < organisation.opened:
        before = [_named(o, on) for o in register.predecessors(organisation.code)]
        tail = f"; before that its work was with {listed(before)}" if before else ""
        return f"{_named(organisation, on)} opened on {day_words(organisation.opened)}{tail}."
    return "" if organisation.exists(on) else closing_words(register, organisation, on)


def closing_words(register: Register, organisation: Organisation, on: date | None = None) -> str:
    """When an organisation closed, and who has its work, part by part; empty if it is open.

    Parameters
    ----------
    register
        Who exists.
    organisation
        The organisation.
    on
        Who has its work on this day; without it, to whom it passed.

    Examples
    --------
    >>> register = load_register()                                    # doctest: +SKIP
    >>> closing_words(register, register.get("QU9"))                  # doctest: +SKIP
    'QU9 (…) closed on 31 March 2026; its work passed to S0E4D (…).'
    """
    if organisation.closed is None:
        return ""
    succession = organisation.succession
    day = on or (succession.on if succession else organisation.closed)
    parts = dict(succession.parts) if succession else {}
    heirs = [
        _named(heir, day) + (f" ({parts[heir.code]})" if heir.code in parts else "")
        for heir in register.current(organisation.code, max(day, organisation.opened))
        if heir is not organisation
    ]
    tail = _passed(heirs) or "the register names no successor"
    closed = organisation.closed
    return f"{_named(organisation, closed)} closed on {day_words(closed)}; {tail}."


def why_not_open(organisation: Organisation, first: date, last: date) -> str:
    """Why an organisation was open on no day between two; empty if it was on one.

    Parameters
    ----------
    organisation
        As the register knows it.
    first, last
        Both included.

    Examples
    --------
    >>> from remit.register import load_register
    >>> why_not_open(load_register().get("RVJ"), date(2026, 7, 1), date(2026, 9, 30))
    'closed on 30 June 2026 (its work passed to RA7)'
    """
    if organisation.closed is not None and organisation.closed < first:
        passed = _passed(organisation.succession.successors if organisation.succession else ())
        return f"closed on {day_words(organisation.closed)}{f' ({passed})' if passed else ''}"
    if organisation.opened > last:
        return f"opened on {day_words(organisation.opened)}"
    return ""


def _passed(heirs: Iterable[str]) -> str:
    found = list(heirs)
    return _PASSED.format(listed(found)) if found else ""


def _named(organisation: Organisation, on: date) -> str:
    return f"{organisation.code} ({organisation.name_on(on)})"
