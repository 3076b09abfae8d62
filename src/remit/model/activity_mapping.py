"""In which columns of a national set, or of a file of one's own, the columns of records stand."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from remit.model.declaration import Declaration, FrameworkSource


class MappedColumn(Declaration):
    """Where one column comes from: a ``column``, or a ``value`` that holds for all records.

    ``values`` says what each code of the column means; a code that is not there becomes
    ``otherwise``. ``bands`` are the ages at which bands begin, the last open above.
    """

    column: str | None = None
    value: int | str | None = None
    values: dict[str, int | str] = Field(default_factory=dict)
    otherwise: int | str | None = None
    bands: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        if (self.column is None) == (self.value is None):
            raise ValueError("write either a column or a value")
        if self.value is not None and (self.values or self.bands):
            raise ValueError("values and bands go with a column")
        if self.values and self.bands:
            raise ValueError("write either values or bands")
        if len({type(one) for one in self._results()}) > 1:
            raise ValueError("values are all text, or all whole numbers")
        if list(self.bands) != sorted(set(self.bands)):
            raise ValueError("bands rise from one to the next")
        return self

    def _results(self) -> list[int | str]:
        last = [] if self.otherwise is None else [self.otherwise]
        return [*self.values.values(), *last]


class ActivityMapping(Declaration):
    """A set of records, and how it becomes the table that ``remit shift`` counts.

    A column that is not named is taken as it stands, under its own name. ``verified`` says
    whether the names were compared with the set's own specification.
    """

    schema_: Literal["remit/activity-mapping/1"] = Field(alias="schema")
    id: str
    title: str = Field(min_length=1)
    source: FrameworkSource
    verified: bool
    note: str = ""
    columns: dict[str, MappedColumn]
