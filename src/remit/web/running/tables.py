"""The tables of an instance's database, made and brought up to date."""

from __future__ import annotations

import io


def lay_tables() -> None:
    """Make all tables, or bring them up to date; a second time does nothing."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0, stdout=io.StringIO())
    call_command("createcachetable", verbosity=0, stdout=io.StringIO())


def tables_missing() -> list[str]:
    """The migrations that the database has not seen."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
