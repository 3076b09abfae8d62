"""The one instance that the tests of a process work on; its database is in REMIT_TEST_DATABASE."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from remit.web import make_instance, started

ADDRESS = "https://remit.example"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # a browser's loop runs in this thread


def set_up() -> None:
    """Set Django up as it is served to people, with a database that the tests may fill."""
    folder = Path(tempfile.mkdtemp(prefix="remit-web-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environ = {"REMIT_WEB_URL": ADDRESS}
    if named := os.environ.get("REMIT_TEST_DATABASE"):
        environ["DATABASE_URL"] = named
    started(make_instance(folder / "web"), environ)
