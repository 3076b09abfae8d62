"""The map as data beside its pages: what each matrix shows, as two tables and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package
from remit.files.delimited import records_csv
from remit.files.jsons import json_text
from remit.pages.remits.view import Detail, MatrixRow, MatrixView

REMITS_JSON = "remits.json"
SCHEMA = "remits.schema.json"
"""The schema of the JSON, which lies in ``static`` beside the pages."""
VERSION = 1

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MatrixShown:
    """A matrix with what its page is called, and its path."""

    name: str
    path: str
    proposed: bool
    view: MatrixView

    @property
    def where(self) -> Record:
        """Which state it is of, and whom it is about."""
        return {
            "state": self.name,
            "on": self.view.on.isoformat(),
            "subject": self.view.subject.label,
        }


def map_files(shown: Sequence[MatrixShown]) -> dict[str, str]:
    """The files beside the pages, by their name.

    Parameters
    ----------
    shown
        Every matrix of the folder.

    Examples
    --------
    ``write_files(folder, map_files(shown), package=map_package(fictional=True))``
    """
    files = load_output("who").files
    functions = [_function(one, row) for one in shown for row in one.view.rows]
    remits = [
        _remit(one, row, detail) for one in shown for row in one.view.rows for detail in row.details
    ]
    states = [_state(one) for one in shown]
    return {
        "functions.csv": records_csv(functions, list(files["functions"].columns)),
        "remits.csv": records_csv(remits, list(files["remits"].columns)),
        REMITS_JSON: json_text({"schema": SCHEMA, "version": VERSION, "states": states}),
    }


def map_package(*, fictional: bool) -> Package:
    """What is told of these files."""
    return Package(load_output("who"), fictional=fictional)


def _function(one: MatrixShown, row: MatrixRow) -> Record:
    return {**one.where, "proposed": one.proposed, **_led(row), "flags": "; ".join(_flags(row))}


def _led(row: MatrixRow) -> Record:
    return {
        "function_id": row.function.id,
        "function": row.function.name,
        "part_of": row.function.part_of or "",
        "lead": row.lead,
        "because": row.lead_says,
        "would_lead": row.would_lead,
    }


def _flags(row: MatrixRow) -> list[str]:
    return [flag.words for flag in row.flags]


def _remit(one: MatrixShown, row: MatrixRow, detail: Detail) -> Record:
    held = {**_held(detail), "marks": "; ".join(detail.marks)}
    return {**one.where, "function_id": row.function.id, **held}


def _held(detail: Detail) -> Record:
    return {
        "body": detail.body,
        "named": detail.named,
        "relation": detail.relation,
        "says": detail.says,
        "since": detail.since,
        "basis": detail.basis,
        "marks": list(detail.marks),
        "note": detail.note,
        "source": detail.source,
        "url": detail.url,
    }


def _state(one: MatrixShown) -> Record:
    return {
        **one.where,
        "proposed": one.proposed,
        "page": one.path,
        "finding": f"{one.view.claim} {one.view.rest}".strip(),
        "functions": [
            {**_led(row), "flags": _flags(row), "remits": [_held(one) for one in row.details]}
            for row in one.view.rows
        ],
    }
