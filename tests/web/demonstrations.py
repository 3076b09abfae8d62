"""A demonstration on embedded SQLite: made once in a run, by the command, and copied."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.web.figure_stores import alone, folder

ELSEWHERE = {"DATABASE_URL", "REMIT_WEB_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def demonstration(web: Path) -> None:
    """A copy of it, as ``remit web init --demo`` leaves it, in a folder that is not there yet."""
    first = folder() / "demonstration"
    with alone("demonstration") as is_missing:
        if is_missing:
            command = [sys.executable, "-m", "remit", "web", "init", str(first), "--demo"]
            environ = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
            subprocess.run(command, check=True, capture_output=True, env=environ)
    shutil.copytree(first, web)
