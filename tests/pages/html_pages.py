"""HTML pages as the tests look at them: tags with their attributes, and the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = frozenset({"meta", "link", "br", "input", "img", "hr"})


@dataclass
class Tag:
    name: str
    attributes: dict[str, str]
    inside: str = ""
    ancestors: tuple[str, ...] = ()


@dataclass
class HtmlPage:
    path: Path
    tags: list[Tag] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    def all(self, name: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name == name]

    def ids(self) -> list[str]:
        return [tag.attributes["id"] for tag in self.tags if "id" in tag.attributes]

    def text(self, name: str) -> str:
        return next(" ".join(tag.inside.split()) for tag in self.all(name))


class _Parser(HTMLParser):
    def __init__(self, page: HtmlPage) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.open: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = tuple(other.name for other in self.open)
        found = Tag(tag, {key: value or "" for key, value in attrs}, "", names)
        self.page.tags.append(found)
        if tag not in VOID:
            self.open.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.tags.append(Tag(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].name != tag:
            self.page.unclosed.append(tag)
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            tag.inside += data


def parse(path: Path) -> HtmlPage:
    page = HtmlPage(path)
    parser = _Parser(page)
    parser.feed(path.read_text(encoding="utf-8"))
    parser.close()
    page.unclosed += [tag.name for tag in parser.open]
    return page


def pages_of(site: Path) -> list[HtmlPage]:
    return [parse(path) for path in sorted(site.rglob("*.html"))]
