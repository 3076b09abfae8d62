"""The declared access matrix of files that hang on records; read by ``test_access_matrix``."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from remit.records.audit import SYSTEM, Event, create
from remit.web.attached.held_files import put_bytes
from remit.web.attached.models import Attachment
from tests.web.world import ORGANISATIONS

LOOK, SEND, FORM = ("GET", "HEAD"), ("POST",), ("GET", "HEAD", "POST")
RULES: dict[str, tuple[str, tuple[str, ...]]] = {
    "attached": ("see", LOOK),
    "attached_new": ("write", SEND),
    "attachment": ("see", LOOK),
    "attachment_gone": ("write", FORM),
}


def fill_attached() -> None:
    """A file for the ask of each organisation."""
    for code in ORGANISATIONS:
        add_file(code)


def add_file(code: str, content: bytes = b"a word", **more: Any) -> Any:
    place, size, digest = put_bytes(iter([content]))
    given = {"ask_id": f"ASK{code}", "name": f"of {code}.txt", "kind": "txt", "size": size,
             "sha256": digest, "place": place, "state": "unscanned", "put_at": timezone.now(),
             "put_by": SYSTEM} | more  # fmt: skip
    return create(Event(SYSTEM, code, "add"), Attachment, **given)


def arguments(name: str, code: str) -> list[Any]:
    if name in {"attached", "attached_new"}:
        return ["ask", f"ASK{code}"]
    if name in RULES:
        return [Attachment.objects.get(ask_id=f"ASK{code}", name=f"of {code}.txt").pk]
    return []


def sent(name: str) -> dict[str, Any]:
    if name != "attached_new":
        return {}
    return {"file": SimpleUploadedFile("more.txt", b"another word")}
