"""The core alone: what it does without the extras, and the sentence where one is needed.

Each command runs in a process of its own that has nothing but the core and what that requires:
whatever else is installed here cannot be imported there.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from remit.files.extras import EXTRAS

ROOT = Path(__file__).resolve().parent.parent
CORE_ONLY = """
import sys
for name in {blocked!r}:
    sys.modules[name] = None
"""
MAIN = "from remit.cli import main; main(sys.argv[1:])"


def closure(wanted: list[str]) -> set[str]:
    """Some distributions and all that they require here, by their normalised names."""
    found: set[str] = set()
    while wanted:
        one = Requirement(wanted.pop())
        name = normal(one.name)
        if name in found and not one.extras:
            continue
        found.add(name)
        marks = [{"extra": extra} for extra in one.extras or [""]]
        for told in requires(name) or ():
            marker = Requirement(told).marker
            if marker is None or any(marker.evaluate(mark) for mark in marks):
                wanted.append(told)
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


CORE = closure(["remit"])
BLOCKED = sorted(
    module
    for module, distributions in packages_distributions().items()
    if not CORE & {normal(one) for one in distributions}
)


def core_only(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = CORE_ONLY.format(blocked=BLOCKED) + code
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )


def split(command: str, demo: Path, out: Path) -> list[str]:
    return [part.format(demo=demo, out=out) for part in shlex.split(command)]


def test_the_core_lacks_what_the_extras_bring() -> None:
    extras = {"pandas", "pyarrow", "gptables", "docx", "pptx", "pypdf"}
    assert extras <= set(BLOCKED)
    assert {"polars", "duckdb", "django", "numpy", "scipy"}.isdisjoint(BLOCKED)


def test_every_extra_is_one_that_can_be_installed() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    offered = declared["project"]["optional-dependencies"]
    assert set(EXTRAS) == set(offered)
    homes = packages_distributions()
    for extra, modules in EXTRAS.items():
        packages = {normal(Requirement(one).name) for one in offered[extra]}
        assert {normal(home) for module in modules for home in homes[module]} <= packages


COMMANDS = (
    (0, "org ZA1"),
    (1, "assess {demo}/files --period '2025/26 Q3' --format parquet --out {out}/assessed"),
    (0, "league {demo}/files --period '2025/26 Q3'"),
    (0, "explain ZA2 --store {demo}/remit.duckdb --period '2025/26 Q3'"),
    (0, "spc --store {demo}/remit.duckdb --metric ae.four-hours --org ZA2 --out {out}/spc"),
    (1, "ingest {demo}/files --store {out}/new.duckdb"),
    (0, "report ZA1 --store {demo}/remit.duckdb --formats pages --out {out}/report"),
)


def test_the_demo_and_the_core_commands_run_on_the_core(tmp_path: Path) -> None:
    """In one test, so that one process makes the demo for all of them."""
    demo = tmp_path / "demo"
    done = core_only(MAIN, "demo", "--out", str(demo))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Left out: spreadsheets, slides, letters and the oversight plan need" in done.stdout
    assert (demo / "report" / "index.html").is_file()
    assert not (demo / "report" / "report.xlsx").exists()
    assert not (demo / "plan").exists()
    for code, command in COMMANDS:
        done = core_only(MAIN, *split(command, demo, tmp_path))
        told = [line for line in done.stderr.splitlines() if not line.startswith("Reading ")]
        assert (command, done.returncode, told) == (command, code, [])


PACKS = "need the extra 'packs'; install it with: pip install \"remit[packs]\""


@pytest.mark.parametrize(
    "command",
    [
        "report ZB1 --store none.duckdb --out {out}/report",
        "report ZB1 --store none.duckdb --formats pages,docx --out {out}/report",
        "oversight plan ZA1 --asks none.csv --out {out}/plan",
    ],
)
def test_a_command_that_needs_an_extra_says_which(tmp_path: Path, command: str) -> None:
    done = core_only(MAIN, *split(command, tmp_path, tmp_path))
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("remit: ")
    assert line.endswith(PACKS)
    assert not list(tmp_path.iterdir())


FRAME = """
import duckdb, remit
from remit.model.errors import ExtraMissing
try:
    remit.assess(duckdb.sql("select 'ZA1' org_code, 'OF0023' metric_id, 1.0 as value"))
except ExtraMissing as error:
    print(error)
"""


def test_a_frame_that_needs_an_extra_says_which() -> None:
    done = core_only(FRAME)
    assert done.stdout.startswith("Frames of other libraries than polars need the extra 'frames'")


WRITER = """
from pathlib import Path
from remit.model.errors import ExtraMissing
from remit.exports import write_document, write_slides, write_spreadsheet
from remit.exports.oversight_letter import write_letter
from remit.exports.oversight_sheets import write_plan_sheets
for write in (write_document, write_slides, write_spreadsheet, write_letter, write_plan_sheets):
    try:
        write(None, Path("none"))
    except ExtraMissing as error:
        print(error)
"""


def test_every_writer_of_an_office_file_says_it() -> None:
    said = core_only(WRITER).stdout.splitlines()
    assert len(said) == 5
    assert all(line.endswith(PACKS) for line in said)
