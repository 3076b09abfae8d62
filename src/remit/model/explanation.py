"""A judgement as a tree, from the segment down to the line of the publication."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where a figure stands: file, line and column, and the file's sha256."""

    source_id: str
    publication: str
    file_name: str
    sha256: str
    line: int
    column: str
    url: str

    def __str__(self) -> str:
        return f"{self.file_name}, line {self.line}, column {self.column}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an explanation.

    Parameters
    ----------
    key
        What kind of step: ``segment``, ``override``, ``cut_points``, ``average``, ``domain``,
        ``group``, ``metric``, ``value``, ``published``, ``missing``.
    label
        What is explained, in the words of the field.
    value
        The figure as shown, or "" where the step has none.
    because
        One plain sentence: the rule and its inputs.
    number
        The unrounded figure, or None.
    source
        The line of the publication, at the leaves.
    steps
        The steps below, in the order in which a reader would check them.
    """

    key: str
    label: str
    value: str
    because: str
    number: float | None = None
    source: SourceLine | None = None
    steps: tuple[Step, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The tree as plain dictionaries, for JSON."""
        out: dict[str, Any] = {"key": self.key, "label": self.label, "value": self.value}
        if self.number is not None:
            out["number"] = self.number
        out["because"] = self.because
        if self.source is not None:
            out["source"] = {
                "source_id": self.source.source_id,
                "publication": self.source.publication,
                "file": self.source.file_name,
                "sha256": self.source.sha256,
                "line": self.source.line,
                "column": self.source.column,
                "url": self.source.url,
            }
        if self.steps:
            out["steps"] = [step.to_dict() for step in self.steps]
        return out

    def leaves(self) -> list[Step]:
        """The steps that rest on nothing further, left to right."""
        if not self.steps:
            return [self]
        return [leaf for step in self.steps for leaf in step.leaves()]
