"""A set of files is written whole or not at all, whenever the process is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from remit.files.outputs import WHOLE, fresh_folder, write_files
from remit.model.errors import AskError, AssessmentError

FILES = ("a.csv", "b.csv", "run.json")
KILLED = """
import os, signal, sys
from pathlib import Path
from remit.files.outputs import write_files

left = int(sys.argv[2])

def strike(event, _):
    global left
    if event in {"open", "os.rename", "os.link", "os.mkdir", "os.rmdir", "os.remove"}:
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

files = {name: "new" for name in ("a.csv", "b.csv", "run.json")}
sys.addaudithook(strike)
write_files(Path(sys.argv[1]), files)
left = 10**9
"""


def texts(folder: Path) -> set[str]:
    """What is in the three files; empty where there is none of them."""
    found = [folder / name for name in FILES if (folder / name).exists()]
    assert len(found) in {0, len(FILES)}
    return {path.read_text(encoding="utf-8") for path in found}


def killed_after(events: int, folder: Path, program: str = KILLED) -> bool:
    """Whether the process was killed; False if it had done all before."""
    run = subprocess.run(
        [sys.executable, "-c", program, str(folder), str(events)], check=False, capture_output=True
    )
    assert run.returncode in {0, -signal.SIGKILL}, run.stderr
    return run.returncode != 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("is_there", [False, True])
def test_a_killed_process_leaves_all_former_files_or_all_new_ones(
    tmp_path: Path, is_there: bool
) -> None:
    seen = set()
    for events in range(100):
        folder = tmp_path / str(events) / "out"
        if is_there:
            write_files(folder, dict.fromkeys(FILES, "former"))
            (folder / "mine.txt").write_text("mine", encoding="utf-8")
        was_killed = killed_after(events, folder)
        for path in folder.glob("*.*"):
            assert path.name.startswith(".") or path.read_text() in {"former", "new", "mine"}
        if (folder / WHOLE).exists():
            # All are whole, and whoever writes next puts them in place before all else.
            with pytest.raises(UnicodeEncodeError):
                write_files(folder, {"a.csv": "half \ud800"})
            assert texts(folder) == {"new"}
        found = texts(folder)
        assert found in ({"former"} if is_there else set(), {"new"})
        seen.add(frozenset(found))
        if is_there:
            assert (folder / "mine.txt").read_text(encoding="utf-8") == "mine"
        if not was_killed:
            break
    assert not was_killed
    assert found == {"new"}
    assert len(seen) == 2


FOLDER_KILLED = KILLED.replace("import write_files", "import fresh_folder").replace(
    "write_files(Path(sys.argv[1]), files)",
    "with fresh_folder(Path(sys.argv[1])) as fresh:\n"
    "    [(fresh / name).write_text(text) for name, text in files.items()]",
)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_process_never_loses_a_former_folder(tmp_path: Path) -> None:
    between = 0
    for events in range(100):
        place = tmp_path / str(events) / "site"
        write_files(place, dict.fromkeys(FILES, "former"))
        was_killed = killed_after(events, place, FOLDER_KILLED)
        if not place.exists():  # between two moves: whoever comes next puts it back first
            between += 1
            with pytest.raises(RuntimeError), fresh_folder(place):
                raise RuntimeError
        assert texts(place) in ({"former"}, {"new"})
        if not was_killed:
            break
    assert not was_killed
    assert texts(place) == {"new"}
    assert between


def test_each_kind_of_content_is_written_as_the_name_ends(tmp_path: Path) -> None:
    table = pl.DataFrame({"a": ["=1", "b"]})
    made = write_files(
        tmp_path / "new" / "out",
        {"t.csv": table, "t.parquet": table, "t.json": table, "r.json": "{}\n", "x.bin": b"\xff"},
    )
    assert [path.name for path in made] == ["t.csv", "t.parquet", "t.json", "r.json", "x.bin"]
    csv, parquet, json, record, raw = made
    assert csv.read_text(encoding="utf-8") == "a\n'=1\nb\n"
    assert pl.read_parquet(parquet).equals(table)
    assert pl.read_json(json).equals(table)
    assert (record.read_text(encoding="utf-8"), raw.read_bytes()) == ("{}\n", b"\xff")


def test_files_that_are_none_of_ours_stay_and_nothing_hidden_is_left(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    for text in ("one", "two"):
        write_files(tmp_path, {"a.csv": text, "b.csv": text})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv", "mine.txt"]
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "two"


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(AskError, match="this is a file; --out takes a folder"):
        write_files(tmp_path / "out", {"a.csv": ""}, error=AskError)
    with pytest.raises(AssessmentError, match="the files cannot be written: "):
        write_files(tmp_path / "out" / "deeper", {"a.csv": ""})
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_fresh_folder_takes_its_place_only_when_all_went_well(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "site"
    with fresh_folder(place) as fresh:
        (fresh / "page").write_text("one", encoding="utf-8")

    def fail() -> None:
        with fresh_folder(place) as fresh:
            (fresh / "page").write_text("two", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (place / "page").read_text(encoding="utf-8") == "one"
    assert [path.name for path in place.parent.iterdir()] == ["site"]


# What killed processes leave ----------------------------------------------------------------------

HOLDING = """
import sys, time
from pathlib import Path
from remit.files.outputs import fresh_folder

with fresh_folder(Path(sys.argv[1])) as fresh:
    (fresh / "a.csv").write_text("half")
    print("making", flush=True)
    sys.stdin.read()
"""


def making(place: Path) -> subprocess.Popen[str]:
    """Another process that is in the midst of making a folder."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(place)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert other.stdout is not None
    assert other.stdout.readline() == "making\n"
    return other


def hidden(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".")]


def test_what_a_killed_run_left_beside_the_place_is_removed_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "out"
    other = making(place)
    other.kill()
    other.communicate()
    (left,) = hidden(tmp_path)
    with fresh_folder(place) as fresh:
        (fresh / "a.csv").write_text("new")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert f"{left}: left by a run that was broken off, and removed" in capsys.readouterr().err


def test_what_a_living_run_is_making_stays_however_old_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "out"
    other = making(place)
    (left,) = hidden(tmp_path)
    os.utime(left, (0, 0))
    with fresh_folder(place) as fresh:
        (fresh / "a.csv").write_text("new")
    assert (left / "new" / "a.csv").read_text() == "half"
    assert capsys.readouterr().err == ""
    other.communicate("")
    assert other.returncode == 0
    assert (place / "a.csv").read_text() == "half"
    assert hidden(tmp_path) == []


def test_a_folder_of_the_users_own_with_such_a_name_stays(tmp_path: Path) -> None:
    mine = tmp_path / ".out-20260331"
    mine.mkdir()
    (mine / "kept.txt").write_text("mine")
    others = [tmp_path / name for name in (".out-old", ".out2-abcdefgh", ".outabcdefgh")]
    for folder in others:
        (folder / "new").mkdir(parents=True)
    for folder in (mine, *others):
        os.utime(folder, (0, 0))
    with fresh_folder(tmp_path / "out") as fresh:
        (fresh / "a.csv").write_text("new")
    assert (mine / "kept.txt").is_file()
    assert all(folder.is_dir() for folder in others)


def test_the_only_copy_of_a_former_folder_is_told_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Killed between two moves; then somebody made a folder in the place by hand."""
    left = tmp_path / ".out-abcdefgh"
    for name in ("new", "former"):
        (left / name).mkdir(parents=True)
    (left / "former" / "commentary.csv").write_text("mine")
    os.utime(left, (0, 0))
    (tmp_path / "out").mkdir()
    with fresh_folder(tmp_path / "out") as fresh:
        (fresh / "a.csv").write_text("new")
    assert (left / "former" / "commentary.csv").read_text() == "mine"
    assert "what was in" in capsys.readouterr().err
