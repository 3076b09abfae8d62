"""An open file of records: its tables, its transactions, and what is gone from its bytes."""

from __future__ import annotations

import hmac
import threading
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from remit.files.closing import Closing
from remit.files.telling import tell
from remit.records.adding import add_rows
from remit.records.connecting import WAIT_SECONDS, let_go
from remit.records.copying import copy_to
from remit.records.faults import in_words, told
from remit.records.loading import model
from remit.records.place import Place
from remit.records.stamping import begun, stamp_change
from remit.records.wiping import wipe

_TOLD_SECONDS = 2.0


class RecordsFile(Closing):
    """An open file; use it in a ``with`` statement, or close it.

    Parameters
    ----------
    alias
        The name of Django's connection to it (see :func:`remit.records.open_records`).
    place
        Where it lies, and as which file; None for one in memory.
    read_only
        Whether it is only looked at: then all is seen as it stood when it was opened.
    wait_seconds
        How long a change waits while another process changes something.
    """

    def __init__(
        self,
        alias: str,
        place: Place | None = None,
        *,
        read_only: bool = False,
        wait_seconds: float = WAIT_SECONDS,
    ) -> None:
        self._alias = alias
        self._place = place
        self._wait_seconds = wait_seconds
        self._depth = 0
        self._changed = False
        self._secret: bytes | None = None
        self._held = ExitStack()
        self._forget = weakref.finalize(self, let_go, alias)
        if read_only:
            self._hold()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from django.db import Error

        super().__exit__(kind, error, trace)
        if isinstance(error, Error):
            raise in_words(self.path, error, self._wait_seconds) from None

    @property
    def path(self) -> Path | None:
        """Where the file lies; None for one in memory."""
        return self._place.path if self._place else None

    def close(self) -> None:
        """Close the file.

        Raises
        ------
        RecordsError
            If it was only looked at, and somebody changed it where that could not be seen; or if
            it was changed, and somebody has moved, deleted or replaced it.
        """
        if not self._forget.alive:
            return
        try:
            with told(self.path, self._wait_seconds):
                self._held.close()
        finally:
            self._forget()
        if self._place:
            self._place.check_frozen()
        self._check_kept()

    def table(self, name: str) -> Any:
        """The rows of one of the models, such as ``Ask``, as Django gives them."""
        return model(name).objects.using(self._alias).all()

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Add rows to a table, by the names of its columns; what is not named has its default."""
        add_rows(self._alias, model(name), rows)

    def sealed(self, text: str, length: int = 24) -> str:
        """A digest that nobody can make who has not this file: a guess cannot be tried elsewhere.

        >>> from remit.records import open_records
        >>> with open_records(RecordsFile, None) as held:
        ...     held.sealed("<message@id>") == held.sealed("<message@id>")
        True
        """
        if self._secret is None:
            self._secret = str(self.table("Register").get().secret).encode()
        return hmac.digest(self._secret, text.encode(), "sha256").hex()[:length]

    # Changing -------------------------------------------------------------------------------------

    @contextmanager
    def all_or_nothing(self, *, dry_run: bool = False) -> Iterator[None]:
        """Keep all changes of a block, or none; with ``dry_run`` none.

        From its first line nobody else changes anything, so what is read there stays true.

        Raises
        ------
        RecordsError
            If it stays in use, cannot be written, or was moved or deleted meanwhile.
        """
        from django.db import transaction

        outermost = self._depth == 0
        with told(self.path, self._wait_seconds):
            held = ExitStack()
            with self._waiting_is_told(outermost):
                held.enter_context(transaction.atomic(using=self._alias))
            with held:
                self._depth += 1
                try:
                    with self._in_place() if outermost else nullcontext():
                        yield
                    if dry_run:
                        transaction.set_rollback(True, using=self._alias)
                finally:
                    self._depth -= 1
            if outermost and not dry_run:
                self._after_change()

    def copy_to(self, target: Path) -> None:
        """Write a copy of all that is kept to a new file; others may go on meanwhile.

        Raises
        ------
        RecordsError
            If the target is there already, or cannot be written.

        Examples
        --------
        >>> from remit.records import open_records
        >>> with open_records(RecordsFile, Path("asks.sqlite")) as held:
        ...     held.copy_to(Path("copy.sqlite"))
        """
        self._held.close()  # SQLite copies nothing while a moment is held
        copy_to(self._alias, self.path, target)

    def mark_for_wiping(self) -> None:
        """Say, within a change that takes something out, that its bytes are to be gone as well.

        They go at the end of the change, or, if the process is ended before that, with the next.
        """
        self.table("Register").update(wipe_due=True)

    def _is_wipe_due(self) -> bool:
        return bool(self.table("Register").filter(wipe_due=True).exists())

    @contextmanager
    def _in_place(self) -> Iterator[None]:
        """See to it, for a change, that the file stays where it is, and give it another stamp."""
        if not self._place:
            yield
            return
        self._place.check()
        start = begun(self._alias, self._place.path)
        yield
        self._place.check()
        self._changed |= stamp_change(self._alias, start)

    def _after_change(self) -> None:
        self._check_kept()
        if self._is_wipe_due():
            wipe(self._alias, self.path)

    def _check_kept(self) -> None:
        """What was confirmed is only kept if the file still is the one of its name."""
        if self._place and self._changed:
            self._place.check_kept()

    def _hold(self) -> None:
        """See all as it stands now, whatever others change meanwhile."""
        from django.db import transaction

        with told(self.path, self._wait_seconds):
            self._held.enter_context(transaction.atomic(using=self._alias))
            self.table("Register").exists()

    @contextmanager
    def _waiting_is_told(self, outermost: bool) -> Iterator[None]:
        if not outermost or not self._place:
            yield
            return
        said = (
            f"{self._place.path.name} is in use by another process; waiting up to "
            f"{self._wait_seconds:g} seconds"
        )
        timer = threading.Timer(_TOLD_SECONDS, tell, [said])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def now() -> datetime:
    """This moment, as records keep it."""
    return datetime.now(UTC)
