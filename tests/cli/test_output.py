"""The doors: what commands say goes through ``cli.output``, their CSV through ``files``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import remit
from remit.cli.output import complain, give, say
from remit.cli.tables import Grid, show_pairs

ROOT = Path(remit.__file__).parent
SPEAKING = {
    "cli/output.py": "the door",
    "cli/tables.py": "tables, whose cells are text",
    "cli/progress.py": "bars and counts on the error stream of a terminal",
    "files/old_reader.py": "a process of its own, whose answer its parent reads",
    "files/document_reader.py": "a process of its own, whose answer its parent reads",
    "files/telling.py": "the door for rooms below the commands, on the error stream",
    "pages/serving/server.py": "the log of requests, in ASCII without controls",
}
"""Modules that may speak, and why; any other calls ``remit.cli.output``."""

WRITING = {
    "files/delimited.py": "the one writer of CSV",
    "sample/files.py": "made-up publications, as they are published",
    "sample/monthly.py": "made-up publications, as they are published",
}
"""Modules that may write CSV or a workbook, and why."""

_STREAMS = {"sys.stdout.write", "sys.stderr.write", "sys.stdout.buffer.write"}
_PRINTERS = {"print", "typer.echo", "typer.secho", "click.echo", "traceback.print_exc", *_STREAMS}
_WRITERS = {"csv.writer", "csv.DictWriter", "gptables.produce_workbook", "gptables.write_workbook"}
_METHODS = {"write_csv", "to_csv", "to_excel", "write_excel", "sink_csv"}


def modules() -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))


def called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def speaks(tree: ast.AST) -> list[str]:
    loud = [name for name in called(tree) if name in _PRINTERS]
    return loud + [name for name in imported(tree) if name.startswith(("rich.", "rich"))]


def writes(tree: ast.AST) -> list[str]:
    found = [name for name in called(tree) if name in _WRITERS]
    # ``write_csv(path, …)`` by itself is Remit's own.
    found += [name for name in called(tree) if "." in name and name.split(".")[-1] in _METHODS]
    return found + [name for name in imported(tree) if name.startswith("xlsxwriter")]


@pytest.mark.parametrize("module", modules())
def test_every_module_goes_through_the_doors(module: str) -> None:
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    assert module in SPEAKING or not speaks(tree)
    assert module in WRITING or not writes(tree)


def test_the_exceptions_are_needed_and_the_scan_sees_them() -> None:
    for module in SPEAKING:
        assert module not in modules() or speaks(ast.parse((ROOT / module).read_text("utf-8")))
    for module in WRITING:
        assert writes(ast.parse((ROOT / module).read_text("utf-8"))), module
    assert speaks(ast.parse("from rich.table import Table"))
    assert speaks(ast.parse("import typer\ntyper.echo('x')"))
    assert writes(ast.parse("frame.write_csv(path)"))
    assert not writes(ast.parse("write_csv(path, heads, rows)"))


def test_words_are_literal_and_steer_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    say("A&E [type 1] [/red] :smile: \x1b[31m\x9b \u202e\rover")
    say("beside", err=True)
    complain("no such file")
    said = capsys.readouterr()
    assert said.out == "A&E [type 1] [/red] :smile: �[31m� ��over\n"
    assert said.err == "beside\nremit: no such file\n"


def test_data_is_given_out_with_one_line_break(capsys: pytest.CaptureFixture[str]) -> None:
    give("a,b\n")
    give("{}")
    assert capsys.readouterr().out == "a,b\n{}\n"


def test_cells_heads_titles_and_captions_are_text(capsys: pytest.CaptureFixture[str]) -> None:
    grid = Grid("[bold]Head[/bold]", title="[title]")
    grid.column("[right]", "right")
    grid.row("A&E [type 1]", None)
    grid.row("A&E [type 2]", "[/red]\x1b")
    grid.caption("[caption]")
    grid.show()
    show_pairs({"[key]": "[value]", "blank": ""})
    out = capsys.readouterr().out
    for text in ("[bold]Head[/bold]", "[title]", "[right]", "A&E [type 1]", "A&E [type 2]",
                 "[/red]�", "[caption]", "[key]  [value]"):  # fmt: skip
        assert text in out
    assert "\x1b" not in out
    assert "blank" not in out


def test_no_name_of_a_file_looks_like_a_message(capsys: pytest.CaptureFixture[str]) -> None:
    name = "folder/a\nremit: all is well.csv"
    complain(f"{name}: there is no such file", ["ingest", name])
    complain("a\nremit: all is well.csv, line 2: bad", ["ingest", name])
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "remit: folder/a�remit: all is well.csv: there is no such file",
        "remit: a�remit: all is well.csv, line 2: bad",
    ]
