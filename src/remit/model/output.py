"""What the folders hold that commands write: each file, each column, its type, unit and meaning."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from remit.model.declaration import Declaration


class Column(Declaration):
    """A column of a table; ``unit`` is empty where it is no quantity."""

    type: Literal["string", "integer", "number", "boolean", "date"]
    description: str = Field(min_length=1)
    unit: str = ""


class OutputFile(Declaration):
    """A file of a folder; one without columns is no table.

    A column without a description is the one that all files share (see :class:`ColumnFile`). The
    name of a column may be a pattern.
    """

    title: str = Field(min_length=1)
    columns: dict[str, Column | None] = Field(default_factory=dict)


class OutputFolder(Declaration):
    """What one command writes: its files by name, tables without the ending.

    ``marks`` stand in a cell where there is no figure, beside the empty one.
    """

    schema_: Literal["remit/output/1"] = Field(alias="schema")
    id: str
    title: str
    description: str
    marks: tuple[str, ...] = ()
    files: dict[str, OutputFile]


class ColumnFile(Declaration):
    """The columns that mean the same in several files."""

    schema_: Literal["remit/columns/1"] = Field(alias="schema")
    columns: dict[str, Column]
