"""Settings of mail: on the console, unless a server is named."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

from remit.web.instance import InstanceError

_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
"""How a server is spoken to → its usual port: TLS asked for (STARTTLS), TLS at once, none."""
_WRONG = (
    "EMAIL_URL: give smtp://USER:PASSWORD@HOST:PORT (STARTTLS), smtps://… (TLS from the start) or "
    "smtp+plain://HOST:PORT (a relay of your own network), or leave it out for the console"
)


def mail_settings(environ: Mapping[str, str], address: str = "") -> dict[str, Any]:
    """How mail is sent.

    Parameters
    ----------
    environ
        ``EMAIL_URL`` and ``REMIT_MAIL_FROM``, both of which may be missing.
    address
        The address by which people reach the instance; mail that leaves the machine needs it.

    Raises
    ------
    InstanceError
        If one is wrong, or one of the two is missing.

    Examples
    --------
    >>> mail_settings({})["EMAIL_BACKEND"]
    'django.core.mail.backends.console.EmailBackend'
    >>> given = {"EMAIL_URL": "smtps://mail.example", "REMIT_MAIL_FROM": "remit@icb.example"}
    >>> found = mail_settings(given, "https://oversight.example")
    >>> found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_SSL"]
    ('mail.example', 465, True)
    """
    given, sender = environ.get("EMAIL_URL", "").strip(), environ.get("REMIT_MAIL_FROM", "").strip()
    if sender and (not parseaddr(sender)[1].count("@") == 1 or not sender.isprintable()):
        raise InstanceError(f"REMIT_MAIL_FROM: {sender!r} is no address of mail")
    if not given:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend",
            "DEFAULT_FROM_EMAIL": sender or "remit@localhost",
        }
    try:
        parts = urlsplit(given)
        port, host = parts.port, parts.hostname
    except ValueError:  # it is not repeated: there may be a password in it
        raise InstanceError(_WRONG) from None
    if parts.scheme not in _PORTS or not host or parts.path.strip("/"):
        raise InstanceError(_WRONG)
    if parts.scheme == "smtp+plain" and parts.password:
        raise InstanceError("EMAIL_URL: a password goes to no server in plain text; use smtps://")
    if not sender:
        raise InstanceError("REMIT_MAIL_FROM: not set; mail needs the address that it comes from")
    if not address:
        raise InstanceError("REMIT_WEB_URL: not set; mail leads to the address that people reach")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 30,
        "DEFAULT_FROM_EMAIL": sender,
    }
