"""Which organisation somebody means by what they typed: a code, a name, or a part of one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from remit.model.organisation import Organisation
from remit.register.load import load_register
from remit.web.access.person import Person
from remit.web.access.relations import NATIONAL, NATIONAL_NAME, name_of
from remit.words.sentences import listed

_AT_THE_END = re.compile(r"\(([A-Za-z0-9]+)\)\s*$")
_FICTIONAL = re.compile(r"\s*\(fictional\)\s*$", re.IGNORECASE)
_NAMED = 5
"""So many are named where several may be meant."""


class OrganisationUnclear(ValueError):
    """No organisation, or more than one, is called so; the message says which may be meant."""


def organisation_named(text: str, on: date) -> str:
    """The code of the one organisation that a text means.

    Parameters
    ----------
    text
        A code, a name with its code behind it, a whole name, or a part of a name that no other has.
    on
        The day.

    Raises
    ------
    OrganisationUnclear
        If it means none, or several.

    Examples
    --------
    >>> organisation_named("Northfold", date(2026, 4, 1))
    'ZR1'
    >>> organisation_named("heart and eye", date(2026, 4, 1))
    'ZA5'
    """
    asked = " ".join(text.split())
    if asked.upper() == NATIONAL or asked.casefold() == NATIONAL_NAME.casefold():
        return NATIONAL
    if (behind := _AT_THE_END.search(asked)) and load_register().find(behind[1].upper()):
        return behind[1].upper()
    for found in (load_register().bearers(asked, on), *_by_name(asked, on)):
        if len(found) == 1:
            return found[0].code
        if len(found) > 1:
            raise OrganisationUnclear(f"“{asked[:80]}” may be {_several(found, on)}. Say which one")
    near = [one for one in load_register().nearest(asked) if one.exists(on)]
    offered = f" Is it {_several(near, on)}?" if near else ""
    raise OrganisationUnclear(f"The register has no organisation “{asked[:80]}”.{offered}")


def organisation_among(text: str, codes: Collection[str], on: date) -> str:
    """The code that a text means where only a few take part: a part of a name that no other of
    them has is enough.

    Parameters
    ----------
    text
        As for :func:`organisation_named`.
    codes
        Those that take part.
    on
        The day.

    Raises
    ------
    OrganisationUnclear
        If it means none, or several.

    Examples
    --------
    >>> organisation_among("Northfold", ["ZR1", "ZB1"], date(2026, 4, 1))
    'ZR1'
    """
    wanted = _plain(" ".join(text.split()))
    found = [code for code in codes if len(wanted) > 2 and wanted in _plain(name_of(code, on))]
    return found[0] if len(found) == 1 else organisation_named(text, on)


def _by_name(asked: str, on: date) -> tuple[list[Organisation], ...]:
    """Those that are called so, and those whose name has it as a part; the open ones alone."""
    wanted = _plain(asked)
    if len(wanted) < 3:
        return ()
    known = (load_register().find(code) for code in sorted(load_register().codes))
    names = {one: _plain(one.name_on(on)) for one in known if one and one.exists(on)}
    whole = [one for one, name in names.items() if name == wanted]
    return whole, [one for one, name in names.items() if wanted in name]


def _plain(name: str) -> str:
    return _FICTIONAL.sub("", name).casefold().strip()


def _several(found: Sequence[Organisation], on: date) -> str:
    named = [f"{one.name_on(on)} ({one.code})" for one in found[:_NAMED]]
    more = len(found) - len(named)
    return listed([*named, f"{more} others"] if more else named, "or")


def organisations_to_choose(person: Person) -> list[str]:
    """The names, with codes, that a field offers: those that stand on the day, as theirs do.

    Which organisations there are is public; whoever is of an invented one is offered those.

    Parameters
    ----------
    person
        Who is to choose.
    """
    register, on = load_register(), person.on
    own = [found for one in person.held if (found := register.find(one.organisation))]
    kinds = {one.fictional for one in own} or {True, False}
    codes = (
        code for code in sorted(register.codes)
        if (one := register.find(code)) and one.fictional in kinds and one.exists(on)
    )  # fmt: skip
    return [f"{name_of(code, on)} ({code})" for code in codes]
