"""Make the folder that installs Remit on a machine without the internet.

``python tools/bundle.py UV [TARGET …]`` writes ``dist/remit-bundle-VERSION``: Remit's wheel, the
locked wheels of all that it requires, an SBOM (CycloneDX), the licences, SHA256SUMS,
``install.cmd`` and ``install.sh``. A target is a system and a Python, such as ``windows-3.12``;
without one all are taken.
"""

from __future__ import annotations

import csv
import email
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent
OFFLINE = ROOT / "tools" / "offline"
PIP = "pip==26.3"
MANYLINUX = [f"manylinux_2_{minor}_x86_64" for minor in range(28, 16, -1)]
PLATFORMS = {
    "windows": ["win_amd64"],
    "linux": [*MANYLINUX, "manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"],
}
MARKERS = {
    "windows": {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
    },
    "linux": {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "x86_64",
    },
}
PYTHONS = ("3.11", "3.12", "3.13")
LICENCE_TEXT = re.compile(r"(licen[cs]e|copying|notice|copyright)", re.IGNORECASE)


class NoWheel(Exception):
    """A locked package has no wheel for a target, or another one than the lock file names."""


@dataclass(frozen=True)
class Target:
    """A system and a Python for which wheels are packed."""

    system: str
    python: str

    @property
    def name(self) -> str:
        """Such as ``windows-3.12``."""
        return f"{self.system}-{self.python}"

    @property
    def tags(self) -> list[Tag]:
        """The tags of wheels that fit, the best first."""
        version = tuple(map(int, self.python.split(".")))
        platforms = PLATFORMS[self.system]
        digits = self.python.replace(".", "")
        return [
            *cpython_tags(version, platforms=platforms),
            *compatible_tags(version, f"cp{digits}", platforms),
        ]

    def wants(self, requirement: Requirement) -> bool:
        """Whether a requirement is one here."""
        if requirement.marker is None:
            return True
        here = {
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }
        return requirement.marker.evaluate({**MARKERS[self.system], **here, "extra": ""})


TARGETS = {t.name: t for t in (Target(s, p) for s in PLATFORMS for p in PYTHONS)}


@dataclass(frozen=True)
class Wheel:
    """A wheel of the lock file."""

    file: str
    sha256: str


def main(arguments: Sequence[str]) -> int:
    """Make the bundle; 0 if it is complete, else 3."""
    uv, *named = arguments
    try:
        targets = [TARGETS[name] for name in named or TARGETS]
    except KeyError as unknown:
        print(f"no such target: {unknown}; there are {', '.join(TARGETS)}", file=sys.stderr)
        return 3
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    place = ROOT / "dist" / f"remit-bundle-{project['version']}"
    with tempfile.TemporaryDirectory(prefix=".bundle-", dir=place.parent) as beside:
        fresh = Path(beside) / "bundle"
        fresh.mkdir()
        try:
            fill(fresh, uv, targets, project["version"])
        except (NoWheel, subprocess.CalledProcessError) as error:
            print(f"The bundle could not be made: {error}", file=sys.stderr)
            return 3
        shutil.rmtree(place, ignore_errors=True)
        fresh.rename(place)
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    whom = ", ".join(target.name for target in targets)
    print(f"Written: {place.relative_to(ROOT)} ({size / 2**20:.0f} MB) for {whom}")
    return 0


def fill(folder: Path, uv: str, targets: Sequence[Target], version: str) -> None:
    """Put everything into an empty folder."""
    wheels = folder / "wheels"
    wheels.mkdir()
    requirements = export(uv, "requirements.txt")
    (folder / "requirements.txt").write_text(requirements, encoding="utf-8", newline="\n")
    wanted = locked_wheels(requirements, targets, locked_packages())
    for target in targets:
        print(f"Fetching the wheels for {target.name} …", flush=True)
        download(uv, requirements, target, wheels)
    check(wheels, wanted)
    licences = write_licences(wheels, folder)
    sbom = json.dumps(bill(export(uv, "cyclonedx1.5"), licences), indent=2, ensure_ascii=False)
    (folder / "sbom.cdx.json").write_text(sbom + "\n", encoding="utf-8", newline="\n")
    shutil.copy(ROOT / "dist" / f"remit-{version}-py3-none-any.whl", wheels)
    for path in OFFLINE.iterdir():
        shutil.copy(path, folder)
    write_sums(folder)


def export(uv: str, form: str) -> str:
    """The lock file in another form: what Remit requires with its extras.

    Spark is left out: it has no wheel, and is what a cluster brings along.
    """
    extras = ("--all-extras", "--no-extra", "spark")
    options = ("--locked", "--no-default-groups", *extras, "--no-emit-project", "--quiet")
    command = [uv, "export", "--format", form, *options]
    if form == "requirements.txt":
        command += ["--no-annotate", "--no-header"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def locked_packages() -> dict[tuple[str, str], Mapping[str, Any]]:
    """The packages of the lock file by name and version."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    return {(one["name"], one["version"]): one for one in lock["package"] if "version" in one}


def locked_wheels(
    requirements: str,
    targets: Sequence[Target],
    packages: Mapping[tuple[str, str], Mapping[str, Any]],
) -> dict[str, Wheel]:
    """The wheels that some targets need of the locked packages, by file name.

    Raises
    ------
    NoWheel
        If a package has none for a target.
    """
    found: dict[str, Wheel] = {}
    for target in targets:
        tags = {tag: rank for rank, tag in enumerate(target.tags)}
        for one in needed(requirements, target):
            (pinned,) = one.specifier
            best = best_wheel(packages[one.name, pinned.version], tags)
            if best is None:
                raise NoWheel(f"{one.name} {pinned.version} has no wheel for {target.name}")
            found[best.file] = best
    return found


def needed(requirements: str, target: Target) -> Iterator[Requirement]:
    """The requirements of a list that count for a target."""
    lines = requirements.replace("\\\n", "").splitlines()
    for line in lines:
        requirement = Requirement(line.split(" --hash")[0])
        if target.wants(requirement):
            yield requirement


def best_wheel(package: Mapping[str, Any], tags: Mapping[Tag, int]) -> Wheel | None:
    """The wheel of a locked package that an installer takes."""
    ranked = []
    for one in package.get("wheels", ()):
        file = one["url"].rsplit("/", 1)[1]
        ranks = [tags[tag] for tag in parse_wheel_filename(file)[3] if tag in tags]
        if ranks:
            ranked.append((min(ranks), file, one["hash"].removeprefix("sha256:")))
    return Wheel(*min(ranked)[1:]) if ranked else None


def download(uv: str, requirements: str, target: Target, wheels: Path) -> None:
    """Fetch a target's wheels with pip, each checked against its locked digests."""
    kept = {(one.name, str(one.specifier)) for one in needed(requirements, target)}
    lines = []
    for line in requirements.replace("\\\n", "").splitlines():
        plain, _, hashes = line.partition(" --hash")
        one = Requirement(plain)
        if (one.name, str(one.specifier)) in kept:
            # Without its marker, which pip would put to the Python that runs here.
            lines.append(f"{one.name}{one.specifier} --hash{hashes}")
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
        platforms = [part for one in PLATFORMS[target.system] for part in ("--platform", one)]
        subprocess.run(
            [
                *(uv, "tool", "run", "--quiet", PIP, "download", "--quiet", "--no-deps"),
                *("--require-hashes", "--only-binary", ":all:", "--dest", str(wheels)),
                *("--implementation", "cp", "--python-version", target.python, *platforms),
                *("--requirement", str(listed)),
            ],
            check=True,
        )


def check(wheels: Path, wanted: Mapping[str, Wheel]) -> None:
    """Whether the wheels are those of the lock file, all of them and no other.

    Raises
    ------
    NoWheel
        If not.
    """
    there = {path.name for path in wheels.iterdir()}
    if there != set(wanted):
        raise NoWheel(f"not as locked: {', '.join(sorted(there ^ set(wanted)))}")
    for one in wanted.values():
        if digest(wheels / one.file) != one.sha256:
            raise NoWheel(f"{one.file} has another digest than the lock file")


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_licences(wheels: Path, folder: Path) -> dict[str, str]:
    """Write the licences of all packages, and give back what each says of its licence."""
    said: dict[str, str] = {}
    rows = []
    for path in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(path) as archive:
            about = metadata(archive)
            name = f"{about['Name']} {about['Version']}"
            if name in said:
                continue
            said[name] = licence_of(about)
            rows.append(
                (about["Name"], about["Version"], said[name], copy_texts(archive, folder, name))
            )
    with (folder / "licences.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("package", "version", "licence", "texts"), *rows])
    return said


def metadata(archive: zipfile.ZipFile) -> Message:
    """What a wheel says of itself."""
    (name,) = (n for n in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n))
    return email.message_from_bytes(archive.read(name))


def licence_of(about: Message) -> str:
    """A package's licence as it names it, in one line."""
    if expression := about["License-Expression"]:
        return str(expression)
    classified = [c for c in about.get_all("Classifier", []) if c.startswith("License ::")]
    if classified:
        return "; ".join(c.rsplit(" :: ", 1)[1] for c in classified)
    return str(about["License"] or "see its texts").splitlines()[0]


def copy_texts(archive: zipfile.ZipFile, folder: Path, package: str) -> int:
    """Copy the texts of licences out of a wheel; their number."""
    texts = [
        name
        for name in archive.namelist()
        if ".dist-info/" in name and LICENCE_TEXT.search(name.rsplit("/", 1)[1])
    ]
    for name in texts:
        inside = name.split(".dist-info/", 1)[1].removeprefix("licenses/")
        target = folder / "licences" / package.replace(" ", "-") / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(name))
    return len(texts)


def bill(text: str, licences: Mapping[str, str]) -> dict[str, Any]:
    """The SBOM with licences, and without what differs from run to run."""
    found: dict[str, Any] = json.loads(text)
    found.pop("serialNumber", None)
    found["metadata"].pop("timestamp", None)
    by_name = {normal(key): value for key, value in licences.items()}
    for one in found["components"]:
        said = by_name.get(normal(f"{one['name']} {one['version']}"))
        if said:
            one["licenses"] = [{"license": {"name": said}}]
    return found


def normal(name: str) -> str:
    """A package's name as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def write_sums(folder: Path) -> None:
    """Write the digests of all files, as ``sha256sum --check`` reads them."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
