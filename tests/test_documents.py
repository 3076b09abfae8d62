"""What the documents say a command prints, it prints.

In what is expected ``…`` stands for anything (alone on a line, for any number of lines). How
commands and files are found in a document stands in ``tools/documents.py``. A fenced block under a
line with a file's name and a colon is that file, or, where it is a ``diff``, changes it.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from remit.sample import (
    write_activity,
    write_monthly,
    write_people,
    write_practice_register,
    write_returns,
    write_sample,
    write_spread,
    write_staff_survey,
)

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tools"))
import documents  # noqa: E402

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the examples are for bash")


def screen(sandbox: documents.Sandbox, command: str, text: str = "") -> str:
    """What a command shows, without the blanks at the ends of its lines."""
    said = sandbox.run(command, text).stdout
    return "\n".join(line.rstrip() for line in said.splitlines())


def pattern(expected: str) -> re.Pattern[str]:
    """Expected output as a pattern in which ``…`` stands for anything."""
    lines = [
        r"(?:.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + r"\n"
        for line in expected.splitlines()
    ]
    return re.compile("".join(lines))


def sandbox_of(folder: Path, source: Path) -> documents.Sandbox:
    return documents.Sandbox(folder, source, sys.executable)


def change(file: Path, difference: str) -> None:
    """Lines that stay begin with a blank, those that go with ``-``, those that come with ``+``."""
    lines = difference.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{file.name} has not once:\n{before}"
    file.write_text(text.replace(before, after), encoding="utf-8")


def check(document: Path, sandbox: documents.Sandbox) -> None:
    for block in documents.blocks(document.read_text(encoding="utf-8")):
        if block["kind"] == "diff":
            change(sandbox.folder / block["file"], block["body"])
        elif block["file"]:
            target = sandbox.folder / block["file"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block["body"], encoding="utf-8")
        elif block["kind"] == "python":
            said = screen(sandbox, "python - || echo failed", block["body"])
            assert not said.endswith("failed"), said
        elif block["kind"] == "console":
            for command, expected in documents.commands(block["body"]):
                said = screen(sandbox, command.replace("make demo", "remit demo --out demo"))
                matches = pattern(expected).fullmatch(said + "\n" if said else "")
                assert matches, f"{document.name}: $ {command}\nprints now:\n{said}"


def test_the_readme_and_then_the_tour(tmp_path: Path) -> None:
    """The tour goes on with what ``make demo`` of the README has left."""
    sandbox = sandbox_of(tmp_path, ROOT / "src")
    check(ROOT / "README.md", sandbox)
    check(ROOT / "docs" / "tour.md", sandbox)


def test_the_quick_start(tmp_path: Path) -> None:
    write_sample(tmp_path / "demo" / "files")
    write_monthly(tmp_path / "demo" / "monthly")
    check(ROOT / "docs" / "quick-start.md", sandbox_of(tmp_path, ROOT / "src"))


def test_the_framework_family(tmp_path: Path) -> None:
    write_sample(tmp_path / "demo" / "files")
    write_monthly(tmp_path / "demo" / "monthly")
    check(ROOT / "docs" / "frameworks.md", sandbox_of(tmp_path, ROOT / "src"))


def test_the_shift_from_published_files(tmp_path: Path) -> None:
    write_monthly(tmp_path / "demo" / "monthly")
    check(ROOT / "docs" / "shift-published.md", sandbox_of(tmp_path, ROOT / "src"))


def test_activity_by_setting(tmp_path: Path) -> None:
    write_activity(tmp_path / "demo" / "shift")
    check(ROOT / "docs" / "shift-records.md", sandbox_of(tmp_path, ROOT / "src"))


def test_the_effect_of_a_service(tmp_path: Path) -> None:
    write_activity(tmp_path / "demo" / "shift")
    check(ROOT / "docs" / "shift-effect.md", sandbox_of(tmp_path, ROOT / "src"))


def test_what_a_move_leaves_behind(tmp_path: Path) -> None:
    check(ROOT / "docs" / "shift-move.md", sandbox_of(tmp_path, ROOT / "src"))


def test_who_is_alike(tmp_path: Path) -> None:
    check(ROOT / "docs" / "peers.md", sandbox_of(tmp_path, ROOT / "src"))


def test_a_practice_that_spread(tmp_path: Path) -> None:
    write_spread(tmp_path / "demo" / "practice")
    write_practice_register(tmp_path / "demo" / "practice" / "register")
    check(ROOT / "docs" / "practices.md", sandbox_of(tmp_path, ROOT / "src"))


def test_the_staff_survey(tmp_path: Path) -> None:
    write_staff_survey(tmp_path / "demo" / "people")
    check(ROOT / "docs" / "staff-survey.md", sandbox_of(tmp_path, ROOT / "src"))


def test_a_survey_as_evidence(tmp_path: Path) -> None:
    write_people(tmp_path / "demo" / "people")
    check(ROOT / "docs" / "survey.md", sandbox_of(tmp_path, ROOT / "src"))


def test_the_years_judgement(tmp_path: Path) -> None:
    check(ROOT / "docs" / "annual.md", sandbox_of(tmp_path, ROOT / "src"))


def test_the_contributors_guide(tmp_path: Path) -> None:
    """Its files are put into a copy of the source, as a contributor would."""
    write_sample(tmp_path / "demo" / "files")
    write_monthly(tmp_path / "demo" / "monthly")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    check(ROOT / "CONTRIBUTING.md", sandbox_of(tmp_path, tmp_path / "src"))


@pytest.mark.parametrize("page", ["shift-decomposition", "shift-neighbourhood"])
def test_the_shift_of_care(tmp_path: Path, page: str) -> None:
    """On what `make demo` writes for it, without the rest of the demo."""
    sandbox = sandbox_of(tmp_path, ROOT / "src")
    write_activity(tmp_path / "demo" / "shift")
    write_returns(tmp_path / "demo" / "neighbourhood")
    document = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    (tmp_path / "page.md").write_text(document.replace("$ make demo\n…\n", ""), encoding="utf-8")
    check(tmp_path / "page.md", sandbox)
