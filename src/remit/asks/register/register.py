"""The register of asks: what was asked, with its state, its history and its meetings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from remit.asks.register.records import RegisteredAsk, RegisteredMeeting
from remit.asks.register.typed import screened_ask, screened_candidate, without_names
from remit.model.ask import ASK_COLUMNS, Ask
from remit.model.errors import AskError
from remit.records import RecordsFile, now, plain

if TYPE_CHECKING:
    from remit.asks.intake.candidate import Candidate

_EDITABLE = tuple(name for name in ASK_COLUMNS if name != "ask_id")
_OF_ASK = (*ASK_COLUMNS, "source", "source_row", "facets")
_OF_STATE = tuple(one.name for one in fields(RegisteredAsk) if one.name != "ask")
_OF_MEETING = tuple(one.name for one in fields(RegisteredMeeting))
_DAYS = ("received_on", "due_on", "period_from", "period_to")


class AskRegister(RecordsFile):
    """An open register of asks; :mod:`remit.asks.register.imports` takes files in."""

    # Asks -----------------------------------------------------------------------------------------

    def asks(self, *, to_org: str | None = None, include_follow_ups: bool = False) -> list[Ask]:
        """The asks in order of receipt.

        Parameters
        ----------
        to_org
            Only those of this recipient.
        include_follow_ups
            Whether messages that chase an earlier one count as asks.
        """
        from django.db.models import F

        # Of one day by their place in the file: an identifier may be made by the register's secret.
        day = F("received_on").asc(nulls_last=True)
        found = self.table("Ask").order_by(day, "source", "source_row", "ask_id")
        if not include_follow_ups:
            found = found.filter(follow_up=False)
        if to_org:
            found = found.filter(to_org_code=plain(to_org.upper()))
        return [_ask(row) for row in found.values_list(*_OF_ASK)]

    def get(self, ask_id: str) -> RegisteredAsk:
        """One ask with its state.

        Raises
        ------
        AskError
            If there is none of this identifier.
        """
        found = self.table("Ask").filter(ask_id=plain(ask_id))
        row = found.values_list(*_OF_ASK, *_OF_STATE).first()
        if row is None:
            raise AskError(f"the register has no ask {ask_id!r}; see: remit asks list")
        return RegisteredAsk(_ask(row[: len(_OF_ASK)]), *row[len(_OF_ASK) :])

    def statuses(self) -> dict[str, str]:
        """Identifier → ``open`` or ``closed``."""
        return dict(self.table("Ask").values_list("ask_id", "status"))

    def recipients(self) -> set[str]:
        """The codes of all who are asked something."""
        found = self.table("Ask").exclude(to_org_code=None)
        return set(found.values_list("to_org_code", flat=True))

    def calendar_asks(self) -> frozenset[str]:
        """The identifiers of asks that stand for a series of meetings from a calendar."""
        found = self.table("Ask").filter(key__startswith="event:")
        return frozenset(found.values_list("ask_id", flat=True))

    def add(self, candidate: Candidate) -> str:
        """Enter one ask and return its identifier.

        Raises
        ------
        AskError
            If the register holds it already.
        """
        from remit.asks.register.keys import made_id, sealed_key
        from remit.asks.register.least import least

        candidate = screened_candidate(candidate)
        kept = least(candidate)
        with self.all_or_nothing():
            if self.table("Ask").filter(key=sealed_key(self, candidate.key)).exists():
                raise AskError("the register holds this very ask already; nothing was added")
            ask_id = candidate.ask_id or made_id(self, candidate)
            if self.table("Ask").filter(ask_id=plain(ask_id)).exists():
                raise AskError(
                    f"the register has an ask {ask_id!r} already; give another identifier"
                )
            self.append("Ask", [self.ask_row(ask_id, kept, "typed", None)])
        return ask_id

    def ask_row(
        self, ask_id: str, candidate: Candidate, source: str, number: int | None
    ) -> dict[str, Any]:
        """An ask as a row of the register.

        Parameters
        ----------
        ask_id
            Its identifier.
        candidate
            The ask with no more of its text than is kept (see ``register.least``).
        source
            The name of its file, or ``typed``.
        number
            The number of the import that brought it; None where it was typed.
        """
        from remit.asks.register.keys import sealed_key

        own = (*_EDITABLE, "facets", "follow_up", "attachments", "removed", "original",
               "passed_on_by", "due_said")  # fmt: skip
        return {name: getattr(candidate, name) for name in own} | {
            "ask_id": ask_id,
            "key": sealed_key(self, candidate.key),
            "thread": None if candidate.thread is None else self.sealed(candidate.thread, 16),
            "source": source,
            "source_row": candidate.place,
            "brought_by_id": number,
        }

    def edit(self, ask_id: str, values: Mapping[str, Any]) -> None:
        """Change fields of an ask; what stood there before is kept.

        Raises
        ------
        AskError
            If there is no such ask or no such field, or a day would lie before the one that it
            follows; then nothing is changed.
        """
        for name in values:
            if name not in _EDITABLE:
                raise AskError(f"{name!r} cannot be edited; use one of {', '.join(_EDITABLE)}")
        values = screened_ask(values)
        with self.all_or_nothing():
            state = self.get(ask_id)
            kept = dict(self._as_kept(state, values))
            if "facets" in kept:
                facets = plain(kept.pop("facets"))
                self.table("Ask").filter(ask_id=plain(ask_id)).update(facets=facets)
            for name, value in kept.items():
                self._change(ask_id, name, getattr(state.ask, name), value)
            days = {name: values.get(name, getattr(state.ask, name)) for name in _DAYS}
            check_days(days, values)

    def _as_kept(self, state: RegisteredAsk, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """A new text is kept as an ask's text is: its words and its facets, or whole."""
        from remit.asks.register.least import least_ask

        if "text" not in values or state.original is not None:
            return values
        kept = least_ask(replace(state.ask, facets=None, **_filled(values)))
        return {**values, "text": kept.text, "facets": kept.facets}

    def close_ask(self, ask_id: str, on: date, answer: str | None) -> None:
        """Mark an ask as answered or ended, with what was answered."""
        said = answer and without_names(answer)
        with self.all_or_nothing():
            state = self.get(ask_id)
            self._change(ask_id, "status", state.status, "closed")
            self._change(ask_id, "closed_on", state.closed_on, on)
            if said is not None:
                self._change(ask_id, "answer", state.answer, said)

    def reopen(self, ask_id: str) -> None:
        """Take back that an ask was closed."""
        with self.all_or_nothing():
            state = self.get(ask_id)
            self._change(ask_id, "status", state.status, "open")
            self._change(ask_id, "closed_on", state.closed_on, None)

    def remove(self, ask_id: str) -> None:
        """Take an ask out for good, with its history; decisions that name it stay.

        Its words are gone from the bytes of the file as well.
        """
        with self.all_or_nothing():
            self.get(ask_id)
            self.table("Ask").filter(ask_id=plain(ask_id)).delete()
            self.mark_for_wiping()

    def changes(self, ask_id: str) -> list[tuple[Any, ...]]:
        """What was changed of an ask: field, before, after, when (in UTC)."""
        found = self.table("Change").filter(ask_id=plain(ask_id)).order_by("changed_at", "id")
        rows = found.values_list("field", "before", "after", "changed_at")
        return [(*change, at.replace(tzinfo=None)) for *change, at in rows]

    def _change(self, ask_id: str, name: str, before: Any, after: Any) -> None:
        if before == after:
            return
        self.table("Ask").filter(ask_id=plain(ask_id)).update(**{name: plain(after)})
        said = {"before": _text(before), "after": _text(after)}
        self.append("Change", [{"ask_id": ask_id, "field": name, "changed_at": now()} | said])

    def meetings(self, *, oversight_only: bool = False) -> list[RegisteredMeeting]:
        """The meetings of all imported calendars in order of time; each once."""
        found = self.table("Meeting").filter(replaced_by=None).order_by("starts_at", "key")
        if oversight_only:
            found = found.filter(is_oversight=True)
        return [RegisteredMeeting(*row) for row in found.values_list(*_OF_MEETING)]


def check_days(days: Mapping[str, date | None], given: Iterable[str]) -> None:
    """Refuse a day that was given and makes an ask due before receipt, or its period end early.

    Raises
    ------
    AskError
        If it does.
    """
    for early, late in (_DAYS[:2], _DAYS[2:]):
        start, end = days[early], days[late]
        if start and end and end < start and {early, late} & set(given):
            raise AskError(f"{late} {end} lies before {early} {start}; correct one of the two")


def _ask(row: Sequence[Any]) -> Ask:
    values = dict(zip(_OF_ASK, row, strict=True))
    values["title"], values["text"] = values["title"] or "", values["text"] or ""
    return Ask(**values)


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value or "" if name in {"title", "text"} else value
            for name, value in values.items()}  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
