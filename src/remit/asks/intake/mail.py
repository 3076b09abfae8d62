"""From messages to asks: sender to body, quotations off, automatic replies and own mail out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path

from remit.asks.intake.bounds import Notes
from remit.asks.intake.candidate import Candidate, FileRead, reject, words_in
from remit.asks.intake.deadlines import deadline_in
from remit.asks.intake.mail_files import Mail, NoMessage, parse, raw_messages
from remit.asks.intake.personal import load_personal, quoted_people, without_quotes
from remit.asks.intake.tables import Reduction
from remit.model.errors import AskError
from remit.model.period import london_day

_PREFIX = re.compile(
    r"^\s*(?:(?:re|fwd?|fw|aw|sv)\s*:|\[(?:external|ext|official[^\]]*)\]|external\s*:)\s*", re.I
)
_PEOPLE = (
    *("From", "To", "Cc", "Bcc", "Reply-To", "Sender", "Return-Path", "Delivered-To"),
    *("Resent-From", "Resent-To", "Resent-Cc", "X-Original-To", "Disposition-Notification-To"),
)
_PRECEDENCE = {"auto_reply", "bulk", "junk", "list"}
_LONGEST_SUBJECT = 1_000


def read_mail(path: Path, content: bytes, reduction: Reduction, own: str | None) -> FileRead:
    """Read a message or a mailbox.

    Parameters
    ----------
    path, content
        An ``.eml`` or ``.mbox`` file, and what is in it.
    reduction
        How personal data are reduced; its ``to_org`` is whose mailbox it is.
    own
        The organisation's own mail domain: what comes from there asks nothing of it.

    Raises
    ------
    AskError
        If nobody says whose mailbox it is.
    """
    if not reduction.to_org:
        raise AskError(f"{path}: a mailbox does not say whose it is; give the code with --to-org")
    read = FileRead(
        reduction.redactor.file_name(path.name),
        hashlib.sha256(content).hexdigest(),
        path.suffix.lower().strip("."),
    )
    reader = _MailReader(reduction, own, read)
    for line, raw in raw_messages(path, content):
        mail = _parsed(read, line, raw)
        if mail is not None:
            reader.take(line, mail)
    read.notes += reader.notes.lines("message")
    return read


def _parsed(read: FileRead, line: int, raw: bytes) -> Mail | None:
    """A message, or None and a rejection; nothing that stands in one message ends the others.

    Whatever the reading of it raises is told by its kind, and not in words that may quote it: the
    parsers of the standard library raise nearly all there are on messages that somebody has made
    on purpose.
    """
    try:
        return parse(raw)
    except NoMessage as error:
        reason = str(error)
    except Exception as error:
        reason = f"the message cannot be read ({type(error).__name__})"
    read.rejections.append(reject(read.file_name, line, "", "", reason))
    return None


class _MailReader:
    def __init__(self, reduction: Reduction, own: str | None, read: FileRead) -> None:
        self._reduction = reduction
        self._own = (own or "").lower().lstrip("@")
        self._read = read
        self._automatic = load_personal().automatic
        self._bodies_of_threads: dict[str, set[str]] = {}
        self.notes = Notes()

    def take(self, line: int, message: Mail) -> None:
        reason = self._unwanted(message)
        if reason:
            names = list(_people(message))
            subject = self._reduction.redactor.redact(_subject(message), names).text
            self._read.rejections.append(
                reject(self._read.file_name, line, "Subject", subject, reason)
            )
            return
        self.notes.add(line, [*message.notes])
        self._read.candidates.append(self._candidate(line, message))

    def _unwanted(self, message: Mail) -> str | None:
        subject = _PREFIX.sub("", _subject(message)).lower()
        automatic = message.header("Auto-Submitted").lower()
        if (automatic and automatic != "no") or subject.startswith(self._automatic):
            return "an automatic message, no ask"
        if message.header("Precedence").lower() in _PRECEDENCE or message.header("X-Autoreply"):
            return "an automatic message, no ask"
        if self._own and _address(message).endswith((f"@{self._own}", f".{self._own}")):
            return "sent by the organisation itself, no ask of it"
        if not message.text.strip() and not subject:
            return "the message has no words"
        return None

    def _candidate(self, line: int, message: Mail) -> Candidate:
        address, name = _address(message), _display_name(message)
        words, _ = without_quotes(message.text)
        subject = _bare_subject(_subject(message))
        # The quoted part is left out, but who stands in its headers may be named above it.
        names = [*_people(message), *quoted_people(message.text)]
        redactor = self._reduction.redactor
        title, text = redactor.redact_pair(subject, words, names)
        party = self._reduction.senders.party(address, name)
        body = self._reduction.senders.team(party.body, (subject, words))
        received = _day(message)
        deadline = deadline_in(words, received)
        if deadline.told:
            self.notes.add(line, [deadline.told])
        thread = _thread(message)
        return Candidate(
            ask_id="",
            key=_key(message, address, words),
            place=line,
            from_body=body,
            to_org_code=str(self._reduction.to_org).upper(),
            channel="email",
            title=title.text,
            text=text.text,
            received_on=received,
            due_on=deadline.day,
            frequency="once",
            thread=thread,
            follow_up=self._is_follow_up(message, thread, party.body),
            attachments=message.attachments,
            removed=text.removed + title.removed,
            original=words if self._reduction.keep_text else None,
        )

    def _is_follow_up(self, message: Mail, thread: str, body: str) -> bool:
        """Whether the same body wrote in this thread before: then it chases, and asks not anew."""
        before = self._bodies_of_threads.setdefault(thread, set())
        again = body in before and bool(message.header("In-Reply-To"))
        before.add(body)
        return again


def _day(message: Mail) -> date | None:
    """The day in London on which it was sent, where its date can be one."""
    try:
        return london_day(parsedate_to_datetime(message.header("Date")))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _subject(message: Mail) -> str:
    return message.header("Subject")[:_LONGEST_SUBJECT]


def _address(message: Mail) -> str:
    found = message.addresses("From")
    return found[0][1] if found else ""


def _display_name(message: Mail) -> str:
    found = message.addresses("From")
    return found[0][0] if found else ""


def _people(message: Mail) -> Iterator[str]:
    """The names and addresses in all headers that name people."""
    for field in _PEOPLE:
        for name, address in message.addresses(field):
            yield f"{name} <{address}>"


def _bare_subject(subject: str) -> str:
    while (bare := _PREFIX.sub("", subject, count=1)) != subject:
        subject = bare
    return subject


def _thread(message: Mail) -> str:
    """A name for the conversation: its first message's, hashed, since it may hold an address."""
    references = message.header("References").split() or message.header("In-Reply-To").split()
    root = references[0] if references else message.header("Message-ID")
    return hashlib.sha256(root.encode()).hexdigest()[:16]


def _key(message: Mail, address: str, words: str) -> str:
    known = message.header("Message-ID")
    if not known:
        parts = [message.header("Date"), message.header("Subject"), address, *words_in(words)]
        known = "\x1f".join(parts)
    return f"mail:{hashlib.sha256(known.encode()).hexdigest()[:24]}"
