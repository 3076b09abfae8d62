"""An organisation's own templates of slides and documents, read with care before they are used.

A template is a zip archive of XML from somewhere else. It is unpacked within limits, what cannot be
used is refused with what to do, and what must not be passed on (macros, signatures) is left out.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from remit.files.archives import ArchiveError, LockedArchive, open_archive, printable, unpack
from remit.files.limits import Limit
from remit.files.reading import read_bytes
from remit.model.errors import AssessmentError

TEMPLATE_BYTES = Limit("REMIT_LARGEST_TEMPLATE", 200_000_000)
"""Bytes of a template, and of all that is unpacked from it together."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_STRICT = b"http://purl.oclc.org/ooxml/"
_MAIN = "application/vnd.openxmlformats-officedocument."
_MACRO = "application/vnd.ms-"
_UNWANTED = re.compile(
    r"(vbaProject|vbaData|vbaProjectSignature|attachedToolbars)[^/]*\.(bin|xml)(\.rels)?$"
    r"|^_xmlsignatures/|^customUI/|/activeX/|/slideUpdateInfo/",
)
"""Parts that are not handed on: macros, their buttons and controls, signatures."""


class TooLarge(ArchiveError):
    """The parts of a template are larger together than any known template."""


@dataclass(frozen=True, slots=True)
class OfficeKind:
    """A kind of office file.

    Attributes
    ----------
    noun, program
        What it is called, and what makes it.
    suffixes
        How the names of templates may end, the one that Remit writes first.
    main
        The part that all others hang on.
    content_type
        What that part is called in a file that is not a template.
    other_types
        What it is called in templates, in files with macros and in shows.
    locks
        What stands in one of its parts where it is protected.
    """

    noun: str
    program: str
    suffixes: tuple[str, ...]
    main: str
    content_type: str
    other_types: tuple[str, ...]
    locks: Mapping[str, re.Pattern[bytes]]


_LOCKED_WORDS = (
    rb"<w:documentProtection\b[^>]*\bw:enforcement=\"(1|true|on)\""
    rb"|<w:writeProtection\b[^>]*\bw:(hash|cryptProviderType|hashValue)="
)
SLIDES = OfficeKind(
    "slides",
    "PowerPoint",
    (".pptx", ".potx", ".pptm", ".potm", ".ppsx"),
    "ppt/presentation.xml",
    f"{_MAIN}presentationml.presentation.main+xml",
    (
        f"{_MAIN}presentationml.template.main+xml",
        f"{_MAIN}presentationml.slideshow.main+xml",
        f"{_MACRO}powerpoint.presentation.macroEnabled.main+xml",
        f"{_MACRO}powerpoint.template.macroEnabled.main+xml",
    ),
    {"ppt/presentation.xml": re.compile(rb"<p:modifyVerifier\b")},
)
DOCUMENT = OfficeKind(
    "a document",
    "Word",
    (".docx", ".dotx", ".docm", ".dotm"),
    "word/document.xml",
    f"{_MAIN}wordprocessingml.document.main+xml",
    (
        f"{_MAIN}wordprocessingml.template.main+xml",
        f"{_MACRO}word.document.macroEnabled.main+xml",
        f"{_MACRO}word.template.macroEnabledTemplate.main+xml",
    ),
    {"word/settings.xml": re.compile(_LOCKED_WORDS)},
)
KINDS = (SLIDES, DOCUMENT)


@dataclass(frozen=True, slots=True)
class OfficeTemplate:
    """A template that is fit for use.

    Attributes
    ----------
    path
        Where it stands.
    kind
        What it is for.
    content
        Its bytes, as a plain file without macros.
    notes
        What was left out of it.
    """

    path: Path
    kind: OfficeKind
    content: bytes
    notes: tuple[str, ...] = ()

    def stream(self) -> BytesIO:
        """Its bytes as a file."""
        return BytesIO(self.content)

    def damaged(self, why: str) -> AssessmentError:
        """What is said where it cannot be read, with the remedy."""
        return AssessmentError(
            f"--template {self.path} is damaged ({why[:120]}); open it in {self.kind.program}, "
            f"which mends it, and save it anew as {self.kind.suffixes[0]}"
        )


def kind_of(path: Path) -> OfficeKind:
    """What a template is for, by the end of its name.

    Raises
    ------
    AssessmentError
        If it is neither for slides nor for a document.
    """
    suffix = path.suffix.lower()
    for kind in KINDS:
        if suffix in kind.suffixes:
            return kind
    taken = ", ".join(ending for kind in KINDS for ending in kind.suffixes)
    raise AssessmentError(
        f"--template {path}: a name that ends in {suffix or 'nothing'} is no template that can be "
        f"used ({taken}); open it in PowerPoint or Word and save it as .pptx or .docx"
    )


def read_template(path: Path) -> OfficeTemplate:
    """A template, checked and without what must not be passed on.

    Raises
    ------
    AssessmentError
        If it cannot be read or used; the message says what to do.
    """
    kind = kind_of(path)
    content = read_bytes(path, limit=TEMPLATE_BYTES, error=AssessmentError)
    if content.startswith(_OLD_OFFICE):
        raise _refused(
            path,
            f"is protected by a password or of the format before 2007; open it in {kind.program}, "
            f"take the password off and save it as {kind.suffixes[0]}",
        )
    try:
        with open_archive(content) as archive:
            parts = _parts(archive)
    except LockedArchive as locked:
        raise _refused(path, f"cannot be opened: {locked}; save it without one") from None
    except TooLarge as size:
        raise _refused(path, f"cannot be used: {size}") from None
    except ArchiveError as damage:
        raise _refused(
            path,
            f"is no file of {kind.program}, or a damaged one ({printable(str(damage))}); open it "
            f"there and save it anew as {kind.suffixes[0]}",
        ) from None
    _refuse_unfit(path, kind, parts)
    return _cleaned(path, kind, parts)


def _refused(path: Path, why: str) -> AssessmentError:
    return AssessmentError(f"--template {path} {why}")


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """All parts, unpacked within the limit that holds for all of them together."""
    left = TEMPLATE_BYTES.now
    parts = {}
    for member in archive.infolist():
        if member.is_dir():
            continue
        if member.file_size > left:
            raise TooLarge(
                f"unpacked it has more than {TEMPLATE_BYTES.now:,} bytes; {TEMPLATE_BYTES.remedy}"
            )
        parts[member.filename] = unpack(archive, member, TEMPLATE_BYTES)
        left -= len(parts[member.filename])
    return parts


def _refuse_unfit(path: Path, kind: OfficeKind, parts: Mapping[str, bytes]) -> None:
    again = f"open it in {kind.program} and save it anew as {kind.suffixes[0]}"
    if kind.main not in parts or "[Content_Types].xml" not in parts:
        other = next((one for one in KINDS if one.main in parts), None)
        what = f"is {other.noun} of {other.program}" if other else f"is no file of {kind.program}"
        raise _refused(path, f"{what}; {again}")
    if _STRICT in parts[kind.main]:
        raise _refused(
            path,
            f'is saved as "Strict Open XML", which few programs read; {again} (not as strict)',
        )
    for name, text in parts.items():
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in text:
            raise _refused(path, f"has a part with entities of its own ({printable(name)}), as no "
                           f"office program writes them; {again}")  # fmt: skip
    for name, lock in kind.locks.items():
        if lock.search(parts.get(name, b"")):
            raise _refused(
                path,
                f"is protected against changes; take the protection off in {kind.program} (File, "
                "Info, Protect) and save a copy",
            )


def _cleaned(path: Path, kind: OfficeKind, parts: Mapping[str, bytes]) -> OfficeTemplate:
    """The template as a plain file: no macros, no signature, and no template any more."""
    unwanted = {name for name in parts if _UNWANTED.search(name)}
    kept = {
        name: _without(name, text, unwanted) for name, text in parts.items() if name not in unwanted
    }
    types = kept["[Content_Types].xml"].decode("utf-8", "replace")
    for other in kind.other_types:
        types = types.replace(f'"{other}"', f'"{kind.content_type}"')
    kept["[Content_Types].xml"] = types.encode()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in kept.items():
            archive.writestr(name, text)
    return OfficeTemplate(path, kind, packed.getvalue(), tuple(_told(path, unwanted)))


def _without(name: str, text: bytes, unwanted: set[str]) -> bytes:
    """A list of parts or of relations without those that are left out."""
    if not unwanted or not (name.endswith(".rels") or name == "[Content_Types].xml"):
        return text
    tag = rb"<(?:\w+:)?(?:Relationship|Override)\b[^>]*?/>"
    ends = [one.rpartition("/")[2].encode() for one in unwanted]
    return re.sub(
        tag, lambda found: b"" if any(end in found[0] for end in ends) else found[0], text
    )


def _told(path: Path, unwanted: set[str]) -> Iterator[str]:
    if any("vba" in name.lower() for name in unwanted):
        yield f"The macros of {path.name} are left out; what Remit writes has none."
    if any(name.startswith("_xmlsignatures") for name in unwanted):
        yield f"The signature of {path.name} is left out: it would not hold for the report."
