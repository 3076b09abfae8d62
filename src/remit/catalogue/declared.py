"""Read a declaration file; every error names file, line, key and remedy.

PyYAML's C loader is used through its node tree, since the nodes keep the line of every key
(see docs/decisions). Only ``true``/``false`` are booleans: ``no`` and ``on`` stay words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from remit.catalogue.strict_yaml import Loader, YamlFault, load, load_own
from remit.files.reading import read_text
from remit.model.errors import DeclarationError
from remit.model.plain_text import cleaned
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    ModelT = TypeVar("ModelT", bound=BaseModel)

_MOST_FAULTS = 50
_LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Declared:
    """The content of one declaration file and where it came from."""

    path: str
    data: Any
    sha256: str
    text: str

    def line_of(self, location: Iterable[str | int]) -> int:
        """The line of a key or item, or of the nearest one above it that exists."""
        node = _composed(self.text)
        line = 1
        for part in location:
            child = _child(node, part)
            if child is None:
                break
            line, node = child
        return line

    def validate(self, model: type[ModelT]) -> ModelT:
        """The content as a model.

        Raises
        ------
        DeclarationError
            With one line for each fault: file, line, key, what is wrong, what is allowed.
        """
        from pydantic import ValidationError

        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            raise DeclarationError("\n".join(self._faults(error))) from None

    def fault(self, location: Iterable[str | int], message: str) -> str:
        """One line of an error message about a place in this file."""
        parts = list(location)
        key = ".".join(str(part) for part in parts) or "(the whole file)"
        return f"{self.path}, line {self.line_of(parts)}, {key}: {message}"

    def _faults(self, error: ValidationError) -> list[str]:
        told = list(in_plain_words(error))
        lines = [self.fault(where, said) for where, said in told[:_MOST_FAULTS]]
        more = len(told) - _MOST_FAULTS
        return [*lines, f"and {more:,} more faults in {self.path}"] if more > 0 else lines


def in_plain_words(error: ValidationError) -> Iterator[tuple[list[str | int], str]]:
    """What is wrong with a declared thing: the keys that lead to each place, and the remedy."""
    for fault in error.errors():
        if not _echoes(fault):
            where = [part for part in fault["loc"] if isinstance(part, (str, int))]
            context = fault.get("ctx") or {}
            yield where, _plain(fault["type"], fault["msg"], fault.get("input"), context)


@lru_cache(maxsize=4)
def _composed(text: str) -> Any:
    """The nodes of a text, made once for all its faults."""
    return yaml.compose(text, Loader=Loader)


def _echoes(fault: ErrorDetails) -> bool:
    """Whether a list is only called too short because its items are faulty, as told already."""
    given = fault.get("input")
    least = (fault.get("ctx") or {}).get("min_length", 0)
    return fault["type"] == "too_short" and isinstance(given, list) and len(given) >= least


def _child(node: Any, part: str | int) -> tuple[int, Any] | None:
    """The line and the node of one step down, or None if there is no such step."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        item = node.value[part]
        return item.start_mark.line + 1, item
    # A tag of a union (pydantic puts it in the path) is no step in the file.
    return (node.start_mark.line + 1, node) if node is not None and part != "" else None


def _plain(kind: str, message: str, value: Any, context: dict[str, Any]) -> str:
    """Pydantic's complaint in plain words, with the value and the remedy."""
    known = {
        "missing": "this key is required and is missing",
        "string_too_short": "this key is blank; fill it in",
        "extra_forbidden": "no such key; remove it or correct its spelling",
        "union_tag_invalid": f"{_shown(context.get('tag'))} is not allowed; use one of "
        f"{context.get('expected_tags')}",
    }
    if kind in known:
        return known[kind]
    if kind in {"enum", "literal_error"}:
        return f"{_shown(value)} is not allowed; use one of {context.get('expected', '')}"
    if kind == "too_short":
        least = count_words(context.get("min_length", 1), "entry", "entries")
        has = count_words(context.get("actual_length", 0), "entry", "entries", none="none")
        return f"this list needs at least {least} and has {has.removesuffix(' entries')}"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    if value is None:
        return "this key is blank; fill it in, or leave it out where it is not required"
    return f"{message[0].lower()}{message[1:]} (found {_shown(value)})"


def _shown(value: Any) -> str:
    """A value as it was found; of a long one the beginning, of lists in it that they are there."""
    said = repr(_flat(value))
    return said if len(said) <= _LONGEST_VALUE else f"{said[:_LONGEST_VALUE]}…"


def _flat(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _folded(one) for key, one in value.items()}
    return [_folded(one) for one in value] if isinstance(value, list) else value


def _folded(value: Any) -> Any:
    """A list or a mapping as one that is not opened: a short file may hold a very long one."""
    return [...] if isinstance(value, list) else {...} if isinstance(value, dict) else value


def parse(text: str, path: str) -> Declared:
    """Parse the text of a declaration.

    Raises
    ------
    DeclarationError
        If the text is no YAML, or more than a declaration needs; the message names the line.
    """
    return _parsed(text, path, load)


def _parsed(text: str, path: str, loaded: Callable[[str], Any]) -> Declared:
    try:
        data = loaded(text)
    except YamlFault as fault:
        raise DeclarationError(f"{path}, line {fault.line}: {fault}") from None
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Declared(path=path, data=data, sha256=digest, text=text)


def read(path: Path) -> Declared:
    """Read a declaration file of the user's own.

    Raises
    ------
    DeclarationError
        If the file is missing, no regular file, not UTF-8 text, too large or no YAML.
    """
    return parse_own(read_text(path, error=DeclarationError), str(path))


def parse_own(text: str, path: str) -> Declared:
    """Parse the text of a user's own declaration; what it says has no control characters.

    Raises
    ------
    DeclarationError
        If the text is no YAML, or more than a declaration needs.
    """
    found = parse(text, path)
    return replace(found, data=_cleaned(found.data))


def _cleaned(data: Any) -> Any:
    """What a user's file says without control characters, which YAML takes in as ``\\x1b``."""
    if isinstance(data, str):
        return cleaned(data)
    if isinstance(data, list):
        return [_cleaned(one) for one in data]
    if isinstance(data, dict):
        return {_cleaned(key): _cleaned(value) for key, value in data.items()}
    return data


def packaged(folder: str) -> list[Declared]:
    """All declarations that come with Remit in one folder, by name."""
    root = resources.files("remit") / "declarations" / folder
    files = sorted((f for f in root.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return [_parsed(f.read_text(encoding="utf-8"), f"{folder}/{f.name}", load_own) for f in files]
