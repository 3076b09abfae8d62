"""The command line: one thin file for each group of commands.

Exit codes: 0 done; 1 done, with rows rejected or differences found; 2 the input or the
arguments are wrong; 3 a fault of Remit's own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

DONE = 0
DONE_WITH_FINDINGS = 1
WRONG_INPUT = 2
OWN_FAULT = 3


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``remit`` and end the process with its exit code."""
    from remit.cli.run import run

    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))
