"""The command line: one thin file for each group of commands."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``remit`` and end the process with its exit code."""
    from remit.cli.run import run

    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))
