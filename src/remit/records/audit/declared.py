"""What is declared of a model: whether it is audited, and by which paths it has organisations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from remit.model.errors import RecordsError


def is_audited(kind: Any) -> bool:
    """Whether each write of a model is kept in the audit (``AUDITED = True`` in its class)."""
    return bool(getattr(kind, "AUDITED", False))


def not_audited_because(kind: Any) -> str:
    """Why a model is not audited; nothing where it is, or where no reason is declared.

    A model of another's package has its reason in the setting ``REMIT_NOT_AUDITED``, by its label.
    """
    from django.conf import settings

    told = getattr(settings, "REMIT_NOT_AUDITED", {})
    return str(getattr(kind, "NOT_AUDITED", "") or told.get(kind._meta.label, ""))


def tenant_paths(kind: Any) -> tuple[str, ...]:
    """The look-ups by which a model reaches the codes of the organisations whose record it is.

    Raises
    ------
    RecordsError
        If the model declares neither a path nor a reason why it has none.

    Examples
    --------
    >>> from remit.records.loading import loaded, model
    >>> loaded()
    >>> tenant_paths(model("Ask"))
    ('to_org_code', 'from_org_code')
    """
    paths = tuple(getattr(kind, "TENANTS", ()))
    if not paths and not no_tenants_because(kind):
        raise RecordsError(
            f"{kind._meta.label} declares neither TENANTS (the paths to its organisations) nor "
            "NO_TENANTS (why it has none); declare one in its class"
        )
    return paths


def no_tenants_because(kind: Any) -> str:
    """Why a model has no organisation; nothing where it has.

    A model of another's package has its reason in the setting ``REMIT_NO_TENANTS``.
    """
    from django.conf import settings

    told = getattr(settings, "REMIT_NO_TENANTS", {})
    return str(getattr(kind, "NO_TENANTS", "") or told.get(kind._meta.label, ""))


def kept_to(kind: Any) -> tuple[str, str] | None:
    """Of a model whose rows are at first their writer's alone: the paths to that code, and a flag.

    From when the flag is set a row is of all its organisations (``KEPT_TO`` in its class). None
    where rows are of all from the beginning.
    """
    found: tuple[str, str] | None = getattr(kind, "KEPT_TO", None)
    return found


def of_organisations(rows: Any, codes: Collection[str], at_home: Collection[str] = ()) -> Any:
    """Of some rows those that any of their paths ties to one of these organisations.

    All paths are asked in one condition, and each row comes once, however many of its parties are
    among the codes. A model without organisations has no such rows. What is still its writer's
    alone is told to those alone who are at home with the writer.

    Parameters
    ----------
    rows
        A query set.
    codes
        Codes of organisations.
    at_home
        Those among them at which one is at home; who oversees another is not.

    Examples
    --------
    >>> of_organisations(Action.objects.all(), ["ZA1"])  # doctest: +SKIP
    """
    from django.db.models import Q

    kind = rows.model
    paths = tenant_paths(kind)
    if not paths:
        return rows.none()
    condition = _condition(kind, paths, list(codes), rows.db)
    if kept := kept_to(kind):
        writer, flag = kept
        of_the_writer = _condition(kind, [writer], list(at_home), rows.db)
        condition = condition & Q(**{flag: True}) | of_the_writer
    elif kind._meta.label == "audit.AuditParty":
        condition &= Q(organisation__in=list(at_home)) | ~Q(entry__in=_kept_entries(rows.db))
    return rows.filter(condition)


def _condition(kind: Any, paths: Iterable[str], codes: list[str], using: str) -> Any:
    """Each step to another table is a question of its own.

    A join would give a row once for each of its parties, and a condition over two tables would keep
    both databases from using an index of either.
    """
    from django.db.models import Q

    condition, steps = Q(), defaultdict(list)
    for path in paths:
        step, _, rest = path.partition("__")
        if rest:
            steps[step].append(rest)
        else:
            condition |= Q(**{f"{step}__in": codes})
    for step, rests in steps.items():
        field = kind._meta.get_field(step)
        there = field.related_model._base_manager.using(using)
        found = there.filter(_condition(field.related_model, rests, codes, using))
        if field.concrete:
            condition |= Q(**{f"{step}__in": found.values("pk")})
        else:
            condition |= Q(pk__in=found.values(field.field.attname))
    return condition


def _kept_entries(using: str) -> Any:
    """The entries that were written while their record was its writer's alone.

    They have one party; later ones have all the organisations of the record. So they stay with the
    writer also when the record is shared: what a draft said before stays unsaid.
    """
    from django.apps import apps
    from django.db.models import Count

    labels = [kind._meta.label for kind in apps.get_models() if kept_to(kind)]
    told = apps.get_model("audit", "AuditEntry").objects.using(using).filter(kind__in=labels)
    parties = apps.get_model("audit", "AuditParty").objects.using(using)
    of_them = parties.filter(entry__in=told.values("number")).values("entry")
    return of_them.annotate(of=Count("pk")).filter(of=1).values("entry")


def organisations_of(instance: Any, using: str) -> set[str]:
    """The codes of the organisations whose record it is, as the database has it now.

    Of a record that is still its writer's alone, that is the writer's.
    """
    kind = type(instance)
    paths = tenant_paths(kind)
    if kept := kept_to(kind):
        writer, flag = kept
        if not any(_values(instance, flag, using)):
            paths = (writer,)
    return {str(code) for path in paths for code in _values(instance, path, using) if code}


def _values(instance: Any, path: str, using: str) -> list[Any]:
    if "__" not in path:
        return [getattr(instance, path)]
    rows = type(instance)._base_manager.using(using).filter(pk=instance.pk)
    return list(rows.values_list(path, flat=True))
