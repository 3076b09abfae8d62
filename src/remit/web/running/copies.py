"""A copy of an instance: its database and its key, in one new folder."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from remit.files.outputs import fresh_folder
from remit.web.attached.held_files import FOLDER
from remit.web.instance import DATABASE, DEMO, KEY, Instance, InstanceError

_DUMP = "remit.dump"
_OUT = "DELETE FROM django_session"
"""No copy has sessions: by one that is lost a stranger would be signed in as everybody."""
_MADE_ANEW = frozenset({"auth", "contenttypes", "sessions", "django_tasks_db"})
"""What each database makes for itself; whoever was signed in signs in again."""


def back_up(instance: Instance, target: Path) -> None:
    """Copy an instance to a new folder, as it stands at one moment, while others go on.

    Sessions are left out: whoever was signed in signs in again.

    Parameters
    ----------
    instance
        The folder; Django has been set up for it.
    target
        The new folder.

    Raises
    ------
    InstanceError
        If it is there already or cannot be written, or PostgreSQL's own programs fail.

    Examples
    --------
    >>> back_up(open_instance(Path("demo/web")), Path("copy"))  # doctest: +SKIP
    """
    if target.exists() or target.is_symlink():
        raise InstanceError(f"{target}: this is there already; name a new folder")
    try:
        with fresh_folder(target) as fresh:
            fresh.chmod(0o700)
            for name in (KEY, DEMO):
                if (instance.folder / name).exists():
                    _copied(instance.folder / name, fresh / name)
            _copy_database(fresh)
            _copy_attached(instance.folder / FOLDER, fresh / FOLDER)
    except OSError as error:
        raise InstanceError(f"{target}: it cannot be written: {error.strerror or error}") from None


def _copied(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o600)


def _copy_attached(source: Path, target: Path) -> None:
    """The bytes of attachments; those of rows that came after the database was copied do no harm.

    Bytes are never changed once they lie there. One that is taken away while they are copied is
    missing in the copy, and ``remit web check`` tells it there.
    """
    for path in sorted(source.glob("??/*")):
        place = target / path.parent.name
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileNotFoundError):
            _copied(path, place / path.name)


def _copy_database(folder: Path) -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        new = folder / DATABASE
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(new)])
        new.chmod(0o600)
        with closing(sqlite3.connect(new, isolation_level=None)) as copied:
            copied.execute(_OUT)
            copied.execute("VACUUM")
        return
    without = "--exclude-table-data=django_session"
    _run("pg_dump", "--format=custom", "--no-owner", without, f"--file={folder / _DUMP}")


def restore(source: Path, instance: Instance) -> None:
    """Put a copy into an instance that holds nothing yet.

    A copy of an embedded database goes into PostgreSQL as well: that is how an instance grows.

    Parameters
    ----------
    source
        The folder that :func:`back_up` made.
    instance
        A new instance, with Django set up for it.

    Raises
    ------
    InstanceError
        If the copy is none, is one of PostgreSQL for an embedded database, or the instance holds
        something.
    RecordsError
        If a row comes out differently, or the audit of the copy is broken.

    Examples
    --------
    >>> restore(Path("copy"), make_instance(Path("new")))  # doctest: +SKIP
    """
    from django.db import connection

    embedded, dump = source / DATABASE, source / _DUMP
    is_grown = connection.vendor != "sqlite" and embedded.is_file()
    kept = embedded if connection.vendor == "sqlite" or is_grown else dump
    if not (source / KEY).is_file() or not (kept.is_file() or dump.is_file()):
        raise InstanceError(f"{source}: this is no copy of an instance")
    if not kept.is_file():
        raise InstanceError(
            f"{source}: this is a copy of an instance on PostgreSQL; say in DATABASE_URL into "
            "which it goes"
        )
    if connection.introspection.table_names():
        raise InstanceError(f"{instance.folder}: it holds records already; restore to a new folder")
    connection.close()
    if connection.vendor == "sqlite":
        instance.database.unlink(missing_ok=True)
        for ending in ("-wal", "-shm"):
            Path(f"{instance.database}{ending}").unlink(missing_ok=True)
        _copied(kept, instance.database)
    elif is_grown:
        _carry_over(kept)
    else:
        _run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={_name()}", str(kept))
    with connection.cursor() as cursor:  # a copy that was made before it left them out
        cursor.execute(_OUT)
    _copied(source / KEY, instance.folder / KEY)
    _copy_attached(source / FOLDER, instance.folder / FOLDER)
    if (source / DEMO).exists():
        (instance.folder / DEMO).touch()


def _carry_over(kept: Path) -> None:
    """Every record of an embedded database into PostgreSQL, each counted and the audit verified."""
    from django.apps import apps
    from django.core.management import call_command

    from remit.records.audit import carry
    from remit.records.connecting import let_go
    from remit.web.running.tables import lay_tables

    lay_tables()
    kinds = [
        kind
        for kind in apps.get_models(include_auto_created=True)
        if kind._meta.app_label not in _MADE_ANEW
    ]
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / DATABASE  # brought up to date: the copy itself stays as it is
        _copied(kept, copied)
        alias = _connected(copied)
        try:
            call_command("migrate", database=alias, interactive=False, verbosity=0)
            carry(alias, "default", kinds)
        finally:
            let_go(alias)


def _connected(embedded: Path) -> str:
    """A connection to another embedded database, by its name."""
    from django.db import connections

    from remit.web.settings import embedded_database

    alias = f"copy-{embedded.parent.name}"
    settings = {"default": {}, alias: embedded_database(embedded)}
    connections.databases[alias] = connections.configure_settings(settings)[alias]
    return alias


def _name() -> str:
    return str(_held()["NAME"])


def _held() -> dict[str, Any]:
    from django.conf import settings

    found: dict[str, Any] = settings.DATABASES["default"]
    return found


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs; the password goes by the environment, not the arguments."""
    held = _held()
    place = {
        "PGHOST": held["HOST"], "PGPORT": held["PORT"], "PGUSER": held["USER"],
        "PGPASSWORD": held["PASSWORD"], "PGDATABASE": held["NAME"],
    }  # fmt: skip
    environ = {**os.environ, **{name: str(value) for name, value in place.items() if value}}
    try:
        subprocess.run(
            [program, *arguments], check=True, capture_output=True, env=environ, text=True
        )
    except FileNotFoundError:
        raise InstanceError(
            f"{program}: it is not installed; install PostgreSQL's client"
        ) from None
    except subprocess.CalledProcessError as failed:
        raise InstanceError(f"{program}: {failed.stderr.strip()}") from None
