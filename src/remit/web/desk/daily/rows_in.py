"""What a list brings: the rows that can be taken, and those that cannot with line and reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be taken."""

    line: int
    words: str
    reason: str


@dataclass(slots=True)
class RowsRead:
    """All rows of a file: taken, there already, or refused."""

    rows_read: int = 0
    repeated: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
