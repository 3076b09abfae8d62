"""Each model is declared: audited or not and why; whose its rows are, or why nobody's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from remit.model.errors import RecordsError
from remit.records.audit import (
    NotAudited,
    is_audited,
    no_tenants_because,
    not_audited_because,
    of_organisations,
    tenant_paths,
    verify,
)
from remit.records.audit.writing import create
from remit.records.loading import model
from tests.records.audit.test_writing import ADD, a_risk, an_action

pytestmark = pytest.mark.usefixtures("apps")


def all_of_them() -> list[Any]:
    from django.apps import apps

    return [kind for kind in apps.get_models() if kind.__module__.startswith("remit.")]


def test_each_model_is_audited_or_says_why_not() -> None:
    kinds = all_of_them()
    assert len(kinds) > 35
    for kind in kinds:
        why = not_audited_because(kind)
        assert is_audited(kind) != bool(why), kind
        assert is_audited(kind) or len(why.split()) > 4, kind


def test_each_model_has_paths_to_its_organisations_or_says_why_not() -> None:
    for kind in all_of_them():
        paths, why = tenant_paths(kind), no_tenants_because(kind)
        assert bool(paths) != bool(why), kind
        assert not why or len(why.split()) > 4, kind
        for path in paths:
            ends_in_a_code(kind, path)


def ends_in_a_code(kind: Any, path: str) -> None:
    """The look-up leads over relations to a column of words, and to none that holds sentences."""
    *relations, last = path.split("__")
    for name in relations:
        kind = kind._meta.get_field(name).related_model
    field = kind._meta.get_field(last)
    assert field.get_internal_type() == "TextField"
    assert last in {"organisation", "to_org_code", "from_org_code", "escalated_to"}


def test_a_model_that_declares_neither_is_refused() -> None:
    class Undeclared:
        class _meta:  # noqa: N801
            label = "records.Undeclared"

    with pytest.raises(RecordsError, match="declares neither TENANTS"):
        tenant_paths(Undeclared)


WRITES: dict[str, Callable[[Any, str], Any]] = {
    "save": lambda rows, _: rows.first().save(),
    "update": lambda rows, name: rows.update(**{name: "x"}),
    "delete a row": lambda rows, _: rows.first().delete(),
    "delete rows": lambda rows, _: rows.delete(),
    "raw delete": lambda rows, _: rows._raw_delete(rows.db),
    "bulk_create": lambda rows, _: rows.bulk_create([rows.model(**{rows.model._meta.pk.name: 7})]),
    "bulk_update": lambda rows, name: rows.bulk_update([rows.first()], [name]),
    "create": lambda rows, name: rows.create(**{name: "x"}),
    "update_or_create": lambda rows, name: rows.update_or_create(
        pk=rows.first().pk, defaults={name: "x"}
    ),
    "save_base": lambda rows, _: rows.first().save_base(raw=True, using=rows.db),
}


@pytest.mark.parametrize("how", WRITES)
def test_no_audited_record_is_written_past_the_door(using: str, how: str) -> None:
    an_action(using)
    a_risk(using)
    before = verify(using).last
    for name, field in (("Action", "owner"), ("Risk", "title"), ("RiskShare", "share")):
        rows = model(name).objects.using(using)
        kept = list(rows.values())
        with pytest.raises(NotAudited, match=rf"records_{name.lower()}\w* is audited"):
            WRITES[how](rows, field)
        assert list(rows.values()) == kept
    assert verify(using).last == before


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE "{table}" SET {column} = {column}',
        "update {table} set {column} = {column}",
        "DELETE FROM {table}",
        "INSERT INTO {table} SELECT * FROM {table}",
        "WITH x AS (SELECT 1) UPDATE {table} SET {column} = {column}",
        "SELECT 1; DELETE  FROM\n{table}",
    ],
)
def test_every_audited_table_is_guarded_against_a_cursor_too(using: str, statement: str) -> None:
    from django.apps import apps
    from django.db import connections

    own = list(apps.get_app_config("audit").get_models())
    for kind in [*filter(is_audited, all_of_them()), *own]:
        column = kind._meta.pk.column
        with connections[using].cursor() as cursor, pytest.raises(NotAudited):
            cursor.execute(statement.format(table=kind._meta.db_table, column=column))


def test_what_only_reads_or_writes_elsewhere_passes(using: str) -> None:
    from django.db import connections, transaction

    an_action(using)
    model("Numbering").objects.using(using).create(prefix="ACT", last=1)
    model("Numbering").objects.using(using).update(last=2)
    with transaction.atomic(using=using):
        assert model("Action").objects.using(using).select_for_update().count() == 1
        list(model("Action").objects.using(using).select_for_update(of=_of(using)))
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 'DELETE FROM x', action_id FROM records_action")
        assert cursor.fetchall() == [("DELETE FROM x", "ACT-1")]


def _of(using: str) -> tuple[str, ...]:
    from django.db import connections

    return ("self",) if connections[using].features.has_select_for_update_of else ()


def test_a_register_that_commands_write_is_no_servers_and_is_not_guarded() -> None:
    from remit.records import RecordsFile, open_records

    with open_records(RecordsFile, None) as held:
        held.append("Risk", [{"risk_id": "R", "title": "t", "what": "w", "holder": "h",
                              "raised_on": "2026-04-01"}])  # fmt: skip
        assert held.table("Risk").update(title="u") == 1


def test_rows_of_organisations_come_once_over_all_paths(using: str) -> None:
    risk = a_risk(using)
    create(ADD, model("RiskShare"), using=using, risk=risk, place=3, organisation="ZA1",
           share="crews", mitigation="m")  # fmt: skip
    risks = model("Risk").objects.using(using)
    for codes in (["QF1"], ["ZA1"], ["ZA1", "ZA2", "QF1"]):
        assert [one.pk for one in of_organisations(risks.all(), codes)] == ["RISK-1"]
    assert not of_organisations(risks.all(), ["ZB1"])
    assert not of_organisations(risks.all(), [])
    assert not of_organisations(model("Mapping").objects.using(using), ["ZA1"])
    shares = model("RiskShare").objects.using(using)
    assert len(of_organisations(shares, ["ZA2"])) == 3, "a part is seen by whoever sees the whole"
