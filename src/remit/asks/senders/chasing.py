"""What says that something is asked for again, in a message or in a list of asks."""

from __future__ import annotations

import re
from functools import cache

from remit.asks.senders.cues import CueFinder
from remit.catalogue import declared
from remit.model.wants import WantsFile

_BEFORE = re.compile(
    r"^\s*(?:(?:re|fwd?|fw|aw|sv|wg)\s*:|\[(?:external|ext|official[^\]]*)\]|external\s*:)\s*",
    re.IGNORECASE,
)


def bare_subject(subject: str) -> str:
    """A subject without what programs put before it.

    >>> bare_subject("[EXTERNAL] RE: FW: 52 week waits ")
    '52 week waits'
    """
    while (bare := _BEFORE.sub("", subject, count=1)) != subject:
        subject = bare
    return subject.strip()


def says_again(text: str) -> bool:
    """Whether words ask where the answer to an earlier request is.

    >>> says_again("Gentle nudge on this"), says_again("52 week waits")
    (True, False)
    """
    return bool(_cues().found(text))


@cache
def _cues() -> CueFinder:
    (file,) = declared.packaged("wants")
    return CueFinder({"chases": file.validate(WantsFile).chases})
