"""Django is set up once in a process, before any test touches a register."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.web.instance import ON_POSTGRES, set_up

set_up()
logging.getLogger("django.request").setLevel(logging.CRITICAL)  # refusals are asked for

from tests.web.figure_stores import folder  # noqa: E402 (models can be named only now)
from tests.web.world import World, build_world  # noqa: E402

folder()  # of the whole run: named here, before other processes are begun


@pytest.fixture(scope="session")
def tables() -> Iterator[None]:
    from django.db import connections

    from remit.web.running.tables import lay_tables

    lay_tables()
    yield
    connections.close_all()


@pytest.fixture
def base(tables: None) -> Iterator[None]:
    """What a test writes is gone after it."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(base: None) -> World:
    return build_world()


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what needs no run on a second database: on the first, whoever opens one is refused."""
    from django.db.backends.base.base import BaseDatabaseWrapper

    if ON_POSTGRES:
        pytest.skip("it opens no database, which the run on the first one holds it to")

    def refuse(self: BaseDatabaseWrapper) -> None:
        raise AssertionError(f"a test that is to open no database opens {self.alias}")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", refuse)
