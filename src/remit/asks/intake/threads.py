"""Which messages belong together, and which of them chase an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from remit.asks.senders import UNKNOWN
from remit.asks.senders.chasing import says_again

_LONGEST_TALK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says of where it belongs."""

    place: int
    """Which candidate of its file it became."""
    sent: datetime | None
    message_id: str
    references: tuple[str, ...]
    subject: str
    """Without signs such as RE."""
    address: str
    body: str
    others: frozenset[str]
    """The addresses of all who are named in its headers."""
    answers: bool
    """Whether it says that it is an answer."""
    words: str

    @property
    def chases(self) -> bool:
        """Whether its words ask where the answer to an earlier message is."""
        return says_again(f"{self.subject}\n{self.words[:1000]}")


@dataclass(frozen=True, slots=True)
class PlaceInThread:
    """A message in its thread: the first message's place, and whose earlier one it chases."""

    first: int
    chased: int | None = None


def standings(letters: list[Letter]) -> dict[int, PlaceInThread]:
    """Candidate → where it stands among the messages of its file, read in order of time.

    A message chases where its sender, or its sender's body, wrote in the thread before and it is
    an answer or says so. A sender whom nobody knows does where its words chase what another asked.
    """
    talks = _Talks()
    return {
        one.place: talks.join(one)
        for one in sorted(letters, key=lambda one: (one.sent or datetime.min, one.place))
    }


class _Talks:
    """Threads as they grow."""

    def __init__(self) -> None:
        self._of_id: dict[str, list[Letter]] = {}
        self._of_subject: dict[str, list[Letter]] = {}

    def join(self, letter: Letter) -> PlaceInThread:
        talk = self._found(letter)
        standing = PlaceInThread(talk[0].place if talk else letter.place, _chased(letter, talk))
        talk.append(letter)
        for name in filter(None, (letter.message_id, *letter.references)):
            self._of_id.setdefault(name, talk)
        self._of_subject[letter.subject.casefold()] = talk
        return standing

    def _found(self, letter: Letter) -> list[Letter]:
        """The thread that a message names, or that of the same subject and people; else none."""
        for name in (letter.message_id, *reversed(letter.references)):
            if name and name in self._of_id:
                return self._of_id[name]
        talk = self._of_subject.get(letter.subject.casefold(), [])
        if talk and letter.subject and (letter.answers or letter.chases) and _belongs(letter, talk):
            return talk
        return []


def _belongs(letter: Letter, talk: list[Letter]) -> bool:
    """Whether who writes has a part in the thread, and it is not long over."""
    last = talk[-1]
    if letter.sent and last.sent and letter.sent - last.sent > _LONGEST_TALK:
        return False
    return any(
        letter.address == one.address
        or letter.address in one.others
        or (letter.body == one.body != UNKNOWN)
        or _local(letter.address) == _local(one.address)
        for one in talk
    )


def _chased(letter: Letter, talk: list[Letter]) -> int | None:
    """The message in the thread that this one chases."""
    if not (letter.answers or letter.references or letter.chases):
        return None
    for one in talk:
        same_person = letter.address and letter.address == one.address
        same_body = letter.body == one.body != UNKNOWN
        if same_person or same_body or (letter.body == UNKNOWN and _stranger(letter, one)):
            return one.place
    return None


def _stranger(letter: Letter, one: Letter) -> bool:
    """Whether somebody of whom no body is known speaks for the sender of a message."""
    return letter.chases or _local(letter.address) == _local(one.address)


def _local(address: str) -> str:
    return address.partition("@")[0]
