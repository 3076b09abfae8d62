"""Each test on both databases."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.records.audit.servers import (
    Database,
    Postgres,
    connect,
    let_go,
    migrated,
    sqlite,
    with_apps,
)


@pytest.fixture(scope="session")
def apps() -> Iterator[None]:
    with with_apps():
        yield


@pytest.fixture(scope="session")
def template(apps: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("audit") / "template.sqlite"
    migrated(sqlite(path))
    return path


@pytest.fixture(scope="session")
def postgres(apps: None) -> Iterator[Postgres]:
    if sys.platform == "win32":
        pytest.skip("the server's programs are looked for where Linux and macOS have them")
    server = Postgres()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with all tables and nothing in them but the beginning of the chain."""
    if request.param == "sqlite":
        path = tmp_path / "server.sqlite"
        shutil.copy(request.getfixturevalue("template"), path)
        settings, place = sqlite(path), path
    else:
        server: Postgres = request.getfixturevalue("postgres")
        settings, place = server.make("remit"), server.folder / "data" / "base"
    alias = connect(settings)
    yield Database(alias, settings, place)
    let_go(alias)
    if request.param == "postgresql":
        request.getfixturevalue("postgres").drop("remit")


@pytest.fixture
def using(database: Database) -> str:
    return database.alias
