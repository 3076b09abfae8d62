"""What is closed at the end of a ``with`` statement."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from typing import Self

from remit.model.errors import RemitError


class Closing:
    """A file that is open until :meth:`close`, or until its ``with`` statement ends."""

    def close(self) -> None:
        """Let others have the file."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        # What went wrong before is what is told.
        with suppress(RemitError) if error else nullcontext():
            self.close()
