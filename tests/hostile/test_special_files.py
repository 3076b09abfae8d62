"""What is named as a file and is none, or none that can be held: always a message, never a hang."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from remit.catalogue.strict_yaml import VALUES
from remit.files import limits
from remit.files.limits import FILE_BYTES, TEXT_BYTES
from remit.files.reading import read_bytes, read_text
from remit.model.errors import FileError, PublicationError
from remit.publications.files.folders import expand
from remit.publications.files.table import load
from tests.hostile.tries import Tries

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")

TERABYTES = 10 * 10**12
KIND = "special files"


@pytest.fixture
def special(tmp_path: Path) -> Iterator[dict[str, tuple[Path, str]]]:
    """Every sort of thing that is no file → a path to it and the words that are to be said."""
    folder = tmp_path / "folder"
    folder.mkdir()
    pipe, place = tmp_path / "pipe", tmp_path / "socket"
    os.mkfifo(pipe)
    one, other = tmp_path / "one", tmp_path / "other"
    one.symlink_to(other)
    other.symlink_to(one)
    sparse = tmp_path / "sparse"
    with sparse.open("wb") as file:
        file.truncate(TERABYTES)
    secret = tmp_path / "secret"
    secret.write_bytes(b"a,b\n")
    secret.chmod(0)
    (tmp_path / "to-pipe").symlink_to(pipe)
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    bound = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(tmp_path)  # the name of a socket has some hundred characters only
    bound.bind("socket")
    os.chdir(here)
    yield {
        "missing": (tmp_path / "missing.csv", "there is no such file"),
        "below a file": (sparse / "file.csv", "there is no such file"),
        "dangling link": (tmp_path / "dangling", "there is no such file"),
        "folder": (folder, "this is a folder"),
        "pipe": (pipe, "this is a pipe"),
        "link to a pipe": (tmp_path / "to-pipe", "this is a pipe"),
        "socket": (place, "this is a socket"),
        "endless zeros": (Path("/dev/zero"), "this is a device"),
        "null device": (Path("/dev/null"), "this is a device"),
        "terminal": (Path("/dev/tty"), "this is a"),
        "loop of links": (one, "leads back to itself"),
        "long name": (tmp_path / ("n" * 5_000), "longer than"),
        "long path": (tmp_path / "/".join(["n" * 200] * 100), "longer than"),
        "null character": (tmp_path / "a\0b", "null character"),
        "ten terabytes": (sparse, "bytes long or more"),
        "memory of the process": (Path("/proc/self/mem"), "cannot be read"),
        **({} if os.geteuid() == 0 else {"no rights": (secret, "no right")}),
    }
    bound.close()


Special = dict[str, tuple[Path, str]]


@pytest.mark.parametrize("read", [read_bytes, read_text])
def test_what_is_no_file_is_told_for_what_it_is(
    special: Special, tries: Tries, read: Callable[..., object]
) -> None:
    for name, (path, words) in special.items():
        with tries.attempt(KIND, f"{read.__name__}: {name}", seconds=10) as refusal:
            read(path, error=PublicationError)
        assert [type(one) for one in refusal] == [PublicationError], name
        said = str(refusal[0])
        assert words in said
        assert said.startswith(str(path)) or "\0" in said


def test_a_file_without_a_size_is_read_to_its_limit(
    tries: Tries, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of /proc are regular, say that they are empty, and are not."""
    path = Path("/proc/self/status")
    if not path.exists():
        pytest.skip("this system has no /proc")
    with tries.attempt(KIND, "no size") as refusal:
        assert b"Name:" in read_bytes(path)
    assert not refusal
    monkeypatch.setenv(FILE_BYTES.variable, "20")
    with tries.attempt(KIND, "no size, beyond the limit") as refusal:
        read_bytes(path)
    assert "raise the limit of 20 with REMIT_LARGEST_FILE" in str(refusal[0])


def test_a_limit_is_raised_for_one_run(
    tmp_path: Path, tries: Tries, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(b"x" * (TEXT_BYTES.default + 1))
    with tries.attempt(KIND, "a long text") as refusal:
        read_text(path)
    assert TEXT_BYTES.variable in str(refusal[0])
    monkeypatch.setenv(TEXT_BYTES.variable, str(TEXT_BYTES.default + 1))
    assert len(read_text(path)) == TEXT_BYTES.default + 1
    for wrong in ("many", "-1", "0", "1e9", "９", "9" * 30):
        monkeypatch.setenv(TEXT_BYTES.variable, wrong)
        with tries.attempt(KIND, f"a limit of {wrong}") as refusal:
            read_text(path)
        assert "write a whole number" in str(refusal[0])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n\xff,1\n", "line 2: the file cannot be read as UTF-8 text"),
        (b"a,b\n1\0,1\n", "line 2: a null character"),
        ("a,b\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_what_is_no_text_is_told_with_its_line(
    tmp_path: Path, content: bytes, words: str, tries: Tries
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with tries.attempt(KIND, words) as refusal:
        read_text(path)
    assert words in str(refusal[0])
    assert isinstance(refusal[0], FileError)


def test_what_is_a_file_is_read(tmp_path: Path) -> None:
    path, link = tmp_path / "a.csv", tmp_path / "link.csv"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    link.symlink_to(path)
    assert read_bytes(link) == path.read_bytes()
    assert read_text(link) == "a\nb\nc\n"


# Whole commands: every argument that names a file ------------------------------------------------

STORE = ("--store", "none.duckdb")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("ingest", "FILE", *STORE),
    ("assess", "FILE"),
    ("explain", "R0A", "FILE"),
    ("spc", "FILE", "--better", "lower"),
    ("framework", "check", "FILE"),
    ("capability", "check", "FILE"),
    ("who", "--local", "FILE"),
    ("asks", "match", "FILE", "--dry-run", "--out", "x"),
)


NO_FILES = ("pipe", "ten terabytes")
TRIES = [(command, name) for command in COMMANDS for name in NO_FILES]
# One of each way in: figures, a document of Remit's own, asks. The others take long.
SHORT = [TRIES[0], TRIES[1], TRIES[8], TRIES[15]]


def named(part: tuple[str, ...] | str) -> str:
    return part if isinstance(part, str) else " ".join(part[:2])


@pytest.mark.parametrize(("command", "name"), SHORT, ids=named)
def test_a_command_tells_what_is_no_file(
    command: tuple[str, ...], name: str, special: Special, tmp_path: Path, tries: Tries
) -> None:
    assert_told(command, name, special, tmp_path, tries)


@pytest.mark.evidence
@pytest.mark.parametrize(("command", "name"), [one for one in TRIES if one not in SHORT], ids=named)
def test_every_command_tells_what_is_no_file(
    command: tuple[str, ...], name: str, special: Special, tmp_path: Path, tries: Tries
) -> None:
    assert_told(command, name, special, tmp_path, tries)


def assert_told(
    command: tuple[str, ...], name: str, special: Special, folder: Path, tries: Tries
) -> None:
    path, words = special[name]
    arguments = [str(path) if part == "FILE" else part for part in command]
    told = f"{named(command)}: {name}"
    ran = tries.command(KIND, told, arguments, folder=folder, megabytes=500, seconds=60)
    assert ran.code == 2, ran.err
    assert words in ran.err.replace("\n", " "), ran.err


def test_folders_are_listed_with_all_that_lies_in_them(
    special: Special, tmp_path: Path, tries: Tries
) -> None:
    folder = tmp_path / "folder"
    os.mkfifo(folder / "pipe.csv")
    (folder / "loop.csv").symlink_to(folder / "loop.csv")
    (folder / "deep.csv").mkdir()
    (folder / "deep.csv" / "inner.csv").write_text("a,b\n1,2\n")
    (folder / "good.csv").write_text("a,b\n1,2\n")
    said = {}
    for path in expand([folder]):
        with tries.attempt(KIND, f"in a folder: {path.name}") as refusal:
            load(path)
        said[path.name] = str(refusal[0]) if refusal else ""
    assert (said.pop("good.csv"), said.pop("inner.csv")) == ("", "")
    assert set(said) == {"pipe.csv", "loop.csv"}
    assert "this is a pipe" in said["pipe.csv"]
    assert "this is a link that leads back to itself" in said["loop.csv"]


def test_a_folder_of_very_many_files_is_refused_at_once(tmp_path: Path, tries: Tries) -> None:
    for number in range(10_001):
        (tmp_path / f"{number}.csv").touch()
    for name, path in (("folder", tmp_path), ("pattern", tmp_path / "*.csv")):
        with tries.attempt(KIND, f"many files: {name}", seconds=10) as refusal:
            expand([path])
        assert "10,001 files are too many" in str(refusal[0])


def test_what_cannot_be_looked_at_is_told_when_it_is_opened(tmp_path: Path, tries: Tries) -> None:
    for name in ("n" * 5_000, "a\0b.csv", "*" * 3_000, "[" * 300, "**", "x*" * 60 + "y"):
        with tries.attempt(KIND, f"name {name[:20]}", seconds=10) as refusal:
            for path in expand([tmp_path / name]):
                load(path)
        assert refusal


def test_every_limit_stands_in_the_documents() -> None:
    text = (Path(__file__).parents[2] / "docs" / "files.md").read_text(encoding="utf-8")
    known = [one for one in vars(limits).values() if isinstance(one, limits.Limit)]
    assert len(known) > 8
    for one in [*known, VALUES]:
        assert f"| {one.default:,} | `{one.variable}` |" in text
