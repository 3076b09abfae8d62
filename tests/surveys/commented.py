"""A small survey with comments, all of it invented; who could have said what is counted by hand."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from remit.cli.run import run

ASKED = "What would you change?"
QUESTIONNAIRE = f"""\
schema: remit/questionnaire/1
id: said
title: What was said
source: Invented for tests
fictional: true
respondent: {{id: [id], unit: [trust], role: role, kind: kind, alike: 3}}
waves: [{{id: "2026"}}]
groups:
  - {{id: kind, name: Kind of trust, columns: [kind]}}
  - {{id: role, name: Role, columns: [role]}}
items:
  - {{id: change, kind: comment, wording: [{{text: "{ASKED}"}}]}}
"""
ROWS: Sequence[tuple[str, str, str]] = (
    ("acute", "chair", "The paperwork never ends."),
    ("acute", "chair", "Region and ICB want the same return; it takes a day."),
    ("acute", "chair", "Our trains run late."),
    ("acute", "finance director", "The deficit is all that counts."),
    ("acute", "finance director", ""),
    ("acute", "finance director", ""),
    ("acute", "medical director", ""),
    ("acute", "medical director", ""),
    ("acute", "medical director", "n/a"),
    ("ambulance", "medical director", "We are bullied."),
    ("ambulance", "chair", "Priya Nair of Elm Vale Hospital shouts at us."),
    ("ambulance", "finance director", ""),
)
"""Kind, role and comment of each respondent, from line 2 of the export on."""


def write_said(folder: Path, rows: Sequence[tuple[str, str, str]] = ROWS) -> tuple[str, str]:
    """The export and the questionnaire in a folder."""
    export, questionnaire = folder / "said-2026.csv", folder / "said.yaml"
    with export.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(("id", "trust", "kind", "role", ASKED))
        for number, (kind, role, text) in enumerate(rows, start=1):
            writer.writerow((f"P{number}", f"ZA{number}", kind, role, text))
    questionnaire.write_text(QUESTIONNAIRE, encoding="utf-8")
    return str(export), str(questionnaire)


def themes(folder: Path, *more: str, rows: Sequence[tuple[str, str, str]] = ROWS) -> int:
    """Run the command on the rows, into ``out``."""
    export, questionnaire = write_said(folder, rows)
    asked = ["--questionnaire", questionnaire, "--out", str(folder / "out"), *more]
    return run(["survey", "themes", export, *asked])


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table that was written."""
    with (folder / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fill_in(folder: Path, coder: str, said: Mapping[int, tuple[str, str]]) -> str:
    """A coder's copy of suggestions.csv: line of the export → codes, and yes for a quote."""
    rows = table(folder, "suggestions")
    path = folder / f"{coder}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for row in rows:
            row["codes"], row["quote"] = said.get(int(row["line"]), ("", ""))
            writer.writerow(row)
    return str(path)
