"""The bytes: each under a random name in the folder of the instance, for its owner alone."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

FOLDER = "attached"
_PLACE = re.compile(r"[0-9a-f]{64}")
_YOUNG = 3600
_CHUNK = 1024 * 1024


def folder() -> Path:
    """Where the bytes lie: in the folder of the instance, which no web server gives out."""
    from django.conf import settings

    return Path(settings.REMIT_FOLDER) / FOLDER


def path_of(place: str) -> Path:
    """Where the bytes of a random name lie.

    Raises
    ------
    ValueError
        If it is no such name.
    """
    if not _PLACE.fullmatch(place):
        raise ValueError(f"{place!r} is no name of an attachment's bytes")
    return folder() / place[:2] / place


def put_bytes(chunks: Iterator[bytes]) -> tuple[str, int, str]:
    """Put bytes down, whole and on the disk; their random name, their number and their digest.

    Parameters
    ----------
    chunks
        The bytes.
    """
    place, digest, size = secrets.token_hex(32), hashlib.sha256(), 0
    path = path_of(place)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder().chmod(0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        drop_bytes(place)
        raise
    return place, size, digest.hexdigest()


def drop_bytes(place: str) -> None:
    """Take bytes away; nothing happens where there are none."""
    with suppress(OSError):
        path_of(place).unlink(missing_ok=True)


def forget_bytes(sender: Any, instance: Any, using: str, **_given: Any) -> None:
    """Take the bytes of a row away that was deleted, once that is sure."""
    from django.db import transaction

    del sender
    transaction.on_commit(lambda: drop_bytes(instance.place), using=using)


def places() -> Iterator[Path]:
    """All bytes that lie there."""
    held = folder()
    if held.is_dir():
        yield from (one for one in sorted(held.glob("??/*")) if _PLACE.fullmatch(one.name))


def sweep() -> int:
    """Take bytes away of which no row is left, or whose row is a tombstone; how many.

    A process that was ended between writing bytes and their row leaves such. What is younger than
    an hour stays: its row may be on the way.
    """
    from remit.web.attached.models import Attachment

    count = 0
    for path in places():
        if time.time() - path.stat().st_mtime < _YOUNG:
            continue
        if not Attachment.objects.filter(place=path.name, gone_at=None).exists():
            drop_bytes(path.name)
            count += 1
    return count


def astray() -> list[str]:
    """What is wrong with the bytes: those that are missing or are not what was put there."""
    from remit.web.attached.models import Attachment

    found = []
    for row in Attachment.objects.filter(gone_at=None).order_by("pk").iterator():
        digest = hashlib.sha256()
        try:
            with path_of(row.place).open("rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
        except OSError:
            found.append(f"Attachment {row.pk}: its bytes are missing")
            continue
        if digest.hexdigest() != row.sha256:
            found.append(f"Attachment {row.pk}: its bytes are not those that were put there")
    return found
