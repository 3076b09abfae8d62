"""What organisations hold together, as it waits: each goes from the list once it is done.

==============  ================================  ==========================================
what waits      for whom                          until
==============  ================================  ==========================================
friction        who is named in it, or has it     it is settled
conversation    who takes part; who called it     it was held; an action or a summary says
                                                  what came of it
commitment      whose it is, whom it binds        its day is another
risk            who holds it                      it is looked at again, or closed
agreement       who signs for a party             it is signed
comment         who holds the role it is for      another of that organisation has answered,
                                                  or the ask or action is done
==============  ================================  ==========================================
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from remit.records.loading import model
from remit.records.talk.models import Remark, RemarkMention
from remit.records.together.models import (
    Agreement,
    AgreementParty,
    Commitment,
    CommitmentParty,
    Conversation,
    ConversationParty,
)
from remit.web.access.person import Person
from remit.web.access.roles import Permission, role
from remit.web.access.visibility import visible
from remit.web.desk.daily.waiting import Waiting, WaitingLine, subject
from remit.web.desk.together.conversation_counts import led_to_action

_COMES = timedelta(days=14)
"""A conversation waits so long before it is held."""
_LONGEST = 120
"""So much of a comment stands in a line."""


@subject("friction")
def frictions_that_wait(person: Person, most: int) -> Waiting:
    """Open frictions that others raised with the person's own organisations, the oldest first."""
    own = person.at_home(Permission.READ)
    named = model("FrictionBody").objects.filter(organisation__in=own).values("friction")
    of_own = (Q(pk__in=named) & ~Q(organisation__in=own)) | Q(escalated_to__in=own)
    rows = visible(model("Friction").objects.filter(of_own, settled_on=None), person)
    lines = [
        WaitingLine(
            f"friction-{one.pk}", one.what, reverse("friction", args=[one.pk]),
            one.organisation or "", None, "to be settled",
        )
        for one in rows.order_by("raised_on", "pk")[:most]
    ]  # fmt: skip
    return Waiting("friction", rows.count(), 0, tuple(lines), f"{reverse('frictions')}?state=open")


@subject("conversation")
def conversations_that_wait(person: Person, most: int) -> Waiting:
    """Conversations that come soon, and those held of which nothing says what came of them."""
    own = person.at_home(Permission.READ)
    party = ConversationParty.objects.filter(organisation__in=own).values("conversation")
    mine = Q(organisation__in=own) | Q(pk__in=party)
    soon = mine & Q(held_on__gte=person.on, held_on__lte=person.on + _COMES)
    led = led_to_action(Conversation.objects.order_by(), person).values("pk")
    no_word = Q(summary=None) | Q(summary="")
    unsaid = Q(organisation__in=own, held_on__lt=person.on) & no_word & ~Q(pk__in=led)
    rows = visible(Conversation.objects.filter(soon | unsaid), person)
    lines = [
        WaitingLine(
            f"conversation-{one.pk}", one.title, reverse("conversation", args=[one.pk]),
            one.organisation, one.held_on if one.held_on >= person.on else None,
            "to be held" if one.held_on >= person.on else "to say what came of it",
        )
        for one in rows.order_by(F("held_on").desc(), "pk")[:most]
    ]  # fmt: skip
    address = reverse("conversations")
    return Waiting("conversation", rows.count(), 0, tuple(lines), address)


@subject("commitment")
def commitments_that_wait(person: Person, most: int) -> Waiting:
    """Commitments of the person's own organisations whose day has passed."""
    own = person.at_home(Permission.READ)
    party = CommitmentParty.objects.filter(organisation__in=own).values("commitment")
    mine = Q(organisation__in=own) | Q(pk__in=party)
    rows = visible(Commitment.objects.filter(mine, due_on__lt=person.on), person)
    lines = [
        WaitingLine(
            f"commitment-{one.pk}", one.aim, reverse("commitment", args=[one.pk]),
            one.organisation, one.due_on, one.strategy,
        )
        for one in rows.order_by("due_on", "pk")[:most]
    ]  # fmt: skip
    count = rows.count()
    return Waiting("commitment", count, count, tuple(lines), reverse("commitments"))


@subject("risk")
def risks_that_wait(person: Person, most: int) -> Waiting:
    """Open risks that the person's own organisations hold and are to look at again by now."""
    own = person.at_home(Permission.READ)
    due = {"closed_on": None, "review_on__lte": person.on}
    rows = visible(model("Risk").objects.filter(organisation__in=own, **due), person)
    lines = [
        WaitingLine(
            f"risk-{one.pk}", one.title, reverse("risk", args=[one.pk]), one.organisation,
            one.review_on, one.holder,
        )
        for one in rows.order_by("review_on", "pk")[:most]
    ]  # fmt: skip
    late = rows.filter(review_on__lt=person.on).count()
    return Waiting("risk", rows.count(), late, tuple(lines), f"{reverse('risks')}?state=open")


@subject("agreement")
def agreements_that_wait(person: Person, most: int) -> Waiting:
    """Agreements that the person may sign for one of their own organisations."""
    own = person.at_home(Permission.SIGN)
    party = AgreementParty.objects.filter(organisation__in=own, signed_on=None)
    rows = visible(Agreement.objects.filter(pk__in=party.values("agreement")), person)
    lines = [
        WaitingLine(
            f"agreement-{one.pk}", one.title, reverse("agreement", args=[one.pk]),
            one.organisation, None, "to be signed",
        )
        for one in rows.order_by("pk")[:most]
    ]  # fmt: skip
    address = f"{reverse('agreements')}?state=waits"
    return Waiting("agreement", rows.count(), 0, tuple(lines), address, for_role=True)


def unanswered(person: Person) -> Any:
    """Comments for a role that the person holds, each role for itself, which nobody answered.

    Whoever answers is of the organisation whose role was asked, and is not who asked.
    """
    held = Q(pk__in=())
    for one in person.held:
        held |= Q(organisation=one.organisation, role=one.role.key)
    same = (
        Q(figure=OuterRef("remark__figure"))
        | Q(ask=OuterRef("remark__ask"))
        | Q(action=OuterRef("remark__action"))
    )
    answers = Remark.objects.filter(
        same, pk__gt=OuterRef("remark_id"), said_for=OuterRef("organisation")
    ).exclude(said_by=OuterRef("remark__said_by"))
    mine = f"account-{person.account.pk}" if person.account else ""
    asked = RemarkMention.objects.filter(held).exclude(Exists(answers))
    rows = visible(Remark.objects.filter(pk__in=asked.values("remark")), person)
    rows = rows.exclude(said_by=mine).exclude(ask__status="closed")
    return rows.exclude(action__done_on__isnull=False)


@subject("comment")
def comments_that_wait(person: Person, most: int) -> Waiting:
    """Comments for the person's role that nobody has answered yet, the oldest first."""
    rows = unanswered(person)
    mine = {(one.organisation, one.role.key) for one in person.held}
    lines = []
    for one in rows.order_by("said_at", "pk").prefetch_related("mentions")[:most]:
        asked = [m.role for m in one.mentions.all() if (m.organisation, m.role) in mine]
        lines.append(
            WaitingLine(
                f"comment-{one.pk}", one.text[:_LONGEST], _place(one), one.organisation, None,
                role(asked[0]).name.lower() if asked else "",
            )
        )  # fmt: skip
    address = f"{reverse('remarks')}?waits=1"
    return Waiting("comment", rows.count(), 0, tuple(lines), address, for_role=True)


def _place(remark: Any) -> str:
    """The page on which a comment is answered."""
    if remark.figure_id:
        return str(reverse("figure_said", args=[remark.figure_id]))
    name, key = ("ask", remark.ask_id) if remark.ask_id else ("action", remark.action_id)
    return str(reverse(name, args=[key]))
