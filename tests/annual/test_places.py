"""Links, pipes and folders in the places where an assessment has its files, and is written to."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from remit.cli.run import run
from tests.annual.region import Region

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")

HEAD = "id,kind,icb,file,page,quotation\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = Region("2024-25", 0)
    made.icbs = [{"code": "ZB1", "name": "NHS Larkshire Integrated Care Board"}]
    return made.write(tmp_path / "region")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.csv"
    path.write_text("kind,icb,file,page,quotation\npassage,ZB1,a.pdf,1,The board agreed.\n")
    return path


def test_evidence_that_is_a_link_stays_one_and_what_it_leads_to_gets_the_rows(
    folder: Path, sheet: Path, tmp_path: Path
) -> None:
    shared = tmp_path / "shared.csv"
    shared.write_text(HEAD + "Q1,passage,ZB1,b.pdf,2,Plans were late.\n")
    (folder / "evidence.csv").symlink_to(shared)
    assert run(["annual", "import", str(folder), str(sheet)]) == 0
    assert (folder / "evidence.csv").is_symlink()
    told = shared.read_text()
    assert "Plans were late." in told
    assert "The board agreed." in told


@pytest.mark.parametrize("command", ["check", "import"])
@pytest.mark.parametrize(
    ("leads_to", "words"),
    [("nowhere.csv", "there is no such file"), ("evidence.csv", "leads back to itself")],
)
def test_evidence_that_leads_nowhere_is_not_taken_for_none(
    folder: Path,
    sheet: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    leads_to: str,
    words: str,
) -> None:
    """A drive that is not there would else look like an assessment without evidence."""
    (folder / "evidence.csv").symlink_to(leads_to)
    rest = [str(sheet)] if command == "import" else []
    assert run(["annual", command, str(folder), *rest]) == 2
    said = capsys.readouterr().err
    assert f"{folder / 'evidence.csv'}: " in said
    assert words in said
    assert (folder / "evidence.csv").is_symlink()


@pytest.mark.parametrize("name", ["evidence.csv", "findings.yaml", "letters/ZB1.md"])
def test_a_pipe_holds_nobody_up(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (folder / "letters").mkdir()
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    assert run(["annual", "check", str(folder)]) == 2
    assert "this is a pipe" in capsys.readouterr().err


@pytest.mark.parametrize("make", [os.mkfifo, lambda one: Path(one).write_text("Dear Chair,")])
def test_letters_that_are_no_folder_are_not_taken_for_none(
    folder: Path, capsys: pytest.CaptureFixture[str], make: object
) -> None:
    assert callable(make)
    make(folder / "letters")
    assert run(["annual", "check", str(folder)]) == 2
    assert f"{folder / 'letters'}: this is no folder" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["letter", "rollup", "check"])
def test_a_link_is_written_through_as_by_every_command(
    folder: Path, tmp_path: Path, command: str
) -> None:
    """Also where the folder that it leads to is still to be made."""
    out = tmp_path / "out"
    out.symlink_to(tmp_path / "real")
    assert run(["annual", command, str(folder), "--out", str(out)]) == 1
    assert out.is_symlink()
    assert any((tmp_path / "real").iterdir())


@pytest.mark.parametrize("command", ["letter", "rollup", "check"])
def test_a_link_that_leads_back_to_itself_is_no_fault_of_remits(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    out = tmp_path / "out"
    out.symlink_to(out)
    assert run(["annual", command, str(folder), "--out", str(out)]) == 2
    assert f"{out}: " in (said := capsys.readouterr().err)
    assert "leads back to itself" in said
