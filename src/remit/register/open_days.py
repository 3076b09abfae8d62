"""Whether an organisation was open at a time, and what became of it, in words."""

from __future__ import annotations

from datetime import date

from remit.model.organisation import Organisation
from remit.words.days import day_words
from remit.words.sentences import listed


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
    >>> why_not_open(register.get("RVJ"), date(2026, 7, 1), date(2026, 9, 30))
    ... # doctest: +SKIP
    'closed on 30 June 2026 (its work passed to RA7)'
    """
    if organisation.closed is not None and organisation.closed < first:
        heirs = organisation.succession.successors if organisation.succession else ()
        passed = f" (its work passed to {listed(heirs)})" if heirs else ""
        return f"closed on {day_words(organisation.closed)}{passed}"
    if organisation.opened > last:
        return f"opened on {day_words(organisation.opened)}"
    return ""
