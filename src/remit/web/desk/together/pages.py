"""Pages and forms that these records share; of two editors of one record the second sees both."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from remit.records.audit import last_entry
from remit.web.access.permissions import check_choose_parties
from remit.web.access.person import Person
from remit.web.access.relations import name_of
from remit.web.access.visibility import visible
from remit.web.desk.named import organisations_to_choose
from remit.web.desk.together.fields import OrganisationField, OrganisationsField
from remit.web.desk.writing import add_record, remove_record, right_at
from remit.words.days import day_words

View = Callable[..., HttpResponse]
Keep = Callable[[dict[str, Any]], tuple[str, ...]]
"""Keeps what a form says, and gives the name and arguments of the page to go on to."""


def written_whole(view: View) -> View:
    """All that one sending of a form writes is kept, or nothing of it."""

    @wraps(view)
    def whole(request: Any, *arguments: Any, **named: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *arguments, **named)
        try:
            with transaction.atomic():
                return view(request, *arguments, **named)
        except IntegrityError:
            # Another wrote the same at the same moment; now that it stands, it is seen.
            with transaction.atomic():
                return view(request, *arguments, **named)

    return whole


def one_seen(request: Any, kind: Any, key: object) -> Any:
    """A record that the person may see; for a change it is held until all is kept.

    Parameters
    ----------
    request
        Who asks, and how.
    kind
        The model.
    key
        The record's identifier.
    """
    rows = kind.objects.all()
    if request.method in {"POST", "PATCH", "DELETE"}:
        rows = rows.select_for_update(of=("self",))
    return get_object_or_404(visible(rows, request.person), pk=key)


def shown(request: Any, template: str, view: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page of this part.

    Parameters
    ----------
    request
        Who asks.
    template
        Its name, without the ending.
    view
        What it shows.
    status
        The status of the answer.
    """
    on = request.person.on
    given = {"today": on, "name": lambda code: name_beside_code(code, on), **view}
    return render(request, f"{template}.html.jinja", given, status=status)


def name_beside_code(code: str | None, on: date) -> str:
    """An organisation as a list names it: the name, and the code beside it."""
    if not code:
        return ""
    name = name_of(code, on)
    return name if name == code else f"{name} ({code})"


def entered(
    request: Any, form: Any, keep: Keep, *, heading: str, crumbs: Sequence[tuple[str, str]]
) -> HttpResponse:
    """A page with the form of something new.

    Parameters
    ----------
    request
        Who enters it.
    form
        The form.
    keep
        What keeps it.
    heading
        The heading of the page.
    crumbs
        What stands above it: words and address.
    """
    if request.method == "POST" and form.is_valid():
        to = keep(form.cleaned_data)
        messages.success(request, "It is entered.")
        return redirect(*to)
    view = {"form": form, "heading": heading, "crumbs": crumbs, "mark": "", "stands": []}
    view |= {"known": known_to(form, request.person)}
    return shown(request, "together_form", view, 400 if form.errors else 200)


def edited(
    request: Any,
    form: Any,
    keep: Keep,
    *,
    heading: str,
    crumbs: Sequence[tuple[str, str]],
    mark: str,
    about: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """A page with the form of a change; what another changed meanwhile is shown, not overwritten.

    Parameters
    ----------
    request
        Who changes it.
    form
        The form; its ``initial`` is what stands now.
    keep
        What keeps it.
    heading
        The heading of the page.
    crumbs
        What stands above it: words and address.
    mark
        By which a later state is told apart from the one that stood on the page.
    about
        What stands above the form of the record itself: words and value.
    """
    stands: list[tuple[str, str]] = []
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            if request.POST.get("seen") == mark:
                to = keep(form.cleaned_data)
                messages.success(request, "The change is kept.")
                return redirect(*to)
            status, stands = 409, _stands(form)
    view = {"form": form, "heading": heading, "crumbs": crumbs, "mark": mark, "stands": stands}
    view |= {"about": about}
    view |= {"known": known_to(form, request.person)}
    return shown(request, "together_form", view, status)


def known_to(form: Any, person: Person) -> list[str]:
    """The organisations that a form offers; none where it asks for none.

    Parameters
    ----------
    form
        The form.
    person
        Who fills it in.
    """
    fields = form.fields.values()
    asks = any(isinstance(one, OrganisationField | OrganisationsField) for one in fields)
    return organisations_to_choose(person) if asks else []


def _stands(form: Any) -> list[tuple[str, str]]:
    """What stands now in each field of a form, in words."""
    found = []
    for one in form:
        value = form.get_initial_for_field(one.field, one.name)
        choices = dict(getattr(one.field, "choices", ()))
        if isinstance(value, date):
            text = day_words(value)
        elif isinstance(value, bool):
            text = "yes" if value else "no"
        else:
            text = str(choices.get(value, value if value not in (None, "") else "nothing"))
        found.append((one.label, text))
    return found


def mark_of(record: Any, parts: Iterable[str] = ()) -> str:
    """The state of a record with its parts, as one mark; what the parts are, nobody reads off it.

    Parameters
    ----------
    record
        The record.
    parts
        What its parts are known by, such as the codes of its parties.
    """
    return _mark(last_entry(record), parts)


def marks_of(records: Sequence[Any]) -> dict[Any, str]:
    """The marks of several records of one model that have no parts, by identifier; one query."""
    from remit.records.audit.models import AuditEntry

    if not records:
        return {}
    of_them = {"kind": records[0]._meta.label, "target__in": [str(one.pk) for one in records]}
    rows = AuditEntry.objects.filter(**of_them).order_by().values_list("target")
    last = dict(rows.annotate(Max("number")))
    return {one.pk: _mark(last.get(str(one.pk), 0)) for one in records}


def _mark(last: int, parts: Iterable[str] = ()) -> str:
    digest = hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:16]
    return f"{last}-{digest}"


def keep_parties(
    person: Person, whole: Any, relation: str, wanted: Iterable[str], *, with_home: bool = False
) -> None:
    """Bring the parties of a record to those that are wanted.

    Parameters
    ----------
    person
        Who writes.
    whole
        The record whose parties they are.
    relation
        The name by which a party refers to it.
    wanted
        Codes of organisations.
    with_home
        Whether the organisation whose record it is stands among them, as where each one signs.

    Raises
    ------
    PermissionDenied
        If a guest would bring another in, or take another out.
    """
    home = whole.organisation
    codes = {code: {} for code in wanted if code != home} | ({home: {}} if with_home else {})
    there = set(whole.parties.values_list("organisation", flat=True))
    check_choose_parties(person, home, there ^ codes.keys())
    keep_parts(person, whole, (whole.parties, relation, "organisation"), codes)


def page_or_list(person: Person, record: Any, page: str) -> tuple[str, ...]:
    """Where to go on after a change: the page of a record, or the list for who has left it."""
    rows = type(record).objects.filter(pk=record.pk)
    is_seen = visible(rows, person).exists()
    return (page, record.pk) if is_seen else (f"{page}s",)


def keep_parts(
    person: Person,
    whole: Any,
    parts: tuple[Any, str, str],
    wanted: Mapping[str, Mapping[str, Any]],
) -> None:
    """Bring the parts of a record to those that are wanted; one that is there stays as it is.

    Parameters
    ----------
    person
        Who writes.
    whole
        The record.
    parts
        Its parts, the name by which they refer to it, and the field by which they are known.
    wanted
        What a part is known by → its other fields, if it is made.
    """
    rows, relation, key = parts
    there = {getattr(one, key): one for one in rows.all()}
    home = right_at(person, whole)
    for known, fields in wanted.items():
        if known not in there:
            add_record(person, rows.model, home, **{relation: whole, key: known, **fields})
    for known in sorted(name for name in there if name and name not in wanted):
        remove_record(person, there[known])
