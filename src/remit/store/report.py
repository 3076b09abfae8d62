"""What the store says of a file it keeps, of an ingest and of a removal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from remit.model.observation import Source

Outcome = Literal["new", "new vintage", "already there"]


@dataclass(frozen=True, slots=True)
class StoredSource(Source):
    """A source as the store keeps it.

    Attributes
    ----------
    ingested_at
        When it was taken in (UTC).
    known_from
        The day from which its figures count: the day of publication, or of the ingest where
        that is not known.
    current_scopes
        Its scopes that no later vintage has replaced, as at the day that was asked for.
    """

    ingested_at: datetime
    known_from: date
    current_scopes: tuple[str, ...]

    @property
    def is_current(self) -> bool:
        """Whether any of it counts; a file without a single accepted row has nothing to lose."""
        return bool(self.current_scopes) or not self.scopes


@dataclass(frozen=True, slots=True)
class ScopeReport:
    """What a file did to one scope.

    ``before`` is the file that held the scope, ``after`` a later vintage that goes on holding it;
    either is None where there is none. The counts compare the file with ``before``: figures with
    another value or status, figures that it adds, and figures that it no longer has. ``outranks``
    says that the file is the publisher's own and ``before`` a third party's copy, ``outranked``
    that the file is a copy and ``after`` the publisher's own, whichever came first. ``revised``
    says that ``after`` is by its name a revision of the file; ``undated`` that of neither the file
    nor ``before`` the day of publication is known.
    """

    scope: str
    before: str | None = None
    after: str | None = None
    changed: int = 0
    added: int = 0
    gone: int = 0
    outranks: bool = False
    outranked: bool = False
    revised: bool = False
    undated: bool = False


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: rows read = accepted + rejected, and how it stands in the store.

    ``unread`` says in sentences which columns and sheets of it were not read.
    """

    source_id: str
    file_name: str
    publication_name: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    outcome: Outcome
    scopes: tuple[ScopeReport, ...]
    note: str = ""
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of all files of one ingest; ``dry_run`` means that nothing was kept."""

    files: tuple[FileReport, ...]
    dry_run: bool

    @property
    def rows_read(self) -> int:
        """Rows of all files."""
        return sum(file.rows_read for file in self.files)

    @property
    def rows_accepted(self) -> int:
        """Rows that became observations."""
        return sum(file.rows_accepted for file in self.files)

    @property
    def rows_rejected(self) -> int:
        """Rows that were not taken."""
        return sum(file.rows_rejected for file in self.files)


@dataclass(frozen=True, slots=True)
class RemovalReport:
    """What a removal took out, and for each of the file's scopes which file holds it now."""

    source: StoredSource
    observations: int
    scopes: tuple[tuple[str, str | None], ...]
    dry_run: bool
