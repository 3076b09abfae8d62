"""Commands load no more than they need; ``benchmarks/startup.py`` measures what that is worth."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = {"pydantic", "pyyaml", "rich", "typer"}
"""Of what Remit is installed with; Typer cannot do without Pydantic."""

STANDARD = {"asyncio", "concurrent", "http", "multiprocessing", "sqlite3", "ssl", "unittest"}
LOADED = (
    "import sys, io, contextlib\n"
    "from remit.cli.run import run\n"
    "with contextlib.redirect_stdout(io.StringIO()) as out:\n"
    "    assert run(sys.argv[1:]) == 0\n"
    "assert out.getvalue().strip()\n"
    "print(*sys.modules)"
)


def loaded(*arguments: str) -> set[str]:
    """The modules that are loaded once a command has ended."""
    command = [sys.executable, "-c", LOADED, *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return set(ran.stdout.split())


def heavy() -> set[str]:
    """What all the libraries but the needed ones are called when they are imported."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = declared.get("optional-dependencies", {}).values()
    named = [*declared["dependencies"], *(one for extra in extras for one in extra)]
    wanted = {"".join(c if c.isalnum() or c in "-_" else " " for c in n).split()[0] for n in named}
    found = packages_distributions()
    return {
        module
        for module, owners in found.items()
        if not {owner.lower() for owner in owners} & NEEDED
        and {owner.lower().replace("_", "-") for owner in owners} & wanted
    }


@pytest.mark.timed
def test_the_libraries_that_must_not_be_loaded_are_known() -> None:
    known = {
        "django", "duckdb", "gptables", "icalendar", "jinja2", "lxml", "narwhals", "numpy",
        "pandas", "polars", "pyarrow", "python_calamine", "docx", "pptx", "rapidfuzz", "scipy",
        "xlrd", "xlsxwriter",
    }  # fmt: skip
    assert known <= heavy()
    assert not heavy() & {"pydantic", "yaml", "rich", "typer", "remit"}


@pytest.mark.timed
@pytest.mark.parametrize(
    "arguments", [("org", "RYJ"), ("--version",), ("--help",)], ids=lambda given: given[0]
)
def test_no_library_is_loaded_that_the_command_does_not_need(arguments: tuple[str, ...]) -> None:
    found = loaded(*arguments)
    tops = {name.partition(".")[0] for name in found}
    assert not tops & (heavy() | STANDARD)
    assert not {name for name in found if name.startswith("rich.")} or arguments == ("--help",)
    assert "yaml" not in tops or arguments == ("org", "RYJ")


@pytest.mark.timed
def test_an_organisation_is_shown_with_the_models_of_organisations_alone() -> None:
    found = {name for name in loaded("org", "RYJ") if name.startswith("remit.")}
    models = {name.removeprefix("remit.model.") for name in found if "remit.model." in name}
    assert models == {
        "declaration", "errors", "fictional", "organisation", "organisation_file", "plain_text",
    }  # fmt: skip
    rooms = {name.split(".")[1] for name in found}
    assert rooms == {"catalogue", "cli", "files", "model", "register", "words"}
    assert {name for name in found if name.startswith("remit.catalogue.")} == {
        "remit.catalogue.declared",
        "remit.catalogue.strict_yaml",
    }


@pytest.mark.timed
@pytest.mark.evidence
def test_an_organisation_is_shown_within_the_bar() -> None:
    command = [sys.executable, ROOT / "benchmarks" / "startup.py"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
