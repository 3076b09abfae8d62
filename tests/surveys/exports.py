"""A small survey of two waves whose figures are worked out by hand: all of it is invented."""

from __future__ import annotations

from pathlib import Path

HEARD = "Our ICB listens to us"
BURDEN = "Has the burden on your trust increased, stayed the same or decreased?"
BODIES = "Which bodies asked you for data? Select all that apply"
HOURS = "How many hours a week do you spend on oversight?"
WORDS = "Is there anything else you would like to say?"
COLUMNS = ("respondent_id", "trust_code", "kind", HEARD, BURDEN, BODIES, HOURS, WORDS)

NOW = (
    ("1", "ZA1", "acute", "Strongly agree", "Increased", "The region;The ICB", "10", "Fine."),
    ("2", "ZA1", "Acute ", "agree", "Increased", "The ICB", "20", ""),
    ("3", "ZA2", "acute", "Disagree", "Decreased", "The ICB", "9999", "Too much."),
    ("4", "ZA3", "ambulance", "Don’t know", "", "", "", ""),
    (
        "5",
        "ZA4",
        "community",
        "Neither agree nor disagree",
        "Stayed the same",
        "The region",
        "30",
        "",
    ),
    ("5", "ZA4", "community", "Agree", "Increased", "The region", "30", ""),
    ("6", "ZA5", "community", "Perhaps", "Increased", "The region", "about ten", "Less!"),
)
"""Seven rows: one respondent twice, one answer off the scale, two numbers that are none."""

BEFORE = (
    ("1", "ZA1", "acute", "Agree", "Increased", "The ICB", "12", ""),
    ("2", "ZA2", "acute", "Agree", "Decreased", "The region", "8", ""),
    ("3", "ZA4", "community", "Disagree", "Increased", "The ICB", "5", "So be it."),
)

QUESTIONNAIRE = f"""\
schema: remit/questionnaire/1
id: small
title: A small survey
source: Invented for tests
fictional: true
respondent: {{id: [respondent_id], unit: [trust_code], kind: kind}}
waves:
  - {{id: "2025"}}
  - {{id: "2026"}}
groups:
  - {{id: kind, name: Kind of trust, columns: [kind]}}
items:
  - {{id: heard, kind: scale, scale: agree-5, polarity: good, wording: [{{text: "{HEARD}"}}]}}
  - id: burden
    kind: scale
    scale: change-3
    says: increased
    polarity: bad
    wording: [{{text: "{BURDEN}"}}]
  - id: bodies
    kind: multi
    options: [The region, The ICB, The CQC]
    wording: [{{text: "{BODIES}"}}]
  - {{id: hours, kind: numeric, least: 0, most: 168, wording: [{{text: "{HOURS}"}}]}}
  - {{id: words, kind: comment, wording: [{{text: "{WORDS}"}}]}}
"""


def write_wave(
    path: Path, rows: tuple[tuple[str, ...], ...], columns: tuple[str, ...] = COLUMNS
) -> Path:
    """One wave as a survey tool gives it out: with a byte order mark, all cells in quotes."""
    lines = [",".join(f'"{cell}"' for cell in row) for row in (columns, *rows)]
    path.write_text("\ufeff" + "\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
    return path


def write_small(folder: Path) -> tuple[Path, Path, Path]:
    """Both waves and the questionnaire in a folder."""
    questionnaire = folder / "small.yaml"
    questionnaire.write_text(QUESTIONNAIRE, encoding="utf-8")
    before = write_wave(folder / "people-2025.csv", BEFORE)
    return before, write_wave(folder / "people-2026.csv", NOW), questionnaire
