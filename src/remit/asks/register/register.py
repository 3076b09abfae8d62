"""The register of asks: what was asked, with its state, its history and its meetings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from remit.asks.register.file import RegisterFile
from remit.asks.register.layout import ASK_FIELDS, ASK_TABLE
from remit.asks.register.opening import connect, now
from remit.asks.register.records import RegisteredAsk, RegisteredMeeting
from remit.model.ask import Ask
from remit.model.errors import AskError

if TYPE_CHECKING:
    from remit.asks.intake.candidate import Candidate

_EDITABLE = tuple(name for name in ASK_FIELDS if name != "ask_id")
_DAYS = ("received_on", "due_on", "period_from", "period_to")
_MEETING = (
    "key, to_org_code, day, starts_at, series, body, is_oversight, minutes, attendees, "
    "own_attendees, minutes_today, minutes_tomorrow, title, why"
)
_BESIDE = "status, closed_on, answer, thread, follow_up, attachments, removed, original"


class Register(RegisterFile):
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
        wanted = ["TRUE" if include_follow_ups else "NOT follow_up"]
        wanted += ["to_org_code = ?"] if to_org else []
        query = (
            f"SELECT {', '.join(ASK_FIELDS)}, source, source_row FROM ask "  # noqa: S608
            f"WHERE {' AND '.join(wanted)} ORDER BY received_on NULLS LAST, ask_id"
        )
        return [_ask(row) for row in self.rows(query, [to_org.upper()] if to_org else [])]

    def get(self, ask_id: str) -> RegisteredAsk:
        """One ask with its state.

        Raises
        ------
        AskError
            If there is none of this identifier.
        """
        columns = f"{', '.join(ASK_FIELDS)}, source, source_row, {_BESIDE}"
        found = self.rows(f"SELECT {columns} FROM ask WHERE ask_id = ?", [ask_id])  # noqa: S608
        if not found:
            raise AskError(f"the register has no ask {ask_id!r}; see: remit asks list")
        own = len(ASK_FIELDS) + 2
        return RegisteredAsk(_ask(found[0][:own]), *found[0][own:])

    def statuses(self) -> dict[str, str]:
        """Identifier → ``open`` or ``closed``."""
        return dict(self.rows("SELECT ask_id, status FROM ask"))

    def calendar_asks(self) -> frozenset[str]:
        """The identifiers of asks that stand for a series of meetings from a calendar."""
        return frozenset(
            row[0] for row in self.rows("SELECT ask_id FROM ask WHERE key LIKE 'event:%'")
        )

    def add(self, candidate: Candidate) -> str:
        """Enter one ask and return its identifier.

        Raises
        ------
        AskError
            If the register holds it already.
        """
        if self.rows("SELECT 1 FROM ask WHERE key = ?", [candidate.key]):
            raise AskError("the register holds this very ask already; nothing was added")
        with self.all_or_nothing():
            ask_id = self._new_id(candidate)
            self.append("ask", [ask_row(ask_id, candidate, "typed", None)])
        return ask_id

    def edit(self, ask_id: str, values: Mapping[str, Any]) -> None:
        """Change fields of an ask; what stood there before is kept.

        Raises
        ------
        AskError
            If there is no such ask or no such field, or a day would lie before the one that it
            follows; use it within :meth:`all_or_nothing`.
        """
        before = self.get(ask_id).ask
        for name, value in values.items():
            if name not in _EDITABLE:
                raise AskError(f"{name!r} cannot be edited; use one of {', '.join(_EDITABLE)}")
            self._change(ask_id, name, getattr(before, name), value)
        check_days({name: values.get(name, getattr(before, name)) for name in _DAYS}, values)

    def close_ask(self, ask_id: str, on: date, answer: str | None) -> None:
        """Mark an ask as answered or ended, with what was answered."""
        state = self.get(ask_id)
        self._change(ask_id, "status", state.status, "closed")
        self._change(ask_id, "closed_on", state.closed_on, on)
        if answer is not None:
            self._change(ask_id, "answer", state.answer, answer)

    def reopen(self, ask_id: str) -> None:
        """Take back that an ask was closed."""
        state = self.get(ask_id)
        self._change(ask_id, "status", state.status, "open")
        self._change(ask_id, "closed_on", state.closed_on, None)

    def remove(self, ask_id: str) -> None:
        """Take an ask out for good, with its history; decisions that name it stay."""
        self.get(ask_id)
        with self.all_or_nothing():
            self.connection.execute("DELETE FROM change WHERE ask_id = ?", [ask_id])
            self.connection.execute("DELETE FROM ask WHERE ask_id = ?", [ask_id])

    def changes(self, ask_id: str) -> list[tuple[Any, ...]]:
        """What was changed of an ask: field, before, after, when."""
        return self.rows(
            "SELECT field, before, after, changed_at FROM change WHERE ask_id = ? "
            "ORDER BY changed_at",
            [ask_id],
        )

    def _change(self, ask_id: str, name: str, before: Any, after: Any) -> None:
        if before == after:
            return
        self.connection.execute(f"UPDATE ask SET {name} = ? WHERE ask_id = ?", [after, ask_id])  # noqa: S608
        self.connection.execute(
            "INSERT INTO change VALUES (?, ?, ?, ?, ?)",
            [ask_id, name, _text(before), _text(after), now()],
        )

    def _new_id(self, candidate: Candidate) -> str:
        ask_id = candidate.ask_id or made_id(candidate)
        if self.rows("SELECT 1 FROM ask WHERE ask_id = ?", [ask_id]):
            raise AskError(f"the register has an ask {ask_id!r} already; give another identifier")
        return ask_id

    def meetings(self, *, oversight_only: bool = False) -> list[RegisteredMeeting]:
        """The meetings of all imported calendars in order of time; each once."""
        where = "replaced_by IS NULL" + (" AND is_oversight" if oversight_only else "")
        query = f"SELECT {_MEETING} FROM meeting WHERE {where} ORDER BY starts_at, key"  # noqa: S608
        return [RegisteredMeeting(*row) for row in self.rows(query)]


def open_register(path: Path | str | None, *, read_only: bool = False) -> Register:
    """Open a register of asks; one that is not there is made, unless it is only to be read.

    Parameters
    ----------
    path
        The file, such as ``asks.duckdb``; None for one in memory.
    read_only
        Open it to look only.

    Raises
    ------
    AskError
        If it is missing, is no register, is of a newer Remit, or stays in use.
    """
    return Register(connect(Path(path) if path is not None else None, read_only=read_only))


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
    names = [*ASK_FIELDS, "source", "source_row"]
    values = dict(zip(names, row, strict=True))
    values["title"], values["text"] = values["title"] or "", values["text"] or ""
    return Ask(**values)


def ask_row(
    ask_id: str, candidate: Candidate, source: str, import_id: str | None
) -> dict[str, Any]:
    """An ask as a row of the register."""
    row: dict[str, Any] = dict.fromkeys(ASK_TABLE)
    for name in (*_EDITABLE, "key", "thread", "follow_up", "attachments", "removed", "original"):
        row[name] = getattr(candidate, name)
    return row | {
        "ask_id": ask_id,
        "source": source,
        "source_row": candidate.place,
        "import_id": import_id,
        "status": "open",
    }


def made_id(candidate: Candidate) -> str:
    """An identifier that is the same whenever the same ask is read."""
    digest, _, which = candidate.key.partition(":")[2].partition(":")
    return f"A-{digest[:10]}" + (f"-{which}" if which not in {"", "1"} else "")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
