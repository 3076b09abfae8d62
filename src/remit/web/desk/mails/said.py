"""What a mail says: what waits, what is late, what has moved, of what its reader may see now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import get_resolver, reverse
from django.utils import timezone

from remit.records.audit.event import VERBS
from remit.web.access.person import Person
from remit.web.access.relations import name_of
from remit.web.desk.audit import names_of_accounts
from remit.web.desk.daily.moved import RecordMoved, moved_since
from remit.web.desk.daily.waiting import Waiting, WaitingLine, all_waiting
from remit.web.people.models import Account
from remit.words.days import day_words
from remit.words.sentences import count_words, listed

_SHOWN = 10
_STOP = "remit.web.mails.stop"


@dataclass(frozen=True, slots=True)
class DigestText:
    """A mail to one person; nothing of their name or of a record stands in its head."""

    subject: str
    text: str
    stop: str
    """Where it is ended, in full."""
    is_empty: bool
    """Nothing waits and nothing has moved: there is nothing to send."""


def digest_of(person: Person, since: datetime, how_often: str) -> DigestText:
    """The mail of a person, by what they may see at this moment.

    Parameters
    ----------
    person
        Whose.
    since
        From when on changes are told.
    how_often
        ``daily`` or ``weekly``, as they chose.

    Examples
    --------
    >>> digest_of(person, since, "weekly").subject  # doctest: +SKIP
    'What waits for you in Remit'
    """
    assert get_resolver().url_patterns  # what waits joins when its pages are loaded
    waiting = [one for one in all_waiting(person, _SHOWN) if one.total]
    moved = moved_since(person, since)
    stop = f"{settings.REMIT_ADDRESS}{reverse('mail_stopped', args=[stop_word(person.account)])}"
    lines = [f"Hello {one_line(person.name)},", "", *_finding(waiting)]
    for subject in waiting:
        lines += _of_subject(subject, person)
    lines += _of_moved(moved, since, person)
    when = "each day" if how_often == "daily" else "each week"
    lines += [
        "", f"All of it: {settings.REMIT_ADDRESS}/", "",
        "It says what you may see today, and is for you alone.",
        f"You asked for this mail {when}. To end it: {stop}", "",
    ]  # fmt: skip
    sample = " (sample)" if settings.REMIT_IS_DEMO else ""
    return DigestText(
        f"What waits for you in Remit{sample}", "\n".join(lines), stop, not waiting and not moved
    )


def _finding(waiting: list[Waiting]) -> list[str]:
    late = [count_words(one.late, one.noun) for one in waiting if one.late]
    count = sum(one.late for one in waiting)
    first = f"{listed(late)} of yours {'is' if count == 1 else 'are'} late." if late else (
        "Nothing of yours is late."
    )  # fmt: skip
    if not waiting:
        return [_began(first)]
    said = listed([count_words(one.total, one.noun) for one in waiting])
    verb = "waits" if sum(one.total for one in waiting) == 1 else "wait"
    return [f"{_began(first)} {_began(said)} {verb} at your own organisations."]


def _of_subject(subject: Waiting, person: Person) -> list[str]:
    lines = ["", f"{_began(subject.noun)}s that wait, those due first at the top:"]
    for one in subject.lines:
        lines += [f"- {_waits(one, person)}", f"  {settings.REMIT_ADDRESS}{one.address}"]
    if subject.total > len(subject.lines):
        lines.append(f"All of them: {settings.REMIT_ADDRESS}{subject.address}")
    return lines


def _waits(line: WaitingLine, person: Person) -> str:
    whose = f"{name_of(line.organisation, person.on)} ({line.organisation})"
    if line.due_on is None:
        due = "no day"
    else:
        late = "LATE, " if line.due_on < person.on else ""
        due = f"{late}due {day_words(line.due_on)}"
    return one_line(f"{line.words} – {whose}, {due}")


def _of_moved(moved: list[RecordMoved], since: datetime, person: Person) -> list[str]:
    local = timezone.localtime(since)
    begins = f"since {day_words(local.date())}, {local.strftime('%H:%M')}"
    if not moved:
        return ["", f"Nothing that you may see was changed by others {begins}."]
    names = names_of_accounts([one.entry for one in moved[:_SHOWN]])
    said = count_words(len(moved), "record")
    lines = ["", f"{_began(said)} changed by others {begins}:"]
    for one in moved[:_SHOWN]:
        who = names.get(one.entry.who) or "an account that is gone"
        did = f"{who}, for {name_of(one.entry.acting_for, person.on)}, {VERBS[one.entry.what]} it"
        lines += [one_line(f"- {one.words}: {did}"), f"  {settings.REMIT_ADDRESS}{one.address}"]
    if len(moved) > _SHOWN:
        lines.append(f"The latest {_SHOWN} are told.")
    return lines


def one_line(text: str) -> str:
    """A text as one line without signs that are not seen: so no title can feign a line of its own.

    Examples
    --------
    >>> one_line("Send it\\r\\nBcc: all@icb.example\\u202e")
    'Send it Bcc: all@icb.example'
    """
    return "".join(one for one in " ".join(text.split()) if one.isprintable())


def _began(text: str) -> str:
    return text[:1].upper() + text[1:]


def stop_word(account: Any) -> str:
    """What in an address ends the mail of an account; it opens nothing else."""
    return str(Signer(salt=_STOP).sign(str(account.pk)))


def account_of_stop_word(word: str) -> Any:
    """The account whose mail a word ends; None where it is none of ours."""
    try:
        key = Signer(salt=_STOP).unsign(word)
    except BadSignature:
        return None
    return Account.objects.filter(pk=key).first()
