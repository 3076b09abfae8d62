"""What is done to attachments: permission, state, content, then the write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from remit.asks.register.typed import without_names
from remit.records.audit import SYSTEM, Event, change, create
from remit.records.audit.declared import organisations_of
from remit.records.models import Action, Ask
from remit.records.together.models import Conversation
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.policies import PolicyRefusal, check_change_action
from remit.web.access.visibility import visible
from remit.web.attached.contents import NotTaken, kind_of
from remit.web.attached.held_files import drop_bytes, path_of, put_bytes
from remit.web.attached.models import Attachment
from remit.web.attached.scanning import scan, scanner
from remit.web.desk.writing import event_of, right_at

_WHOLES: dict[str, Any] = {"ask": Ask, "action": Action, "conversation": Conversation}
"""Word in an address, and column → what an attachment can hang on."""
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Whole:
    """A record on which files hang."""

    kind: str
    record: Any

    @property
    def files(self) -> Any:
        """Its attachments, tombstones among them."""
        return Attachment.objects.filter(**{f"{self.kind}_id": self.record.pk})


def whole_of(person: Person, kind: str, key: str) -> Whole:
    """A record that a person may see, of a kind that can have files.

    Raises
    ------
    Http404
        If there is none, or none that they may see.
    """
    if kind not in _WHOLES:
        raise Http404
    rows = visible(_WHOLES[kind].objects.all(), person)
    return Whole(kind, get_object_or_404(rows, pk=key))


def whole_by(row: Any) -> Whole:
    """The record on which an attachment hangs."""
    for kind in _WHOLES:
        if getattr(row, f"{kind}_id") is not None:
            return Whole(kind, getattr(row, kind))
    raise Http404


def check_attach(person: Person, whole: Whole) -> None:
    """Refuse whoever may not change the record, and a record that is changed by nobody.

    Raises
    ------
    PermissionDenied, PolicyRefusal
        If it is so.
    """
    permissions.check_write(person, whole.record)
    if whole.kind == "action":
        check_change_action(whole.record)


def plain_name(given: str) -> str:
    """A name as it is kept: no path, no sign that is not seen, no name of a person.

    Examples
    --------
    >>> plain_name("../../etc/re\\x00port\\u202e.pdf")
    'report.pdf'
    """
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    seen = " ".join("".join(one for one in last if one.isprintable() and one not in '"<>').split())
    stem, dot, ending = seen.rpartition(".")
    words = without_names(stem.strip(". ")) or "file"
    return f"{words[:_LONGEST]}{dot}{ending[:10].lower()}" if dot else words[:_LONGEST]


def attach(person: Person, whole: Whole, file: Any) -> Any:
    """Keep a file with a record; until the scanner has said clean nobody is given it.

    Parameters
    ----------
    person
        Who sends it.
    whole
        On what it hangs.
    file
        What was sent.

    Raises
    ------
    NotTaken
        If it is of no kind that is taken; nothing of it is kept.
    PolicyRefusal
        If there are as many as may be.
    """
    check_attach(person, whole)
    if "\0" in str(file.name):
        raise NotTaken("Its name holds a sign that no name has")
    place, size, digest = put_bytes(file.chunks())
    try:
        kind = kind_of(path_of(place), str(file.name))
        with transaction.atomic():
            type(whole.record).objects.select_for_update().get(pk=whole.record.pk)
            if whole.files.filter(gone_at=None).count() >= settings.REMIT_ATTACHMENTS_MOST:
                raise PolicyRefusal(
                    f"There are {settings.REMIT_ATTACHMENTS_MOST} files already. Take one away."
                )
            event = event_of(person, right_at(person, whole.record), "add")
            made = create(
                event, Attachment, name=plain_name(str(file.name)), kind=kind, size=size,
                sha256=digest, place=place, state="waiting" if scanner() else "unscanned",
                put_at=timezone.now(), put_by=event.who, **{f"{whole.kind}_id": whole.record.pk},
            )  # fmt: skip
    except BaseException:
        drop_bytes(place)
        raise
    look_through(made)
    return made


def look_through(row: Any) -> None:
    """Have a file looked through that waits for it; what the scanner says is kept.

    What it finds something in loses its bytes at once, and stays as a tombstone.
    """
    if not scanner() or row.gone_at is not None or row.state == "clean":
        return
    found = scan(path_of(row.place), scanner())
    gone = timezone.now() if found.state == "found" else None
    codes = sorted(organisations_of(row, "default")) or [SYSTEM]
    event = Event(SYSTEM, codes[0], "check", why="the scanner's answer")
    change(event, row, state=found.state, scan_said=found.said, gone_at=gone)
    if gone:
        transaction.on_commit(lambda: drop_bytes(row.place))


def take_away(person: Person, row: Any) -> None:
    """Take a file away: its bytes go, and that it was there stays.

    Raises
    ------
    PermissionDenied, PolicyRefusal
        If the person may not, or it is gone already.
    """
    whole = whole_by(row)
    check_attach(person, whole)
    if row.gone_at is not None:
        raise PolicyRefusal("This file was taken away already.")
    event = event_of(person, right_at(person, whole.record), "remove")
    change(event, row, gone_at=timezone.now())
    transaction.on_commit(lambda: drop_bytes(row.place))


def is_given(row: Any) -> bool:
    """Whether its bytes are given out: looked through, or there is nothing to look through them."""
    return row.gone_at is None and row.state in ({"clean"} if scanner() else {"clean", "unscanned"})


def bytes_of(row: Any) -> Path:
    """Where the bytes lie that are given out.

    Raises
    ------
    PolicyRefusal
        If they are not given out.
    Http404
        If they are missing.
    """
    if row.gone_at is not None:
        raise PolicyRefusal("This file was taken away.")
    if not is_given(row):
        raise PolicyRefusal("This file waits until it has been looked through for viruses.")
    path = path_of(row.place)
    if not path.is_file():
        raise Http404
    return path
