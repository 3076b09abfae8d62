"""What the search box of every page looks through: an index as a script, which opens from disk.

Names are found as the register finds them: by the beginnings of their words, by former names and
aliases, by abbreviations, and by words as people shorten them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from remit.files.jsons import json_text
from remit.model.organisation import Organisation
from remit.pages.frame.folders import write_page
from remit.register.typed import all_names, initials, plain, shortened

INDEX = "search-index.js"
"""The script of the index, among the static files of a site."""


@dataclass(frozen=True, slots=True)
class Findable:
    """A page that can be found: its name, what kind of thing it is, and its path.

    ``words`` are what it is found by beside its name; ``code`` is that of an organisation.
    """

    name: str
    about: str
    path: str
    words: str = ""
    code: str = ""


def findable_organisation(
    code: str, name: str, about: str, path: str, organisation: Organisation | None
) -> Findable:
    """An organisation, found by all its names and their first letters.

    Parameters
    ----------
    code, name
        As the page gives them.
    about
        What it is, in a word or two.
    path
        The path of its page from the root of the site.
    organisation
        As the register knows it, where it does.
    """
    names = (name, *(all_names(organisation) if organisation else ()))
    found = dict.fromkeys(word for one in names for word in (*plain(one).split(), initials(one)))
    return Findable(name, about, path, " ".join(word for word in found if word), code)


def write_index(folder: Path, found: Iterable[Findable]) -> None:
    """Write the index of a site, among its static files."""
    rows = [
        {key: value for key, value in asdict(one).items() if value}
        | {
            "words": " ".join(
                dict.fromkeys(f"{plain(one.name)} {one.words} {one.code.lower()}".split())
            )
        }
        for one in found
    ]
    content = json_text({"short": dict(shortened()), "pages": rows}, indent=None)
    write_page(folder, f"static/{INDEX}", f"window.remitIndex = {content};\n")


def by_kind(found: Sequence[Findable]) -> dict[str, list[Findable]]:
    """What can be found, by what it is, in the order in which the kinds are met."""
    groups: dict[str, list[Findable]] = {}
    for one in found:
        groups.setdefault(one.about, []).append(one)
    return groups
