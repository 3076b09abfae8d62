"""What the documents say a command prints, it prints.

Console blocks are run line by line: ``$ `` begins a command, the lines below are what it prints,
and ``…`` stands for anything (alone on a line for any number of lines). A fenced block under a
line with a file's name and a colon is that file, or, where it is a ``diff``, changes it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from remit.sample import write_monthly, write_sample

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(
    r"^(?:`(?P<file>[\w./-]+)`:\n\n)?```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the examples are for bash")


class Sandbox:
    """A folder in which ``remit`` and ``python`` are those under test, whatever is installed."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.folder = folder
        programs = folder / ".programs"
        programs.mkdir()
        self._program(programs / "python", f'exec "{sys.executable}" "$@"')
        start = "from remit.cli import main; main()"
        self._program(programs / "remit", f'exec "{sys.executable}" -c "{start}" "$@"')
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "REMIT"))}
        self.environment = {
            **kept,
            "PATH": f"{programs}{os.pathsep}{kept['PATH']}",
            "PYTHONPATH": str(source),
            "COLUMNS": "100",
            "NO_COLOR": "1",
        }

    @staticmethod
    def _program(path: Path, line: str) -> None:
        path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self, command: str, text: str = "") -> str:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def commands(body: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with what it is to print."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, "\n".join(line.rstrip() for line in expected.splitlines())


def pattern(expected: str) -> re.Pattern[str]:
    """Expected output as a pattern in which ``…`` stands for anything."""
    lines = [
        r"(?:.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + r"\n"
        for line in expected.splitlines()
    ]
    return re.compile("".join(lines))


def change(file: Path, difference: str) -> None:
    """Lines that stay begin with a blank, those that go with ``-``, those that come with ``+``."""
    lines = difference.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{file.name} has not once:\n{before}"
    file.write_text(text.replace(before, after), encoding="utf-8")


def check(document: Path, sandbox: Sandbox) -> None:
    for block in BLOCK.finditer(document.read_text(encoding="utf-8")):
        if block["kind"] == "diff":
            change(sandbox.folder / block["file"], block["body"])
        elif block["file"]:
            target = sandbox.folder / block["file"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block["body"], encoding="utf-8")
        elif block["kind"] == "python":
            said = sandbox.run("python - || echo failed", block["body"])
            assert not said.endswith("failed"), said
        elif block["kind"] == "console":
            for command, expected in commands(block["body"]):
                said = sandbox.run(command.replace("make demo", "remit demo --out demo"))
                matches = pattern(expected).fullmatch(said + "\n" if said else "")
                assert matches, f"{document.name}: $ {command}\nprints now:\n{said}"


def test_the_readme_and_then_the_tour(tmp_path: Path) -> None:
    """The tour goes on with what ``make demo`` of the README has left."""
    sandbox = Sandbox(tmp_path, ROOT / "src")
    check(ROOT / "README.md", sandbox)
    check(ROOT / "docs" / "tour.md", sandbox)


def test_the_quick_start(tmp_path: Path) -> None:
    write_sample(tmp_path / "demo" / "files")
    write_monthly(tmp_path / "demo" / "monthly")
    check(ROOT / "docs" / "quick-start.md", Sandbox(tmp_path, ROOT / "src"))


def test_the_contributors_guide(tmp_path: Path) -> None:
    """Its files are put into a copy of the source, as a contributor would."""
    write_sample(tmp_path / "demo" / "files")
    write_monthly(tmp_path / "demo" / "monthly")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    check(ROOT / "CONTRIBUTING.md", Sandbox(tmp_path, tmp_path / "src"))
