"""What people type in is screened here, whatever command or program it comes from.

The columns of an ask are screened as those of a list that is imported. The one text that may stand
as it came is an ask's ``original``, where the user has asked for it (``--keep-text``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from remit.model.errors import AskError

if TYPE_CHECKING:
    from remit.asks.intake.candidate import Candidate

_NOTED: ContextVar[list[str] | None] = ContextVar("noted", default=None)


def check_role(text: str) -> None:
    """Refuse an owner that is a person's name or address: the register keeps roles.

    Raises
    ------
    AskError
        If it is.
    """
    if _screened(text) != text.strip():
        raise AskError(f"{text!r} reads as a person; give a role, such as chief operating officer")


def check_organisation(text: str) -> None:
    """Refuse a person where an organisation belongs.

    Raises
    ------
    AskError
        If it is one.
    """
    if _screened(text) != text.strip():
        raise AskError(f"{text!r} reads as a person; give the organisation's name or code")


def without_names(text: str) -> str:
    """A text without the names, addresses and numbers of people."""
    screened, noted = _screened(text), _NOTED.get()
    if noted is not None and screened.split() != text.split():
        noted.append(screened)
    return screened


@contextmanager
def noting_names() -> Iterator[list[str]]:
    """While it is open, each text out of which names are taken is noted as it then stands.

    So that who typed it can be told; the names themselves are noted nowhere.
    """
    noted: list[str] = []
    token = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(token)


def _screened(text: str) -> str:
    from remit.asks.intake.personal import Redactor, load_personal

    return Redactor(load_personal()).redact(text).text


def screened_ask(values: Mapping[str, Any]) -> dict[str, Any]:
    """Typed columns of an ask as they may be kept.

    Raises
    ------
    AskError
        If the recipient's code reads as a person.

    Examples
    --------
    >>> screened_ask({"title": "Rota for Priya Sharma", "from_team": "Priya Sharma"})
    {'title': 'Rota for [name]', 'from_team': None}
    """
    return {
        name: _SCREENS[name](value) if value and name in _SCREENS else value
        for name, value in values.items()
    }


def screened_candidate(candidate: Candidate) -> Candidate:
    """The same for a whole ask; an identifier that looks like a person's is made up instead."""
    screened = screened_ask({name: getattr(candidate, name) for name in _SCREENS})
    return replace(candidate, **screened | {"ask_id": screened["ask_id"] or ""})


def _only_clean(text: str) -> str | None:
    return text if _screened(text) == text else None


def _body(text: str) -> str:
    from remit.asks.senders.recognise import UNKNOWN

    return _only_clean(text) or UNKNOWN


def _code(text: str) -> str:
    check_organisation(text)
    return text


_SCREENS: dict[str, Callable[[str], str | None]] = {
    "ask_id": _only_clean,
    "title": without_names,
    "text": without_names,
    "from_body": _body,
    "from_team": _only_clean,
    "to_org_code": _code,
    "to_org_name": _only_clean,
    "channel": _only_clean,
    "frequency": _only_clean,
}
