"""A stranger's YAML, read only so far as a declaration needs it.

No file of Remit's nests deeper than ten or holds more than some thousand values. What YAML 1.1
makes of a word or number by surprise (``no`` is false, ``010`` is eight, ``1:30`` is ninety) stays
as it is written.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import yaml

from remit.files.limits import Limit

DEEPEST = 40
"""Lists and mappings within each other."""

VALUES = Limit("REMIT_MOST_VALUES", 100_000)
"""Keys and values of a file, those that an alias repeats counted each time."""

_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_ANEW = {f"{_TAG}{name}" for name in ("bool", "int", "float")}
_PLAIN_KEYS = {f"{_TAG}{name}" for name in ("str", "int", "merge")}
_LONGEST_NUMBER = 40
_PLAINER = {
    "did not find expected key": "a key is missing before the colon, or the line is indented "
    "otherwise than those above",
    "but found another document": "a line of dashes begins another document; write one file each",
}


class Loader(_BaseLoader):  # type: ignore[misc]
    """YAML with 1.2's booleans and decimal numbers only."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag not in _ANEW]
    for first, pairs in _BaseLoader.yaml_implicit_resolvers.items()
}
for _name, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    (
        "float",
        r"^[-+]?(?:(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|\.inf|\.nan)$",
        "-+.0123456789",
    ),
):
    Loader.add_implicit_resolver(f"{_TAG}{_name}", re.compile(_pattern), list(_first))


class YamlFault(Exception):
    """Text that is no YAML of a declaration; ``line`` says where."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def _told(construct: Callable[[Any, Any], Any], what: str) -> Callable[[Any, Any], Any]:
    """A scalar's constructor that tells the line of what is none of its kind."""

    def constructed(loader: Any, node: Any) -> Any:
        line, text = node.start_mark.line + 1, str(node.value)
        try:
            if len(text) > _LONGEST_NUMBER:
                raise ValueError
            value = construct(loader, node)
        except (ValueError, OverflowError, AttributeError):
            raise YamlFault(line, f"{text[:_LONGEST_NUMBER]!r} is no {what}") from None
        if isinstance(value, float) and not math.isfinite(value):
            raise YamlFault(line, f"{text!r} is no number that can be reckoned with")
        return value

    return constructed


for _name, _what in (("int", "number"), ("float", "number"), ("timestamp", "day")):
    _own = getattr(_BaseLoader, f"construct_yaml_{_name}")
    Loader.add_constructor(f"{_TAG}{_name}", _told(_own, _what))


def load(text: str) -> Any:
    """The content of a file, checked for depth, size, tags, cycles and keys.

    Raises
    ------
    YamlFault
        With the line and the remedy.
    """
    return _told_of(text, lambda: _loaded(text))


def load_own(text: str) -> Any:
    """The content of one of Remit's own files, which need no check.

    Raises
    ------
    YamlFault
        If it is no YAML.
    """
    return _told_of(text, lambda: Loader(text).get_single_data())


def _told_of(text: str, call: Callable[[], Any]) -> Any:
    try:
        return call()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        said = _PLAINER.get(error.problem or "", error.problem)
        raise YamlFault(line, f"this is not valid YAML: {said}") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlFault(line, f"this is not valid YAML: {error.reason}") from None
    except (yaml.YAMLError, RecursionError, UnicodeError) as error:
        raise YamlFault(1, f"this is not valid YAML: {str(error)[:200]}") from None


def _loaded(text: str) -> Any:
    size = _Size()
    for event in yaml.parse(text, Loader=Loader):
        size.take(event)
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _check_keys(node, set())
        return loader.construct_document(node)
    finally:
        loader.dispose()


class _Size:
    """How deep and how large a file is, told from its events before anything is made of them."""

    def __init__(self) -> None:
        self._open: list[tuple[str | None, int]] = []
        self._of: dict[str, int] = {}
        self._values = 0
        self._most = VALUES.now

    def take(self, event: Any) -> None:
        """Count one event."""
        line = event.start_mark.line + 1
        if getattr(event, "tag", None) is not None:
            raise YamlFault(line, f"the tag {event.tag[:60]!r} is not read; remove it")
        if isinstance(event, yaml.AliasEvent):
            self._repeat(line, event.anchor or "")
        elif isinstance(event, yaml.CollectionStartEvent):
            self._values += 1
            self._open.append((event.anchor, self._values))
            if len(self._open) > DEEPEST:
                raise YamlFault(
                    line, f"lists within lists, more than {DEEPEST} deep; write it flatter"
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = self._open.pop()
            if anchor:
                self._of[anchor] = self._values - before + 1
        elif isinstance(event, yaml.ScalarEvent):
            self._values += 1
            if event.anchor:
                self._of[event.anchor] = 1
        if self._values > self._most:
            raise YamlFault(
                line, f"more than {VALUES.now:,} values, more than any declaration; {VALUES.remedy}"
            )

    def _repeat(self, line: int, anchor: str) -> None:
        if any(anchor == opened for opened, _ in self._open):
            raise YamlFault(line, f"*{anchor[:60]} stands within what it repeats; write it out")
        self._values += self._of.get(anchor, 1)


def _check_keys(node: Any, seen: set[int]) -> None:
    """Refuse a key that is no word, or that stands twice in one place."""
    if id(node) in seen or isinstance(node, yaml.ScalarNode):
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _check_keys(item, seen)
        return
    lines: dict[str, int] = {}
    for key, value in node.value:
        _check_key(key, lines)
        _check_keys(value, seen)


def _check_key(key: Any, lines: dict[str, int]) -> None:
    line = key.start_mark.line + 1
    if not isinstance(key, yaml.ScalarNode):
        raise YamlFault(line, "a list or mapping stands where a key should; write a word")
    if key.tag == f"{_TAG}null":
        raise YamlFault(line, "the key before the colon is missing or null; write a word")
    if key.tag not in _PLAIN_KEYS:
        raise YamlFault(line, f"the key {key.value[:60]!r} is no word; put it in quotation marks")
    if key.value in lines:
        first = lines[key.value]
        raise YamlFault(line, f"the key {key.value[:60]!r} stands on line {first} too; remove one")
    lines[key.value] = line
