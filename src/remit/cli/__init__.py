"""The command line: one thin file for each group of commands."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``remit`` and end the process with its exit code."""
    # A command makes much, keeps it and ends soon: to search it for circles took an eighth of it.
    gc.set_threshold(50_000, 20, 50)
    from remit.cli.run import run

    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))
