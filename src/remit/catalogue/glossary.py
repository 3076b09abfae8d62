"""The glossary: what people write short, spelled out before anything is compared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from remit.catalogue import declared
from remit.catalogue.declared import Declared
from remit.catalogue.own import NamedText, own_files, parsed
from remit.model.errors import DeclarationError
from remit.model.glossary import GlossaryFile, short_forms

_RUN = re.compile(r"[A-Za-z0-9]+")
_EDGE_BEFORE, _EDGE_AFTER = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"


@dataclass(frozen=True, slots=True)
class Glossary:
    """Short forms with their words; ``meanings`` by the form in small letters."""

    meanings: Mapping[str, str]
    capitals: Mapping[str, str]
    patterns: Mapping[str, Sequence[tuple[int, re.Pattern[str]]]]
    """By the first letters or digits of short forms, written small: how many signs stand before
    them (one in ``#NOF``), and the forms that begin so."""

    def spelled_out(self, text: str) -> list[str]:
        """The words that the short forms of a text stand for, each form once, as they come.

        >>> load_glossary().spelled_out("C diff numbers by ward; CDI again")
        ['Clostridioides difficile infection']
        """
        found = (self._meaning(short) for short in self._short_forms(text))
        return list(dict.fromkeys(filter(None, found)))

    def _short_forms(self, text: str) -> Iterator[str]:
        end = 0
        for run in _RUN.finditer(text):
            for signs, pattern in self.patterns.get(run[0].lower(), ()):
                start = run.start() - signs
                if start >= end and (short := pattern.match(text, start)):
                    end = short.end()
                    yield short[0]

    def _meaning(self, short: str) -> str | None:
        for form in (short, short.removesuffix("s")):
            if form in self.capitals:
                return self.capitals[form]
            if form.lower() in self.meanings:
                return self.meanings[form.lower()]
        return None


def load_glossary() -> Glossary:
    """The glossary that comes with Remit; short forms of a user's own that are in force go before.

    Raises
    ------
    DeclarationError
        If a file is faulty or a short form stands twice in it.

    Examples
    --------
    >>> load_glossary().spelled_out("NNU cots")
    ['neonatal unit intensive care cots']
    """
    return _glossary(own_files().glossary)


@cache
def _glossary(own: tuple[NamedText, ...]) -> Glossary:
    meanings: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for content in (*_contents(declared.packaged("glossary")), *_contents(parsed(own))):
        small, large = _said(content)
        gone = {form.lower() for form in (*small, *large, *content.ambiguous)}
        meanings = {form: says for form, says in meanings.items() if form not in gone} | small
        capitals = {form: s for form, s in capitals.items() if form.lower() not in gone} | large
    return Glossary(meanings, capitals, _patterns([*meanings], [*capitals]))


def _contents(files: Iterable[Declared]) -> list[GlossaryFile]:
    return [file.validate(GlossaryFile) for file in files]


def _said(content: GlossaryFile) -> tuple[dict[str, str], dict[str, str]]:
    """The short forms of a file with their words: those in small letters, and in capitals."""
    small = {
        one.lower(): says
        for forms in content.means.values()
        for key, says in forms.items()
        for one in short_forms(key)
    }
    return small, {o: says for key, says in content.capitals.items() for o in short_forms(key)}


def own_forms_told() -> str:
    """Which short forms of a user's own are in force; blank where none is."""
    told = [
        form
        for content in _contents(parsed(own_files().glossary))
        for form in (*(f for side in _said(content) for f in side), *content.ambiguous)
    ]
    return f"Short forms of your own: {', '.join(sorted(told))}." if told else ""


def _patterns(
    small: Sequence[str], capitals: Sequence[str]
) -> dict[str, list[tuple[int, re.Pattern[str]]]]:
    """For each beginning the short forms, the longest first; a plural ``s`` may follow."""
    begun: dict[tuple[str, int], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, forms in enumerate((small, capitals)):
        for form in forms:
            head = _RUN.search(form)
            if head is None:
                raise DeclarationError(f"the short form {form!r} has no letter and no digit")
            for beginning in (head[0].lower(), f"{head[0].lower()}s"):
                begun[beginning, head.start()][side].append(form)
    patterns: dict[str, list[tuple[int, re.Pattern[str]]]] = defaultdict(list)
    for (beginning, signs), sides in sorted(begun.items(), reverse=True):
        patterns[beginning].append((signs, _pattern(*sides)))
    return patterns


def _pattern(small: Sequence[str], capitals: Sequence[str]) -> re.Pattern[str]:
    sides = [
        f"(?i:{_choices(small)})" if small else "(?!)",
        _choices(capitals) or "(?!)",
    ]
    return re.compile(f"{_EDGE_BEFORE}(?:{'|'.join(sides)})s?{_EDGE_AFTER}")


def _choices(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
