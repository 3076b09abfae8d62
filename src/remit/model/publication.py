"""A publication as data: its columns, its marks, where it is found."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from remit.model.metric import Declaration
from remit.model.observation import Status
from remit.model.organisation import TrustKind


class Column(Declaration):
    """One column of the publication's table."""

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = True


class Measure(Declaration):
    """A column that holds figures: which metric they are of.

    A ``range`` column (``1.72 to 2.73``) yields two observations, ``<metric>_low`` and
    ``<metric>_high``.
    """

    column: str
    metric: str
    unit: str
    range: bool = False


class Publication(Declaration):
    """An official publication that Remit reads."""

    schema_: Literal["remit/publication/1"] = Field(alias="schema")
    id: str
    name: str
    publisher: str
    landing_page: str
    licence: str
    reader: str = Field(description="The module of remit.publications that reads it")
    metrics: str = Field(description="The metric catalogue file that its identifiers stand in")
    columns: tuple[Column, ...]
    trust_types: dict[str, TrustKind] = Field(description="Trust types as written → kinds")
    release_from: tuple[str, ...] = Field(
        description="Metrics whose reporting date is the quarter of a file without that column"
    )
    units: dict[str, str] = Field(description="Units as written → units as kept")
    marks: dict[str, Status] = Field(description="What stands in a cell instead of a figure")
    measures: tuple[Measure, ...] = ()

    def column_names(self, header: tuple[str, ...]) -> dict[str, int]:
        """Where each declared column stands in a header; absent ones are left out."""
        places = {_folded(name): index for index, name in reversed(list(enumerate(header)))}
        found: dict[str, int] = {}
        for column in self.columns:
            for name in (column.name, *column.aliases):
                if _folded(name) in places:
                    found[column.name] = places[_folded(name)]
                    break
        return found

    def missing_columns(self, header: tuple[str, ...]) -> tuple[str, ...]:
        """The required columns that a header lacks."""
        found = self.column_names(header)
        return tuple(c.name for c in self.columns if c.required and c.name not in found)


def _folded(name: str) -> str:
    """A column name without the differences that mean nothing: case, spaces, underscores."""
    return name.strip().strip("\ufeff").lower().replace(" ", "_").replace("-", "_")
