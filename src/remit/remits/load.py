"""From declaration files to the map of remits; all files are checked against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations

from remit.catalogue.declared import Declared, packaged
from remit.model.errors import DeclarationError
from remit.model.remit import (
    Body,
    Dated,
    Entry,
    Function,
    RemitFile,
    RemitSource,
    Status,
    TimelineEvent,
)
from remit.remits.remit_map import RemitMap
from remit.remits.understood import folded
from remit.words.nearest import nearest

_PARTS = ("states", "entries", "lines", "duties", "overlaps", "gaps", "timeline", "functions")
"""What may refer to something that is declared elsewhere."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A statement and where it stands."""

    item: Dated | TimelineEvent | Function
    file: Declared
    where: tuple[str, int]

    def fault(self, key: str, message: str) -> str:
        return self.file.fault([*self.where, key], message)


@cache
def load_map() -> RemitMap:
    """The map of remits that comes with Remit.

    Raises
    ------
    DeclarationError
        With a line for each fault: file, line, key, what is wrong and what is allowed.
    """
    return read_map(packaged("remits"))


def read_map(files: Iterable[Declared]) -> RemitMap:
    """The map that some declaration files make up together.

    Raises
    ------
    DeclarationError
        With a line for each fault.
    """
    read = [(file, file.validate(RemitFile)) for file in files]
    contents = [content for _, content in read]
    remit_map = RemitMap(
        bodies={body.id: body for content in contents for body in content.bodies},
        functions={one.id: one for content in contents for one in content.functions},
        states=tuple(state for content in contents for state in content.states),
        entries=tuple(entry for content in contents for entry in content.entries),
        lines=tuple(line for content in contents for line in content.lines),
        duties=tuple(duty for content in contents for duty in content.duties),
        documented_overlaps=tuple(one for content in contents for one in content.overlaps),
        documented_gaps=tuple(one for content in contents for one in content.gaps),
        sources={name: said for content in contents for name, said in content.sources.items()},
        known_from=_first_day(contents),
        known_until=max((c.known_until for c in contents if c.known_until), default=date.max),
        timeline=tuple(
            sorted((one for c in contents for one in c.timeline), key=lambda one: one.on)
        ),
    )
    faults = list(_faults(read, remit_map))
    if faults:
        raise DeclarationError("\n".join(faults))
    return remit_map


def _first_day(contents: Sequence[RemitFile]) -> date:
    """The first day that can be asked for: the declared one, else the first statement's."""
    declared = [content.known_from for content in contents if content.known_from]
    begun = [entry.valid_from for content in contents for entry in content.entries]
    return min(declared or begun, default=date.min)


def _faults(read: Sequence[tuple[Declared, RemitFile]], known: RemitMap) -> Iterator[str]:
    placed = [one for file, content in read for one in _placed(file, content)]
    for one in placed:
        yield from _reference_faults(one, known)
    yield from _twice(read)
    yield from _word_twice(read)
    yield from _two_leaders([one for one in placed if isinstance(one.item, Entry)])
    if not known.entries:
        yield "the map of remits has no entry; give at least one under `entries`"


def _placed(file: Declared, content: RemitFile) -> Iterator[_Placed]:
    for part in _PARTS:
        for number, item in enumerate(getattr(content, part)):
            yield _Placed(item, file, (part, number))


def _reference_faults(one: _Placed, known: RemitMap) -> Iterator[str]:
    """What a statement refers to and no file declares."""
    tables: tuple[tuple[str, dict[str, Body] | dict[str, Function] | dict[str, RemitSource]], ...]
    tables = (
        ("body", dict(known.bodies)),
        ("to", dict(known.bodies)),
        ("bodies", dict(known.bodies)),
        ("functions", dict(known.functions)),
        ("source", dict(known.sources)),
        ("part_of", dict(known.functions)),
    )
    for key, table in tables:
        said = getattr(one.item, key, None)
        for name in (said,) if isinstance(said, str) else said or ():
            if name not in table:
                near = nearest(name, list(table))
                yield one.fault(key, f"{name!r} is declared in no file; nearest: {near}")


def _twice(read: Sequence[tuple[Declared, RemitFile]]) -> Iterator[str]:
    """Identifiers that stand in two places."""
    for part in ("bodies", "functions", "states", "entries", "duties"):
        seen: dict[str, str] = {}
        for file, content in read:
            for number, item in enumerate(getattr(content, part)):
                place = f"{file.path}, line {file.line_of([part, number])}"
                if item.id in seen:
                    message = f"{item.id} is declared twice; see {seen[item.id]}"
                    yield file.fault([part, number, "id"], message)
                seen.setdefault(item.id, place)


def _word_twice(read: Sequence[tuple[Declared, RemitFile]]) -> Iterator[str]:
    """Words by which two functions would be found: each word has to find one."""
    seen: dict[str, str] = {}
    for file, content in read:
        for number, one in enumerate(content.functions):
            for word in dict.fromkeys(
                folded(name) for name in (one.name, *one.aliases, *one.parts)
            ):
                if seen.setdefault(word, one.id) != one.id:
                    message = f"{word!r} already finds {seen[word]}"
                    yield file.fault(["functions", number, "aliases"], message)


def _two_leaders(entries: Sequence[_Placed]) -> Iterator[str]:
    """Two bodies that would lead on one function of one organisation on one day."""
    leading = [(one, one.item) for one in entries if isinstance(one.item, Entry) and one.item.leads]
    for (_, first), (place, second) in combinations(leading, 2):
        if first.body != second.body and _meet(first, second):
            shared = ", ".join(sorted(set(first.functions) & set(second.functions)))
            yield place.fault("leads", f"{first.body} leads on {shared} as well; see {first.id}")


def _meet(first: Entry, second: Entry) -> bool:
    """Whether two entries are about one function, one kind of organisation and one day."""
    # A proposal is laid beside what is in force, so the two never compete.
    if Status.PROPOSED in {first.status, second.status}:
        return False
    days = max(first.valid_from, second.valid_from) <= min(
        first.valid_to or date.max, second.valid_to or date.max
    )
    functions = set(first.functions) & set(second.functions)
    return bool(days and functions and set(first.subjects) & set(second.subjects))
