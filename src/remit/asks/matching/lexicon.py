"""The lexicon in the form that finds terms quickly in the tokens of an ask."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from remit.asks.matching.tokens import stem, tokens
from remit.catalogue import declared
from remit.catalogue.declared import Declared
from remit.model.errors import DeclarationError
from remit.model.lexicon import Facet, Term, TermFile

NEAR = 9
"""How many tokens apart the sides of an ``x & y`` pattern may stand."""

_PARENT_SHARE = 0.5
_END = ""
_AFTER_LAST = "\n"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All terms, and a trie of their phrases over stems."""

    terms: tuple[Term, ...]
    facets: tuple[Facet, ...]
    index: dict[str, int]
    ancestors: tuple[tuple[tuple[int, float], ...], ...]
    """For each term itself (1.0) and its wider terms, halved at each step up."""
    _trie: dict[str, Any]
    _near: dict[int, tuple[tuple[int, tuple[int, ...], frozenset[int]], ...]]
    """First atom of a near pattern → (term, all atoms in order, the same as a set)."""
    _whole: dict[int, tuple[tuple[int, bool], ...]]
    """Atom → terms that the atom alone stands for, and whether each is a matter."""

    def find(self, words: Sequence[str]) -> set[int]:
        """Positions in ``terms`` of the terms that stand in some tokens (see ``tokens``).

        A phrase within a longer one does not count: perinatal mortality is not mortality.
        """
        return self._terms(self._hits(words))

    def find_in_ask(self, title: Sequence[str], words: Sequence[str]) -> tuple[set[int], set[int]]:
        """The terms of a title by itself, and those of all words, which begin with the title."""
        hits = self._hits(words)
        return self._terms([hit for hit in hits if hit[1] <= len(title)]), self._terms(hits)

    def _terms(self, hits: Sequence[tuple[int, int, int]]) -> set[int]:
        atoms: dict[int, list[int]] = {}
        for start, _, atom in hits:
            atoms.setdefault(atom, []).append(start)
        found = self._outermost(hits)
        there = atoms.keys()
        for atom in atoms:
            for term, sides, needed in self._near.get(atom, ()):
                if (
                    needed <= there
                    and term not in found
                    and _within([atoms[side] for side in sides])
                ):
                    found.add(term)
        return found

    def _hits(self, words: Sequence[str]) -> list[tuple[int, int, int]]:
        """Where phrases stand: start, end (after the last token) and atom."""
        trie, stems = self._trie, [stem(word) for word in words]
        starts = [(at, trie[root]) for at, root in enumerate(stems) if root in trie]
        capitals = [at for at, word in enumerate(words) if word.isupper()]
        if capitals and len(capitals) <= len(words) / 2:
            named = ((at, trie.get(f"={words[at]}")) for at in capitals)
            starts += [(at, first) for at, first in named if first]
        stems.append(_AFTER_LAST)
        hits: list[tuple[int, int, int]] = []
        for start, first in starts:
            node: dict[str, Any] | None = first
            end = start
            while node is not None:
                end += 1
                if _END in node:
                    hits += [(start, end, atom) for atom in node[_END]]
                node = node.get(stems[end])
        return hits

    def _outermost(self, hits: Sequence[tuple[int, int, int]]) -> set[int]:
        """The terms of phrases that lie in no longer phrase of the same kind."""
        whole = self._whole
        kept = [
            (matter, start, -end, term)
            for start, end, atom in hits
            if atom in whole
            for term, matter in whole[atom]
        ]
        # In this order a phrase comes after every longer one that it may lie in.
        kept.sort()
        found: set[int] = set()
        last, reach = (False, -1, 0), 0
        for matter, start, back, term in kept:
            place = (matter, start, back)
            if matter != last[0]:
                reach = 0
            if place == last or -back > reach:
                found.add(term)
                last, reach = place, -back
        return found


def _within(places: list[list[int]]) -> bool:
    """Whether some choice of one place from each list spans at most NEAR tokens."""
    return any(
        all(any(abs(other - anchor) <= NEAR for other in rest) for rest in places[1:])
        for anchor in places[0]
    )


@dataclass(slots=True)
class _Builder:
    atoms: dict[tuple[str, ...], int] = field(default_factory=dict)
    trie: dict[str, Any] = field(default_factory=dict)
    near: dict[int, list[tuple[int, tuple[int, ...]]]] = field(default_factory=dict)
    whole: dict[int, list[int]] = field(default_factory=dict)

    def add(self, term: int, pattern: str) -> None:
        sides = [self._side(part) for part in pattern.split(" & ")]
        if len(sides) == 1:
            for atom in sides[0]:
                self.whole.setdefault(atom, []).append(term)
            return
        for choice in itertools.product(*sides):
            self.near.setdefault(choice[0], []).append((term, choice))

    def _side(self, phrase: str) -> list[int]:
        slots = [[*_key(word)] for word in phrase.split()]
        choices = (sum(choice, ()) for choice in itertools.product(*slots))
        return [self._atom(choice) for choice in dict.fromkeys(choices) if choice]

    def _atom(self, phrase: tuple[str, ...]) -> int:
        if phrase not in self.atoms:
            self.atoms[phrase] = len(self.atoms)
            node = self.trie
            for word in phrase:
                node = node.setdefault(word, {})
            node.setdefault(_END, []).append(self.atoms[phrase])
        return self.atoms[phrase]


def _key(slot: str) -> list[tuple[str, ...]]:
    return [
        (word,) if word.startswith("=") else tuple(stem(token) for token in tokens(word))
        for word in slot.split("|")
    ]


def build(files: Sequence[Declared]) -> Lexicon:
    """A lexicon from some files of terms.

    Raises
    ------
    DeclarationError
        If a file is faulty, a term stands twice, or a wider term does not exist.
    """
    terms, facets, index = _gather(files)
    builder = _Builder()
    for number, term in enumerate(terms):
        for pattern in term.words:
            builder.add(number, _joined_units(pattern))
    return Lexicon(
        tuple(terms),
        tuple(facets),
        index,
        tuple(_ancestors(number, terms, index) for number in range(len(terms))),
        builder.trie,
        {
            atom: tuple((term, sides, frozenset(sides)) for term, sides in of)
            for atom, of in builder.near.items()
        },
        {
            atom: tuple((term, facets[term] is Facet.MATTER) for term in dict.fromkeys(of))
            for atom, of in builder.whole.items()
        },
    )


def _joined_units(pattern: str) -> str:
    """``52 week wait|list`` as ``52week wait|list``: a number and its unit are one token."""
    words = pattern.split(" ")
    joined: list[str] = []
    for word in words:
        head = word.split("|", maxsplit=1)[0]
        if joined and joined[-1].rstrip("+").isdigit() and head in _UNITS:
            joined[-1] = joined[-1].rstrip("+") + _UNITS[head]
        else:
            joined.append(word)
    return " ".join(joined)


_UNITS = {
    "week": "week",
    "day": "day",
    "days": "day",
    "hour": "hour",
    "minute": "minute",
    "month": "month",
}


def _gather(files: Sequence[Declared]) -> tuple[list[Term], list[Facet], dict[str, int]]:
    terms: list[Term] = []
    facets: list[Facet] = []
    index: dict[str, int] = {}
    faults: list[str] = []
    wider: list[tuple[Declared, int, str]] = []
    for file in files:
        content = file.validate(TermFile)
        for place, term in enumerate(content.terms):
            if term.id in index:
                faults.append(file.fault(["terms", place, "id"], f"{term.id} is declared twice"))
            index[term.id] = len(terms)
            terms.append(term)
            facets.append(term.facet or content.facet)
            wider += [(file, place, name) for name in term.part_of]
    faults += [
        file.fault(["terms", place, "part_of"], f"there is no term {name!r}")
        for file, place, name in wider
        if name not in index
    ]
    if faults:
        raise DeclarationError("\n".join(faults))
    return terms, facets, index


def _ancestors(
    number: int, terms: Sequence[Term], index: dict[str, int]
) -> tuple[tuple[int, float], ...]:
    shares = {number: 1.0}
    level, share = [number], 1.0
    while level and share > 0.2:
        share *= _PARENT_SHARE
        level = [index[name] for at in level for name in terms[at].part_of]
        for at in level:
            shares[at] = max(shares.get(at, 0.0), share)
    return tuple(shares.items())


@cache
def load_lexicon() -> Lexicon:
    """The lexicon that comes with Remit."""
    files = declared.packaged("lexicon")
    return build([file for file in files if _schema(file) == "remit/lexicon/1"])


def _schema(file: Declared) -> str:
    return str(file.data.get("schema")) if isinstance(file.data, dict) else ""


def lexicon_file(schema: str) -> Declared:
    """The one file of the packaged lexicon with a given schema, such as ``remit/wording/1``."""
    return next(file for file in declared.packaged("lexicon") if _schema(file) == schema)
