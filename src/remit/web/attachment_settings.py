"""Settings of attachments: how large, how many, and by what they are looked through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from remit.web.instance import InstanceError

_MB = 1024 * 1024
_WRONG = (
    "REMIT_WEB_SCANNER: give command:PROGRAM with its options, clamd:///PATH/OF/SOCKET or "
    "clamd://HOST:PORT, or leave it out"
)


def attachment_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """What is taken as an attachment.

    Raises
    ------
    InstanceError
        If a setting is wrong.

    Examples
    --------
    >>> attachment_settings({})["REMIT_ATTACHMENTS_MOST"]
    20
    """
    return {
        "REMIT_ATTACHMENT_BYTES": _MB * _number(environ, "REMIT_WEB_ATTACHMENT_MB", 10, 100),
        "REMIT_ATTACHMENTS_MOST": _number(environ, "REMIT_WEB_ATTACHMENTS", 20, 200),
        "REMIT_SCANNER": _scanner(environ.get("REMIT_WEB_SCANNER", "").strip()),
        "FILE_UPLOAD_HANDLERS": ["remit.web.attached.uploads.BoundedUploadHandler"],
        "FILE_UPLOAD_PERMISSIONS": 0o600,
    }


def _number(environ: Mapping[str, str], name: str, usual: int, most: int) -> int:
    given = environ.get(name, str(usual)).strip()
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= most):
        raise InstanceError(f"{name}: {given!r} is no whole number from 1 to {most}")
    return int(given)


def _scanner(given: str) -> str:
    if not given or given.removeprefix("command:").strip() != given:
        if given == "command:":
            raise InstanceError(_WRONG)
        return given
    try:
        parts = urlsplit(given)
        port = parts.port or 1
    except ValueError:
        raise InstanceError(_WRONG) from None
    if parts.scheme != "clamd" or not port or not (parts.hostname or parts.path.strip("/")):
        raise InstanceError(_WRONG)
    return given
