"""The server is killed at random moments of a write: what was told as kept is, and nothing half."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from remit.records.audit import astray, no_tenants_because, verify
from remit.records.audit.chain import table
from remit.records.loading import model
from remit.web import open_instance
from remit.web.settings import database
from tests.records.audit.servers import connect, let_go
from tests.web.instance import new_database
from tests.web.server_kills import ChangesSeveral, Comments, Crowd, Enters, Server
from tests.web.test_copies import environ_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed in groups")
WHOM = ("all", "worker", "master")
LONGEST = 0.25


@contextmanager
def looked_into(folder: Path, environ: dict[str, str]) -> Iterator[str]:
    """A connection to the database of an instance, once nobody writes in it any more."""
    alias = connect(database(open_instance(folder), environ))
    from django.db import connections

    try:
        deadline = time.monotonic() + 30
        while others_write(connections[alias]):
            assert time.monotonic() < deadline, "a transaction does not end"
            time.sleep(0.02)
        yield alias
    finally:
        let_go(alias)


def others_write(connection: Any) -> bool:
    """Whether the server still works for a client, which may be dead by now."""
    if connection.vendor != "postgresql":
        return False  # the file's locks went with the process
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        return bool(cursor.fetchone()[0])


def wrong_in(folder: Path, environ: dict[str, str], crowd: Crowd) -> list[str]:
    """What is wrong with the records after a kill, in words."""
    with looked_into(folder, environ) as alias:
        found = verify(using=alias)
        told = [] if found.holds else [f"the chain breaks at {found.first_broken}: {found.why}"]
        told += [f"{one.kind} {one.target}: {one.why}" for one in astray(alias)]
        told += [f"entry {number} has no party" for number in without_a_party(alias)]

        def stands(kind: str) -> Any:
            return kind_of(kind).objects.using(alias)

        for writer in crowd.writers:
            told += writer.wrong(stands)
        forget_counts(alias)
    return told


def kind_of(name: str) -> Any:
    from remit.records.together.models import PlanView

    return PlanView if name == "PlanView" else model(name)


def without_a_party(alias: str) -> set[int]:
    """Entries of records with organisations that were written without them."""
    of_all = table("AuditParty", alias).values_list("entry", flat=True)
    of_none = [one._meta.label for one in apps.get_models() if no_tenants_because(one)]
    numbers = table("AuditEntry", alias).exclude(kind__in=of_none)
    return set(numbers.values_list("number", flat=True)) - set(of_all)


def forget_counts(alias: str) -> None:
    """What a minute does: nobody is held up for having written so often."""
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute("DELETE FROM remit_web_cache")


@pytest.mark.parametrize(
    ("kills", "typed_each"),
    [(6, 0), pytest.param(50, 10, marks=pytest.mark.evidence)],
    ids=["6 kills", "50 kills"],
)
def test_a_server_killed_in_a_write_keeps_what_it_answered(
    tmp_path: Path, kills: int, typed_each: int
) -> None:
    environ = new_database(f"killed{kills}")
    web = tmp_path / "web"
    server = Server(web, environ_of(environ))
    several = ChangesSeveral(server.port, "ines.vale")
    crowd = Crowd(Enters(server.port, "lena.brook"), Comments(server.port, "juno.marsh"), several)
    cut = []
    try:
        server.begin()
        for writer in crowd.writers:
            writer.sign_in()
        several.begin(4)
        for number in range(kills):
            whom = WHOM[number % len(WHOM)]
            before = crowd.unanswered()
            with crowd.writing():
                time.sleep(random.random() * LONGEST)
                server.kill(whom)
            if whom == "worker":
                server.answers()  # another is begun by itself
            else:
                server.gone()
            assert wrong_in(web, environ, crowd) == [], (number, whom)
            cut.append(crowd.unanswered() - before)
            if whom != "worker":
                server.begin(is_typed=typed_each > 0 and number % typed_each == 0)
    finally:
        server.end()
    assert sum(map(bool, cut)) >= kills // 3, f"so few were in a write: {cut}"
    assert all(len(one.answered) >= kills for one in crowd.writers)
