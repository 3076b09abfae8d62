"""What hangs on a message: messages, invitations and files; and what of it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from remit.asks.intake.bounds import MOST_MARKED, MOST_MESSAGE
from remit.asks.intake.mime import SIGNATURES, Mime, MimePart

_PACKED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_ENDINGS = re.compile(r"\.([A-Za-z0-9]{1,5})$")
_KINDS = {
    "pdf": ("pdf", "a PDF file"),
    "docx": ("docx", "a Word file"),
    "docm": ("docx", "a Word file"),
    "doc": ("", "an old Word file"),
    "rtf": ("", "a text file with layout (.rtf)"),
    "odt": ("", "an OpenDocument text"),
    "xlsx": ("sheet", "an Excel file"),
    "xlsm": ("sheet", "an Excel file"),
    "xls": ("sheet", "an old Excel file"),
    "xlsb": ("", "a binary Excel file"),
    "ods": ("sheet", "an OpenDocument spreadsheet"),
    "csv": ("sheet", "a CSV file"),
    "tsv": ("sheet", "a text file with columns"),
    "txt": ("text", "a text file"),
    "md": ("text", "a text file"),
    "pptx": ("", "a PowerPoint file"),
    "ppt": ("", "an old PowerPoint file"),
    "msg": ("", "an Outlook message (.msg)"),
    "zip": ("", "an archive (.zip)"),
}
"""Ending → how it is read (blank: it is not), and what it is called."""

_BY_TYPE = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-outlook": "msg",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "text/csv": "csv",
    "application/zip": "zip",
}
_PICTURE = "a picture"
_PGP_TEXT = "-----BEGIN PGP MESSAGE-----"
_PROTECTED = re.compile(
    r"(?:message|securemessage)(?:_v\d)?\.(?:rpmsg|html)$|\.rpmsg$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that hangs on a message."""

    part: MimePart
    ending: str
    """Its ending, by its name or else by its kind; blank where neither is known."""

    @property
    def reader(self) -> str:
        """How it is read: ``pdf``, ``docx``, ``sheet`` or ``text``; blank where it is not."""
        return _KINDS.get(self.ending, ("", ""))[0]

    @property
    def called(self) -> str:
        """What it is, as a person says it; its name may name somebody."""
        if found := _KINDS.get(self.ending):
            return found[1]
        return _PICTURE if self.part.kind.startswith("image/") else "a file"


class MailParts:
    """The parts of a message besides its words.

    Parameters
    ----------
    mime
        The message.
    """

    def __init__(self, mime: Mime) -> None:
        self._mime = mime

    @cached_property
    def _leaves(self) -> list[MimePart]:
        return list(self._mime.leaves())

    @property
    def is_report(self) -> bool:
        """Whether it tells what became of another message."""
        return self._mime.root.kind == "multipart/report"

    @cached_property
    def files(self) -> list[MailFile]:
        """The files that hang on it, pictures in signatures and what signs it left out."""
        return [MailFile(part, _ending(part)) for part in self._leaves if _is_file(part)]

    def messages(self) -> Iterator[bytes]:
        """The messages that hang on it whole."""
        for part in self._leaves:
            if part.kind == "message/rfc822" or _ending(part) == "eml":
                yield self._mime.content(part, MOST_MESSAGE)

    def invitations(self) -> Iterator[bytes]:
        """The invitations in it; an answer to one is none."""
        for part in self._leaves:
            is_calendar = part.kind == "text/calendar" or _ending(part) == "ics"
            if is_calendar and part.parameter("method") not in {"reply", "counter", "refresh"}:
                yield self._mime.content(part, MOST_MARKED)

    @property
    def called(self) -> str:
        """What its files are, as a person says it; pictures only where there is nothing else."""
        said = list(dict.fromkeys(file.called for file in self.files))
        return ", ".join([one for one in said if one != _PICTURE] or said)

    @property
    def is_cancellation(self) -> bool:
        """Whether it takes an invitation back."""
        return any(part.parameter("method") == "cancel" for part in self._leaves)

    def bytes_of(self, file: MailFile, most: int) -> bytes:
        """What a file holds, up to a length or a little more."""
        # As it is sent it is longer by a third, and by the ends of lines.
        return self._mime.content(file.part, 2 * most)

    def unreadable(self, text: str) -> tuple[str, bool]:
        """Why its words cannot be read, blank where they can; and whether that is all of them.

        Parameters
        ----------
        text
            The words that were found all the same.

        Examples
        --------
        >>> MailParts(Mime(b"Subject: x\\n\\nWords")).unreadable("Words")
        ('', False)
        """
        kinds = {part.kind for part in self._leaves} | {self._mime.root.kind}
        names = [part.file_name.lower() for part in self._leaves]
        if sealed := self._sealed(text, kinds, names):
            return f"the message is {sealed}, and its text was not read", True
        if "application/ms-tnef" not in kinds and "winmail.dat" not in names:
            return "", False
        if text.strip():
            return "what else is packed in winmail.dat was not read", False
        return "the text is packed in winmail.dat (Outlook), and was not read", True

    def _sealed(self, text: str, kinds: set[str], names: list[str]) -> str:
        """How the words are locked away; blank where they are not."""
        if "multipart/encrypted" in kinds or _PGP_TEXT in text:
            return "encrypted (PGP)"
        if packed := [part for part in self._leaves if part.kind in _PACKED]:
            signed = packed[0].parameter("smime-type") == "signed-data"
            return "signed and packed (S/MIME)" if signed else "encrypted (S/MIME)"
        return "protected (Microsoft 365)" if any(map(_PROTECTED.search, names)) else ""


def _is_file(part: MimePart) -> bool:
    if part.kind in SIGNATURES or part.kind in _PACKED or part.kind == "text/calendar":
        return False
    if part.kind in {"message/rfc822", "application/ms-tnef"} or _ending(part) in {"eml", "ics"}:
        return False
    return part.is_attachment or bool(part.file_name and not part.kind.startswith("image/"))


def _ending(part: MimePart) -> str:
    found = _ENDINGS.search(part.file_name.strip())
    return found[1].lower() if found else _BY_TYPE.get(part.kind, "")
