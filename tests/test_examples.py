"""The examples in the docstrings run, and print what they say.

They run in a folder with what ``make demo`` leaves in ``demo/files`` and ``demo/monthly``, a store
``remit.duckdb`` with some of it, and a register ``asks.sqlite`` with the asks of the sample.
"""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import remit
from remit.cli.run import run
from remit.sample import (
    write_activity,
    write_correspondence,
    write_monthly,
    write_people,
    write_sample,
)

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
FINDER = doctest.DocTestFinder(exclude_empty=True)


def modules(of_web: bool = False) -> Iterator[str]:
    """Those whose source has an example; those of the web run where Django is set up for it."""
    root = Path(remit.__file__).parent
    for file in sorted(root.rglob("*.py")):
        place = file.relative_to(root)
        if (place.parts[0] == "web") is of_web and ">>> " in file.read_text(encoding="utf-8"):
            yield ".".join(["remit", *place.with_suffix("").parts])


def rooms() -> Iterator[ModuleType]:
    """``remit`` itself and each room that says what it offers."""
    yield remit
    for found in pkgutil.iter_modules(remit.__path__, "remit."):
        room = importlib.import_module(found.name) if found.ispkg else None
        if room is not None and hasattr(room, "__all__"):
            yield room


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("examples")
    write_sample(made / "demo" / "files")
    write_monthly(made / "demo" / "monthly")
    asks, _ = write_correspondence(made / "demo" / "asks")
    write_people(made / "demo" / "people")
    write_activity(made / "demo" / "shift")
    july = str(made / "demo" / "monthly" / "sample-Monthly-AE-July-2025.csv")
    run(["ingest", july, "--store", str(made / "remit.duckdb")])
    run(["asks", "import", str(asks), "--register", str(made / "asks.sqlite")])
    return made


@pytest.mark.parametrize("name", list(modules()))
def test_examples_print_what_they_say(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    told: list[str] = []
    for example in FINDER.find(importlib.import_module(name), name):
        doctest.DocTestRunner(verbose=False, optionflags=FLAGS).run(example, out=told.append)
    assert told == [], "".join(told)


@pytest.mark.parametrize("room", list(rooms()), ids=lambda room: room.__name__)
def test_no_example_of_a_public_name_is_left_out(room: ModuleType) -> None:
    public = [getattr(room, name) for name in room.__all__]
    for found in [each for each in public if not isinstance(each, ModuleType)]:
        for example in FINDER.find(found, room.__name__, globs={}):
            skipped = [one for one in example.examples if doctest.SKIP in one.options]
            assert skipped == [], example.name


@pytest.mark.parametrize("name", remit.__all__)
def test_every_function_of_remit_has_an_example(name: str) -> None:
    found = getattr(remit, name)
    function = getattr(found, name) if isinstance(found, ModuleType) else found
    assert ">>> import remit\n" in (function.__doc__ or "")
    assert f"remit.{name}(" in (function.__doc__ or "")
