"""Commitments of strategies, and agreements; no token signs."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from remit.records.together.models import Agreement, Commitment
from remit.web.access import permissions
from remit.web.api.agreed_shapes import (
    AgreementChange,
    AgreementIn,
    AgreementOut,
    AgreementRows,
    AgreementsWanted,
    CommitmentChange,
    CommitmentIn,
    CommitmentOut,
    CommitmentRows,
    CommitmentsWanted,
    OneAgreement,
    OneCommitment,
    PartyOut,
    TieIn,
)
from remit.web.api.asking import Key, as_form, fit, of_one, of_page, once, seen, taken, who
from remit.web.api.keeping import change, enter
from remit.web.api.refusals import REFUSALS
from remit.web.desk.listing import list_page
from remit.web.desk.together import agreements as agreement_desk
from remit.web.desk.together import commitments as commitment_desk
from remit.web.desk.together.commitment_forms import CommitmentForm, NewCommitmentForm, TieForm
from remit.web.desk.together.pages import one_seen
from remit.web.desk.together.ties import seen_ties, untie

router = Router(tags=["commitments and agreements"])
COMMITMENT = "/commitments/{commitment_id}"
AGREEMENT = "/agreements/{agreement_id}"


@router.get("/commitments", response={200: CommitmentRows, **REFUSALS}, url_name="commitments")
def commitments(
    request: HttpRequest, wanted: Annotated[CommitmentsWanted, Query()]
) -> dict[str, Any]:
    """List the commitments that the token reaches, the first due first."""
    rows = of_one(commitment_desk.commitments_wanted(request, taken(request)), wanted.organisation)
    page = list_page(rows.prefetch_related("parties"), request.GET)
    return {**of_page(page), "rows": [_commitment(one) for one in page.rows]}


def _commitment(one: Any) -> dict[str, Any]:
    names = CommitmentOut.model_fields.keys() - {"parties"}
    parties = sorted(party.organisation for party in one.parties.all())
    return {**{name: getattr(one, name) for name in names}, "parties": parties}


def _whole(request: Any, one: Any) -> dict[str, Any]:
    ties = [
        {"number": tie.number, "kind": tie.kind, "target": tie.target, "words": tie.words}
        for tie in seen_ties(one, who(request))
    ]
    return {**_commitment(one), "seen": commitment_desk.commitment_stands(one)[1], "ties": ties}


@router.get(COMMITMENT, response={200: OneCommitment, **REFUSALS}, url_name="commitment")
def commitment(request: HttpRequest, commitment_id: str) -> Any:
    """Give one commitment with what serves it."""
    return _whole(request, seen(request, Commitment, commitment_id, taken(request)))


@router.post("/commitments", response={201: OneCommitment, **REFUSALS}, url_name="commitment_new")
def commitment_new(request: HttpRequest, given: CommitmentIn, key: Key = "") -> Any:
    """Enter a commitment of one's own organisation."""
    made = enter(
        request, key, given, Commitment, form=NewCommitmentForm,
        keep=commitment_desk.enter_commitment,
    )  # fmt: skip
    return Status(201, _whole(request, made))


def _written(request: Any, commitment_id: str) -> Any:
    """A commitment that the person may change, held."""
    found = one_seen(request, Commitment, commitment_id)
    permissions.check_write(who(request), found)
    return found


@router.patch(COMMITMENT, response={200: OneCommitment, **REFUSALS}, url_name="commitment_change")
def commitment_change(request: HttpRequest, commitment_id: str, given: CommitmentChange) -> Any:
    """Change a commitment, unless somebody else did since it was seen."""
    return change(
        request, given, lambda: _written(request, commitment_id),
        commitment_desk.commitment_stands, form=CommitmentForm,
        keep=commitment_desk.change_commitment, told=lambda one: _whole(request, one),
    )  # fmt: skip


@router.post(f"{COMMITMENT}/ties", response={201: OneCommitment, **REFUSALS}, url_name="tie_new")
def tie_new(request: HttpRequest, commitment_id: str, given: TieIn, key: Key = "") -> Any:
    """Tie an ask, an action or a figure to a commitment."""

    def does() -> Any:
        found = _written(request, commitment_id)
        form = TieForm(as_form(given.model_dump()), person=who(request))
        commitment_desk.tie_to(who(request), found, fit(form))
        return found

    found = once(request, key, does, lambda _: _written(request, commitment_id))
    return Status(201, _whole(request, found))


@router.delete(
    f"{COMMITMENT}/ties/{{number}}", response={204: None, **REFUSALS}, url_name="tie_removed"
)
def tie_removed(request: HttpRequest, commitment_id: str, number: int) -> Any:
    """Untie something; who changed what keeps it."""

    def does() -> None:
        untie(who(request), _written(request, commitment_id), number)

    once(request, "", does, dict)
    return Status(204, None)


@router.get("/agreements", response={200: AgreementRows, **REFUSALS}, url_name="agreements")
def agreements(
    request: HttpRequest, wanted: Annotated[AgreementsWanted, Query()]
) -> dict[str, Any]:  # fmt: skip
    """List the agreements that the token reaches, with who has signed."""
    rows = of_one(agreement_desk.agreements_wanted(request, taken(request)), wanted.organisation)
    page = list_page(rows.prefetch_related("parties"), request.GET)
    return {**of_page(page), "rows": [_agreement(one) for one in page.rows]}


def _agreement(one: Any) -> dict[str, Any]:
    names = AgreementOut.model_fields.keys() - {"parties"}
    parties = [
        {name: getattr(party, name) for name in PartyOut.model_fields}
        for party in one.parties.all()
    ]
    return {
        **{name: getattr(one, name) for name in names},
        "parties": sorted(parties, key=lambda party: str(party["organisation"])),
    }


def _signed(one: Any) -> dict[str, Any]:
    return {**_agreement(one), "seen": agreement_desk.agreement_stands(one)[1]}


@router.get(AGREEMENT, response={200: OneAgreement, **REFUSALS}, url_name="agreement")
def agreement(request: HttpRequest, agreement_id: str) -> Any:
    """Give one agreement with who has signed."""
    return _signed(seen(request, Agreement, agreement_id, taken(request)))


@router.post("/agreements", response={201: OneAgreement, **REFUSALS}, url_name="agreement_new")
def agreement_new(request: HttpRequest, given: AgreementIn, key: Key = "") -> Any:
    """Enter an agreement that one's own organisation keeps; people sign it on its page."""
    made = enter(
        request, key, given, Agreement, form=agreement_desk.NewAgreementForm,
        keep=agreement_desk.enter_agreement,
    )  # fmt: skip
    return Status(201, _signed(made))


@router.patch(AGREEMENT, response={200: OneAgreement, **REFUSALS}, url_name="agreement_change")
def agreement_change(request: HttpRequest, agreement_id: str, given: AgreementChange) -> Any:
    """Change an agreement that nobody has signed, unless somebody else did since it was seen."""
    return change(
        request, given, lambda: agreement_desk.unsigned_agreement(request, agreement_id),
        agreement_desk.agreement_stands, form=agreement_desk.AgreementForm,
        keep=agreement_desk.change_agreement, told=_signed,
    )  # fmt: skip
