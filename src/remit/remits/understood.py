"""Which function a person means by some words, and how that was understood."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from remit.model.errors import UnknownCode
from remit.model.remit import Function
from remit.words.sentences import listed

_LIKE = 75.0
"""How like, of 100, a name must be to the words for a slip of the keys."""
_STEM = 6
"""So many letters of a word tell that two are the same word in other forms."""
_EMPTY = frozenset(
    {"and", "of", "the", "in", "for", "to", "on", "a", "by", "or", "is", "it", "nhs", "use"}
)


@dataclass(frozen=True, slots=True)
class Understood:
    """A function with the words that it was asked for by.

    ``by`` is ``name`` where they name it, ``alias`` where they are another name of the whole,
    ``part`` where they name a part of it, ``words`` where they begin its name or are a half of it.
    """

    function: Function
    asked: str
    by: Literal["name", "alias", "part", "words"]

    @property
    def says(self) -> str:
        """What was understood, in a sentence; empty where the words are the function's name."""
        if self.by == "name":
            return ""
        if self.by == "part":
            return (
                f"The map has no function of its own for “{self.asked}”; it is a part of "
                f"{self.function.name}, and what follows is said of the whole of that."
            )
        return f"“{self.asked}” is understood as {self.function.name}."


def understood(asked: str, functions: Collection[Function]) -> Understood:
    """The one function that some words mean.

    Words that begin the name of a single function, or are a half of it, mean it; those that stand
    elsewhere in a name mean nothing by themselves: "plan" is no question about green plans.

    Raises
    ------
    UnknownCode
        If they mean none, or could mean several; the message names those that are near.
    """
    words, wanted = " ".join(asked.split()), folded(asked)
    for by, found in (
        ("name", [one for one in functions if wanted in {folded(one.id), folded(one.name)}]),
        ("alias", [one for one in functions if wanted in set(map(folded, one.aliases))]),
        ("part", [one for one in functions if wanted in set(map(folded, one.parts))]),
        ("words", [one for one in functions if _stands_in(wanted, one.name)]),
    ):
        if len(found) == 1:
            return Understood(found[0], words, by)  # type: ignore[arg-type]
        if found:
            break
    raise UnknownCode(f"the map has no function “{words}”. {_near(wanted, functions)}")


def folded(name: str) -> str:
    """A name in small letters, without hyphens, with ``and`` for its sign.

    >>> folded("Quality_&-Safety "), folded("A&E") == folded("A & E")
    ('quality and safety', True)
    """
    plain = name.lower().replace("-", " ").replace("_", " ")
    return " ".join(plain.replace("&", " and ").replace("\u2019", "'").split())


def _stands_in(wanted: str, name: str) -> bool:
    """Whether words begin a name, or are one of the things that it joins by ``and``."""
    telling = set(wanted.split()) - _EMPTY
    whole = folded(name)
    return bool(telling) and (whole.startswith(f"{wanted} ") or wanted in whole.split(" and "))


def _near(wanted: str, functions: Collection[Function]) -> str:
    """The functions that are near, each with the word that it is near by, or all that there are."""
    found = [*_sharing(wanted, functions)] or [*_spelled_like(wanted, functions)]
    if found:
        return f"Near: {'; '.join(dict.fromkeys(found))}. All are listed by: remit who functions"
    names = listed([one.name for one in functions if one.part_of is None])
    return f"None of its functions is near; the wide ones are {names}. See: remit who functions"


def _sharing(wanted: str, functions: Iterable[Function]) -> Iterable[str]:
    asked = _stems(wanted)
    for one in functions:
        named = (one.name, *one.aliases, *one.parts)
        by = next((said for said in named if asked & _stems(said)), "")
        if by or asked & _stems(one.about):
            yield one.name if by in {"", one.name} else f"{one.name} ({by})"


def _spelled_like(wanted: str, functions: Iterable[Function]) -> Iterable[str]:
    from rapidfuzz import fuzz

    for one in functions:
        for said in (one.name, *one.aliases, *one.parts):
            if fuzz.ratio(wanted, folded(said)) >= _LIKE:
                yield one.name if said == one.name else f"{one.name} ({said})"


def _stems(said: str) -> set[str]:
    """The words of a name, each by its first letters, so that forms of one word are alike."""
    plain = "".join(sign if sign.isalnum() else " " for sign in folded(said))
    return {word[:_STEM] for word in plain.split() if word not in _EMPTY}
