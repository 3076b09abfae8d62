"""Agreements: what organisations agreed, and which of them have signed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.records.together.models import Agreement, AgreementParty
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.policies import PolicyRefusal
from remit.web.access.roles import Permission
from remit.web.access.settled import (
    can_change_agreement,
    check_change_agreement,
    check_sign_agreement,
)
from remit.web.access.visibility import visible
from remit.web.desk.listing import list_page
from remit.web.desk.together.fields import (
    OrganisationsField,
    ScreenedForm,
    choice,
    day,
    homes_of,
    line,
    lines,
)
from remit.web.desk.together.numbers import next_number
from remit.web.desk.together.pages import (
    edited,
    entered,
    keep_parties,
    mark_of,
    one_seen,
    page_or_list,
    shown,
    written_whole,
)
from remit.web.desk.writing import add_record, change_record

_FIELDS = ("title", "text", "agreed_on", "ends_on")
_MOST_TEXT = 20_000


class AgreementForm(ScreenedForm):
    """What organisations agree."""

    title = line("What it is called", "Enter what it is called")
    text = lines("What is agreed", "Enter what is agreed", most=_MOST_TEXT)
    parties = OrganisationsField("Who else signs it", least=1)
    agreed_on = day("Holds from")
    ends_on = day("Ends on")

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        given = super().clean()
        first, last = given.get("agreed_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "It ends before it begins. Enter a later day")
        return given


class NewAgreementForm(AgreementForm):
    """The same, with who keeps it."""

    organisation = choice("Who keeps it, and signs it too")

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["organisation"].choices = homes_of(person)
        self.order_fields(["title", "text", "organisation"])


def agreements_wanted(request: Any, permission: Permission = Permission.READ) -> Any:
    """The agreements that an address asks for, of those that the person may see."""
    rows = visible(Agreement.objects.all(), request.person, permission)
    given = request.GET
    waits = AgreementParty.objects.filter(signed_on=None).values("agreement")
    if given.get("state") == "waits":
        rows = rows.filter(pk__in=waits)
    elif given.get("state") == "signed":
        rows = rows.exclude(pk__in=waits)
    if words := given.get("q", "").strip()[:200].replace("\x00", ""):
        rows = rows.filter(Q(title__icontains=words) | Q(agreement_id__iexact=words))
    return rows.order_by(F("agreed_on").desc(nulls_first=True), "pk")


@require_safe
def agreements(request: Any) -> HttpResponse:
    """The agreements that the person may see, with who has signed."""
    wanted = agreements_wanted(request)
    page = list_page(wanted, request.GET)
    parties: dict[str, list[Any]] = defaultdict(list)
    rows = AgreementParty.objects.filter(agreement__in=[one.pk for one in page.rows])
    for one in rows.order_by("organisation"):
        parties[one.agreement_id].append(one)
    waits = AgreementParty.objects.filter(signed_on=None).values("agreement")
    view = {
        "page": page,
        "given": request.GET,
        "parties": parties,
        "waits": wanted.order_by().filter(pk__in=waits).count(),
        "may_enter": permissions.user_can_enter(request.person),
    }
    return shown(request, "agreements", view)


@require_safe
def agreement(request: Any, agreement_id: str) -> HttpResponse:
    """One agreement, with who has signed and who may."""
    person = request.person
    found = one_seen(request, Agreement, agreement_id)
    parties = list(found.parties.order_by("organisation"))
    can_change = can_change_agreement(parties)
    view = {
        "agreement": found,
        "parties": parties,
        "waiting": [one for one in parties if one.signed_on is None],
        "mine": [
            one for one in parties
            if one.signed_on is None and permissions.user_can_sign(person, one.organisation)
        ],
        "can_change": can_change,
        "may_write": permissions.user_can_write(person, found),
        "mark": _mark(found, parties),
    }  # fmt: skip
    return shown(request, "agreement", view)


def _mark(found: Any, parties: list[Any]) -> str:
    return mark_of(found, [one.organisation for one in parties])


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def agreement_new(request: Any) -> HttpResponse:
    """A new agreement; nobody has signed it yet."""
    person = request.person
    permissions.check_enter(person)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        return ("agreement", enter_agreement(person, given).pk)

    form = NewAgreementForm(request.POST or None, person=person)
    crumbs = [("Agreements", reverse("agreements"))]
    return entered(request, form, keep, heading="Enter an agreement", crumbs=crumbs)


def enter_agreement(person: Person, given: dict[str, Any]) -> Any:
    """Keep a new agreement with its parties, as a form was filled in."""
    home = given["organisation"]
    number = next_number(Agreement, "agreement_id", "AGR")
    fields = {name: given[name] for name in _FIELDS}
    made = add_record(person, Agreement, home, agreement_id=number, organisation=home, **fields)
    keep_parties(person, made, "agreement", given["parties"], with_home=True)
    return made


def unsigned_agreement(request: Any, agreement_id: str) -> Any:
    """An agreement that the person may change and that nobody has signed."""
    found = one_seen(request, Agreement, agreement_id)
    permissions.check_write(request.person, found)
    check_change_agreement(found, list(found.parties.all()))
    return found


def agreement_stands(found: Any) -> tuple[dict[str, Any], str]:
    """What a form of an agreement has in it now, and the mark of that state."""
    parties = list(found.parties.order_by("organisation"))
    initial: dict[str, Any] = {name: getattr(found, name) for name in _FIELDS}
    codes = [one.organisation for one in parties if one.organisation != found.organisation]
    return initial | {"parties": ", ".join(codes)}, _mark(found, parties)


def change_agreement(person: Person, found: Any, given: dict[str, Any]) -> None:
    """Change an agreement and its parties, as a form was filled in."""
    change_record(person, found, "edit", **{name: given[name] for name in _FIELDS})
    keep_parties(person, found, "agreement", given["parties"], with_home=True)


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def agreement_change(request: Any, agreement_id: str) -> HttpResponse:
    """Change an agreement that nobody has signed."""
    person, found = request.person, unsigned_agreement(request, agreement_id)
    initial, mark = agreement_stands(found)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        change_agreement(person, found, given)
        return page_or_list(person, found, "agreement")

    form = AgreementForm(request.POST or None, initial=initial)
    crumbs = [
        ("Agreements", reverse("agreements")),
        (found.title, reverse("agreement", args=[found.pk])),
    ]
    heading = f"Change agreement {found.pk}"
    return edited(request, form, keep, heading=heading, crumbs=crumbs, mark=mark)


@require_POST
@written_whole
def agreement_signed(request: Any, agreement_id: str) -> HttpResponse:
    """Sign an agreement, as it stood on the page, for one of its parties.

    Raises
    ------
    PolicyRefusal
        If it was changed since it was read, or the party has signed.
    """
    person = request.person
    found = one_seen(request, Agreement, agreement_id)
    parties = list(found.parties.order_by("organisation"))
    code = str(request.POST.get("organisation", ""))
    permissions.check_sign(person, code)
    party = next((one for one in parties if one.organisation == code), None)
    if party is None:
        raise PolicyRefusal("That organisation is no party to the agreement.")
    check_sign_agreement(party)
    if request.POST.get("seen") != _mark(found, parties):
        raise PolicyRefusal("It was changed since you read it. Read it again, then sign.")
    fields = {"signed_on": person.on, "signed_as": _role_of(person, code)}
    change_record(person, party, "sign", **fields)
    messages.success(request, f"Agreement {found.pk} is signed for {code}.")
    return redirect("agreement", agreement_id=found.pk)


def _role_of(person: Person, code: str) -> str:
    """In which role somebody signs for an organisation."""
    return next(
        one.role.name.lower() for one in person.held
        if one.organisation == code and Permission.SIGN in one.role.at_home
    )  # fmt: skip
