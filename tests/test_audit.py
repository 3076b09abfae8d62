"""The audit of locked packages: a question that nobody answered is never taken for a pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOUND = {"name": "jinja2", "version": "3.1.6", "vulns": []}
FAULTY = {
    "name": "pyyaml",
    "version": "5.1",
    "vulns": [{"id": "PYSEC-2020-96", "fix_versions": ["5.3.1"]}, {"id": "X", "fix_versions": []}],
}
SKIPPED = {"name": "typer", "skip_reason": "Dependency not found on PyPI"}


@pytest.fixture
def audit(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import audit

    return audit


def test_known_faults_are_told_with_the_version_that_mends_them(audit: ModuleType) -> None:
    judged = audit.judge_python({"dependencies": [SOUND, FAULTY]})
    assert judged.known == (
        "pyyaml 5.1: PYSEC-2020-96 (mended in 5.3.1)",
        "pyyaml 5.1: X (mended in no version yet)",
    )
    assert (judged.unasked, judged.asked) == ((), 2)
    report = {
        "vulnerabilities": {"sass": {"severity": "high"}},
        "metadata": {"dependencies": {"total": 20}},
    }
    assert audit.judge_npm(report).known == ("sass: high",)


@pytest.mark.parametrize(
    "report",
    [{"error": {"code": "E"}}, {}, [], None, {"vulnerabilities": None}, {"message": "405"}],
)
def test_a_registry_that_does_not_answer_is_no_pass(audit: ModuleType, report: Any) -> None:
    assert audit.judge_npm(report).unasked
    judged = audit.judge_python(report)
    (line,) = audit.told("uv.lock", judged)
    assert "NOT audited" in line


def test_a_package_that_was_skipped_is_no_pass(audit: ModuleType) -> None:
    judged = audit.judge_python({"dependencies": [SOUND, SKIPPED]})
    assert judged.unasked == ("typer",)
    (line,) = audit.told("uv.lock", judged)
    assert "NOT audited" in line
    assert "typer" in line


@pytest.mark.parametrize(
    ("out", "code"),
    [
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', 0),
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X"}]}]}', 1),
        ('{"dependencies": []}', 3),
        ("", 3),
        ("no JSON", 3),
    ],
)
def test_the_exit_code_tells_the_three_apart(audit: ModuleType, out: str, code: int) -> None:
    ran = subprocess.CompletedProcess([], 0, out, "said")
    assert audit._told("uv.lock", audit.judge_python, ran) == code


def test_all_locked_packages_are_asked_about(audit: ModuleType, tmp_path: Path) -> None:
    """Every group, with hashes, and nothing is installed: by a uv that notes what it is asked."""
    uv = tmp_path / "uv.py"
    uv.write_text("import sys; print(sys.argv[1:])", encoding="utf-8")
    asked: list[tuple[str, ...]] = []
    kept = audit._run
    audit._run = lambda *command: asked.append(command) or kept(sys.executable, str(uv))
    try:
        audit._pip_audit("uv")
    finally:
        audit._run = kept
    export, look = asked
    assert {"--locked", "--all-groups", "--no-emit-project"} <= set(export)
    assert {"--require-hashes", "--disable-pip", audit.PIP_AUDIT} <= set(look)


def test_where_nobody_was_asked_no_verdict_and_no_stack_is_printed(audit: ModuleType) -> None:
    said = [
        "WARNING: the service answered 405 Method Not Allowed",
        "No known vulnerabilities found",
    ]
    lines = list(audit.told("uv.lock", audit.judge_python({}), said))
    assert [line.strip() for line in lines[1:]] == [said[0]]
    stack = [
        "npm error audit endpoint returned an error",
        "npm error TypeError: Cannot read properties of undefined",
        "npm error     at Audit.exec (/usr/lib/node_modules/npm/lib/audit.js:12:3)",
        "npm error     at async Npm.exec (/usr/lib/node_modules/npm/lib/npm.js:9:1)",
        "npm error A complete log of this run can be found in: /root/.npm/_logs/a-debug-0.log",
    ]
    lines = list(audit.told("package-lock.json", audit.judge_npm({}), stack))
    assert len(lines) == 2
    assert "    at" not in "".join(lines)
    assert "_logs" not in "".join(lines)


def test_the_code_of_make_is_told(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = subprocess.CompletedProcess([], 1, "", "")
    monkeypatch.setattr(audit, "_pip_audit", lambda _: nothing)
    monkeypatch.setattr(audit, "_npm_audit", lambda: nothing)
    assert audit.main(["uv"]) == 3
    assert "make shows it as Error 3 and ends with its own, 2." in capsys.readouterr().out
