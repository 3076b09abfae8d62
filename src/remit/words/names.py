"""What bodies and kinds of trust are called inside a sentence or where there is little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit.model.organisation import TrustKind


def kind_words(kind: TrustKind, count: int = 2) -> str:
    """A kind of trust inside a sentence."""
    name = kind.label.removesuffix(" trust")
    return f"{name[0].lower()}{name[1:]} trust{'' if count == 1 else 's'}"


def short_icb_name(name: str) -> str:
    """An ICB's name without the words that all of them share."""
    return name.removeprefix("NHS ").removesuffix(" Integrated Care Board")


def short_trust_name(name: str) -> str:
    """A trust's name without its legal form."""
    return name.removesuffix(" NHS Foundation Trust").removesuffix(" NHS Trust")
