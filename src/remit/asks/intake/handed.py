"""What a message asks, whoever passed it on: its first asker, words, day, and the way it took."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from remit.asks.intake.forwarded import (
    PassedBlock,
    Unfolded,
    is_answer,
    is_passed_on,
    passes_on,
    points_below,
    unfold,
)
from remit.asks.intake.mail_days import day_of, moment_of
from remit.asks.intake.mail_files import Mail, NoMessage, parse
from remit.asks.intake.mail_headers import Address
from remit.asks.intake.personal import quoted_people, without_quotes

_DEEPEST = 4
_MOST_ATTACHED = 50
_FEW_WORDS = 40
_PEOPLE = (
    *("From", "To", "Cc", "Bcc", "Reply-To", "Sender", "Return-Path", "Delivered-To"),
    *("Resent-From", "Resent-To", "Resent-Cc", "X-Original-To", "Disposition-Notification-To"),
)

IsOwn = Callable[[str], bool]
"""Whether an address is one of the organisation's own."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One request as it reached the organisation."""

    message: Mail
    """The message in which it stands: that which was attached, where one was."""
    asker: Address
    subject: str
    words: str
    written: date | None
    """The day on which the asker wrote, from which days due count."""
    received: date | None
    """The day on which it reached the organisation."""
    passed_by: tuple[Address, ...] = ()
    """Who passed it on, from the asker's side."""
    beside: str = ""
    """What they wrote beside it."""
    beside_on: date | None = None
    in_files: str = ""
    """What the files say that hang on the message, where they are read."""
    names: tuple[str, ...] = ()
    """Everybody whose name stands in a header."""


def handed(message: Mail, is_own: IsOwn, notes: list[str], depth: int = 0) -> list[Handed]:
    """What a message asks: its own words, or the requests that it passes on.

    Parameters
    ----------
    message
        The message.
    is_own
        Tells the organisation's own addresses: what a colleague passes on was received before.
    notes
        Takes what was left out.
    depth
        How many messages it hangs on.
    """
    attached = _attached(message, notes) if depth < _DEEPEST else []
    unfolded = unfold(message.whole)
    if not attached or not _is_cover(message, unfolded, attached):
        if attached:
            notes.append("a message hangs on it, and was not read")
        return [_of_text(message, unfolded, is_own)]
    found = [one for inner in attached for one in handed(inner, is_own, notes, depth + 1)]
    return [_passed(one, message, is_own) for one in found]


def sender_of(message: Mail) -> Address:
    """The display name and the address of who sent a message."""
    return next(iter(message.addresses("From")), ("", ""))


def people_of(message: Mail) -> Iterator[str]:
    """The names and addresses in all headers that name people, and in those within the text."""
    for field in _PEOPLE:
        for name, address in message.addresses(field):
            yield f"{name} <{address}>"
    yield from quoted_people(message.whole)


def _attached(message: Mail, notes: list[str]) -> list[Mail]:
    found: list[Mail] = []
    for raw in message.parts.messages():
        if len(found) == _MOST_ATTACHED:
            notes.append(f"only {_MOST_ATTACHED} of the messages that hang on it are read")
            break
        try:
            found.append(parse(raw))
        except NoMessage:
            notes.append("what hangs on it as a message is none")
        except Exception as error:
            notes.append(f"a message that hangs on it cannot be read ({type(error).__name__})")
    return found


def _is_cover(message: Mail, unfolded: Unfolded, attached: list[Mail]) -> bool:
    """Whether a message only brings those that hang on it: it says so, or has no request itself."""
    if is_passed_on(message.header("Subject")) and not unfolded.blocks:
        return True
    own_words = without_quotes(message.text)[0]
    subjects = {one.header("Subject").casefold() for one in attached}
    return (
        not own_words.strip()
        or message.header("Subject").casefold() in subjects
        or (len(own_words.split()) <= _FEW_WORDS and points_below(own_words))
    )


def _of_text(message: Mail, unfolded: Unfolded, is_own: IsOwn) -> Handed:
    sent, subject = day_of(moment_of(message)[0]), message.header("Subject")
    plain = Handed(
        message=message,
        asker=sender_of(message),
        subject=subject,
        words=without_quotes(message.text)[0],
        written=sent,
        received=sent,
        names=tuple(people_of(message)),
    )
    if not passes_on(subject, unfolded):
        return plain
    return _of_blocks(plain, unfolded, is_own)


def _of_blocks(outer: Handed, unfolded: Unfolded, is_own: IsOwn) -> Handed:
    """The first request among the messages within a text."""
    blocks = unfolded.blocks
    at = _asking(blocks, is_own)
    asking = blocks[at]
    way = [
        (outer.asker[1], outer.received),
        *((one.sender[1], one.day) for one in blocks[: at + 1]),
    ]
    above = [unfolded.above, *(without_quotes(one.body)[0] for one in blocks[:at])]
    names = [f"{one.sender[0]} <{one.sender[1]}>" for one in blocks]
    return replace(
        outer,
        asker=asking.sender,
        subject=asking.subject or outer.subject,
        words=_asked_in(blocks[at:]),
        written=asking.day or outer.written,
        received=next((day for who, day in way if day and not is_own(who)), outer.received),
        passed_by=(*(one.sender for one in reversed(blocks[:at])), outer.asker),
        beside="\n\n".join(filter(None, above)),
        beside_on=outer.written,
        names=(*outer.names, *names),
    )


def _asked_in(blocks: tuple[PassedBlock, ...]) -> str:
    """What a message asks; of an answer also what its sender had asked before it."""
    asking, *earlier = blocks
    words = [without_quotes(asking.body)[0]]
    if is_answer(asking.subject):
        before = [one for one in earlier if one.sender[1] and one.sender[1] == asking.sender[1]]
        words += [without_quotes(one.body)[0] for one in before]
    return "\n\n".join(filter(None, words))


def _asking(blocks: tuple[PassedBlock, ...], is_own: IsOwn) -> int:
    """Which of the messages within a text asks: the first that is not itself passed on."""
    for at, one in enumerate(blocks[:-1]):
        next_is_passed = blocks[at + 1].said or is_passed_on(one.subject)
        if not next_is_passed and not is_own(one.sender[1]):
            return at
    return len(blocks) - 1


def _passed(inner: Handed, outer: Mail, is_own: IsOwn) -> Handed:
    """A request of a message that hangs on another, with who sent that."""
    sender, day = sender_of(outer), day_of(moment_of(outer)[0])
    words = without_quotes(outer.text)[0]
    return replace(
        inner,
        received=inner.received if is_own(sender[1]) and inner.received else day or inner.received,
        passed_by=(*inner.passed_by, sender),
        beside="\n\n".join(filter(None, (inner.beside, words))),
        beside_on=day,
        names=(*inner.names, *people_of(outer)),
    )
