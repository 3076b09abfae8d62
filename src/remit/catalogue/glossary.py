"""The glossary: what people write short, spelled out before anything is compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from remit.catalogue import declared
from remit.catalogue.declared import Declared
from remit.model.glossary import GlossaryFile, short_forms

_EDGE_BEFORE, _EDGE_AFTER = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"


@dataclass(frozen=True, slots=True)
class Glossary:
    """Short forms with their words; ``meanings`` by the form in small letters."""

    meanings: Mapping[str, str]
    capitals: Mapping[str, str]
    pattern: re.Pattern[str]

    def spelled_out(self, text: str) -> list[str]:
        """The words that the short forms of a text stand for, each form once, as they come.

        >>> load_glossary().spelled_out("C diff numbers by ward; CDI again")
        ['Clostridioides difficile infection']
        """
        found = (self._meaning(short[0]) for short in self.pattern.finditer(text))
        return list(dict.fromkeys(filter(None, found)))

    def _meaning(self, short: str) -> str | None:
        for form in (short, short.removesuffix("s")):
            if form in self.capitals:
                return self.capitals[form]
            if form.lower() in self.meanings:
                return self.meanings[form.lower()]
        return None


@cache
def load_glossary(own: tuple[Path, ...] = ()) -> Glossary:
    """The glossary that comes with Remit, with a user's own short forms before it.

    Raises
    ------
    DeclarationError
        If a file is faulty or a short form stands twice.

    Examples
    --------
    >>> load_glossary().spelled_out("NNU cots")
    ['neonatal unit intensive care cots']
    """
    files = [*declared.packaged("glossary"), *(declared.read(path) for path in own)]
    return _glossary(files)


def _glossary(files: Sequence[Declared]) -> Glossary:
    meanings: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for file in files:
        content = file.validate(GlossaryFile)
        for forms in content.means.values():
            meanings |= {
                one.lower(): says for key, says in forms.items() for one in short_forms(key)
            }
        for key, says in content.capitals.items():
            capitals |= dict.fromkeys(short_forms(key), says)
    return Glossary(meanings, capitals, _pattern([*meanings], [*capitals]))


def _pattern(small: Iterable[str], capitals: Iterable[str]) -> re.Pattern[str]:
    """One pattern of all short forms, the longest first; a plural ``s`` may follow."""
    sides = [
        f"(?i:{_choices(small)})" if small else "(?!)",
        _choices(capitals) or "(?!)",
    ]
    return re.compile(f"{_EDGE_BEFORE}(?:{'|'.join(sides)})s?{_EDGE_AFTER}")


def _choices(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
