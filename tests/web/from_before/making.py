"""Write down an instance of the version that is checked out, for the test of the next upgrade.

It is run in a checkout of that version (``git worktree add --detach ../before 3a8c35e3``), into
which this file was copied, with PostgreSQL's programs at hand::

    PYTHONPATH=src:. python tests/web/from_before/making.py OUT

It writes ``sqlite.sql`` and ``postgresql.sql``: the demonstration, all people and records of which
are invented, with a figure spoken of, a token and a role that ended, and few of the sample's asks.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

KEPT_ASKS = ("A05", "A08", "A27")
PASSED_OVER = ("\\", "SET ", "SELECT pg_catalog.set_config", "--")


def fill(folder: Path) -> None:
    """Make the instance, in this process."""
    from remit.web import make_instance, started

    started(make_instance(folder, demo=True))
    from remit.web.running import demo
    from remit.web.running.tables import lay_tables

    lay_tables()
    keep, kept = demo._add, {*KEPT_ASKS, *(ask_id for ask_id, *_ in demo._OTHERS)}

    def add_few(kind: str, **fields: Any) -> None:
        if kind != "Ask" or fields["ask_id"] in kept:
            keep(kind, **fields)

    demo._add = add_few
    demo.fill_demo()
    from tests.web.figures_world import add_figure, add_remark, add_tie
    from tests.web.world import add_ask

    from remit.web.people.asking import today
    from remit.web.people.memberships import end_membership
    from remit.web.people.models import Account
    from remit.web.people.tokens import make_token
    from remit.web.running.accounts import add_account

    add_ask("ASKZA1", "ZA1")
    said = add_figure("ZA1", status="revised")
    add_tie(said, "ACT-90", add_remark("ZA1", said, "A ward was closed; <b>façade</b> '; DROP"))
    account = Account.objects.get(email="juno.marsh@remit.example")
    make_token(account, "Weekly list", today(), days=365, may_write=True)
    gone = Account.objects.get(email="lena.brook@remit.example").memberships.get()
    end_membership(gone, today())
    add_account("pax.moor@remit.example", "Pax Moor, without a role")


def sqlite_text(folder: Path) -> str:
    """The embedded database as SQL."""
    with closing(sqlite3.connect(folder / "remit.sqlite")) as held:
        held.execute("DELETE FROM remit_web_cache")
        return "\n".join(held.iterdump()) + "\n"


def postgresql_text(address: str) -> str:
    """The database of a server as SQL, without what only some versions of it understand."""
    words = ["pg_dump", "--inserts", "--no-owner", "--no-comments", f"--dbname={address}"]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    kept = (line for line in told.splitlines() if not line.startswith(PASSED_OVER))
    return re.sub(r"\n{2,}", "\n", "\n".join(kept)).strip() + "\n"


def main(out: str) -> None:
    """Each database in a process of its own, since Django is set up once in each."""
    kind = os.environ.get("REMIT_WRITE_DOWN")
    if kind:
        fill(Path(out))
        return
    from tests.records.audit.servers import Postgres

    server = Postgres()
    server.begin()
    try:
        server.create("before")
        grown = {"DATABASE_URL": server.address("before")}
        for kind, more in {"sqlite": {}, "postgresql": grown}.items():
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place) / "web"
                environ = {**os.environ, **more, "REMIT_WRITE_DOWN": kind}
                subprocess.run([sys.executable, __file__, str(folder)], check=True, env=environ)
                text = sqlite_text(folder) if not more else postgresql_text(more["DATABASE_URL"])
                (Path(out) / f"{kind}.sql").write_text(text, encoding="utf-8")
    finally:
        server.stop()


if __name__ == "__main__":
    main(sys.argv[1])
