"""The catalogue of what is published: which publication, audit or collection has which figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from remit.catalogue import declared
from remit.catalogue.declared import Declared
from remit.catalogue.library import load_computed_metrics, load_publications
from remit.catalogue.own import NamedText, own_files, parsed
from remit.model.entry import CatalogueEntry, CatalogueFile
from remit.model.errors import DeclarationError, UnknownCode
from remit.words.nearest import nearest


def load_entries() -> Mapping[str, CatalogueEntry]:
    """All entries by identifier, in the order in which they are declared.

    An entry of a user's own that is in force (see :func:`remit.catalogue.own.in_force`) takes the
    place of Remit's with the same identifier, or stands beside them.

    Raises
    ------
    DeclarationError
        With file, line and key, if a file is faulty, an id stands twice, or an entry names a
        publication or a metric that Remit does not have.

    Examples
    --------
    >>> load_entries()["rtt"].kind.answers
    True
    """
    return _entries(own_files().catalogue)


@cache
def _entries(own: tuple[NamedText, ...]) -> Mapping[str, CatalogueEntry]:
    return _packaged() | _checked(parsed(own)) if own else _packaged()


@cache
def _packaged() -> dict[str, CatalogueEntry]:
    return _checked(declared.packaged("catalogue"))


def own_entries_told() -> str:
    """Which entries of a user's own are in force; blank where none is."""
    own = _checked(parsed(own_files().catalogue)) if own_files().catalogue else {}
    replaced = [name for name in own if name in _packaged()]
    added = [name for name in own if name not in _packaged()]
    sides = (("added", added), ("in place of Remit's", replaced))
    told = [f"{', '.join(names)} {how}" for how, names in sides if names]
    return f"Entries of your own: {'; '.join(told)}." if told else ""


def entry_that_answers(name: str) -> CatalogueEntry:
    """The entry with an identifier, if it is a publication of which figures can be had.

    Raises
    ------
    UnknownCode
        If there is none such; the message names the nearest.

    Examples
    --------
    >>> entry_that_answers("rtt").kind.answers
    True
    """
    entries = load_entries()
    found = entries.get(name)
    if found is None:
        raise UnknownCode(
            f"the catalogue of what is published has no {name!r}; nearest: "
            f"{nearest(name, [one.id for one in entries.values() if one.kind.answers])}"
        )
    if not found.kind.answers:
        raise UnknownCode(f"{name} ({found.name}) is not published; it answers no ask")
    return found


def lag_days(entry: CatalogueEntry) -> int | None:
    """How many days after the end of a period an entry's figures come out; None if not known.

    Where Remit reads the publication, its own declaration says so.
    """
    if entry.lag is not None:
        return entry.lag.days
    readers = {publication.id: publication for publication in load_publications()}
    lags = [readers[name].release for name in entry.read_by]
    return min((lag.after_days for lag in lags if lag is not None), default=None)


def _checked(files: Sequence[Declared]) -> dict[str, CatalogueEntry]:
    entries: dict[str, CatalogueEntry] = {}
    faults: list[str] = []
    for file in files:
        for place, entry in enumerate(file.validate(CatalogueFile).entries):
            where: Sequence[str | int] = ["entries", place]
            if entry.id in entries:
                faults.append(file.fault([*where, "id"], f"{entry.id} is declared twice"))
            faults += [file.fault(where, said) for said in _unknown(entry)]
            entries[entry.id] = entry
    if faults:
        raise DeclarationError("\n".join(faults))
    return entries


def _unknown(entry: CatalogueEntry) -> Iterable[str]:
    publications = {publication.id for publication in load_publications()}
    metrics = load_computed_metrics().keys()
    for name in entry.read_by:
        if name not in publications:
            yield f"there is no publication {name!r}"
    for name in (metric for measure in entry.measures for metric in measure.metrics):
        if name not in metrics:
            yield f"there is no metric {name!r}"
