"""Fit how sure it is that a publication answers an ask, and measure it on topics left out.

    python tools/asks_answer_training.py FOLDER… [--write]

A FOLDER holds ``asks.csv`` and ``asks_answers.csv`` (ask_id, answer, publications). For each field
of the catalogue the asks of that field are read without the spoken names of its entries, and
without the short forms that only asks of that field use, by weights that were fitted on the asks
of the other fields: what is measured there is how new topics would fare. Every figure is printed
with its counts and a 95% interval (Wilson).
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from remit.asks.matching import qualifiers
from remit.asks.matching import said as said_module
from remit.asks.matching.answered import ANSWER_FEATURES, INTERCEPT, candidates, features_of
from remit.asks.matching.entry_reader import EntryReader
from remit.asks.matching.frames import make_frames
from remit.asks.matching.plain_file import read_asks
from remit.catalogue import Glossary, declared, load_entries, load_glossary
from remit.model.ask import Ask
from remit.model.entry import CatalogueFile

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/remit/declarations/lexicon/answer-model.yaml"
STRENGTH = 0.1
SURE_FROM, PERHAPS_FROM = 0.3, 0.15
_Z = 1.96


@dataclass(frozen=True)
class Row:
    """One labelled ask as the model sees it."""

    ask_id: str
    answer: str
    nearest: str
    features: tuple[float, ...]
    right: bool
    """Whether the first candidate holds what is asked."""
    among: bool
    allowed: bool


def fields() -> dict[str, str]:
    """The field of each entry of the catalogue."""
    return {
        entry.id: content.field
        for content in (f.validate(CatalogueFile) for f in declared.packaged("catalogue"))
        for entry in content.entries
    }


def rows_of(asks: Sequence[Ask], labels: dict[str, dict[str, str]]) -> list[Row]:
    """The labelled asks with what is found for each."""
    found = []
    for frame in make_frames(asks):
        label = labels[frame.ask.ask_id]
        yes = label["answer"] == "yes"
        right = set(label["publications"].split("|")) if yes else set()
        tried = candidates(frame)
        ids = [one.entry.id for one in tried]
        found.append(
            Row(
                frame.ask.ask_id,
                label["answer"],
                label["nearest"],
                tuple(features_of(frame, tried)),
                ids[0] in right,
                bool(right & set(ids[:3])),
                tried[0].facts.allow_sure,
            )
        )
    return found


def without_topic(
    asks: Sequence[Ask], labels: dict[str, dict[str, str]], field: str, of: dict[str, str]
) -> list[Row]:
    """The asks of one field, read as if nobody had known its spoken names and short forms."""
    inside = [ask for ask in asks if of[labels[ask.ask_id]["nearest"]] == field]
    outside = [ask for ask in asks if of[labels[ask.ask_id]["nearest"]] != field]
    with knowing_less(field, inside, outside):
        return rows_of(inside, labels)


@contextmanager
def knowing_less(field: str, inside: Sequence[Ask], outside: Sequence[Ask]) -> Iterator[None]:
    """Texts are read as if nobody had known the spoken names and short forms of a field.

    A short form is the field's where none of the other asks has it.
    """
    of = fields()
    entries = {
        name: entry.model_copy(update={"spoken": ()}) if of[name] == field else entry
        for name, entry in load_entries().items()
    }
    reader, glossary = EntryReader(entries), _without(load_glossary(), inside, outside)
    with (
        patch.object(said_module, "load_entry_reader", lambda: reader),
        patch.object(said_module, "load_glossary", lambda: glossary),
        patch.object(qualifiers, "load_entries", lambda: entries),
        patch.object(qualifiers, "load_glossary", lambda: glossary),
        _read_anew(),
    ):
        yield


@contextmanager
def _read_anew() -> Iterator[None]:
    """What was worked out of the catalogue is forgotten before and after."""
    kept = (qualifiers._words_of, qualifiers._lacks, qualifiers._known, qualifiers._left_out)
    for one in kept:
        one.cache_clear()
    yield
    for one in kept:
        one.cache_clear()


def _without(glossary: Glossary, inside: Sequence[Ask], outside: Sequence[Ask]) -> Glossary:
    """A glossary without what only the one side's asks use."""
    used, elsewhere = (
        {said for ask in asks for said in glossary.spelled_out(ask.words)}
        for asks in (inside, outside)
    )
    gone = used - elsewhere
    return Glossary(
        {form: said for form, said in glossary.meanings.items() if said not in gone},
        {form: said for form, said in glossary.capitals.items() if said not in gone},
        glossary.patterns,
    )


def fit(rows: Sequence[Row]):
    """A logistic regression on all rows but the open ones."""
    used = [row for row in rows if row.answer != "open"]
    x, y = np.array([row.features for row in used]), np.array([row.right for row in used])
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    return make_pipeline(StandardScaler(), model).fit(x, y)


def weights(pipeline) -> dict[str, float]:
    """The weights on the features as they are."""
    scaler, model = pipeline[0], pipeline[-1]
    plain = model.coef_[0] / scaler.scale_
    start = float(model.intercept_[0] - (plain * scaler.mean_).sum())
    return {INTERCEPT: start} | dict(zip(ANSWER_FEATURES, map(float, plain), strict=True))


def wilson(hits: int, of: int) -> str:
    """A share with its counts and 95% interval."""
    if not of:
        return "none"
    share = hits / of
    middle = (share + _Z**2 / (2 * of)) / (1 + _Z**2 / of)
    half = _Z / (1 + _Z**2 / of) * np.sqrt(share * (1 - share) / of + _Z**2 / (4 * of * of))
    return f"{hits} of {of} = {share:.2f} ({middle - half:.2f} to {middle + half:.2f})"


def shown(title: str, rows: Sequence[Row], likely: np.ndarray) -> dict[str, str]:
    """Print and return the figures of some rows."""
    yes = [row for row in rows if row.answer == "yes"]
    counted = [(row, share) for row, share in zip(rows, likely, strict=True)]
    sure = [
        row for row, share in counted if row.answer != "open" and row.allowed and share >= SURE_FROM
    ]
    none = [row for row in rows if row.answer == "no"]
    figures = {
        "publication first": wilson(sum(row.right for row in yes), len(yes)),
        "among three": wilson(sum(row.among for row in yes), len(yes)),
        "sure and right": wilson(sum(row.right for row in sure), len(sure)),
        "found sure": wilson(sum(row.right for row in sure), len(yes)),
        "sure where nothing is published": wilson(
            sum(row.answer == "no" for row in sure), len(none)
        ),
    }
    print(title, *(f"  {name}: {value}" for name, value in figures.items()), sep="\n")
    return figures


def main() -> None:
    """Fit, print the figures, and write the declaration where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    of, parts, left_out = fields(), {}, {}
    for folder in given.folders:
        asks = read_asks(folder / "asks.csv").asks
        with (folder / "asks_answers.csv").open(encoding="utf-8", newline="") as file:
            labels = {row["ask_id"]: row for row in csv.DictReader(file)}
        parts[folder.name] = rows_of(asks, labels)
        by_field = {of[label["nearest"]] for label in labels.values()}
        left_out[folder.name] = {f: without_topic(asks, labels, f, of) for f in sorted(by_field)}
    every = [row for rows in parts.values() for row in rows]
    whole = fit(every)
    fitted = shown("fitted on all", every, whole.predict_proba(_x(every))[:, 1])
    for name, rows in parts.items():
        others = [row for other, some in parts.items() if other != name for row in some]
        if others:
            shown(f"{name}, fitted on the others", rows, fit(others).predict_proba(_x(rows))[:, 1])
    measured = _topics_out(left_out, every, of)
    if given.write:
        TARGET.write_text(_declaration(weights(whole), len(every), fitted, measured), "utf-8")


def _topics_out(
    left_out: dict[str, dict[str, list[Row]]], every: Sequence[Row], of: dict[str, str]
) -> dict[str, str]:
    rows, likely = [], []
    by_field: dict[str, list[Row]] = defaultdict(list)
    for fields_of in left_out.values():
        for field, some in fields_of.items():
            by_field[field] += some
    for field, some in by_field.items():
        model = fit([row for row in every if of[row.nearest] != field])
        rows += some
        likely += list(model.predict_proba(_x(some))[:, 1])
    return shown("topic by topic left out", rows, np.array(likely))


def _x(rows: Sequence[Row]) -> np.ndarray:
    return np.array([row.features for row in rows])


def _declaration(
    weights_: dict[str, float], asks: int, fitted: dict[str, str], measured: dict[str, str]
) -> str:
    lines = [
        "# yaml-language-server: $schema=../schemas/answer-model.schema.json",
        "# Written by tools/asks_answer_training.py; do not change by hand.",
        "schema: remit/answer-model/1",
        f'fitted_on: "{asks} labelled asks, fictional"',
        f'method: "Logistic regression (L2, C {STRENGTH}) on whether the first candidate holds '
        'what is asked; thresholds seen on topics left out"',
        f"sure_from: {SURE_FROM}",
        f"perhaps_from: {PERHAPS_FROM}",
        "# Each topic without its spoken names and short forms, by the weights of other topics.",
        "measured:",
        *(f'  {name}: "{value}"' for name, value in measured.items()),
        *(f'  {name}, fitted: "{value}"' for name, value in fitted.items()),
        "weights:",
        *(f"  {name}: {value:.4f}" for name, value in weights_.items()),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
