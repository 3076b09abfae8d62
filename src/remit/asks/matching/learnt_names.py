"""Spoken names that a person accepted, laid over what was read of an ask.

A name counts where all its telling words are said; other asks are read as without it. It is held
against the kept stems, so asks without their text are read alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.asks.matching.cleaning import load_wording
from remit.asks.matching.entry_reader import EntryMatch, EntryReader, load_entry_reader
from remit.asks.matching.said import IN_TEXT, IN_TITLE, Said
from remit.asks.matching.tokens import tokens
from remit.catalogue import load_entries
from remit.model.entry import CatalogueEntry
from remit.words.figures import data_number


def name_stems(name: str) -> frozenset[str]:
    """The stems of a name's telling words, as asks are read.

    >>> sorted(name_stems("the corridor care"))
    ['care', 'corridor']
    """
    return frozenset(load_wording().content(tokens(name)))


def named_entries(names: Mapping[str, Sequence[str]]) -> dict[str, CatalogueEntry]:
    """The entries that have learnt names, with these beside their own; ids of no entry are left."""
    known = load_entries()
    return {
        entry: known[entry].model_copy(
            update={"spoken": tuple(dict.fromkeys((*known[entry].spoken, *some)))}
        )
        for entry, some in names.items()
        if entry in known and some
    }


@dataclass(frozen=True, slots=True)
class LearntNames:
    """The catalogue as it comes, beside the same with learnt names."""

    stems: Mapping[str, Sequence[tuple[frozenset[str], str]]]
    """The telling stems of each name, and the entry that it is of; by the longest of them."""
    reader: EntryReader

    def over(self, said: Said) -> Said:
        """What an ask says, with the entries lifted of which it says a learnt name."""
        content = frozenset(said.content)
        met = {
            entry
            for word in said.content
            for stems, entry in self.stems.get(word, ())
            if stems <= content
        }
        if not met:
            return said
        words = dict.fromkeys(said.content, IN_TEXT) | dict.fromkeys(said.title_content, IN_TITLE)
        plain, learnt = (
            {one: reader.of(one, words) for one in met}
            for reader in (load_entry_reader(), self.reader)
        )
        entries = {one.id: one for one in said.entries}
        for one in met:
            entries[one] = _lifted(entries.get(one, plain[one]), plain[one], learnt[one])
        ordered = sorted(entries.values(), key=lambda one: -one.score)
        return said._replace(entries=tuple(ordered))


def learnt_names(names: Mapping[str, Sequence[str]]) -> LearntNames | None:
    """Learnt names, ready to be laid over; None where there are none of entries that are known."""
    changed = named_entries(names)
    stems: dict[str, list[tuple[frozenset[str], str]]] = {}
    for entry in changed:
        for found in filter(None, map(name_stems, names[entry])):
            longest = max(sorted(found), key=len)
            stems.setdefault(longest, []).append((found, entry))
    return LearntNames(stems, EntryReader({**load_entries(), **changed})) if stems else None


def _lifted(kept: EntryMatch, plain: EntryMatch, learnt: EntryMatch) -> EntryMatch:
    more = max(learnt.score - plain.score, 0.0)
    spoken = max(kept.spoken, learnt.spoken)
    return kept._replace(score=data_number(kept.score + more, 2), spoken=spoken)
