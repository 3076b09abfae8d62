"""A large survey counted: seconds, memory, and how often longer a loop of pandas crosstabs takes.

``python benchmarks/survey.py`` counts 500,000 invented respondents, 100 items, the whole and five
crossings; the loop is timed on a part of the items and multiplied, since it takes minutes.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
import pandas as pd
import polars as pl

from remit.model.questionnaire import Questionnaire
from remit.surveys import load_scales, read_survey
from remit.surveys.reading.exports import export_of_frame
from remit.surveys.writing import counted

ANSWERS = (
    "Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree",
    "Don't know", "",
)  # fmt: skip
GROUPS = {"kind": 7, "role": 5, "region": 7}
CROSSINGS = (("kind",), ("role",), ("region",), ("kind", "role"), ("region", "kind"))


def invented(people: int, items: int) -> pl.DataFrame:
    draw = np.random.default_rng(7)
    frame: dict[str, object] = {"respondent_id": [f"P{n}" for n in range(people)]}
    frame["trust"] = pl.Series(draw.integers(0, 220, people)).cast(pl.String)
    for name, many in GROUPS.items():
        frame[name] = pl.Series(draw.integers(0, many, people)).cast(pl.String)
    for number in range(items):
        codes = pl.Series(draw.integers(0, len(ANSWERS), people))
        frame[f"Statement number {number}"] = codes.replace_strict(
            dict(enumerate(ANSWERS)), return_dtype=pl.String
        )
    return pl.DataFrame(frame)


def asked(items: int) -> Questionnaire:
    return Questionnaire.model_validate(
        {
            "schema": "remit/questionnaire/1",
            "id": "large",
            "title": "Large",
            "source": "Invented",
            "respondent": {"id": ["respondent_id"], "unit": ["trust"]},
            "waves": [{"id": "1"}],
            "groups": [{"id": name, "name": name, "columns": [name]} for name in GROUPS],
            "items": [
                {
                    "id": f"i{n}",
                    "kind": "scale",
                    "scale": "agree-5",
                    "wording": [{"text": f"Statement number {n}"}],
                }
                for n in range(items)
            ],
        }
    )


def by_crosstabs(frame: pd.DataFrame, items: int) -> int:
    rows = 0
    for number in range(items):
        column = frame[f"Statement number {number}"]
        rows += len(column.value_counts())
        for names in CROSSINGS:
            rows += pd.crosstab([frame[name] for name in names], column).size
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500_000)
    parser.add_argument("--items", type=int, default=100)
    parser.add_argument("--loop-items", type=int, default=10, help="Items that pandas counts.")
    given = parser.parse_args()
    frame = invented(given.people, given.items)
    start, used = time.perf_counter(), time.process_time()
    read = read_survey([export_of_frame(frame)], asked(given.items), load_scales())
    found = counted(read, [list(one) for one in CROSSINGS])
    wall, processor = time.perf_counter() - start, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    rows = sum(len(one) for one in found.frames.values())
    print(
        f"{given.people:,} people, {given.items} items, {len(CROSSINGS)} crossings: {rows:,} rows"
    )
    print(f"  {wall:.1f} s, {processor:.1f} s of the processor, {peak:.2f} GB at most")
    part = frame.to_pandas()
    start = time.process_time()
    by_crosstabs(part, given.loop_items)
    loop = (time.process_time() - start) * given.items / given.loop_items
    print(
        f"  a loop of pandas crosstabs: {loop:.1f} s of the processor; ratio {loop / processor:.1f}"
    )


if __name__ == "__main__":
    main()
