"""The one instance that the tests of a process work on; REMIT_TEST_DATABASE says on what."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from remit.web import Instance, make_instance, started
from tests.records.audit.servers import Postgres

ADDRESS = "https://remit.example"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # a browser's loop runs in this thread
ON_POSTGRES = os.environ.get("REMIT_TEST_DATABASE") == "postgresql"


@cache
def set_up() -> Instance:
    """Set Django up as it is served to people, with a database that the tests may fill."""
    folder = Path(tempfile.mkdtemp(prefix="remit-web-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = make_instance(folder / "web")
    started(made, {"REMIT_WEB_URL": ADDRESS, **new_database("instance")})
    return made


def new_database(name: str) -> dict[str, str]:
    """Settings of an empty database; none where the instance's own folder holds it."""
    if not ON_POSTGRES:
        return {}
    server().create(name)
    return {"DATABASE_URL": server().address(name)}


@cache
def server() -> Postgres:
    """The PostgreSQL of this process; it ends with it."""
    made = Postgres()
    atexit.register(made.stop)
    made.begin()
    return made
