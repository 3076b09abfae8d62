"""What rooms below the commands have to tell while they work, such as for whom they wait."""

from __future__ import annotations

import contextlib
import sys

from remit.model.plain_text import shown_on_one_line


def tell(sentence: str) -> None:
    """Tell something on the error stream, on one line and without signs that steer a terminal.

    >>> tell("remit.duckdb is in use by process 4711; waiting up to 30 seconds")
    """
    with contextlib.suppress(OSError, ValueError):  # nobody listens any more
        sys.stderr.write(f"remit: {shown_on_one_line(sentence)}\n")
        sys.stderr.flush()
