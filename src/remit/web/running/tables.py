"""The tables of an instance's database, made and brought up to date."""

from __future__ import annotations

import io

from remit.web.instance import InstanceError


def lay_tables() -> None:
    """Make all tables, or bring them up to date; a second time does nothing.

    Raises
    ------
    InstanceError
        If a newer Remit made them: an older one would write past what it does not know.
    """
    from django.core.management import call_command

    if newer := tables_unknown():
        raise InstanceError(newer_tables(newer))
    call_command("migrate", interactive=False, verbosity=0, stdout=io.StringIO())
    call_command("createcachetable", verbosity=0, stdout=io.StringIO())


def tables_missing() -> list[str]:
    """The migrations that the database has not seen."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def tables_unknown() -> list[str]:
    """The migrations of the database that this Remit does not have, since a newer one made them."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    theirs = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
    return [f"{app}.{name}" for app, name in theirs]


def newer_tables(unknown: list[str]) -> str:
    """What is said of tables that a newer Remit made.

    Examples
    --------
    >>> newer_tables(["year.0001_initial"])[:56]
    'The tables are newer than this Remit (year.0001_initial)'
    """
    return (
        f"The tables are newer than this Remit ({', '.join(unknown[:3])}): install the newer one, "
        "or restore the copy from before"
    )
