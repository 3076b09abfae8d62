"""The folder of an instance: its secret key, its embedded database, and whether it is a demo."""

from __future__ import annotations

import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from remit.model.errors import RemitError

KEY, DATABASE, DEMO = "secret.key", "remit.sqlite", "demonstration"
_KEY_BYTES = 48
_MINE_ALONE = 0o600


class InstanceError(RemitError):
    """The folder is no instance of the web application, or cannot be one."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A folder that holds what belongs to one installation."""

    folder: Path
    secret: str
    is_demo: bool = False

    @property
    def database(self) -> Path:
        """Where the embedded database lies, unless ``DATABASE_URL`` names another."""
        return self.folder / DATABASE


def make_instance(folder: Path, *, demo: bool = False) -> Instance:
    """Make the folder of an instance with a secret key that only its owner may read.

    Parameters
    ----------
    folder
        Where; it is made if it is not there. One that holds an instance already is opened.
    demo
        Whether it is for trying out, with invented people and a picker in place of passwords.

    Raises
    ------
    InstanceError
        If the place is taken by something else, cannot be written, or is an instance of the other
        kind.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     made = make_instance(Path(place) / "web")
    ...     made.folder.name, made.is_demo, len(made.secret) > 50
    ('web', False, True)
    """
    folder = folder.absolute()
    try:
        if (folder / KEY).exists():
            found = open_instance(folder)
            if found.is_demo is not demo:
                kind = "a demonstration" if found.is_demo else "no demonstration"
                raise InstanceError(f"{folder}: this is {kind} already; name another folder")
            return found
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InstanceError(f"{folder}: there is something else here; name an empty folder")
        folder.mkdir(parents=True, exist_ok=True)
        if os.name != "nt":
            folder.chmod(0o700)
        if demo:
            (folder / DEMO).touch()
        _write_key(folder / KEY)
    except OSError as error:
        raise InstanceError(f"{folder}: it cannot be made: {error.strerror}") from None
    return open_instance(folder)


def open_instance(folder: Path) -> Instance:
    """The instance in a folder.

    Raises
    ------
    InstanceError
        If there is none, or others than its owner may read its key.
    """
    folder = folder.absolute()
    key = folder / KEY
    try:
        mode = key.stat().st_mode
        secret = key.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise InstanceError(
            f"{folder}: here is no instance; make one with: remit web init {folder}"
        ) from None
    if os.name != "nt" and stat.S_IMODE(mode) & 0o077:
        raise InstanceError(f"{key}: others may read this key; change that with: chmod 600 {key}")
    if len(secret) < _KEY_BYTES:
        raise InstanceError(f"{key}: this is no key; put the right one back from a backup")
    return Instance(folder, secret, (folder / DEMO).exists())


def _write_key(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MINE_ALONE)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(_KEY_BYTES) + "\n")
