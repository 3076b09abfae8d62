"""Set Remit up, try it and test it, by the same commands on Windows, macOS and Linux.

Run it with Python 3.11 or later; it needs nothing else: ``python3 tools/task.py COMMAND``.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 (a newcomer may run this with any Python)
    sys.exit("Remit needs Python 3.11 or later; this is Python " + sys.version.split()[0])

from browser import NoBrowser, browser, install_debian_packages

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
UV_VERSION = "0.13.9"
OLDEST_UV = (0, 9)
PROGRAMS = "Scripts" if os.name == "nt" else "bin"
SUFFIX = ".exe" if os.name == "nt" else ""
WEB_TESTS = "tests/web"
# The server's programs are looked for where Linux and macOS have them.
WEB_DATABASES = ("sqlite",) if os.name == "nt" else ("sqlite", "postgresql")


class Stop(Exception):
    """Nothing more can be done; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; the exit code is that of the first step that fails."""
    parser = argparse.ArgumentParser(prog="task.py", description=__doc__)
    parser.add_argument("command", choices=COMMANDS, help="what to do")
    parser.add_argument(
        "--no-browser", action="store_true", help="leave out the tests that drive a browser"
    )
    chosen = parser.parse_args(arguments)
    if chosen.no_browser:
        os.environ["REMIT_NO_BROWSER"] = "1"
    try:
        COMMANDS[chosen.command]()
    except (Stop, NoBrowser) as stop:
        print(stop, file=sys.stderr)
        return 3
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    except KeyboardInterrupt:
        return 130
    return 0


# Commands ----------------------------------------------------------------------------------------


def setup() -> None:
    """Install Remit with all its extras, as its lock file says; this needs no Node.js."""
    sync()


def demo() -> None:
    """Make the site of the fictional sample in the folder ``demo``."""
    setup()
    run(program("remit"), "demo", "--out", "demo")
    shown = Path(program("remit")).relative_to(ROOT)
    print(f"The command remit is {shown}, so here: {shown} site serve demo/site", flush=True)


def lint() -> None:
    """Check style, types and the layers of the house."""
    setup()
    run_linters()


def test() -> None:
    """Lint, run all tests but those against published files, and hold what they ran to floors."""
    setup()
    run_linters()
    keep_bytecode()
    print("Left out: the checks against NHS England's published files (see .ci/run)", flush=True)
    shutil.rmtree(ROOT / "build" / "coverage", ignore_errors=True)
    usual = "not conformance and not evidence"
    measured = [program("python"), "-m", "coverage", "run", "-m"]
    run_tests(f"{usual} and not timed", measured)
    run_web_tests(f"{usual} and not timed", measured)
    run_tests(f"{usual} and timed")
    if not os.environ.get("REMIT_NO_BROWSER"):
        run(program("python"), "tools/coverage_floors.py")


def conformance() -> None:
    """Run the tests against the published files (REMIT_SHARED_DATA, else ../shared/data)."""
    setup()
    keep_bytecode()
    run_tests("conformance and not evidence")


def evidence() -> None:
    """Run what is too long for every change: hundreds of rounds, all attacks, the races."""
    setup()
    keep_bytecode()
    run_tests("evidence")
    run_web_tests("evidence", (program("python"), "-m"))


def screens() -> None:
    """Take the pictures of the documentation anew, in ``docs/screens`` and ``docs/images/web``."""
    setup()
    os.environ["REMIT_SCREENS"] = "1"
    run_tests("browser", only="tests/browser/test_screens.py")
    run_tests("browser", only=f"{WEB_TESTS}/test_in_a_browser.py", named="pictures")


def audit() -> None:
    """Ask the registries whether a locked package has a known fault; needs the network."""
    sync("--group", "node")
    run(program("python"), "tools/audit.py", find_uv())


def docs() -> None:
    """Build the documentation as a web site in the folder ``build/docs``, strictly."""
    setup()
    run(program("python"), "tools/docs_site.py")


def wheel() -> None:
    """Build the wheel in the folder ``dist``."""
    setup()
    run(find_uv(), "build", "--wheel", "--quiet", "--python", sys.executable, "--out-dir", "dist")
    print("Built:", *(path.name for path in (ROOT / "dist").glob("*.whl")), flush=True)


def bundle() -> None:
    """Write the folder ``dist/remit-bundle-…`` for machines without the internet."""
    wheel()
    run(program("python"), "tools/bundle.py", find_uv())


def clean() -> None:
    """Remove what the other commands make, but for the installed packages."""
    for name in ("build", "demo", "dist", "test-results"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for path in ROOT.glob(".*_cache"):
        shutil.rmtree(path, ignore_errors=True)


COMMANDS = {
    "setup": setup,
    "demo": demo,
    "test": test,
    "lint": lint,
    "conformance": conformance,
    "evidence": evidence,
    "screens": screens,
    "audit": audit,
    "docs": docs,
    "wheel": wheel,
    "bundle": bundle,
    "clean": clean,
}


# Steps -------------------------------------------------------------------------------------------


def sync(*more: str) -> None:
    """Make the project's environment what the lock file says."""
    run(find_uv(), "sync", "--locked", "--all-extras", "--quiet", "--python", sys.executable, *more)


def run_linters() -> None:
    """Ruff, mypy and import-linter."""
    run(program("ruff"), "check", "--quiet")
    run(program("ruff"), "format", "--check", "--quiet")
    run(program("mypy"))
    run(program("lint-imports"))


def keep_bytecode() -> None:
    """Compile each file of Python once, also where it is told to write nothing beside the source.

    Tests begin hundreds of processes; to compile all that they load takes each two seconds more.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / "build" / "bytecode")


def run_tests(marks: str, python: Sequence[str] = (), only: str = "", named: str = "") -> None:
    """Run pytest on all processors, with a browser and strace at hand."""
    if sys.platform == "linux" and shutil.which("strace") is None:
        # It holds one process while another writes: the races of two who write are certain then.
        if not install_debian_packages("strace"):
            print("Without strace the certain races are left out; install it.", flush=True)
    if os.environ.get("REMIT_NO_BROWSER"):
        marks = f"({marks}) and not browser"
    else:
        os.environ["REMIT_BROWSER"] = browser(program("python"))
        sync("--group", "node")
        run(program("python"), "tools/assets.py")
    these = ["-n", "0", only] if only else ["-n", "auto", "--dist", "loadgroup"]
    apart = () if only else (f"--ignore={WEB_TESTS}",)
    those = ("-k", named) if named else ()
    run(*(python or (program("python"), "-m")), "pytest", *these, *apart, *those, "-m", marks)


def run_web_tests(marks: str, python: Sequence[str]) -> None:
    """Run the tests of the web application, on SQLite and on a PostgreSQL server.

    In processes of their own: Django is set up once in a process, and those of the records set it
    up in another way. What lines are run is measured on the first database alone: measuring makes
    each test half as long again, and the second runs the same.
    """
    if os.environ.get("REMIT_NO_BROWSER"):
        marks = f"({marks}) and not browser"
    for database in WEB_DATABASES:
        os.environ["REMIT_TEST_DATABASE"] = database
        these = ["-n", "auto", "--dist", "loadgroup", WEB_TESTS]
        run(*python, "pytest", *these, "-m", marks)
        python = (program("python"), "-m")
    del os.environ["REMIT_TEST_DATABASE"]


def run(*command: str) -> None:
    """Run a program in the repository's root; without standard input, so that none can ask."""
    subprocess.run(command, cwd=ROOT, check=True, stdin=subprocess.DEVNULL)


def program(name: str) -> str:
    """A program of the project's environment."""
    return str(VENV / PROGRAMS / (name + SUFFIX))


def find_uv() -> str:
    """The uv of this machine if it is new enough, else one installed for the project alone."""
    known = shutil.which("uv")
    if known and uv_version(known) >= OLDEST_UV:
        return known
    own = TOOLS / f"uv-{UV_VERSION}"
    place = own / PROGRAMS / f"uv{SUFFIX}"
    if uv_version(str(place)) == (0,):
        install_uv(own)
    return str(place)


def uv_version(path: str) -> tuple[int, ...]:
    """The version of a uv, or (0,) where it does not run."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
        return tuple(int(part) for part in said.stdout.split()[1].split(".")[:2])
    except (OSError, ValueError, IndexError, subprocess.CalledProcessError):
        return (0,)


def install_uv(folder: Path) -> None:
    """Install uv with pip, in an environment of its own."""
    print(f"Installing uv {UV_VERSION} in {folder.relative_to(ROOT)}", flush=True)
    make = [sys.executable, "-m", "venv", "--clear", str(folder)]
    if subprocess.run(make, check=False, capture_output=True).returncode:
        minor = f"python3.{sys.version_info.minor}-venv"
        if not install_debian_packages(minor) or subprocess.run(make, check=False).returncode:
            raise Stop(
                "This Python cannot make virtual environments. Install its venv package (on "
                f"Debian and Ubuntu: {minor}), or uv (https://docs.astral.sh/uv/)."
            )
    python = str(folder / PROGRAMS / f"python{SUFFIX}")
    run(python, "-m", "pip", "install", "--quiet", f"uv=={UV_VERSION}")


if __name__ == "__main__":
    raise SystemExit(main())
