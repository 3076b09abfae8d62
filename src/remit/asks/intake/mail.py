"""From messages to asks: sender to body, quotations off, automatic replies and own mail out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from remit.asks.intake.attachments import read_files
from remit.asks.intake.bounds import Notes
from remit.asks.intake.bulk import comes_by_list, why_no_ask
from remit.asks.intake.candidate import Candidate, FileRead, reject, words_in
from remit.asks.intake.deadlines import SetDeadline, deadline_in
from remit.asks.intake.forwarded import is_answer
from remit.asks.intake.handed import Handed, IsOwn, handed, people_of, sender_of
from remit.asks.intake.mail_days import day_of, moment_of
from remit.asks.intake.mail_files import Mail, NoMessage, parse, raw_messages
from remit.asks.intake.mail_headers import Address
from remit.asks.intake.personal import load_personal
from remit.asks.intake.tables import Reduction
from remit.asks.intake.threads import Letter, standings
from remit.asks.senders import UNKNOWN, is_shared
from remit.asks.senders.chasing import bare_subject
from remit.model.errors import AskError

_POINTS_TO_FILE = re.compile(
    r"\b(?:attach(?:ed|ment|ments)|enclosed|enclosure|template below)\b", re.IGNORECASE
)
_LONGEST_SUBJECT = 1_000
_SHORT_NOTE = 60
_NOT_READ = "which was not read; --attachments reads it"
OWN_MAIL = "sent by the organisation itself, no ask of it"


def read_mail(
    path: Path,
    content: bytes,
    reduction: Reduction,
    own: str | None,
    *,
    attachments: bool = False,
) -> FileRead:
    """Read a message or a mailbox.

    Parameters
    ----------
    path, content
        An ``.eml`` or ``.mbox`` file, and what is in it.
    reduction
        How personal data are reduced; its ``to_org`` is whose mailbox it is.
    own
        The organisation's own mail domain: what comes from there asks nothing of it.
    attachments
        Read the files that hang on messages.

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
    reader = _MailReader(reduction, own, read, attachments=attachments)
    for line, envelope, raw in raw_messages(path, content):
        mail = _parsed(read, line, raw, envelope)
        if mail is not None:
            reader.take(line, mail)
    reader.end()
    return read


def _parsed(read: FileRead, line: int, raw: bytes, envelope: bytes) -> Mail | None:
    """A message, or None and a rejection; nothing that stands in one message ends the others.

    Whatever the reading of it raises is told by its kind, and not in words that may quote it: the
    parsers of the standard library raise nearly all there are on messages that somebody has made
    on purpose.
    """
    try:
        return parse(raw, envelope)
    except NoMessage as error:
        reason = str(error)
    except Exception as error:
        reason = f"the message cannot be read ({type(error).__name__})"
    read.rejections.append(reject(read.file_name, line, "", "", reason))
    return None


class _MailReader:
    """Takes the messages of a file one after the other; who chases whom is seen at its end."""

    def __init__(
        self, reduction: Reduction, own: str | None, read: FileRead, *, attachments: bool
    ) -> None:
        self._attachments = attachments
        self._reduction = reduction
        self._own = (own or "").lower().lstrip("@")
        self._read = read
        self._automatic = load_personal().automatic
        self._letters: list[Letter] = []
        self.notes = Notes()

    def take(self, line: int, message: Mail) -> None:
        """One message: asks, a meeting, or a rejection."""
        subject = bare_subject(_subject(message))
        if reason := why_no_ask(message, subject, self._automatic):
            self._reject(line, message, reason)
            return
        invitations = list(dict.fromkeys(message.parts.invitations()))
        if invitations:
            self._invite(line, message, invitations)
            return
        notes = list(message.notes)
        colleague = _colleague(message)
        is_own = partial(self._is_own, colleague=colleague)
        found = handed(message, is_own, notes)
        for one in found:
            if reason := self._unwanted(one):
                self._reject(line, message, reason)
            else:
                self._take_one(line, one, is_own, notes)
        self.notes.add(line, notes)

    def end(self) -> None:
        """See which messages belong together, and tell what was odd."""
        read = self._read
        by_place = {one.place: one for one in self._letters}
        for place, standing in standings(self._letters).items():
            one, first = read.candidates[place], read.candidates[standing.first]
            chased = standing.chased
            body = one.from_body
            if chased is not None and by_place[place].body == UNKNOWN:
                body = read.candidates[chased].from_body
            read.candidates[place] = replace(
                one,
                thread=first.thread,
                follow_up=chased is not None,
                answers=by_place[place].answers or bool(by_place[place].references),
                from_body=body,
            )
        read.notes += self.notes.lines("message")

    def _reject(self, line: int, message: Mail, reason: str) -> None:
        redactor = self._reduction.redactor
        subject = redactor.redact(_subject(message), list(people_of(message))).text
        self._read.rejections.append(reject(self._read.file_name, line, "Subject", subject, reason))

    def _invite(self, line: int, message: Mail, invitations: list[bytes]) -> None:
        """A message that invites to a meeting is set aside, and the meeting kept."""
        self._read.aside += 1
        day = day_of(moment_of(message)[0])
        self._read.invitations += [(line, day, one) for one in invitations]
        cancels = message.parts.is_cancellation
        said = "the cancellation of a meeting" if cancels else "an invitation, kept as a meeting"
        notes = [*message.notes, f"{said}; no ask"]
        if deadline_in(message.text, day).day:
            notes.append(
                "the invitation also sets a day by which something is due; enter that with "
                "remit asks add"
            )
        self.notes.add(line, notes)

    def _is_own(self, address: str, colleague: str = "") -> bool:
        domain = address.rpartition("@")[2]
        if self._own:
            return domain == self._own or domain.endswith(f".{self._own}")
        return bool(colleague) and domain == colleague

    def _unwanted(self, one: Handed) -> str:
        if self._own and self._is_own(one.asker[1]):
            return OWN_MAIL
        if not one.words.strip() and not bare_subject(one.subject) and not one.message.attachments:
            return "the message has no words"
        return ""

    def _take_one(self, line: int, one: Handed, is_own: IsOwn, notes: list[str]) -> None:
        moment, said = moment_of(one.message)
        notes += [said] if said else []
        one = self._with_files(one, notes)
        deadline = self._screened(_deadline(one, notes), one)
        if deadline.told:
            notes.append(deadline.told)
        if comes_by_list(one.message):
            notes.append("it came by a mailing list, and asks for something")
        way = " and ".join(dict.fromkeys(self._called(who, is_own) for who in one.passed_by))
        candidate = replace(self._candidate(line, one, deadline), passed_on_by=way or None)
        if way:
            notes.append(f"asked by {candidate.from_body}, passed on by {way}")
        self._letters.append(self._letter(len(self._read.candidates), moment, one))
        self._read.candidates.append(candidate)

    def _with_files(self, one: Handed, notes: list[str]) -> Handed:
        """A request with what its files say, or what is to be told where they are not read."""
        sealed, wholly = one.message.parts.unreadable(one.words)
        notes += [sealed] if sealed else []
        if wholly:
            return replace(one, words="")
        if not one.message.parts.files:
            return one
        if self._attachments:
            text, count = read_files(one.message.parts, notes)
            self._read.attachments_read += count
            return replace(one, in_files=text)
        files = one.message.parts.called
        if not one.words.strip():
            notes.append(f"the request stands in an attachment ({files}), {_NOT_READ}")
        elif _POINTS_TO_FILE.search(one.words) and len(one.words.split()) <= _SHORT_NOTE:
            notes.append(f"it points to an attachment ({files}), {_NOT_READ}")
        return one

    def _candidate(self, line: int, one: Handed, deadline: SetDeadline) -> Candidate:
        subject = bare_subject(one.subject[:_LONGEST_SUBJECT])
        redactor, senders = self._reduction.redactor, self._reduction.senders
        words = "\n\n".join(filter(None, (one.words, one.in_files)))
        title, text = redactor.redact_pair(subject, words, list(one.names))
        party = senders.party(one.asker[1], one.asker[0])
        return Candidate(
            ask_id="",
            key=_key(one),
            place=line,
            from_body=senders.team(party.body, (subject, one.words)),
            to_org_code=str(self._reduction.to_org).upper(),
            channel="email",
            title=title.text,
            text=text.text,
            received_on=one.received,
            due_on=deadline.day,
            due_said=deadline.unread or None,
            frequency="once",
            thread=_thread(one.message),
            attachments=one.message.attachments,
            removed=text.removed + title.removed,
            original=words if self._reduction.keep_text else None,
        )

    def _letter(self, place: int, moment: datetime | None, one: Handed) -> Letter:
        message = one.message
        named = (
            address for field in ("From", "To", "Cc") for _, address in message.addresses(field)
        )
        names = message.header("References").split() or []
        return Letter(
            place=place,
            sent=moment,
            message_id=message.header("Message-ID"),
            references=(*names, *message.header("In-Reply-To").split()),
            subject=bare_subject(_subject(message)),
            address=one.asker[1],
            body=self._reduction.senders.party(one.asker[1], one.asker[0]).body,
            others=frozenset(named),
            answers=bool(message.header("In-Reply-To")) or is_answer(message.header("Subject")),
            words=one.words,
        )

    def _screened(self, deadline: SetDeadline, one: Handed) -> SetDeadline:
        """A day due whose words are told and kept, without a person in them."""
        if not deadline.unread:
            return deadline
        clean = self._reduction.redactor.redact(deadline.unread, list(one.names)).text
        return replace(deadline, unread=clean)

    def _called(self, who: Address, is_own: IsOwn) -> str:
        """Who passed a message on, without their name."""
        if is_own(who[1]):
            return "a colleague"
        body = self._reduction.senders.party(who[1], who[0]).body
        return body if body != UNKNOWN else "somebody of no known body"


def _deadline(one: Handed, notes: list[str]) -> SetDeadline:
    """The day that the asker sets; else that of who passed it on. Where they differ it is told."""
    written = one.written or one.received
    first = deadline_in(one.words, written)
    if first.day is None and one.in_files:
        in_files = deadline_in(one.in_files, written)
        first = in_files if in_files.day or not first.unread else first
    beside = deadline_in(one.beside, one.beside_on)
    if first.day is None and not first.unread:
        return beside
    if first.day and beside.day and beside.day != first.day:
        notes.append(f"who passed it on wants it by {beside.day}; due_on is the asker's")
    return first


def _colleague(message: Mail) -> str:
    """The domain of who got a message, where it is one organisation's alone."""
    to = next(iter(message.addresses("To")), ("", ""))[1]
    domain = to.rpartition("@")[2]
    return "" if is_shared(domain) else domain


def _subject(message: Mail) -> str:
    return message.header("Subject")[:_LONGEST_SUBJECT]


def _thread(message: Mail) -> str:
    """A name for the conversation: its first message's, hashed, since it may hold an address."""
    references = message.header("References").split() or message.header("In-Reply-To").split()
    root = references[0] if references else message.header("Message-ID")
    return hashlib.sha256(root.encode()).hexdigest()[:16]


def _key(one: Handed) -> str:
    message = one.message
    known = message.header("Message-ID")
    if not known:
        date, subject = message.header("Date"), message.header("Subject")
        known = "\x1f".join([date, subject, sender_of(message)[1], *words_in(one.words)])
    return f"mail:{hashlib.sha256(known.encode()).hexdigest()[:24]}"
