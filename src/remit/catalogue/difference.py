"""How two frameworks differ: what can change a result, and what is only wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from remit.catalogue.fingerprint import split_paths
from remit.catalogue.library import LoadedFramework

_NAMED = {
    ("metrics",): "Metric",
    ("domains",): "Domain",
    ("groups",): "Group",
    ("catalogue",): "Catalogue of",
    ("segments", "overrides"): "Override",
}
"""The lists whose members go by their identifier."""

_PLAIN = {"segments": "Segments", "capability": "Capability", "rounding": "Rounding"}
_WHOLE = "The framework as a whole"
_ALL = "the whole of it"


@dataclass(frozen=True, slots=True)
class Change:
    """One key that was added (``before`` is None), removed (``after`` is None) or changed."""

    key: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        if self.before is None:
            return f"+ {self.key}: {self.after}"
        if self.after is None:
            return f"- {self.key}: {self.before}"
        return f"~ {self.key}: {self.before} → {self.after}"


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one thing: a metric, a domain, the segments, the whole."""

    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class FrameworkDifference:
    """What differs, in sections; both empty where nothing does."""

    scoring: tuple[Section, ...]
    wording: tuple[Section, ...]


def compare(before: LoadedFramework, after: LoadedFramework) -> FrameworkDifference:
    """Compare two frameworks key by key; a metric that only one has is one change."""
    one = split_paths(before.framework, before.metrics)
    two = split_paths(after.framework, after.metrics)
    names = {m.id: m.name for loaded in (before, after) for m in loaded.metrics.values()}
    scoring, wording = (
        _sections(_Sides(_readable(old), _readable(new)), names)
        for old, new in zip(one, two, strict=True)
    )
    return FrameworkDifference(scoring, wording)


@dataclass(frozen=True, slots=True)
class _Sides:
    """Two frameworks as readable paths with their values."""

    before: Mapping[tuple[str, ...], str]
    after: Mapping[tuple[str, ...], str]

    def changes(self) -> Iterator[tuple[tuple[str, ...], str | None, str | None]]:
        for path in sorted({*self.before, *self.after}):
            old, new = self.before.get(path), self.after.get(path)
            if old != new:
                yield path, old, new

    def has(self, thing: tuple[str, ...]) -> tuple[bool, bool]:
        """Whether the first and the second know a thing at all."""
        old, new = (
            any(path[: len(thing)] == thing for path in side) for side in (self.before, self.after)
        )
        return old, new


def _readable(flat: Mapping[tuple[str, ...], Any]) -> dict[tuple[str, ...], str]:
    """Paths for a reader; a list of plain values is one value, so that it is compared whole."""
    found: dict[tuple[str, ...], str] = {}
    lists: dict[tuple[str, ...], list[str]] = {}
    for (first, *rest), value in flat.items():
        *parts, last = rest if first == "framework" else [first, *rest]
        path = tuple(f"#{int(part) + 1}" if part.isdigit() else part for part in parts)
        if last.isdigit():
            lists.setdefault(path, []).append(str(value))
        else:
            found[*path, last] = repr(value)
    return found | {path: f"[{', '.join(values)}]" for path, values in lists.items()}


def _sections(sides: _Sides, names: Mapping[str, str]) -> tuple[Section, ...]:
    sections: dict[str, list[Change]] = {}
    for path, old, new in sides.changes():
        thing = _thing(path)
        title = _title(thing, names)
        change = Change(".".join(path[len(thing) - 1 :]), old, new)
        if thing[:-1] in _NAMED and not all(sides.has(thing)):
            change = _whole(thing, sides)
        if change not in sections.setdefault(title, []):
            sections[title].append(change)
    return tuple(Section(title, tuple(changes)) for title, changes in sections.items())


def _whole(thing: tuple[str, ...], sides: _Sides) -> Change:
    """A metric, domain, group or override that only one of the two has."""
    had, _ = sides.has(thing)
    return Change(thing[-1], _ALL, None) if had else Change(thing[-1], None, _ALL)


def _thing(path: tuple[str, ...]) -> tuple[str, ...]:
    """What a path belongs to: a named member of a list, or the first part of the path."""
    length = next((len(head) for head in _NAMED if path[: len(head)] == head), 0)
    return path[: length + 1] if len(path) > length + 1 else path[:1]


def _title(thing: tuple[str, ...], names: Mapping[str, str]) -> str:
    if thing[:-1] in _NAMED:
        return f"{_NAMED[thing[:-1]]} {thing[-1]} {names.get(thing[-1], '')}".strip()
    return _PLAIN.get(thing[0], _WHOLE)
