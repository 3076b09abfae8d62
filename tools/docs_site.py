"""Build the documentation as a web site in ``build/docs``: ``python tools/docs_site.py``.

The site's tree is that of the repository, so that a link holds in both without being rewritten: the
documents are copied as they are, and beside them whatever else they link to. Pages for the public
names of each room are written from ``__all__``; their text comes from the docstrings.
"""

import argparse
import importlib
import inspect
import logging
import os
import pkgutil
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import griffe
import yaml
from docs_roles import ROLE

ROOT = Path(__file__).resolve().parent.parent
API = "docs/api"
LINK = re.compile(r"\]\((?!\w+:)([^)\s#]+)")


def main() -> int:
    """Copy, write, build; a broken link, anchor or a page outside the navigation is an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder of the documents")
    parser.add_argument("--out", type=Path, default=ROOT / "build", help="where the site is built")
    chosen = parser.parse_args()
    root, source, site = chosen.root.resolve(), chosen.out / "docs-source", chosen.out / "docs"
    copy_documents(root, source)
    write_api(source / API)
    return build(root / "mkdocs.yml", source, site)


def copy_documents(root: Path, target: Path) -> None:
    """The documents, and the files of the repository that they link to."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(root / "docs", target / "docs")
    for document in root.glob("*.md"):
        shutil.copy(document, target)
    for document in list(target.rglob("*.md")):
        for linked in linked_files(root / document.relative_to(target)):
            copy = target / linked.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(linked, copy)


def linked_files(document: Path) -> Iterator[Path]:
    """What a document links to that is a file, but no document itself."""
    for link in LINK.findall(document.read_text(encoding="utf-8")):
        path = (document.parent / link).resolve()
        if path.is_file() and path.suffix != ".md":
            yield path


def write_api(folder: Path) -> None:
    """A page for ``import remit`` and one for each room."""
    folder.mkdir(parents=True)
    remit = importlib.import_module("remit")
    found = [f"remit.{one.name}" for one in pkgutil.iter_modules(remit.__path__) if one.ispkg]
    rooms = [importlib.import_module(name) for name in found]
    texts = {"remit": first_page(remit, rooms)} | {room.__name__: page(room) for room in rooms}
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def first_page(remit: ModuleType, rooms: Sequence[ModuleType]) -> str:
    """The public functions, and the types that they return where no room's page has them."""
    shown = {identifier(room, name) for room in rooms for name in public(room)}
    returned = {returns(identifier(remit, name)) for name in public(remit)}
    return page(remit, extra=sorted(returned - shown))


def public(room: ModuleType) -> list[str]:
    """The names that a room offers as a whole."""
    return sorted(getattr(room, "__all__", ()))


@cache
def source() -> griffe.Object:
    """The source as it stands, without being run."""
    return griffe.load("remit", resolve_aliases=True)


def returns(function: str) -> str:
    """Where the type is defined that a function returns."""
    return str(source()[function.removeprefix("remit.")].returns.canonical_path)


def page(room: ModuleType, extra: Sequence[str] = ()) -> str:
    """The page of a room: what it is for, then its public names, or else its modules."""
    names = [identifier(room, name) for name in public(room)]
    parts = [
        f"# {room.__name__}",
        ROLE.sub(r"`\1`", inspect.cleandoc(room.__doc__ or "")),
        *(f"::: {name}" for name in [*names, *extra]),
    ]
    if not names:
        inside = source()[room.__name__.removeprefix("remit.")]
        table = ["| module | what it does | public names |", "|---|---|---|", *modules(inside)]
        parts += ["Its modules are used one by one.", "\n".join(table)]
    return "\n\n".join(parts) + "\n"


def modules(room: griffe.Object) -> Iterator[str]:
    """A line of a table for each module in a room, and for those in its sub-rooms."""
    for name, module in sorted(room.modules.items()):
        says = module.docstring.value.split("\n\n")[0] if module.docstring else ""
        here = [*module.functions.values(), *module.classes.values()]
        names = [f"`{one.name}`" for one in here if one.is_public and not one.is_alias]
        if not name.startswith("_"):
            words = " ".join(ROLE.sub(r"`\1`", says).split())
            yield f"| `{module.path}` | {words} | {', '.join(names)} |"
            yield from modules(module)


def identifier(room: ModuleType, name: str) -> str:
    """Where a public name is defined: ``remit.read`` is ``remit.api.read``."""
    found: Any = getattr(room, name)
    if isinstance(found, ModuleType):  # a room that is called as its main function is
        found = getattr(found, name)
    if hasattr(found, "__qualname__") and found.__module__.startswith("remit."):
        return f"{found.__module__}.{found.__qualname__}"
    return f"{room.__name__}.{name}"


def build(file: Path, source: Path, site: Path) -> int:
    """Let MkDocs build the site, strictly."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # see docs/decisions/0024
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    nav = expanded(yaml.safe_load(file.read_text(encoding="utf-8"))["nav"], source)
    places = {"docs_dir": str(source.resolve()), "site_dir": str(site.resolve())}
    try:
        build_site(load_config(str(file), strict=True, nav=nav, **places))
    except (Abort, ConfigurationError) as fault:
        print(fault, file=sys.stderr)
        return 1
    print(f"Built: {site / 'index.html'}")
    return 0


def expanded(part: Any, source: Path) -> Any:
    """The navigation, with the pages of a folder where it names a folder (``docs/decisions/``)."""
    if isinstance(part, dict):
        return {title: expanded(inner, source) for title, inner in part.items()}
    if isinstance(part, list):
        return [expanded(inner, source) for inner in part]
    if not part.endswith("/"):
        return part
    pages = sorted(
        (source / part).glob("*.md"), key=lambda page: (page.stem != "README", page.stem)
    )
    return [page.relative_to(source).as_posix() for page in pages]


if __name__ == "__main__":
    raise SystemExit(main())
