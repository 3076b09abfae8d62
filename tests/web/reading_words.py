"""How many words of a page's own part a reader has before them, without what is folded away."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

_VOID = {"input", "br", "meta", "link", "img", "hr"}
_UNSEEN = {"script", "style", "svg", "head"}


class _Reader(HTMLParser):
    """Counts the words of ``main`` that are seen."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._stack: list[tuple[str, bool, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        css = given.get("class") or ""
        unseen = tag in _UNSEEN or "hidden" in given or "visually-hidden" in css
        unseen |= "web-cell-head" in css or (tag == "option" and "selected" not in given)
        if tag not in _VOID:
            self._stack.append((tag, unseen, tag == "details" and "open" not in given))

    def handle_endtag(self, tag: str) -> None:
        while self._stack and self._stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _, _ in self._stack]
        folded = any(
            closed and tags[place + 1 : place + 2] != ["summary"]
            for place, (_, _, closed) in enumerate(self._stack)
        )
        if "main" in tags and not folded and not any(unseen for _, unseen, _ in self._stack):
            self.count += len(data.split())


def words_read(answer: Any) -> int:
    """The words of an answer's own part, without heads that stand on every page."""
    reader = _Reader()
    reader.feed(answer.content.decode())
    return reader.count
