"""What all declared things have in common, and marks for the keys of a framework."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Declaration(BaseModel):
    """Base of all declared things: frozen, and no key beyond those that are defined."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class FrameworkSource(Declaration):
    """A source that a framework's rules, or what is said of it, were taken from."""

    title: str
    url: str = ""
    note: str = ""


def listed(value: Any) -> Any:
    """One or several, as a list."""
    return value if isinstance(value, list | tuple) else [value]


def split(value: Any) -> Any:
    """Names as a list; in one text they stand apart by spaces."""
    return value.split() if isinstance(value, str) else value


class Wording:
    """Marks a key that explains but does not score (see ``catalogue.framework_hashes``)."""


WORDING = Wording()


class WhenSet:
    """Marks a key that is left out of the hashes while it has its default.

    A feature that is added to the model then changes no hash of a framework without it.
    """


WHEN_SET = WhenSet()
