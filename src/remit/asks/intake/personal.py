"""Texts as they come in: what they quote is left out, and personal data are taken out of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from remit.asks.screening import NAME, Redacted, Redactor
from remit.catalogue import declared
from remit.model.intake import PersonalFile

__all__ = ["NAME", "Redacted", "Redactor", "load_personal", "without_quotes"]

_QUOTED = re.compile(
    r"^\s*(?:-{2,}\s*(?:original|forwarded) (?:message|appointment)|_{10,}\s*$"
    r"|on .{6,80}\bwrote:\s*$|from:\s.*$|begin forwarded message)",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^\s*(?:from|to|cc|bcc|sent|date|subject|importance):", re.IGNORECASE)


def without_quotes(text: str) -> tuple[str, bool]:
    """A message without what it quotes of earlier ones, and whether it quoted any."""
    kept: list[str] = []
    lines = text.splitlines()
    quoted = False
    for index, line in enumerate(lines):
        if line.lstrip().startswith(">"):
            quoted = True
            continue
        if _QUOTED.match(line) and _begins_quote(lines, index):
            quoted = True
            break
        kept.append(line)
    return "\n".join(kept).strip(), quoted


def _begins_quote(lines: list[str], index: int) -> bool:
    """Whether a line that may head a quotation does: ``From:`` needs a second header below."""
    if not _HEADER.match(lines[index]):
        return True
    following = [line for line in lines[index + 1 : index + 5] if line.strip()]
    return any(_HEADER.match(line) for line in following)


@cache
def load_personal(own: Path | None = None) -> PersonalFile:
    """The words by which names are found: Remit's, or a file of the user's own.

    Raises
    ------
    DeclarationError
        If the file is faulty; the message names file, line, key and remedy.
    """
    if own is not None:
        return declared.read(own).validate(PersonalFile)
    (file,) = declared.packaged("personal")
    return file.validate(PersonalFile)
