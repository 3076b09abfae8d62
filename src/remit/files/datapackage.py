"""The Data Package of a folder of tables: what each file and column is, in which unit, from where.

It follows https://datapackage.org, so that programs such as frictionless, R's ``frictionless`` and
Open Data Editor read the tables with their types and check them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from remit.files.delimited import read_csv
from remit.files.jsons import json_text

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from remit.model.observation import Source
    from remit.model.output import OutputFile, OutputFolder

DATAPACKAGE = "datapackage.json"

_LICENCES = {
    "Open Government Licence v3.0": {
        "name": "OGL-UK-3.0",
        "title": "Open Government Licence v3.0",
        "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    },
    # The sample's: it is part of Remit (see DATA-LICENCE.md).
    "None: the figures are invented": {
        "name": "MIT",
        "title": "MIT licence",
        "path": "https://opensource.org/license/mit",
    },
}
"""What sources say of their licence, and how a Data Package says it."""

_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "xml": "application/atom+xml",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class PackageSource:
    """A file that figures come from; of a file of one's own no more than its name is known."""

    file_name: str
    publication: str = ""
    url: str = ""
    sha256: str = ""
    published_on: date | None = None
    licence: str = ""

    @classmethod
    def of(cls, source: Source) -> PackageSource:
        """A published file as it was read."""
        return cls(
            source.file_name,
            source.publication_name,
            source.url,
            source.sha256,
            source.published_on,
            source.licence,
        )


@dataclass(frozen=True, slots=True)
class Package:
    """What is told of a folder beside what its files hold.

    ``beside`` are files of the folder that are no tables; ``tables`` are the columns of those that
    others write. Files that are alike are declared once, by the name of the folder they are in.
    """

    declared: OutputFolder
    sources: Sequence[PackageSource] = ()
    fictional: bool = False
    beside: Sequence[str] = ()
    tables: Mapping[str, Sequence[str]] = field(default_factory=dict)


def package_text(package: Package, files: Mapping[str, str | bytes | pl.DataFrame]) -> str:
    """The text of ``datapackage.json``.

    Parameters
    ----------
    package
        What is told of the folder.
    files
        The content of its files by name; a table is a frame or the text of a CSV file.
    """
    declared = package.declared
    told: dict[str, Any] = {
        "profile": "data-package",
        "name": f"remit-{declared.id}",
        "title": declared.title,
        "description": _described(package),
        "resources": [
            *(_resource(declared, name, _columns(name, what)) for name, what in files.items()),
            *(_resource(declared, name, columns) for name, columns in package.tables.items()),
            *(_resource(declared, name, ()) for name in package.beside),
        ],
    }
    # The specification wants no empty lists.
    if package.sources:
        told["sources"] = [_source(one) for one in package.sources]
    if licences := list(_licences(package.sources)):
        told["licenses"] = licences
    return json_text(told) + "\n"


def _described(package: Package) -> str:
    said = f"{package.declared.description}."
    return f"Sample data: all of it is fictional. {said}" if package.fictional else said


def _columns(name: str, content: str | bytes | pl.DataFrame) -> Sequence[str]:
    """The columns of a table; of any other file none."""
    if isinstance(content, (str, bytes)):
        return read_csv(str(content).split("\n", 1)[0])[0] if name.endswith(".csv") else ()
    return content.columns


def _resource(folder: OutputFolder, path: str, columns: Sequence[str]) -> dict[str, Any]:
    place = PurePosixPath(path)
    one = place.stem if columns else place.name
    file = folder.files[one if one in folder.files else place.parent.name]
    form = place.suffix.removeprefix(".")
    name = str(place.with_suffix("")) if columns else path
    told: dict[str, Any] = {
        "name": name.lower().replace("/", "-"),
        "path": path,
        "title": file.title,
        "format": form,
        "mediatype": _MEDIA[form],
    }
    if form in {"csv", "json"}:
        told["encoding"] = "utf-8"
    if form not in {"csv", "json", "parquet"}:
        told["type"] = "file"
    # Else readers guess by the name: frictionless takes a report.json for a report of its own.
    if form == "json" and not columns:
        told["type"] = "json"
    if columns:
        told["profile"] = "tabular-data-resource"
        told["schema"] = {
            "fields": [_field(file, column) for column in columns],
            "missingValues": ["", *folder.marks],
        }
    return told


def _field(file: OutputFile, name: str) -> dict[str, str]:
    for pattern, column in file.columns.items():
        if column and (name == pattern or re.fullmatch(pattern, name)):
            told = {"name": name, "type": column.type, "description": f"{column.description}."}
            return {**told, "unit": column.unit} if column.unit else told
    # A column that nobody has described yet is no reason to write nothing; the tests want it told.
    return {"name": name, "type": "any"}


def _source(source: PackageSource) -> dict[str, str]:
    told = {
        "title": ": ".join(filter(None, (source.file_name, source.publication))),
        "path": source.url,
        "sha256": source.sha256,
        "published": source.published_on.isoformat() if source.published_on else "",
        "licence": source.licence,
    }
    return {key: value for key, value in told.items() if value}


def _licences(sources: Iterable[PackageSource]) -> Iterable[dict[str, str]]:
    """The licences of the sources."""
    for said in sorted({one.licence for one in sources} - {""}):
        plain = {"name": re.sub("[^A-Za-z0-9.]+", "-", said), "title": said}
        yield _LICENCES.get(said, plain)
