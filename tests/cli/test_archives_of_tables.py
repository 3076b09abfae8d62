"""An archive of several tables: each is taken in as a file of its own, or its reason told."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from remit.cli.run import run
from tests.publications.test_saved_forms import HEADER, JANUARY, MARCH, figures, text
from tests.publications.workbook_files import write_workbook

Remit = Callable[..., tuple[int, str, str]]
Members = Mapping[str, bytes]
FEBRUARY = "MSitAE-FEBRUARY-2025"


@pytest.fixture
def remit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Remit:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REMIT_STORE", raising=False)

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def month(period: str, *codes: str) -> bytes:
    return text([figures(period, code, "7") for code in codes]).encode()


def packed(path: Path, members: Members) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return path


def sources(remit: Remit) -> dict[str, tuple[str, str]]:
    """Of each source its rows and what it covers."""
    rows = csv.DictReader(io.StringIO(remit("sources", "--format", "csv")[1]))
    return {row["file_name"]: (row["rows_read"], row["scopes"]) for row in rows}


def test_each_table_is_a_file_of_its_own_with_its_place_in_the_archive(
    remit: Remit, tmp_path: Path
) -> None:
    book = write_workbook(tmp_path / "b.xlsx", {"S": [HEADER, figures(FEBRUARY, "ZA1", "7")]})
    members = {
        "2025/jan.csv": month(JANUARY, "ZA1", "ZA2"),
        "2025/mar.csv": month(MARCH, "ZA1"),
        "feb.xlsx": book.read_bytes(),
    }
    code, out, _ = remit("ingest", packed(tmp_path / "a.zip", members))
    assert code == 0
    assert "        2 =        2 +        0  a.zip/2025/jan.csv" in out
    assert "        4 =        4 +        0  in 3 files" in out
    assert sources(remit) == {
        "a.zip/2025/jan.csv": ("2", "Jan 2025"),
        "a.zip/2025/mar.csv": ("1", "Mar 2025"),
        "a.zip/feb.xlsx": ("1", "Feb 2025"),
    }


def test_what_cannot_be_read_is_listed_and_stops_none_of_the_others(
    remit: Remit, tmp_path: Path
) -> None:
    members = {
        "jan.csv": month(JANUARY, "ZA1"),
        "other.csv": b"Colour,Size,Shape\nred,1,round\n",
        "blank.csv": b" \n",
        "inner.zip": packed(tmp_path / "i.zip", {"mar.csv": month(MARCH, "ZA1")}).read_bytes(),
        "readme.txt": b"Read this first.",
    }
    code, out, _ = remit("ingest", packed(tmp_path / "a.zip", members))
    assert code == 1
    assert list(sources(remit)) == ["a.zip/jan.csv"]
    assert "3 files not taken in:" in out
    assert "a.zip/other.csv: this is no publication that Remit reads" in out
    assert "a.zip/blank.csv: the file is empty" in out
    assert "a.zip/inner.zip: an archive in an archive is not opened" in out
    assert "not readme.txt" in out


def test_strict_takes_in_all_or_nothing(remit: Remit, tmp_path: Path) -> None:
    members = {"jan.csv": month(JANUARY, "ZA1"), "other.csv": b"Colour,Size\nred,1\n"}
    code, _, err = remit("ingest", "--strict", packed(tmp_path / "a.zip", members))
    assert code == 2
    assert "a.zip/other.csv" in err
    assert "Nothing was taken in" in err


def test_the_same_archive_again_changes_nothing(remit: Remit, tmp_path: Path) -> None:
    members = {"jan.csv": month(JANUARY, "ZA1"), "mar.csv": month(MARCH, "ZA1")}
    path = packed(tmp_path / "a.zip", members)
    remit("ingest", path)
    code, out, _ = remit("ingest", path)
    assert code == 0
    assert out.count("already there: nothing changed") == 2
    # A member that is unpacked is the same file still.
    (tmp_path / "mar.csv").write_bytes(members["mar.csv"])
    assert "already there: nothing changed" in remit("ingest", "mar.csv")[1]


@pytest.mark.parametrize("name", ["../../mar.csv", "/mar.csv", "C:\\mar.csv", "\x1b[2Jmar.csv"])
def test_a_path_of_a_member_is_a_name_and_no_place(remit: Remit, tmp_path: Path, name: str) -> None:
    members = {"jan.csv": month(JANUARY, "ZA1"), name: month(MARCH, "ZA1")}
    code, out, _ = remit("ingest", packed(tmp_path / "a.zip", members))
    assert code == 0
    assert "\x1b" not in out
    assert len(sources(remit)) == 2
    assert not list(tmp_path.rglob("mar.csv"))


def test_all_members_together_are_held_to_the_size_of_one_file(
    remit: Remit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = month(JANUARY, "ZA1")
    members = {f"{number}.csv": one + b" " * number for number in range(4)}
    monkeypatch.setenv("REMIT_LARGEST_FILE", str(3 * len(one)))
    code, _, err = remit("ingest", packed(tmp_path / "a.zip", members))
    assert code == 2
    assert "REMIT_LARGEST_FILE" in err
    assert "its tables are" in err
