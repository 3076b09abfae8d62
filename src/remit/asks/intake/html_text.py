"""The words of an HTML message, in time that grows with its length alone.

The marks are found one after the other and never looked for again, so that a message of 60,000
marks that nothing closes is read as quickly as any other.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_MARK = re.compile(r"<!--|<\s*(/?)\s*([a-zA-Z][a-zA-Z0-9:]*)([^<>]*)>|<[^<>\s][^<>]*>")
_HIDDEN = frozenset({"style", "script", "head", "title"})
_QUOTE = "blockquote"
_LINE_ENDS = frozenset(
    {"br", "/br", "/p", "/div", "/li", "/tr", "hr", _QUOTE, f"/{_QUOTE}"}
    | {f"/h{n}" for n in range(1, 7)}
)
_QUOTED_DIV = re.compile(r"gmail_quote|divRplyFwdMsg|yahoo_quoted|moz-cite-prefix", re.IGNORECASE)
_VAST_NUMBER = re.compile(r"&#(?:[xX][0-9a-fA-F]{9,}|[0-9]{9,});?")
_COMMENT_END = "-->"


def plain_of(text: str, *, quotes: bool = False) -> str:
    """HTML as plain lines, without styles, scripts, comments and, by default, what it quotes.

    A style, comment or quotation that is opened and never closed is taken for a slip, and what
    stands behind it is kept.
    """
    shown = "".join(_shown(text, quotes=quotes))
    lines = html.unescape(_VAST_NUMBER.sub("\ufffd", shown)).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _shown(text: str, *, quotes: bool) -> Iterator[str]:
    """The stretches between marks that a reader sees, and the ends of lines."""
    lower = text.lower()
    # Where each kind is closed for the last time: what is opened behind that is never closed.
    left_out = _HIDDEN if quotes else _HIDDEN | {_QUOTE}
    last = {name: _last_close(lower, name) for name in left_out}
    comment_end = text.rfind(_COMMENT_END)
    inside, depth, place, resumed = "", 0, 0, 0
    for mark in _MARK.finditer(text):
        if mark.start() < resumed:
            continue
        if not inside:
            yield _one_line(text[place : mark.start()])
        place = mark.end()
        if mark[0] == "<!--":
            if mark.end() <= comment_end:
                place = resumed = text.index(_COMMENT_END, mark.end()) + len(_COMMENT_END)
            continue
        name = f"{mark[1] or ''}{(mark[2] or '').lower()}"
        if inside:
            depth += (name == inside == _QUOTE) - (name == f"/{inside}")
            inside = inside if depth else ""
        elif name in last and mark.end() <= last[name]:
            inside, depth = name, 1
        elif name == "div" and not quotes and _QUOTED_DIV.search(mark[3] or ""):
            return
        else:
            yield "\n" if name in _LINE_ENDS else " "
    if not inside:
        yield _one_line(text[place:])


def _last_close(lower: str, name: str) -> int:
    """Where the last closing mark of a kind begins, or -1; spaces within the mark are passed by."""
    place = lower.rfind(f"/{name}")
    return place if place >= 0 else lower.rfind(f"/ {name}")


def _one_line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")
