"""How often somebody has mail, and what was sent to them: each mail once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from remit.web.people.models import MailChoice, MailSent

HOW_OFTEN: Mapping[str, str] = {
    "daily": "Each day",
    "weekly": "Each week, from Monday on",
    "never": "Never",
}
_SURE = ("sent", "nothing")
_FIRST = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
LONGEST = timedelta(days=30)
"""What moved before that is told nobody as news."""


def choose(account: Any, how_often: str, now: datetime) -> None:
    """Let somebody have mail so often.

    Parameters
    ----------
    account
        Who.
    how_often
        One of :data:`HOW_OFTEN`.
    now
        The moment.
    """
    MailChoice.objects.update_or_create(
        account=account, defaults={"how_often": how_often, "chosen_at": now}
    )


def chosen(account: Any) -> str:
    """How often somebody has mail: ``never`` until they choose otherwise."""
    held = MailChoice.objects.filter(account=account).first()
    return held.how_often if held is not None else "never"


def who_has_mail() -> list[MailChoice]:
    """Those who chose to have mail, and may still sign in."""
    rows = MailChoice.objects.exclude(how_often="never").filter(account__is_active=True)
    return list(rows.select_related("account").order_by("account"))


def last_mails(account: Any, most: int = 5) -> list[MailSent]:
    """The latest mails of an account."""
    return list(MailSent.objects.filter(account=account).order_by("-day")[:most])


def period_of(how_often: str, on: date) -> date:
    """The day by which a mail is known: the day itself, or the Monday of its week.

    Examples
    --------
    >>> period_of("weekly", date(2026, 4, 1))
    datetime.date(2026, 3, 30)
    """
    return on if how_often == "daily" else on - timedelta(days=on.weekday())


def told_until(choice: MailChoice, now: datetime) -> datetime:
    """Up to when changes were told for sure: from then on the next mail tells them.

    Parameters
    ----------
    choice
        Whose mail.
    now
        The moment.
    """
    rows = MailSent.objects.filter(account=choice.account, state__in=_SURE)
    last = rows.order_by("-until").first()
    since = last.until if last is not None else now - _FIRST[choice.how_often]
    return max(since, now - LONGEST)


def is_done(choice: MailChoice, day: date) -> str:
    """How the mail of a day stands; nothing where it is still to be sent, or to be sent again."""
    held = MailSent.objects.filter(account=choice.account, day=day).first()
    return held.state if held is not None and held.state != "failed" else ""


def claim(choice: MailChoice, day: date, now: datetime) -> MailSent | None:
    """Take the mail of a day upon oneself, before it is sent; None where somebody did already.

    Whoever is ended between this and :func:`settle` leaves a mail of which nobody knows whether it
    went. It is not sent a second time.

    Parameters
    ----------
    choice
        Whose mail.
    day
        Its day.
    now
        The moment up to which it tells.
    """
    with transaction.atomic():
        rows = MailSent.objects.select_for_update()
        begun = {"state": "begun", "until": now, "attempts": 1}
        found: tuple[MailSent, bool] = rows.get_or_create(
            account=choice.account, day=day, defaults=begun
        )
        held, is_new = found
        if is_new:
            return held
        if held.state != "failed":
            return None
        held.state, held.until, held.attempts = "begun", now, held.attempts + 1
        held.save()
        return held


def settle(held: MailSent, state: str, said: str = "") -> None:
    """Note what came of a mail: ``sent``, ``nothing`` to say, ``failed`` or ``unknown``."""
    held.state, held.said = state, said[:300]
    held.save(update_fields=["state", "said"])
