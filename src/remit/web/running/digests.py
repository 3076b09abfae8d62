"""Mail of what waits, to each who asked for it: once, or not at all and told."""

from __future__ import annotations

import smtplib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from remit.web.instance import InstanceError
from remit.web.people.models import MailChoice

_REFUSED = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    ValueError,
    UnicodeError,
)
"""After these the mail was surely not taken: the server said so, or it was never offered."""
_GIVES_UP = 3
"""So many times in a row the server is not reached, and the rest waits for the next run."""


@dataclass
class DigestRun:
    """What came of a run."""

    counts: Counter[str] = field(default_factory=Counter)
    """``sent``, ``nothing``, ``done`` before, ``failed``, ``unknown``, ``no role``."""
    told: list[str] = field(default_factory=list)
    """What went wrong, by account."""
    texts: list[str] = field(default_factory=list)
    """Of a dry run: the mails."""

    @property
    def is_well(self) -> bool:
        """Whether nothing failed and nothing is unknown."""
        return not self.counts["failed"] and not self.counts["unknown"]


def send_digests(email: str | None = None, *, dry_run: bool = False) -> DigestRun:
    """Send their mail to all whose day it is, or to one of them.

    Parameters
    ----------
    email
        The address of one account; all without it.
    dry_run
        Whether mails are only shown: nothing is sent, and nothing noted.

    Raises
    ------
    InstanceError
        If there is no such account, or it asked for no mail.

    Examples
    --------
    >>> send_digests(dry_run=True).counts["sent"]  # doctest: +SKIP
    0
    """
    run, unreached = DigestRun(), 0
    for choice in _chosen(email):
        if unreached >= _GIVES_UP:
            run.counts["failed"] += 1
            continue
        reached = _one(choice, run, dry_run=dry_run)
        unreached = 0 if reached else unreached + 1
    if unreached >= _GIVES_UP:
        run.told.append("The mail server was not reached three times; the rest waits.")
    return run


def _chosen(email: str | None) -> list[MailChoice]:
    from remit.web.people.mail_choices import who_has_mail
    from remit.web.running.accounts import account_of

    rows = who_has_mail()
    if email is None:
        return rows
    account = account_of(email)
    found = [one for one in rows if one.account == account]
    if not found:
        raise InstanceError(f"{email}: has asked for no mail (Account, Mail of what waits)")
    return found


def _one(choice: MailChoice, run: DigestRun, *, dry_run: bool) -> bool:
    """One person's mail; whether the server was reached, or was not needed."""
    from django.utils import timezone

    from remit.web.desk.mails.said import digest_of
    from remit.web.people.asking import person_of, today
    from remit.web.people.mail_choices import claim, is_done, period_of, settle, told_until

    now, day = timezone.now(), period_of(choice.how_often, today())
    person = person_of(choice.account, today())
    if not person.held:
        run.counts["no role"] += 1
        return True
    if state := is_done(choice, day):
        _told_before(run, choice, day, state)
        return True
    said = digest_of(person, told_until(choice, now), choice.how_often)
    if dry_run:
        run.counts["nothing" if said.is_empty else "would send"] += 1
        run.texts += [] if said.is_empty else [f"To: {choice.account.email}\n{said.text}"]
        return True
    connection = None if said.is_empty else _reached(run, choice)
    if connection is None and not said.is_empty:
        return False
    held = claim(choice, day, now)
    if held is None:  # another run began it this moment
        run.counts["done"] += 1
    elif connection is None:
        settle(held, "nothing")
        run.counts["nothing"] += 1
    else:
        _sent(run, held, connection, _message(choice, said, held))
    return True


def _told_before(run: DigestRun, choice: MailChoice, day: date, state: str) -> None:
    if state not in {"begun", "unknown"}:
        run.counts["done"] += 1
        return
    run.counts["unknown"] += 1
    run.told.append(
        f"{choice.account.email}: it is not known whether the mail of {day} went; it is not sent "
        "again, the next tells all since."
    )


def _reached(run: DigestRun, choice: MailChoice) -> Any:
    """A connection to the server; None where it is not reached, which is told.

    Each mail has a connection of its own: one that breaks off leaves one in doubt.
    """
    from django.core.mail import get_connection

    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        run.counts["failed"] += 1
        run.told.append(f"{choice.account.email}: the mail server was not reached: {error}")
        return None
    return connection


def _sent(run: DigestRun, held: Any, connection: Any, message: Any) -> None:
    from remit.web.people.mail_choices import settle

    try:
        connection.send_messages([message])
    except _REFUSED as error:
        _told(run, held, "failed", error)
    except (OSError, smtplib.SMTPException) as error:
        _told(run, held, "unknown", error)
    else:
        settle(held, "sent")
        run.counts["sent"] += 1
    finally:
        _closed(connection)


def _told(run: DigestRun, held: Any, state: str, error: Exception) -> None:
    from remit.web.desk.mails.said import one_line
    from remit.web.people.mail_choices import settle

    said = one_line(str(error))
    settle(held, state, said)
    run.counts[state] += 1
    after = "it is sent again by the next run" if state == "failed" else "it is not sent again"
    run.told.append(f"{one_line(held.account.email)}: {said}; {after}.")


def _closed(connection: Any) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        return  # the mail is settled; a connection that breaks while it ends changes nothing


def _message(choice: MailChoice, said: Any, held: Any) -> Any:
    """The mail as it goes: plain text, nothing of a record in its head, its end by one click."""
    from urllib.parse import urlsplit

    from django.conf import settings
    from django.core.mail import EmailMessage
    from django.utils.crypto import salted_hmac

    host = urlsplit(settings.REMIT_ADDRESS).hostname
    mark = salted_hmac("remit.web.mails.id", f"{choice.account_id}/{held.day}").hexdigest()
    return EmailMessage(
        subject=said.subject, body=said.text, to=[choice.account.email],
        headers={
            "Message-ID": f"<{mark}@{host}>",
            "List-Unsubscribe": f"<{said.stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )  # fmt: skip
