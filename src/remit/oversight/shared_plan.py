"""A plan that several organisations sign, in the records: an act with its entries, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from remit.model.plan_course import PlanAct
from remit.oversight.answered import ANSWERS, REMARKS, answer_to
from remit.oversight.course import (
    Actor,
    ActRefused,
    PlanStanding,
    SharedVersion,
    SideSigned,
    after,
    begun,
    load_course,
    state_of,
)
from remit.oversight.plan_items import items_of
from remit.records.audit import ChangedMeanwhile, Event, at_once, change, create, last_entry


@dataclass(frozen=True, slots=True)
class SaidOfPlan:
    """What a side says of a plan along with an act: the kind of it, the words, and of which item.

    ``kind`` is an act of the course that says something, one of :data:`FINDINGS` in a review, or
    one of the answers to a remark, which ``item`` then names, along with what is written.
    """

    kind: str
    text: str
    item: str | None = None


REVIEWED_ON = "reviewed-on"
"""The kind of what a review says of its day."""
FINDINGS = {"found-kept": "kept", "found-partly": "partly kept", "found-not": "not kept"}
"""What a review finds of an item → how it is told."""
_VERBS = {"comment": "comment", "correct": "check", "dissent": "dissent",
          **dict.fromkeys((REVIEWED_ON, *FINDINGS), "review"),
          **dict.fromkeys(ANSWERS, "settle")}  # fmt: skip
"""What is said along with an act → its verb in the audit, which is not the act's."""


def begin_plan(
    event: Event,
    sides: Mapping[str, str],
    text: str,
    /,
    *,
    using: str = "default",
    **fields: Any,
) -> Any:
    """Keep a new plan, with its sides and the text of its first version.

    Parameters
    ----------
    event
        Who begins it.
    sides
        Each side of the course → the code of its organisation.
    text
        The first version.
    using
        The name of the database's connection.
    fields
        The plan's own: ``plan_id``, ``title`` and ``period``.

    Returns
    -------
    object
        The plan.

    Raises
    ------
    ActRefused
        If the sides are not those of the course, one organisation stands for two, or the event is
        for another than the side that begins.

    Examples
    --------
    >>> sides = {"region": "ZR1", "icb": "ZQ1", "trust": "ZA1"}
    >>> begin_plan(event, sides, "Fewer asks.", plan_id="PLAN-1", title="One plan",
    ...            period="2026/27")  # doctest: +SKIP
    <Plan: Plan object (PLAN-1)>
    """
    parts = [one.id for one in load_course().parts]
    if sorted(sides) != sorted(parts) or len(set(sides.values())) < len(parts):
        raise ActRefused(f"A plan has these sides, each another organisation: {', '.join(parts)}.")
    writer = sides[state_of(load_course().first).owner]
    if event.acting_for != writer:
        raise ActRefused(f"A plan is begun for {writer}, whose turn it is first.")
    with at_once(using):
        plan = create(
            event, _kind("Plan"), using=using, organisation=sides["trust"], begun_by=writer,
            status=load_course().first, moved_at=event.when, **fields,
        )  # fmt: skip
        for part in parts:
            create(
                event, _kind("PlanParty"), using=using, plan=plan, organisation=sides[part],
                part=part,
            )  # fmt: skip
        _add_version(event, plan, begun(text).version, 1, using)
    return plan


def standing_of(plan: Any) -> PlanStanding:
    """Where a plan stands, as its records have it now.

    >>> standing_of(plan).state  # doctest: +SKIP
    'draft'
    """
    part_of = {code: part for part, code in sides_of(plan).items()}
    status = _rows("Plan", plan).get(pk=plan.pk).status
    signed: dict[int, list[SideSigned]] = {}
    for one in _rows("PlanSignature", plan).filter(version__plan=plan).order_by("pk"):
        by = SideSigned(part_of[one.organisation], one.signed_by)
        signed.setdefault(one.version_id, []).append(by)
    versions = tuple(
        SharedVersion(one.text, one.is_fixed, tuple(signed.get(one.pk, ())))
        for one in _versions(plan)
    )
    return PlanStanding(status, versions)


def sides_of(plan: Any) -> dict[str, str]:
    """Each side of a plan → the code of its organisation."""
    return {one.part: one.organisation for one in _rows("PlanParty", plan).filter(plan=plan)}


def act_on_plan(
    event: Event,
    plan: Any,
    act_name: str,
    actor: Actor,
    /,
    *,
    text: str | None = None,
    item: str | None = None,
    signed_as: str = "",
    seen: int | None = None,
    also: Sequence[SaidOfPlan] = (),
) -> PlanStanding:
    """Do an act for the side for whose organisation the event's person acts.

    Parameters
    ----------
    event
        Who acts, for which organisation and why.
    plan
        The plan.
    act_name
        The act, by its identifier in the course.
    actor
        The person with what they may do at each side; the same as the event's.
    text
        What is written or said, for an act that does so.
    item
        The passage of which something is said, by its identifier.
    signed_as
        The role in which somebody signs.
    seen
        What :func:`plan_seen` gave when the plan was read: if it was written or passed on since,
        nothing is done.
    also
        What is said first, in the same transaction: what the side may say in this state, or what a
        review found, once of each item, or answers to what was said. Where the text that is
        written with answers is the one that stands, no version is made.

    Returns
    -------
    PlanStanding
        Where the plan stands then.

    Raises
    ------
    ActRefused
        If the course does not allow it, the organisation is no side, the actor is not the event's,
        or there is no text where one is needed. Nothing is written then.
    ChangedMeanwhile
        If somebody wrote the plan, or passed it on, since it was seen. Nothing is written then.

    Examples
    --------
    >>> act_on_plan(event, plan, "hand-over", actor).state  # doctest: +SKIP
    'comment'
    """
    using = plan._state.db
    if event.who != actor.person:
        raise ActRefused("An act is done and entered by the same person.")
    part = {code: one for one, code in sides_of(plan).items()}.get(event.acting_for)
    if part is None:
        raise ActRefused(f"{event.acting_for} is no side of this plan.")
    with at_once(using):
        _check_seen(plan, seen)
        before = standing_of(plan)
        standing = after(before, act_name, part, actor, text)
        act = next(one for one in state_of(before.state).acts if one.id == act_name)
        newest = _versions(plan).last()
        _check_said(before, act, part, actor, also)
        _check_answers(plan, act, part, also)
        if act.does == "write" and also and text == before.version.text:
            standing = before
        for one in also:
            _say(replace(event, what=_VERBS[one.kind]), newest, one.kind, one.text, one.item)
        if act.does == "view":
            _say(event, newest, act_name, text, item)
        elif act.does == "write" and len(standing.versions) > len(before.versions):
            _add_version(event, plan, standing.version, len(standing.versions), using)
        else:
            change(event, newest, text=standing.version.text, is_fixed=standing.version.fixed)
        if act.does == "sign":
            create(
                event, _kind("PlanSignature"), using=using, version=newest,
                organisation=event.acting_for, signed_as=signed_as, signed_by=event.who,
                signed_at=event.when,
            )  # fmt: skip
        if act.reason:
            _say(event, newest, act_name, text, item)
        if act.to:
            _move(event, plan, standing.state, newest)
    return standing


def _check_said(
    before: PlanStanding, act: PlanAct, part: str, actor: Actor, also: Sequence[SaidOfPlan]
) -> None:
    """Refuse what cannot be said now, and a review that does not say what became of each item."""
    for one in also:
        if one.kind in ANSWERS and act.does == "write":
            continue
        if one.kind not in {REVIEWED_ON, *FINDINGS} or not act.finds:
            said = [open_ for open_ in state_of(before.state).acts if open_.id == one.kind]
            if said and said[0].does != "view":
                raise ActRefused(f"“{said[0].name}” is not something that is said.")
            after(before, one.kind, part, actor, one.text)
    if act.finds:
        found = sorted(one.item or "" for one in also if one.kind in FINDINGS)
        if found != sorted(one.id for one in items_of(before.version.text)):
            raise ActRefused("A review says of each item what was found, once.")


def _check_answers(plan: Any, act: PlanAct, part: str, also: Sequence[SaidOfPlan]) -> None:
    """Refuse an answer to what nobody said, or what the side does not see."""
    answers = [one for one in also if one.kind in ANSWERS]
    said = {answer_to(one.pk) for one in views_seen(plan, part) if one.kind in REMARKS}
    if answers and (act.does != "write" or {one.item for one in answers} - said):
        raise ActRefused("An answer is to a comment or a correction of this plan.")


def plan_seen(plan: Any) -> int:
    """The number of the last entry on a plan, its newest version and its newest answer.

    It is shown to who acts. An answer may be given without a new version, and must not be
    overwritten unread; what sides say stops nobody.

    >>> plan_seen(plan)  # doctest: +SKIP
    12
    """
    answers = _rows("PlanView", plan).filter(version__plan=plan, kind__in=sorted(ANSWERS))
    newest = (_versions(plan).last(), answers.order_by("pk").last())
    # As many questions whether there is an answer or not.
    return max(last_entry(plan), *(last_entry(one or plan) for one in newest))


def _check_seen(plan: Any, seen: int | None) -> None:
    if seen is not None and plan_seen(plan) > seen:
        raise ChangedMeanwhile(
            f"Plan {plan.pk} was written or passed on by somebody else since it was read; nothing "
            "was done. Read it as it stands now",
            (plan_seen(plan),),
        )


def _move(event: Event, plan: Any, to: str, newest: Any) -> None:
    """Pass a plan on: from here on all sides know of it, and of views that the state shows."""
    if state_of(to).in_force:
        change(event, newest, in_force_from=event.when.date())
    change(event, plan, status=to, is_shared=True, moved_at=event.when)
    hidden = _rows("PlanView", plan).filter(version__plan=plan, is_shared=False)
    for view in hidden.order_by("pk"):
        # An answer belongs to what was written with it, and is shown once that is passed on.
        if state_of(to).views_shown or view.kind in ANSWERS:
            change(event, view, is_shared=True)


def versions_seen(plan: Any, part: str) -> list[Any]:
    """The versions that a side sees, the newest last: one not passed on is its writer's alone."""
    writer = sides_of(plan)[part]
    return [one for one in _versions(plan) if one.is_fixed or one.organisation == writer]


def views_seen(plan: Any, part: str) -> list[Any]:
    """What a side sees of what was said of a plan, oldest first: its own, and what was shown."""
    own = sides_of(plan)[part]
    rows = _rows("PlanView", plan).filter(version__plan=plan).order_by("pk")
    return [one for one in rows if one.is_shared or one.organisation == own]


def _say(event: Event, version: Any, kind: str, text: str | None, item: str | None) -> None:
    if not (text or "").strip():
        raise ActRefused("To say something takes a text.")
    create(
        event, _kind("PlanView"), using=version._state.db, version=version,
        organisation=event.acting_for, kind=kind, item=item, text=text, handed_in_at=event.when,
        is_shared=state_of(version.plan.status).views_shown and kind not in ANSWERS,
    )  # fmt: skip


def _add_version(event: Event, plan: Any, version: SharedVersion, number: int, using: str) -> None:
    create(
        event, _kind("PlanVersion"), using=using, plan=plan, organisation=event.acting_for,
        number=number, text=version.text, made_at=event.when,
    )  # fmt: skip


def _versions(plan: Any) -> Any:
    return _rows("PlanVersion", plan).filter(plan=plan).order_by("number")


def _rows(name: str, plan: Any) -> Any:
    return _kind(name)._base_manager.using(plan._state.db)


def _kind(name: str) -> Any:
    from django.apps import apps

    return apps.get_model("together", name)
