"""Measure how often what the matcher is sure of is right on asks that it has not seen.

    python tools/asks_sure.py FOLDER… --sets "words for the sets" [--unseen] [--write]

A FOLDER holds ``asks.csv`` and ``asks_answers.csv`` (ask_id, answer, publications, nearest). Labels
that are open count neither way. By default each topic is left out in turn, as in
``asks_answer_training.py``: its spoken names and short forms are not known, and the weights are
those of the other topics. With ``--unseen`` the asks are read as they are, by the matcher as it is:
only for sets on which nothing was ever fitted, written or tuned.

``--write`` writes what pages and letters print beside "sure".
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from asks_answer_training import (
    ROOT,
    SURE_FROM,
    Row,
    _x,
    fields,
    fit,
    rows_of,
    without_topic,
)
from scipy.stats import binomtest

from remit.asks.matching.answered import answered
from remit.asks.matching.frames import make_frames
from remit.asks.matching.plain_file import read_asks
from remit.model.ask import AnswerState, Ask

TARGET = ROOT / "src/remit/declarations/measured/sure.yaml"
LEFT_OUT = (
    "Each topic was left out in turn: its spoken names and short forms were not known, and the "
    "weights were those of other topics; cues, features and thresholds were not left out."
)
UNSEEN = "Nothing was fitted, written or tuned on them."
Labels = dict[str, dict[str, str]]


def labelled(folder: Path) -> tuple[Sequence[Ask], Labels]:
    """The asks of a folder with their labels."""
    with (folder / "asks_answers.csv").open(encoding="utf-8", newline="") as file:
        return read_asks(folder / "asks.csv").asks, {
            row["ask_id"]: row for row in csv.DictReader(file)
        }


def topics_out(folders: Sequence[Path]) -> Iterator[bool]:
    """Whether each answer that is sure is right, topic by topic left out."""
    of = fields()
    given = [labelled(folder) for folder in folders]
    every = [row for asks, labels in given for row in rows_of(asks, labels)]
    for field in sorted({of[row.nearest] for row in every}):
        model = fit([row for row in every if of[row.nearest] != field])
        for asks, labels in given:
            if rows := without_topic(asks, labels, field, of):
                likely = model.predict_proba(_x(rows))[:, 1]
                yield from (
                    row.right
                    for row, share in zip(rows, likely, strict=True)
                    if _is_sure(row, share)
                )


def _is_sure(row: Row, share: float) -> bool:
    return row.answer != "open" and row.allowed and share >= SURE_FROM


def as_they_are(folders: Sequence[Path]) -> Iterator[bool]:
    """The same of sets that nobody has seen, by the matcher as it is."""
    for asks, labels in map(labelled, folders):
        for one in answered(make_frames(asks)):
            label = labels[one.ask_id]
            if one.state is AnswerState.SURE and label["answer"] != "open":
                yes = label["answer"] == "yes"
                yield yes and one.publication in label["publications"].split("|")


def main() -> None:
    """Measure, print, and write the declaration where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--sets", required=True, help="What the sets are, in words")
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    found = list((as_they_are if given.unseen else topics_out)(given.folders))
    asks = sum(len(labelled(folder)[1]) for folder in given.folders)
    right = sum(found)
    ends = binomtest(right, len(found)).proportion_ci(method="wilson")
    text = "\n".join(
        [
            "# yaml-language-server: $schema=../schemas/sure.schema.json",
            "# Written by tools/asks_sure.py; do not change by hand.",
            "schema: remit/sure/1",
            f"on: {date.today().isoformat()}",
            f'sets: "{given.sets}"',
            f'method: "{UNSEEN if given.unseen else LEFT_OUT}"',
            "tool: tools/asks_sure.py",
            f"asks: {asks}",
            f"right: {right}",
            f"of: {len(found)}",
            f"low: {ends.low:.4f}",
            f"high: {ends.high:.4f}",
            "",
        ]
    )
    print(text)
    if given.write:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
