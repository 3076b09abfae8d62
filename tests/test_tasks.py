"""The script behind make: the same commands everywhere, and a word of help where it stops."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import task

    return task


def test_make_offers_every_command(task: ModuleType) -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^(\w[\w ]+):$", text, re.MULTILINE)
    assert [set(names.split()) for names in targets] == [set(task.COMMANDS)]


def test_windows_has_the_same_commands() -> None:
    assert (ROOT / "make.cmd").read_bytes() == b'@py "%~dp0tools\\task.py" %*\r\n'


def test_the_checks_of_a_change_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_an_old_uv_is_not_used(
    task: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    installed: list[Path] = []
    monkeypatch.setattr(task, "TOOLS", tmp_path)
    monkeypatch.setattr(task, "install_uv", installed.append)
    monkeypatch.setattr(task.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(task, "uv_version", lambda path: (0, 4) if "usr" in path else (0,))
    assert Path(task.find_uv()).parent.parent == tmp_path / f"uv-{task.UV_VERSION}"
    assert installed == [tmp_path / f"uv-{task.UV_VERSION}"]


def test_a_program_that_does_not_run_has_no_version(task: ModuleType, tmp_path: Path) -> None:
    assert task.uv_version(str(tmp_path / "uv")) == (0,)


def test_the_exit_code_is_that_of_the_step_that_fails(
    task: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        task.run(sys.executable, "-c", "raise SystemExit(5)")

    monkeypatch.setitem(task.COMMANDS, "lint", fail)
    assert task.main(["lint"]) == 5


def test_set_up_asks_for_no_node(task: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """What make setup and make demo install: Remit with its extras, and no Node.js beside it."""
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(task, "run", lambda *command: ran.append(command))
    task.setup()
    (sync,) = ran
    assert sync[1:4] == ("sync", "--locked", "--all-extras")
    export = [sync[0], "export", "--locked", "--all-extras", "--no-hashes", "--quiet"]
    said = subprocess.run(export, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "polars==" in said
    assert "nodejs" not in said


def test_without_a_browser_it_says_what_to_do(
    task: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import browser

    monkeypatch.setattr(browser, "_found", lambda _: iter(()))
    monkeypatch.setattr(browser, "_run", lambda _: False)
    monkeypatch.delenv("REMIT_NO_BROWSER", raising=False)
    monkeypatch.setitem(
        task.COMMANDS, "test", lambda: task.run_tests("not conformance and not evidence")
    )
    assert task.main(["test"]) == 3
    assert "REMIT_BROWSER" in capsys.readouterr().err


@pytest.fixture
def pytest_runs(
    task: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, tuple[str, ...]]]:
    """The database and the words of each run of pytest that a command asks for; none is made."""
    ran: list[tuple[str, tuple[str, ...]]] = []

    def note(*command: str) -> None:
        if "pytest" in command:
            ran.append((os.environ.get("REMIT_TEST_DATABASE", ""), command))

    monkeypatch.setattr(task, "run", note)
    monkeypatch.setattr(task, "browser", lambda _: "chromium")
    monkeypatch.setattr(task.shutil, "rmtree", lambda *_, **__: None)
    for name in ("REMIT_BROWSER", "REMIT_NO_BROWSER", "REMIT_TEST_DATABASE",
                 "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"):  # fmt: skip
        monkeypatch.setenv(name, "")
    return ran


def test_what_the_tests_load_is_compiled_once(
    task: ModuleType, pytest_runs: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also where Python is told to write no bytecode beside the source; it goes to the build."""
    task.test()
    assert os.environ["PYTHONPYCACHEPREFIX"] == ""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(task, "ROOT", tmp_path)
    task.test()
    (tmp_path / "one.py").write_text("", encoding="utf-8")
    command = [sys.executable, "-c", "import one"]
    subprocess.run(command, cwd=tmp_path, check=True)
    assert [one.name for one in (tmp_path / "build").rglob("one*.pyc")]
    assert not (tmp_path / "__pycache__").exists()


def test_the_web_is_tested_in_processes_of_its_own_on_each_database(
    task: ModuleType, pytest_runs: list[tuple[str, tuple[str, ...]]]
) -> None:
    task.test()
    web = [(database, words) for database, words in pytest_runs if "tests/web" in words]
    others = [words for _, words in pytest_runs if "tests/web" not in words]
    assert [database for database, _ in web] == list(task.WEB_DATABASES)
    # The second database runs the same lines, and measuring takes half as long again.
    assert ["coverage" in words for _, words in web] == [True, False][: len(web)]
    assert len(others) == 2
    assert all("--ignore=tests/web" in words for words in others)


def test_the_evidence_of_the_web_is_gathered_on_each_database(
    task: ModuleType, pytest_runs: list[tuple[str, tuple[str, ...]]]
) -> None:
    task.evidence()
    web = [database for database, words in pytest_runs if "tests/web" in words]
    assert web == list(task.WEB_DATABASES)
    assert all("evidence" in words for _, words in pytest_runs)


def test_conformance_does_not_collect_the_tests_of_the_web(
    task: ModuleType, pytest_runs: list[tuple[str, tuple[str, ...]]]
) -> None:
    task.conformance()
    ((_, words),) = pytest_runs
    assert "--ignore=tests/web" in words


def test_help_names_the_commands() -> None:
    command = [sys.executable, str(ROOT / "tools" / "task.py"), "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "setup" in said
    assert "conformance" in said
