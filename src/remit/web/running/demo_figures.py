"""What invented people of a demonstration say of the sample's figures, one of which was revised."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from remit.records.audit import Event, create
from remit.records.loading import model
from remit.records.talk.models import FigureTie, FrozenFigure, Remark, RemarkMention
from remit.web.figures.held import FigureHeld, figure_as_at, figure_of
from remit.web.figures.place import VersionPublished, opened_store
from remit.web.people.models import Account

_METRIC = "ae.four-hours"
_REVISED = ("ZA6", "Nov 2025", date(2026, 1, 5))
"""A figure that was keyed in wrong, and a day before its publisher saw it."""


def comment_on_figures() -> int:
    """Have invented people comment, where they are there and nobody said anything yet; how often.

    Examples
    --------
    >>> comment_on_figures()  # doctest: +SKIP
    3
    """
    from django.conf import settings
    from django.db import transaction

    accounts = {one.email.partition("@")[0]: one for one in Account.objects.all()}
    if Remark.objects.exists() or not {"juno.marsh", "owen.tarn", "amara.bell"} <= set(accounts):
        return 0
    place = Path(settings.REMIT_FOLDER)
    version, newest = figure_of(place, "ZA1", _METRIC)
    with opened_store(place) as (_, store):
        code, period, day = _REVISED
        doubted = figure_as_at(store, code, _METRIC, period, day)
    with transaction.atomic():
        before = Remark.objects.count()
        if newest is not None:
            _at_home(version, newest, accounts)
        if doubted is not None:
            event = Event(f"account-{accounts['amara.bell'].pk}", "ZR1", "comment")
            figure = _frozen(event, version, doubted, day)
            _said(event, figure, f"{doubted.words} after months far below: is it keyed in right?")
        return int(Remark.objects.count() - before)


def _at_home(version: VersionPublished, newest: FigureHeld, accounts: dict[str, Any]) -> None:
    """What the trust says of its newest figure, with an action, and what its ICB asks."""
    event = Event(f"account-{accounts['juno.marsh'].pk}", "ZA1", "comment")
    figure = _frozen(event, version, newest, version.known_on)
    said = _said(event, figure, "Beds were full on most afternoons, so patients waited in the A&E.")
    action = create(
        event, model("Action"), action_id="ACT-F1", organisation="ZA1",
        what="Open the discharge lounge at eight", owner="chief operating officer",
        due_on=event.when.date() + timedelta(days=21),
        conversation=f"{newest.metric_name}, {newest.period}",
    )  # fmt: skip
    create(event, FigureTie, figure=figure, remark=said, action=action)
    asks = Event(f"account-{accounts['owen.tarn'].pk}", "ZB1", "comment")
    question = _said(asks, figure, "Which wards discharge after noon most often?")
    create(asks, RemarkMention, remark=question, organisation="ZA1", role="signatory")


def _frozen(event: Event, version: VersionPublished, figure: FigureHeld, day: date) -> Any:
    return create(event, FrozenFigure, **figure.kept, version=version.name, known_until=day)


def _said(event: Event, figure: Any, text: str) -> Any:
    return create(
        event, Remark, organisation=figure.organisation, figure=figure, text=text,
        said_at=event.when, said_by=event.who, said_for=event.acting_for,
    )  # fmt: skip
