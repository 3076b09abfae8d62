"""A file is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write bytes, or a text as UTF-8, beside its place first and then moved there.

    A file that was there stays as it was until the new one is whole. A folder that is missing is
    made.

    Raises
    ------
    OSError
        If it cannot be written; nothing is left behind.
    """
    whole = content.encode("utf-8") if isinstance(content, str) else content
    draft = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with draft.open("xb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
