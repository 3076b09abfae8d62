"""An organisation's own layout for findings: which place is for which part, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from remit.exports.rooms import Room, room_of

PARTS: Mapping[str, tuple[str, ...]] = {
    "subtitle": ("subtitle", "sub-title"),
    "chart": ("chart", "graph", "picture"),
    "caption": ("caption", "key"),
    "beside": ("comparison", "beside", "table"),
    "happened": ("happened",),
    "done": ("done", "action"),
    "asked": ("asked", "board"),
    "foot": ("source",),
}
"""A part of a finding → words of which one stands in the name of its place."""

NEEDED = ("chart", "beside", "happened", "done", "asked")
"""The parts that a layout for findings must have a place for."""


def places_of(layout: Any, others: list[Any]) -> dict[str, int]:
    """The index of the place of each part on a layout named for findings; empty on any other.

    Parameters
    ----------
    layout
        A layout of python-pptx.
    others
        Its placeholders that are neither title nor footer.
    """
    if "finding" not in layout.name.lower():
        return {}
    found: dict[str, int] = {}
    for part, words in PARTS.items():
        for shape in others:
            index = shape.placeholder_format.idx
            named = shape.name.lower()
            if index not in found.values() and any(word in named for word in words):
                found[part] = index
                break
    return found if all(part in found for part in NEEDED) else {}


def holders_on(slide: Any, places: Mapping[str, int]) -> dict[str, Any]:
    """The placeholders of the parts on a new slide."""
    by_index = {shape.placeholder_format.idx: shape for shape in slide.placeholders}
    return {part: by_index[index] for part, index in places.items() if index in by_index}


def rooms_on(holders: Mapping[str, Any]) -> dict[str, Room]:
    """Where the parts stand."""
    rooms = {part: room_of(shape) for part, shape in holders.items()}
    return {part: room for part, room in rooms.items() if room is not None}
