"""Files of a user's own beside Remit's catalogue and glossary, for as long as they are in force.

Many rooms ask the catalogue what an entry says; whoever brings files of his own puts them in force
once, and all of them see the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from remit.catalogue import declared
from remit.catalogue.declared import Declared
from remit.files.reading import read_text
from remit.model.errors import DeclarationError

NamedText = tuple[str, str]
"""The name of a file and its text."""


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """The texts of a user's own files, of the catalogue and of the glossary."""

    catalogue: tuple[NamedText, ...] = ()
    glossary: tuple[NamedText, ...] = ()


_NONE = OwnFiles()
_IN_FORCE: ContextVar[OwnFiles] = ContextVar("own files", default=_NONE)


def read_own(catalogue: Iterable[Path] = (), glossary: Iterable[Path] = ()) -> OwnFiles:
    """A user's own files.

    Raises
    ------
    DeclarationError
        If one is missing, no regular file, not UTF-8 text or too large.
    """
    return OwnFiles(_texts(catalogue), _texts(glossary))


def own_files() -> OwnFiles:
    """The files that are in force; none unless somebody brought some."""
    return _IN_FORCE.get()


@contextmanager
def in_force(files: OwnFiles) -> Iterator[None]:
    """Put files of one's own in force, and what was before when it ends.

    Examples
    --------
    >>> with in_force(OwnFiles()):
    ...     own_files().catalogue
    ()
    """
    token = _IN_FORCE.set(files)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def put_in_force(files: OwnFiles) -> None:
    """The same for the whole life of a process, for one that works for another."""
    _IN_FORCE.set(files)


def parsed(files: Sequence[NamedText]) -> list[Declared]:
    """The declarations that texts hold.

    Raises
    ------
    DeclarationError
        If one is no YAML, or more than a declaration needs.
    """
    return [declared.parse_own(text, name) for name, text in files]


def _texts(paths: Iterable[Path]) -> tuple[NamedText, ...]:
    return tuple((str(path), read_text(path, error=DeclarationError)) for path in paths)
