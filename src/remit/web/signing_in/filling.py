"""A form of a page, filled again with what somebody had typed there before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from remit.web.people.kept_forms import TypedForm

_NEVER = frozenset({"password", "file", "submit", "button", "image", "reset"})
_CHOSEN = frozenset({"checkbox", "radio"})
_GUARD = "csrfmiddlewaretoken"


@dataclass
class _Field:
    """A field of a form, and where it stands in the text of the page."""

    tag: str
    name: str
    given: dict[str, str | None]
    start: int
    end: int
    close: int = 0
    """Of a text area: where its text ends."""

    @property
    def kind(self) -> str:
        return (self.given.get("type") or "text").lower() if self.tag == "input" else self.tag


@dataclass
class _Form:
    action: str
    is_post: bool
    fields: list[_Field] = field(default_factory=list)


class _Reader(HTMLParser):
    """The forms of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self.main = 0
        """Where the main part begins."""
        self._lines = [0]
        for line in text.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._open: _Form | None = None
        self._select = ""
        self._area: _Field | None = None
        self.feed(text)
        self.close()

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        start = self._at()
        end = start + len(self.get_starttag_text() or "")
        if tag == "main":
            self.main = end
        elif tag == "form":
            self._open = _Form(given.get("action") or "", given.get("method", "") == "post")
            self.forms.append(self._open)
        elif self._open is not None and tag in {"input", "select", "textarea", "button", "option"}:
            name = self._select if tag == "option" else given.get("name") or ""
            if tag == "select":
                self._select = name
            found = _Field(tag, name, given, start, end)
            self._area = found if tag == "textarea" else self._area
            self._open.fields.append(found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            self._area.close = self._at()
            self._area = None
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._open = None


def filled(page: str, typed: TypedForm, told: str) -> str | None:
    """A page with what was typed in its form again; None where not all of it has its place.

    Parameters
    ----------
    page
        The page as it is now.
    typed
        The form as it was sent.
    told
        What is said above the page's content.

    Examples
    --------
    >>> typed = TypedForm("/a/", "/a/", (("what", "Send <it>"),))
    >>> filled('<main><form method="post"><textarea name="what"></textarea></form>', typed, "Here")
    '<main>Here<form method="post"><textarea name="what">Send &lt;it&gt;</textarea></form>'
    >>> filled('<main><form method="post"><input name="else"></form>', typed, "") is None
    True
    """
    found = _Reader(page)
    given = [(name, value) for name, value in typed.fields if value.strip()]
    fitting = [one for one in found.forms if _leads(one, typed) and _has_room(one, given)]
    if not fitting:
        return None
    best = max(fitting, key=lambda one: _alike(one, given))
    return _edited(page, [(found.main, found.main, told), *_edits(best, typed.fields)])


def _leads(form: _Form, typed: TypedForm) -> bool:
    """Whether a form is sent to where the other was."""
    target = urljoin(typed.page, form.action)
    return form.is_post and urlsplit(target).path == urlsplit(typed.path).path


def _has_room(form: _Form, given: Sequence[tuple[str, str]]) -> bool:
    """Whether each value has a field that can show it."""
    room: Counter[str] = Counter()
    choices: set[tuple[str, str]] = set()
    for one in form.fields:
        if one.kind in _CHOSEN or one.tag in {"option", "button"}:
            choices.add((one.name, one.given.get("value") or ("" if one.tag == "option" else "on")))
        elif one.kind not in _NEVER and one.tag != "select":
            room[one.name] += 1
    for name, value in given:
        if (name, value) in choices:
            continue
        if not room[name]:
            return False
        room[name] -= 1
    return True


def _alike(form: _Form, given: Sequence[tuple[str, str]]) -> int:
    """How many hidden fields say the same: they tell forms apart that lead to one address."""
    hidden = {(one.name, one.given.get("value")) for one in form.fields if one.kind == "hidden"}
    return len(hidden & set(given))


def _edits(form: _Form, fields: Sequence[tuple[str, str]]) -> list[tuple[int, int, str]]:
    """From where to where in the page, and what stands there instead."""
    left: dict[str, list[str]] = {}
    for name, value in fields:
        left.setdefault(name, []).append(value)
    chosen = {name: set(values) for name, values in left.items()}
    edits = []
    for one in form.fields:
        values = chosen.get(one.name, set())
        if one.name == _GUARD or one.kind in _NEVER or one.tag in {"select", "button"}:
            continue
        if one.kind in _CHOSEN:
            edits.append(_tag(one, "checked", (one.given.get("value") or "on") in values))
        elif one.tag == "option":
            edits.append(_tag(one, "selected", (one.given.get("value") or "") in values))
        elif queue := left.get(one.name):
            value = queue.pop(0)
            if one.tag == "textarea":
                # A line break that stands first in a text area is not part of its text.
                lead = "\n" if value.startswith(("\n", "\r")) else ""
                edits.append((one.end, one.close, lead + escape(value)))
            else:
                edits.append(_tag(one, "value", value))
    return edits


def _tag(one: _Field, name: str, value: str | bool) -> tuple[int, int, str]:
    """The tag of a field with another value of one attribute."""
    given: dict[str, str | bool | None] = {k: v for k, v in one.given.items() if k != name}
    if value is not False:
        given[name] = None if value is True else value
    words = [f" {k}" if v is None else f' {k}="{escape(str(v))}"' for k, v in given.items()]
    return one.start, one.end, f"<{one.tag}{''.join(words)}>"


def _edited(page: str, edits: Sequence[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, words in sorted(edits, key=lambda one: one[0]):
        parts += [page[at:start], words]
        at = end
    return "".join([*parts, page[at:]])
