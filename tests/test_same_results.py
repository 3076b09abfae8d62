"""The proof that two checkouts give the same results: it finds what differs, and nothing else."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tools"))
import documents  # noqa: E402
import same_files  # noqa: E402
import same_results  # noqa: E402

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the commands are for bash")

# A small program in place of Remit: what it says and writes is known, and made to differ below.
PROGRAM = """
import sys, pathlib, datetime

HELP = {"": "Usage: remit\\n\\nCommands:\\n  count  Count.\\n", "count": "\\n  --all  All.\\n"}

def main():
    words = sys.argv[1:]
    if words[-1:] == ["--help"]:
        print(HELP[" ".join(words[:-1])])
    elif words[:1] == ["count"]:
        print("Counted at", datetime.datetime.now().isoformat(), "the day 2020-05-06 07:08:09")
        pathlib.Path("figures.csv").write_text("code,value\\nZA1,12\\n")
        pathlib.Path("page.html").write_text("<p class='a'>12 of 20</p>")
    else:
        sys.exit(f"no such command: {words}")
"""
README = "Try `remit count FILES`.\n\n```console\n$ remit count --all\n…\n```\n"
COMMANDS = """
documents:
  files: [README.md]
  after:
  own_source: []
  python_in: []
  mentioned_after: desk
  words: {FILES: figures.csv}
  left_out: []
scenes:
  - {name: desk, commands: [{run: "remit count {n}", each: {n: [1, 2]}}]}
"""


def checkout(folder: Path, program: str = PROGRAM) -> Path:
    (folder / "src" / "remit" / "cli").mkdir(parents=True)
    (folder / "src" / "remit" / "__init__.py").touch()
    (folder / "src" / "remit" / "cli" / "__init__.py").write_text(program, encoding="utf-8")
    (folder / "README.md").write_text(README, encoding="utf-8")
    (folder / "pyproject.toml").write_text('version = "0.1.0"\n', encoding="utf-8")
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    os.chmod(python, 0o755)  # noqa: PTH101
    return folder


def compare(tmp_path: Path, changed: str, *options: str) -> int:
    (tmp_path / "commands.yaml").write_text(COMMANDS, encoding="utf-8")
    old = tmp_path / "a"
    if not old.is_dir():
        checkout(old)
    new = checkout(tmp_path / "b", changed)
    work = ["--work", str(tmp_path / "w"), "--commands", str(tmp_path / "commands.yaml")]
    return same_results.main([str(old), str(new), *work, *options])


def test_the_same_code_gives_the_same_results(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(tmp_path, PROGRAM.replace("class='a'", "class='b'")) == 0
    said = capsys.readouterr().out
    # Two helps, two commands of the desk, one of the console block, one that the text mentions.
    assert "       6  commands run by both" in said
    assert "taken out: moment of the run" in said
    assert said.endswith("0 differences that are meant, 0 that are not.\n")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("ZA1,12", "ZA1,13", "figures.csv\n    - ZA1,12\n    + ZA1,13"),
        ("12 of 20", "13 of 20", "page.html\n    - 12 of 20\n    + 13 of 20"),
        ("07:08:09", "07:08:10", "stdout\n    - Counted at <moment> the day 2020-05-06 07:08:09"),
        ("--all  All", "--every  All", "stdout\n    -   --all  All."),
        ('["count"]', '["add"]', "exit\n    - 0\n    + 1"),
        ("  count  Count", "  add  Count", "[help] remit count --help\n  command only old"),
        ('"figures.csv"', '"data.csv"', "file only new: data.csv"),
    ],
)
def test_what_differs_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, told: str
) -> None:
    changed = PROGRAM.replace(before, after).replace('HELP = {"":', 'HELP = {"add": "", "":')
    assert compare(tmp_path, changed) == 1
    assert told in capsys.readouterr().out


def test_a_difference_that_is_meant_has_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = tmp_path / "expected.yaml"
    entry = '- {command: "remit count*", what: figures.csv, lines: "ZA1,1[23]$", reason: it grew}\n'
    expected.write_text(entry + "- {command: x, what: y, reason: z}\n", encoding="utf-8")
    changed = PROGRAM.replace("ZA1,12", "ZA1,13")
    assert compare(tmp_path, changed, "--expected", str(expected)) == 0
    said = capsys.readouterr().out
    assert "meant: it grew" in said
    assert "Expected, but not found: {'command': 'x', 'what': 'y', 'reason': 'z'}" in said
    shutil.rmtree(tmp_path / "b")
    changed = PROGRAM.replace("ZA1,12", "ZA1,14")
    assert compare(tmp_path, changed, "--expected", str(expected), "--keep-old") == 1
    assert "old: 0 scenes run" in capsys.readouterr().out


def test_a_folder_that_is_missing_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(tmp_path, PROGRAM, "--shared", str(tmp_path / "none")) == 2
    assert f"No such folder: {tmp_path / 'none'}" in capsys.readouterr().err


def test_a_workbook_is_its_parts(tmp_path: Path) -> None:
    for name, value in (("one", 12), ("two", 12), ("three", 13)):
        with xlsxwriter.Workbook(tmp_path / f"{name}.xlsx") as book:
            book.add_worksheet("Figures").write(0, 0, value)
    one, two, three = (
        [line for line in same_files.lines_of(tmp_path / f"{n}.xlsx") if "core.xml" not in line]
        for n in ("one", "two", "three")
    )
    assert same_files.difference(one, two) == []
    (gone, come) = same_files.difference(one, three)
    assert "<v>12</v>" in gone
    assert "<v>13</v>" in come


@pytest.mark.parametrize("kind", ["duckdb", "sqlite"])
def test_a_database_is_its_rows_in_any_order(tmp_path: Path, kind: str) -> None:
    def made(name: str, values: str) -> list[str]:
        path = tmp_path / f"{name}.{kind}"
        opened = duckdb.connect(path) if kind == "duckdb" else sqlite3.connect(path)
        opened.execute("CREATE TABLE figure (code VARCHAR, value INTEGER)")
        opened.execute(f"INSERT INTO figure VALUES {values}")
        opened.commit()
        opened.close()
        return same_files.lines_of(path)

    one = made("one", "('ZA1', 1), ('ZA2', 2)")
    assert same_files.difference(one, made("two", "('ZA2', 2), ('ZA1', 1)")) == []
    assert same_files.difference(one, made("three", "('ZA2', 3), ('ZA1', 1)")) == [
        "- figure: 'ZA2' | 2",
        "+ figure: 'ZA2' | 3",
    ]


def test_a_parquet_file_is_its_rows_in_their_order(tmp_path: Path) -> None:
    for name, order in (("one", "ASC"), ("two", "DESC")):
        query = f"SELECT * FROM range(3) ORDER BY 1 {order}"
        duckdb.sql(f"COPY ({query}) TO '{tmp_path / name}.parquet'")
    one, two = (same_files.lines_of(tmp_path / f"{name}.parquet") for name in ("one", "two"))
    assert one[1:] == ["0", "1", "2"]
    assert same_files.difference(one, two) == ["  the same lines in another order"]


def test_commands_are_found_where_a_document_mentions_them() -> None:
    text = (
        "Use `remit org ZA1`, never `rm`.\n\n```text\n"
        "remit who bodies          remit who functions      # words\n"
        'remit spc --metric a \\\n  --org "ZA1"   what it does\nremit: no command\n'
        "remit ingest FILES [--dry-run]\n```\n\n```console\n$ remit demo\n```\n"
    )
    assert documents.mentioned(text) == [
        "remit who bodies",
        "remit who functions",
        'remit spc --metric a --org "ZA1"',
        "remit ingest FILES",
        "remit org ZA1",
    ]
