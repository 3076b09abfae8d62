"""What became of an organisation that has closed, in words."""

from __future__ import annotations

from datetime import date

from remit.model.organisation import Organisation
from remit.register.register import Register
from remit.words.days import day_words
from remit.words.sentences import listed


def closing_words(register: Register, organisation: Organisation) -> str:
    """When an organisation closed, and to whom its work passed, part by part; empty if it is open.

    Parameters
    ----------
    register
        Who exists.
    organisation
        The organisation.

    Examples
    --------
    ``QU9 (…) closed on 31 March 2026; its work passed to S0E4D (…).``
    """
    if organisation.closed is None:
        return ""
    begin = (
        f"{_named(organisation, organisation.closed)} closed on {day_words(organisation.closed)}"
    )
    if organisation.succession is None:
        return f"{begin}; the register names no successor."
    parts = dict(organisation.succession.parts)
    after = [
        _named(register.get(code), organisation.succession.on)
        + (f" ({parts[code]})" if code in parts else "")
        for code in organisation.succession.successors
    ]
    return f"{begin}; its work passed to {listed(after)}."


def _named(organisation: Organisation, on: date) -> str:
    return f"{organisation.code} ({organisation.name_on(on)})"
