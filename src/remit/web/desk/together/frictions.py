"""Friction: what, between whom, raised when, settled how and when, escalated to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Count, F, Min, Q
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from remit.asks.register.frictions import frictions as frictions_of
from remit.asks.register.numbering import next_id
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.relations import name_of
from remit.web.access.roles import Permission
from remit.web.access.settled import (
    can_change_friction,
    check_change_friction,
    check_not_before,
)
from remit.web.access.visibility import visible
from remit.web.desk.listing import list_page
from remit.web.desk.together.fields import (
    AsksField,
    OrganisationField,
    OrganisationsField,
    ScreenedForm,
    choice,
    homes_of,
    lines,
    past_day,
)
from remit.web.desk.together.pages import (
    edited,
    entered,
    keep_parts,
    mark_of,
    name_beside_code,
    one_seen,
    shown,
    written_whole,
)
from remit.web.desk.together.seen_tables import SeenTables
from remit.web.desk.together.settling import (
    SettledAnswerForm,
    answers_for,
    settled_words,
    settling_of,
    settlings_of,
)
from remit.web.desk.writing import TABLES, add_record, change_record
from remit.words.days import day_words
from remit.words.sentences import count_words, listed

_STATES: dict[str, dict[str, Any]] = {
    "open": {"settled_on": None},
    "settled": {"settled_on__isnull": False},
    "escalated": {"settled_on": None, "escalated_on__isnull": False},
}


class FrictionForm(ScreenedForm):
    """What bodies differ about."""

    what = lines("What they differ about", "Enter what they differ about")
    between = OrganisationsField("Between whom")
    raised_on = past_day("Raised on", "Enter the day on which it was raised")
    asks = AsksField("The asks that it is about")

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["asks"].person = person


class NewFrictionForm(FrictionForm):
    """The same, with who raises it, and between two at least."""

    organisation = choice("Who raises it")
    between = OrganisationsField(
        "Between whom", least=1, hint="Name one, and whoever raises it is the other"
    )

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, person=person, **named)
        self.fields["organisation"].choices = homes_of(person)
        self.order_fields(["what", "organisation"])

    def clean(self) -> dict[str, Any]:
        """Where one alone is named, whoever raises it is the other."""
        given = super().clean()
        between, home = given.get("between"), given.get("organisation")
        if between and home and len(between) < 2:
            given["between"] = list(dict.fromkeys([home, *between]))
            if len(given["between"]) < 2:
                self.add_error("between", "Name two organisations or more")
        return given


class SettlingForm(ScreenedForm):
    """How and when a friction was settled."""

    settled_how = lines("How it was settled", "Enter how it was settled")
    settled_on = past_day("Settled on", "Enter the day on which it was settled")


class EscalatingForm(ScreenedForm):
    """To whom a friction is taken."""

    as_given: ClassVar[frozenset[str]] = frozenset({"escalated_to"})

    escalated_to = OrganisationField("To whom it is taken")
    escalated_on = past_day("Taken there on", "Enter the day on which it was taken there")


def frictions_wanted(request: Any, permission: Permission = Permission.READ) -> Any:
    """The frictions that an address asks for, of those that the person may see."""
    rows = visible(model("Friction").objects.all(), request.person, permission)
    given = request.GET
    rows = rows.filter(**_STATES.get(given.get("state", ""), {}))
    if words := given.get("q", "").strip()[:200].replace("\x00", ""):
        rows = rows.filter(Q(what__icontains=words) | Q(friction_id__iexact=words))
    return rows.order_by(F("settled_on").desc(nulls_first=True), "raised_on", "pk")


@require_safe
def frictions(request: Any) -> HttpResponse:
    """The frictions that the person may see, the oldest open one first."""
    person = request.person
    wanted = frictions_wanted(request)
    page = list_page(wanted, request.GET)
    counts = wanted.order_by().aggregate(
        open=Count("pk", filter=Q(settled_on=None)),
        escalated=Count("pk", filter=Q(**_STATES["escalated"])),
        settled=Count("pk", filter=Q(settled_on__isnull=False)),
        oldest=Min("raised_on", filter=Q(settled_on=None)),
    )
    keys = {"pk__in": [one.pk for one in page.rows]}
    view = {
        "page": page,
        "given": request.GET,
        "counts": counts,
        "read": _read(person, keys),
        "said": _said_of(page.rows, person),
        "may_enter": permissions.user_can_enter(person),
    }
    return shown(request, "frictions", view)


def _said_of(rows: Sequence[Any], person: Person) -> dict[str, str]:
    """What a list says of frictions on which the word of a side is missing, by identifier."""
    words = {
        key: settled_words(one, lambda code: name_of(code, person.on))
        for key, one in settlings_of(rows).items()
    }
    return {key: said for key, said in words.items() if said}


def _read(person: Person, of: dict[str, Any]) -> dict[str, Any]:
    """Frictions as the register of asks reads them, by identifier."""
    parts = {f"friction__{name}": value for name, value in of.items()}
    seen = SeenTables(person, Friction=of, FrictionBody=parts, FrictionAsk=parts)
    return {one.friction_id: one for one in frictions_of(seen)}


@require_safe
def friction(request: Any, friction_id: str) -> HttpResponse:
    """One friction."""
    person = request.person
    found = one_seen(request, model("Friction"), friction_id)
    read = _read(person, {"pk": found.pk})[found.pk]
    may_write = permissions.user_can_write(person, found)
    settling = settling_of(found)
    view = {
        "friction": found,
        "settling": settling,
        "half": settled_words(settling, lambda code: name_of(code, person.on)),
        "answers_for": answers_for(person, settling),
        "answer_form": SettledAnswerForm(),
        "bodies": [(one.body, one.organisation) for one in found.bodies.order_by("place", "pk")],
        "asks": list(visible(model("Ask").objects.filter(pk__in=read.ask_ids), person)),
        "asks_count": len(read.ask_ids),
        "may_write": may_write,
        "can_change": can_change_friction(found),
    }
    return shown(request, "friction", view)


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def friction_new(request: Any) -> HttpResponse:
    """A new friction."""
    person = request.person
    permissions.check_enter(person)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        return ("friction", enter_friction(person, given).pk)

    form = NewFrictionForm(request.POST or None, person=person)
    crumbs = [("Friction", reverse("frictions"))]
    return entered(request, form, keep, heading="Enter a friction", crumbs=crumbs)


def enter_friction(person: Person, given: dict[str, Any]) -> Any:
    """Keep a new friction with its bodies and asks, as a form was filled in."""
    number = next_id(TABLES, "Friction", "friction_id", "FR")
    fields = {name: given[name] for name in ("what", "raised_on", "organisation")}
    made = add_record(person, "Friction", given["organisation"], friction_id=number, **fields)
    _keep_parts(person, made, given)
    return made


def _keep_parts(person: Person, whole: Any, given: dict[str, Any]) -> None:
    bodies = {
        code: {"body": name_of(code, person.on), "place": place}
        for place, code in enumerate(given["between"], 1)
    }
    keep_parts(person, whole, (whole.bodies, "friction", "organisation"), bodies)
    seen = set(visible(model("Ask").objects.all(), person).filter(
        frictions__friction=whole).values_list("pk", flat=True))  # fmt: skip
    hidden = [one for one in whole.named.values_list("ask_id", flat=True) if one not in seen]
    asks = {key: {"place": place} for place, key in enumerate([*given["asks"], *hidden], 1)}
    keep_parts(person, whole, (whole.named, "friction", "ask_id"), asks)


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def friction_change(request: Any, friction_id: str) -> HttpResponse:
    """Change a friction that is not settled."""
    person, found = request.person, open_friction(request, friction_id)
    initial, mark = friction_stands(found, person)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        change_friction(person, found, given)
        return ("friction", found.pk)

    form = FrictionForm(request.POST or None, initial=initial, person=person)
    heading = f"Change friction {found.pk}"
    return edited(request, form, keep, heading=heading, crumbs=_crumbs(found), mark=mark)


def friction_stands(found: Any, person: Person) -> tuple[dict[str, Any], str]:
    """What a form of a friction has in it now, and the mark of that state."""
    codes = list(found.bodies.exclude(organisation=None).values_list("organisation", flat=True))
    named = list(found.named.order_by("place", "pk").values_list("ask_id", flat=True))
    seen = visible(model("Ask").objects.filter(pk__in=named), person)
    mine = set(seen.values_list("pk", flat=True))
    initial = {
        "what": found.what,
        "raised_on": found.raised_on,
        "between": ", ".join(codes),
        "asks": ", ".join(one for one in named if one in mine),
    }
    return initial, mark_of(found, [*codes, *named])


def change_friction(person: Person, found: Any, given: dict[str, Any]) -> None:
    """Change a friction with its bodies and asks, as a form was filled in."""
    change_record(person, found, "edit", **{name: given[name] for name in ("what", "raised_on")})
    _keep_parts(person, found, given)


def settle_friction(person: Person, found: Any, given: dict[str, Any]) -> None:
    """Say how and when a friction was settled."""
    check_not_before(given["settled_on"], found.raised_on)
    change_record(person, found, "settle", **given)


def escalate_friction(person: Person, found: Any, given: dict[str, Any]) -> None:
    """Take a friction to an organisation."""
    check_not_before(given["escalated_on"], found.raised_on)
    change_record(person, found, "escalate", **given)


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def friction_settled(request: Any, friction_id: str) -> HttpResponse:
    """Say how and when a friction was settled; from then on nobody changes it."""
    found = open_friction(request, friction_id)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        settle_friction(request.person, found, given)
        return ("friction", found.pk)

    form = SettlingForm(request.POST or None, initial={"settled_on": request.person.on})
    heading, mark = f"Settle friction {found.pk}", mark_of(found)
    crumbs, about = _crumbs(found), _about(found, request.person)
    return edited(request, form, keep, heading=heading, crumbs=crumbs, mark=mark, about=about)


def _about(found: Any, person: Person) -> list[tuple[str, str]]:
    """What a friction is, between whom and since when, above a form about it."""
    bodies = found.bodies.order_by("place", "pk").values_list("body", "organisation")
    between = [name_beside_code(code, person.on) or body for body, code in bodies]
    days = (person.on - found.raised_on).days
    since = f"{day_words(found.raised_on)}, open for {count_words(days, 'day')}"
    return [
        ("What they differ about", found.what),
        ("Between", listed(between)),
        ("Raised", since if days else f"{day_words(found.raised_on)}, today"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def friction_escalated(request: Any, friction_id: str) -> HttpResponse:
    """Take a friction to an organisation, which sees it from then on."""
    found = open_friction(request, friction_id)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        escalate_friction(request.person, found, given)
        return ("friction", found.pk)

    form = EscalatingForm(
        request.POST or None,
        initial={"escalated_on": request.person.on, "escalated_to": found.escalated_to},
    )
    heading, mark = f"Take friction {found.pk} to somebody", mark_of(found)
    crumbs, about = _crumbs(found), _about(found, request.person)
    return edited(request, form, keep, heading=heading, crumbs=crumbs, mark=mark, about=about)


def open_friction(request: Any, friction_id: str) -> Any:
    """A friction that the person may change and that is not settled."""
    found = one_seen(request, model("Friction"), friction_id)
    permissions.check_write(request.person, found)
    check_change_friction(found)
    return found


def _crumbs(found: Any) -> list[tuple[str, str]]:
    return [("Friction", reverse("frictions")), (found.pk, reverse("friction", args=[found.pk]))]
