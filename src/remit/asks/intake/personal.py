"""Texts as they come in: what they quote is left out, and personal data are taken out of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from remit.asks.screening import NAME, Redacted, Redactor
from remit.catalogue import declared
from remit.model.intake import PersonalFile

__all__ = ["NAME", "Redacted", "Redactor", "load_personal", "quoted_people", "without_quotes"]

_MOST_QUOTED = 200
_QUOTED_HEADER = re.compile(
    r"^[> \t]*\*?(?:from|to|cc|bcc|reply-to|sender|von|de|an)\*?:\*?[ \t]*(.{1,400})$",
    re.IGNORECASE | re.M,
)
_WROTE = re.compile(
    r"^[> \t]*on .{6,120}?(?:,|\d)\s+([^,\d\n]{3,120}) wrote:\s*$", re.IGNORECASE | re.M
)

_QUOTED = re.compile(
    r"^\s*(?:-{2,}\s*(?:original|forwarded) (?:message|appointment)|_{10,}\s*$"
    r"|on .{6,80}\bwrote:\s*$|from:\s.*$|begin forwarded message)",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^\s*(?:from|to|cc|bcc|sent|date|subject|importance):", re.IGNORECASE)

_OF_A_MESSAGE = re.compile(r"^\s*\**(?:sent|date|subject)\**:", re.IGNORECASE)
"""What a message has and a table of periods (``From: … To: …``) has not."""


def without_quotes(text: str) -> tuple[str, bool]:
    """A message without what it quotes of earlier ones, and whether it quoted any."""
    kept: list[str] = []
    lines = text.splitlines()
    quoted = False
    for index, line in enumerate(lines):
        if line.lstrip().startswith(">"):
            quoted = True
            continue
        if _QUOTED.match(line) and _begins_quote(lines, index, _OF_A_MESSAGE):
            quoted = True
            break
        kept.append(line)
    return "\n".join(kept).strip(), quoted


def quoted_people(text: str) -> list[str]:
    """The names in the headers of quoted and forwarded messages within a text."""
    blocks = _QUOTED_HEADER.findall(text)[:_MOST_QUOTED] if _quotes(text) else []
    return [*(name for block in blocks for name in block.split(";")), *_WROTE.findall(text)]


def _quotes(text: str) -> bool:
    lines = text.splitlines()
    return any(
        _HEADER.match(line.lstrip("> *"))
        and _begins_quote([x.lstrip("> *") for x in lines[i : i + 5]], 0)
        for i, line in enumerate(lines)
    )


def _begins_quote(lines: list[str], index: int, second: re.Pattern[str] = _HEADER) -> bool:
    """Whether a line that may head a quotation does: ``From:`` needs a second header below."""
    if not _HEADER.match(lines[index]):
        return True
    following = [line for line in lines[index + 1 : index + 5] if line.strip()]
    return any(second.match(line) for line in following)


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
