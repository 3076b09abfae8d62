"""What a file is by its content; the name is held against it, and never believed."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

_MB = 1024 * 1024
MOST_UNPACKED = 100 * _MB
"""What a Word or Excel file may come to when it is unpacked."""
_MOST_PARTS = 5000
_CHUNK = 64 * 1024
_OFFICE = {
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
}
KINDS = tuple(_MIME)
_SAME = {"jpeg": "jpg", "jfif": "jpg"}
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php")


class NotTaken(ValueError):
    """A file that is not taken, and why, in words for whoever sent it."""


def mime_of(kind: str) -> str:
    """As what a file of a kind is given out.

    Examples
    --------
    >>> mime_of("pdf")
    'application/pdf'
    """
    return _MIME[kind]


def kind_of(path: Path, name: str) -> str:
    """What a file is, by its content.

    Parameters
    ----------
    path
        Where it lies.
    name
        As it was called by whoever sent it: its ending must be that of the content.

    Returns
    -------
    str
        One of :data:`KINDS`.

    Raises
    ------
    NotTaken
        If it is of no kind that is taken, is two kinds at once, or is called another.
    """
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    ending = _SAME.get(ending, ending)
    found = _content_of(path, ending)
    if found != ending:
        raise NotTaken(
            f"It is called {PurePosixPath(name).suffix or 'nothing'}, and its content is "
            f"{found or 'of no kind that is taken'}. Taken are {', '.join(KINDS)}"
        )
    return found


def _content_of(path: Path, ending: str) -> str:
    import puremagic

    with path.open("rb") as file:
        head = file.read(8192)
    if not head:
        raise NotTaken("It is empty")
    if head.startswith(b"PK\x03\x04"):
        return _office(path, head)
    try:
        known = {one.extension.removeprefix(".") for one in puremagic.magic_string(head)}
    except puremagic.PureError:
        known = set()
    for kind, begins in (
        ("pdf", b"%PDF-"),
        ("png", b"\x89PNG\r\n\x1a\n"),
        ("jpg", b"\xff\xd8\xff"),
    ):
        if head.startswith(begins) and kind in known:
            _check_end(path, kind)
            return kind
    return ending if ending in {"csv", "txt"} and _is_text(path) else ""


def _check_end(path: Path, kind: str) -> None:
    """A file that goes on after its end, or is an archive as well, is two files in one."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        tail = file.read().rstrip(b"\x00\r\n ")
    ends = {"pdf": b"%%EOF", "png": b"IEND\xae\x42\x60\x82", "jpg": b"\xff\xd9"}[kind]
    if not tail.endswith(ends) or zipfile.is_zipfile(path):
        raise NotTaken(f"It begins as {kind} and does not end as one: it may be two files in one")


def _office(path: Path, head: bytes) -> str:
    """Which of Word's and Excel's files it is; each part is unpacked and counted, and none kept.

    Raises
    ------
    NotTaken
        If it is another archive, unpacks to too much, holds macros, or is another file as well.
    """
    if b"%PDF-" in head[:1024]:
        raise NotTaken("It is two files in one")
    try:
        with zipfile.ZipFile(path) as parts:
            infos = parts.infolist()
            _check_parts(infos, path.stat().st_size)
            left = MOST_UNPACKED
            for info in infos:
                left -= _unpacked(parts, info, left)
            with parts.open("[Content_Types].xml") as file:
                types = file.read(_MB)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, EOFError):
        raise NotTaken(
            "It is an archive that cannot be read, or no file of Word or Excel"
        ) from None
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise NotTaken("It holds macros; save it without them")
    return next((kind for kind, mark in _OFFICE.items() if mark in types), "")


def _check_parts(infos: list[zipfile.ZipInfo], size: int) -> None:
    names = [info.filename for info in infos]
    if len(infos) > _MOST_PARTS or len(set(names)) != len(names):
        raise NotTaken("It has too many parts, or two of one name")
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        raise NotTaken("A part of it is named as a path that leads elsewhere")
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js")) for name in names):
        raise NotTaken("It holds macros or programs; save it without them")
    if sum(info.compress_size for info in infos) > size or min(
        (info.header_offset for info in infos), default=1
    ):
        raise NotTaken("Its parts lie over each other, or something stands before them")


def _unpacked(parts: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> int:
    """How many bytes a part really comes to, whatever it says of itself."""
    count = 0
    with parts.open(info) as file:
        while chunk := file.read(_CHUNK):
            count += len(chunk)
            if count > left:
                raise NotTaken(f"Unpacked it comes to more than {MOST_UNPACKED // _MB} MB")
    return count


def _is_text(path: Path) -> bool:
    """Whether it is text in UTF-8 without control signs, and no page or program of the web."""
    text = path.read_bytes()
    if any(mark in text[:1024].lower() for mark in _MARKUP):
        return False
    try:
        words = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any((ord(one) < 32 and one not in "\t\n\r\f") or one == "\x7f" for one in words)
