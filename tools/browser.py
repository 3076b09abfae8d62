"""Find a browser for the tests of the pages, or install one: ``python tools/browser.py``.

It prints the program's path. Chromium, Chrome and Edge will do; where there is none, Playwright's
own Chromium is installed, or as root on Debian and its kin the package ``chromium``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
WELL_KNOWN = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
)
PLAYWRIGHTS_OWN = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


class NoBrowser(Exception):
    """There is no browser and none can be installed."""


def main() -> int:
    """Print where a browser is; 3 if there is none."""
    try:
        print(browser(sys.executable))
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 3
    return 0


def browser(python: str) -> str:
    """The path of a browser, installed if need be.

    Parameters
    ----------
    python
        The Python in which Playwright is installed.

    Raises
    ------
    NoBrowser
        If there is none; the message says what to install.
    """
    for path in _found(python):
        return path
    print("No browser is at hand; installing one for the tests of the pages", flush=True)
    _run([python, "-m", "playwright", "install", "chromium"])
    for path in _found(python):
        return path
    if install_debian_packages("chromium"):
        for path in _found(python):
            return path
    raise NoBrowser(
        "The tests of the pages need a browser and none could be installed. Install Chromium, "
        "Chrome or Edge, or name one in the environment variable REMIT_BROWSER. To leave these "
        "tests out: python tools/task.py test --no-browser"
    )


def install_debian_packages(*names: str) -> bool:
    """Install packages where that is possible without a question: as root, with apt-get."""
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    if not _run(["apt-get", "update"]):
        return False
    return _run(["apt-get", "install", "--yes", "--no-install-recommends", *names])


def _found(python: str) -> Iterator[str]:
    """Browsers that are there, the best first."""
    named = os.environ.get("REMIT_BROWSER")
    if named:
        yield named
    yield from filter(None, map(shutil.which, NAMES))
    yield from (path for path in map(os.path.expandvars, WELL_KNOWN) if Path(path).is_file())
    said = subprocess.run(
        [python, "-c", PLAYWRIGHTS_OWN], capture_output=True, text=True, check=False
    )
    own = said.stdout.strip()
    if own and Path(own).is_file():
        yield own


def _run(command: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, env=environment)
    return done.returncode == 0


if __name__ == "__main__":
    raise SystemExit(main())
