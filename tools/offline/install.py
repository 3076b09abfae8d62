"""Install Remit from the folder that this file lies in, without a network.

``python install.py [FOLDER]`` makes the folder (if none is named: ``remit`` in the home folder)
with an environment of its own. It needs Python, with pip and venv, and nothing else.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHONS = {(3, 11), (3, 12), (3, 13)}


def main(arguments):
    """Check the files, make the environment and install; 0 if all is well, else 2."""
    if sys.version_info[:2] not in PYTHONS:
        return stop(f"this is Python {sys.version.split()[0]}; Remit needs 3.11, 3.12 or 3.13")
    wrong = sorted(changed())
    if wrong:
        return stop("these files are missing, or not as they were packed: " + ", ".join(wrong))
    place = Path(arguments[0] if arguments else Path.home() / "remit").resolve()
    if place.exists() and any(place.iterdir()) and not (place / "pyvenv.cfg").is_file():
        return stop(f"{place} holds something else; name another folder")
    venv.create(place, with_pip=True)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "--isolated", "--disable-pip-version-check"]
    # --isolated and --no-index: no setting of this machine makes pip look elsewhere.
    install = [*pip, "install", "--quiet", "--no-index", "--no-cache-dir"]
    wheels = HERE / "wheels"
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(HERE / "requirements.txt")]
    steps = ([*locked, "--find-links", str(wheels)], ["--no-deps", *map(str, own(wheels))])
    for step in steps:
        if subprocess.run([*install, *step], check=False).returncode:
            return stop("pip could not install; what it says stands above")
    print(f"Remit is installed: {programs / 'remit'}\nTry: {programs / 'remit'} demo")
    return 0


def own(wheels):
    """Remit's own wheel."""
    return wheels.glob("remit-*.whl")


def changed():
    """The files whose digest is not that of SHA256SUMS."""
    for line in (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        path = HERE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield name


def stop(why):
    """Say why nothing was installed."""
    print(f"Not installed: {why}.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
