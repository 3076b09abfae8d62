"""What may be done to a finding or a letter in its state: pairs as in :mod:`.policies`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from remit.web.access.policies import PolicyRefusal
from remit.words.sentences import listed


def can_check_finding(finding: Any, *, is_signed: bool) -> bool:
    """A finding is checked and replied to from when it is shown until its letter is signed."""
    return bool(finding.is_shown) and not is_signed


def check_check_finding(finding: Any, *, is_signed: bool) -> None:
    """Refuse a check of a finding that was not shown, or whose letter is signed.

    Raises
    ------
    PolicyRefusal
        If so.
    """
    if not can_check_finding(finding, is_signed=is_signed):
        why = "its letter is signed" if is_signed else "it was not shown for a check yet"
        raise PolicyRefusal(f"Finding {finding.name} cannot be checked now: {why}.")


def can_answer_reply(reply: Any, *, is_signed: bool) -> bool:
    """A reply is answered where it is kept, here or in ``replies.csv``, until the letter is signed.

    One that stands in a file which people write by hand is answered there.
    """
    return not is_signed and (not reply.place or reply.place.startswith("replies.csv,"))


def check_answer_reply(reply: Any, *, is_signed: bool) -> None:
    """Refuse an answer to a reply that is answered in its file, or whose letter is signed.

    Raises
    ------
    PolicyRefusal
        If so.
    """
    if not can_answer_reply(reply, is_signed=is_signed):
        why = "the letter is signed" if is_signed else f"answer it in the folder, {reply.place}"
        raise PolicyRefusal(f"This reply cannot be answered here: {why}.")


def can_sign_letter(letter: Any, open_replies: int, places: Sequence[str] = ()) -> bool:
    """A letter is signed once, without a fault or a place to fill, and with no reply open."""
    return not letter.is_signed and letter.faults == "[]" and not open_replies and not places


def check_sign_letter(letter: Any, open_replies: int, places: Sequence[str] = ()) -> None:
    """Refuse to sign a draft, a letter with replies or places open, or one that is signed.

    Raises
    ------
    PolicyRefusal
        If so.
    """
    if letter.is_signed:
        raise PolicyRefusal("This letter is signed already.")
    if letter.faults != "[]":
        raise PolicyRefusal("This letter is a draft: mend its faults and bring it in again.")
    if places:
        raise PolicyRefusal(
            f"This letter has places to fill: {listed(places)}. Fill them and bring it in again."
        )
    if not can_sign_letter(letter, open_replies):
        raise PolicyRefusal("Replies on its findings are open; answer them first.")
