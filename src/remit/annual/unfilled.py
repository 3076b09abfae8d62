"""Places that were left open in a letter for somebody to fill: it is not signed with one."""

from __future__ import annotations

import re
from collections.abc import Container

from remit.annual.letters import read_letter

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")
_OPEN = re.compile(r"\[[^\[\]]*\]|\{[^{}]*\}")


def unfilled(text: str, but: Container[str] = ()) -> tuple[str, ...]:
    """The places in brackets or braces of a letter, each once, in its order.

    The marks of findings are none (a check finds those that lead to no finding), nor what somebody
    put into the words of another.

    Parameters
    ----------
    text
        The letter, with its marks.
    but
        What may stand: a place that the signature fills, and what names were struck for.

    Examples
    --------
    >>> unfilled("It rose by [the figure]. It fell to 4% [ZB1-4]. They said “we [all] knew”.")
    ('[the figure]',)
    """
    found = []
    for block in read_letter(text).blocks:
        said = [one.text for one in block.statements] or [block.text]
        for one in said:
            found += [place for place in _OPEN.findall(_QUOTED.sub("", one)) if place not in but]
    return tuple(dict.fromkeys(found))
