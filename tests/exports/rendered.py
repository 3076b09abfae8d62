"""What LibreOffice makes of a file: the words of each page, with where they stand."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

HTML = "{http://www.w3.org/1999/xhtml}"
_ARIAL = ("Liberation Sans", "Arial")


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word on a page, its sides in inches."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page: its size in inches, and its words."""

    width: float
    height: float
    words: tuple[PrintedWord, ...]


def need_office() -> None:
    """Skip a test where a program is missing, with the Debian package that has it."""
    for program, package in (
        ("soffice", "libreoffice-impress"),
        ("pdftotext", "poppler-utils"),
        ("fc-match", "fontconfig"),
    ):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is missing; install the Debian package {package}")
    if not has_arial():
        pytest.skip("no font has the widths of Arial; install the Debian package fonts-liberation")


def has_arial() -> bool:
    """Whether a font with the widths of Arial is there, for LibreOffice and for a browser."""
    if shutil.which("fc-match") is None:
        return False
    found = subprocess.run(["fc-match", "-f", "%{family}", "Arial"], capture_output=True, text=True,
                           check=True).stdout  # fmt: skip
    return any(name in found for name in _ARIAL)


def rendered(files: Sequence[Path], out: Path) -> list[list[PrintedPage]]:
    """The pages of office files, all made by one run of LibreOffice."""
    profile = (out / "profile").resolve().as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
         "--outdir", str(out), *map(str, files)],
        check=True, capture_output=True, timeout=300, env={**os.environ, "HOME": str(out)},
    )  # fmt: skip
    # LibreOffice ends with 0 where the part that opens such a file is not installed.
    missing = sorted(path.name for path in files if not (out / f"{path.stem}.pdf").is_file())
    if missing:
        pytest.fail(f"no PDF of {missing}: is the Debian package libreoffice-impress there?")
    return [_pages(out / f"{path.stem}.pdf") for path in files]


def _pages(path: Path) -> list[PrintedPage]:
    told = path.with_suffix(".xml")
    subprocess.run(["pdftotext", "-bbox", str(path), str(told)], check=True, timeout=60)
    return [
        PrintedPage(
            float(page.get("width", "0")) / 72,
            float(page.get("height", "0")) / 72,
            tuple(
                PrintedWord(word.text or "", *(float(word.get(side, "0")) / 72
                                               for side in ("xMin", "yMin", "xMax", "yMax")))
                for word in page.iter(f"{HTML}word")
            ),
        )
        for page in ElementTree.parse(told).iter(f"{HTML}page")
    ]  # fmt: skip
