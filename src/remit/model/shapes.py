"""Outlines and tiles of areas on a map, as a declaration."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from remit.model.declaration import Declaration

Ring = Annotated[str, Field(pattern=r"^-?\d+( -?\d+)*$")]


class ShapeSource(Declaration):
    """Where outlines come from, and under which licence."""

    title: str
    url: str
    licence: str
    attribution: str = Field(description="What has to stand beside a map that is made of them")
    as_of: date


class AreaShape(Declaration):
    """The outline of one area."""

    code: str
    rings: tuple[Ring, ...] = Field(
        min_length=1,
        description="Each a closed line: x and y of its first corner, then the steps to the others",
    )


class AreaTile(Declaration):
    """The place of one area in a map of tiles, from the top left."""

    code: str
    column: int = Field(ge=1)
    row: int = Field(ge=1)


class ShapesFile(Declaration):
    """Outlines of areas on one grid, and a tile for each; both are for maps and no measure."""

    schema_: Literal["remit/shapes/1"] = Field(default="remit/shapes/1", alias="schema")
    source: ShapeSource
    metres: int = Field(description="How many metres one step of the grid is")
    width: int
    height: int
    shapes: tuple[AreaShape, ...]
    tiles: tuple[AreaTile, ...]
