"""What bodies and kinds of trust are called inside a sentence or where there is little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit.model.organisation import TrustKind


def kind_words(kind: TrustKind, count: int = 2) -> str:
    """A kind of organisation inside a sentence, one or several of it."""
    name = f"{kind.label[0].lower()}{kind.label[1:]}"
    return name if count == 1 else f"{name}s"


def short_icb_name(name: str) -> str:
    """An ICB's name without the words that all of them share."""
    return name.removeprefix("NHS ").removesuffix(" Integrated Care Board")


def short_trust_name(name: str) -> str:
    """A trust's name without its legal form.

    >>> short_trust_name("Queen Maud's Hospital, Marrowdale, NHS Trust")
    "Queen Maud's Hospital, Marrowdale"
    """
    return name.removesuffix(" NHS Foundation Trust").removesuffix(" NHS Trust").removesuffix(",")
