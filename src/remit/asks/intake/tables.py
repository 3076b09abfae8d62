"""From the values of a row to an ask, reduced to what may be kept of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from remit.asks.intake.bounds import tamed
from remit.asks.intake.candidate import Candidate
from remit.asks.intake.personal import Redactor, quoted_people, without_quotes
from remit.asks.intake.row_values import BadCell, ListColumns, values_of
from remit.asks.intake.telling import Tell
from remit.asks.senders import UNKNOWN, Senders
from remit.model.errors import UnknownCode
from remit.register import load_register

_LONGEST_TITLE = 1_000
_DUE_EARLY = (
    "the day on which it is due lies before the day of receipt; both were taken as they stand, "
    "correct one with remit asks edit"
)
_KEYED = ("received_on", "from_body", "to_org_code", "title", "text", "period_from", "period_to")


@dataclass(frozen=True, slots=True)
class Reduction:
    """How personal data are reduced on the way in."""

    senders: Senders
    redactor: Redactor
    to_org: str | None = None
    """The recipient of what does not name one."""
    keep_text: bool = False
    tell: Tell | None = None
    """Is told how far a long list is."""

    def knowing(self, organisations: Iterable[str]) -> Reduction:
        """This reduction, with the words of these organisations' names taken for no persons."""
        bodies = [name for name in organisations if self.redactor.is_clean_body(name)]
        return replace(self, redactor=self.redactor.knowing([*bodies, *self.senders.names]))


def candidate_of(
    line: int,
    values: dict[str, Any],
    reduction: Reduction,
    seen: Counter[str],
    said: list[str],
) -> Candidate:
    """The ask of a row.

    Parameters
    ----------
    line
        Where the row begins.
    values
        Column → value.
    reduction
        How personal data are reduced.
    seen
        How often each row has come before; of alike rows each is an ask.
    said
        Takes what is to be told of it.

    Raises
    ------
    BadCell
        If nothing is asked, or nobody is.
    """
    title = tamed(values.get("title", ""), said)[:_LONGEST_TITLE]
    text = tamed(values.get("text", ""), said)
    if not title and not text:
        said_nothing = "the row says nothing of what is asked (title and text are blank)"
        raise BadCell("text", "", said_nothing)
    to_org = _recipient(values, reduction)
    start, end = values.get("period_from"), values.get("period_to")
    if start and end and end < start:
        raise BadCell("period_to", end.isoformat(), f"the period ends before it begins ({start})")
    received, due = values.get("received_on"), values.get("due_on")
    if received and due and due < received:
        said.append(_DUE_EARLY)
    key = _key(values, seen)
    names = [*_people(values, reduction), *quoted_people(text)]
    heading, plain = reduction.redactor.redact_pair(title, without_quotes(text)[0], names)
    return Candidate(
        key=key,
        place=line,
        ask_id=_kept_id(values.get("ask_id", ""), reduction),
        from_body=kept_body(values.get("from_body", ""), (title, text), reduction),
        from_team=kept_team(values.get("from_team", ""), reduction),
        to_org_code=to_org.upper(),
        to_org_name=kept_team(values.get("to_org_name", ""), reduction),
        channel=(kept_team(values.get("channel") or "", reduction) or "").lower() or None,
        title=heading.text,
        text=plain.text,
        received_on=received,
        due_on=due,
        period_from=start,
        period_to=end,
        frequency=(kept_team(values.get("frequency") or "", reduction) or "").lower() or None,
        hours_estimate=values.get("hours_estimate"),
        removed=plain.removed + heading.removed,
        original=text if reduction.keep_text else None,
    )


def _recipient(values: Mapping[str, Any], reduction: Reduction) -> str:
    """The code of who is asked: as written, else that of the name beside it, else the option's."""
    code = (values.get("to_org_code") or "").strip()
    name = (values.get("to_org_name") or "").strip()
    if not code and name:
        with suppress(UnknownCode):
            code = load_register().named(name, values.get("received_on")).code
    if found := code or (reduction.to_org or "").strip():
        return found
    raise BadCell("to_org_code", name, "no recipient; fill it in, or give one with --to-org")


def kept_body(written: str, texts: tuple[str, str], reduction: Reduction) -> str:
    """The body that a sender as written comes down to; a person's name is kept by no means."""
    label = reduction.senders.labelled(written, texts)
    return label if reduction.redactor.is_clean(label) else UNKNOWN


def kept_team(written: str, reduction: Reduction) -> str | None:
    """A team as written, unless it is a person or an address."""
    return written if written and reduction.redactor.is_clean(written) else None


def _people(values: Mapping[str, Any], reduction: Reduction) -> list[str]:
    """The senders of a row that are people, whose names are taken out of its words too."""
    senders = [values.get(name, "") for name in ("from_body", "from_team")]
    return [sender for sender in senders if sender and not reduction.redactor.is_clean(sender)]


def _kept_id(written: str, reduction: Reduction) -> str:
    """An identifier as written; blank where a person may be in it, so that one is made up.

    With the person taken out, two of them would be the same.
    """
    return written if reduction.redactor.file_name(written) == written else ""


def key_if_told(cells: Sequence[str], columns: ListColumns, seen: Counter[str]) -> str | None:
    """By what a rejected row would be known again; None where a cell of that is at fault."""
    places = columns.places.items()
    keyed = {name: place for name, place in places if name in ("ask_id", *_KEYED)}
    try:
        values, unread = values_of(cells, replace(columns, places=keyed, width=len(cells)), [])
    except BadCell:
        return None
    if unread:
        return None
    if not values.get("title") and not values.get("text"):
        return None
    digest = _digest(values)
    return f"row:{digest}:{seen[digest] + 1}"


def _key(values: Mapping[str, Any], seen: Counter[str]) -> str:
    """What a row is known by again: its words; of alike rows in a file, which one it is."""
    digest = _digest(values)
    seen[digest] += 1
    return f"row:{digest}:{seen[digest]}"


def _digest(values: Mapping[str, Any]) -> str:
    parts = "\x1f".join(str(values.get(column) or "") for column in ("ask_id", *_KEYED))
    return hashlib.sha256(parts.encode()).hexdigest()[:24]
