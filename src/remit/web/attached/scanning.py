"""The hook for a scanner: until it says clean, nobody is given the file."""

from __future__ import annotations

import shlex
import socket
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_SECONDS = 60
_CHUNK = 64 * 1024
_MOST_SAID = 500


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scanner answered."""

    state: str
    """``clean``, ``found``, or ``waiting`` where it gave no answer that can be trusted."""
    said: str


def scanner() -> str:
    """The scanner of the settings; nothing where there is none."""
    from django.conf import settings

    return str(settings.REMIT_SCANNER)


def scan(path: Path, by: str) -> Scanned:
    """Have a file looked through.

    Parameters
    ----------
    path
        The file.
    by
        ``command:PROGRAM …``, to which the path is given (0 clean, 1 something found), or
        ``clamd:///SOCKET`` or ``clamd://HOST:PORT``, to which the bytes are sent.

    Examples
    --------
    >>> scan(Path("pyproject.toml"), "command:false").state
    'found'
    """
    try:
        kind, said = _by_command(path, by) if by.startswith("command:") else _by_clamd(path, by)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        kind, said = "waiting", f"no answer: {type(error).__name__}"
    plain = "".join(one if one.isprintable() else " " for one in said.replace(str(path), "it"))
    return Scanned(kind, " ".join(plain.split())[:_MOST_SAID])


def _by_command(path: Path, by: str) -> tuple[str, str]:
    words = [*shlex.split(by.removeprefix("command:")), str(path)]
    done = subprocess.run(
        words, capture_output=True, check=False, timeout=_SECONDS, stdin=subprocess.DEVNULL
    )
    said = (done.stdout + b" " + done.stderr).decode("utf-8", "replace").strip()
    return {0: "clean", 1: "found"}.get(done.returncode, "waiting"), said or f"{done.returncode}"


def _by_clamd(path: Path, by: str) -> tuple[str, str]:
    parts = urlsplit(by)
    with _connected(parts.path, parts.hostname, parts.port) as talk, path.open("rb") as file:
        talk.sendall(b"zINSTREAM\0")
        while chunk := file.read(_CHUNK):
            talk.sendall(struct.pack(">I", len(chunk)) + chunk)
        talk.sendall(struct.pack(">I", 0))
        said = b""
        while len(said) < 4096 and not said.endswith(b"\0") and (more := talk.recv(4096)):
            said += more
    words = said.rstrip(b"\0").decode("utf-8", "replace").strip()
    if words.endswith(" OK"):
        return "clean", words
    return ("found" if words.endswith(" FOUND") else "waiting"), words or "no answer"


def _connected(path: str, host: str | None, port: int | None) -> socket.socket:
    if host:
        return socket.create_connection((host, port or 3310), timeout=_SECONDS)
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    made.settimeout(_SECONDS)
    try:
        made.connect(path)
    except OSError:
        made.close()
        raise
    return made
