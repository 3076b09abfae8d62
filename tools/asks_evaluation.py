"""Measure the matching of asks on labelled sets, topic by topic left out, and keep the figures.

    python tools/asks_evaluation.py FOLDER… --set "words for the sets" [--unseen] [--write]

A FOLDER holds ``asks.csv``, ``asks_pairs.csv``, ``asks_answers.csv``, ``asks_horizon.csv``. Three
ways of measuring stand beside each other: *fitted* (the matcher as it is, on what it was fitted
on), *topics out* (the asks of each field of the catalogue are read without the spoken names of its
entries and without the short forms that only they use, and judged by weights that were fitted on
the other fields), and baselines. With ``--unseen`` the asks are read by the matcher as it is: only
for sets on which nothing was fitted, written or tuned.

``--write`` adds the figures with their date to ``docs/asks-evaluation.csv`` and writes the page
that shows them.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from pathlib import Path

import asks_answer_training as answers
import asks_training as pairing
import numpy as np
from scipy.stats import binomtest
from sklearn.feature_extraction.text import TfidfVectorizer

from remit.asks.matching import match
from remit.asks.matching.answered import load_answer_model
from remit.asks.matching.chasers import as_chased, chasers
from remit.asks.matching.features import candidate_pairs, exclusive
from remit.asks.matching.frames import make_frames
from remit.asks.matching.horizon import horizons
from remit.asks.matching.pair_model import INTERCEPT, less_alike, load_pair_model
from remit.asks.matching.plain_file import read_asks
from remit.asks.matching.relations import Edge, LikelyRelation, relate
from remit.asks.matching.series import series_pairs
from remit.asks.matching.vectors import make_vectors
from remit.catalogue import load_entries
from remit.model.ask import Ask

ROOT = Path(__file__).resolve().parent.parent
LOG, PAGE = ROOT / "docs/asks-evaluation.csv", ROOT / "docs/asks-evaluation.md"
COLUMNS = ("date", "set", "way", "figure", "hits", "of", "share", "low", "high")
FITTED, TOPICS_OUT, UNSEEN = "fitted", "topics out", "unseen"
Found = dict[Edge, str]


@dataclass(frozen=True)
class Labelled:
    """A labelled set."""

    asks: Sequence[Ask]
    pairs: Found
    answers: dict[str, dict[str, str]]
    horizons: dict[str, str]

    def field_of(self, fields: Mapping[str, str]) -> dict[str, str]:
        """The field of the catalogue that each ask is nearest to."""
        return {ask: fields[row["nearest"]] for ask, row in self.answers.items()}


@dataclass(frozen=True)
class Figure:
    """A share with its counts."""

    way: str
    name: str
    hits: int
    of: int

    @property
    def share(self) -> float:
        """Hits of all."""
        return self.hits / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """The 95% interval of Wilson."""
        if not self.of:
            return 0.0, 1.0
        ends = binomtest(self.hits, self.of).proportion_ci(method="wilson")
        return float(ends.low), float(ends.high)


def labelled(folder: Path) -> Labelled:
    """The set of a folder."""
    rows = {name: _read(folder / f"asks_{name}.csv") for name in ("pairs", "answers", "horizon")}
    return Labelled(
        read_asks(folder / "asks.csv").asks,
        {(min(edge), max(edge)): r["relation"] for r in rows["pairs"]
         for edge in [(r["ask_a"], r["ask_b"])]},
        {r["ask_id"]: r for r in rows["answers"]},
        {r["ask_id"]: r["horizon"] for r in rows["horizon"]},
    )  # fmt: skip


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Pairs -------------------------------------------------------------------------------------------


def pair_figures(way: str, sets: Sequence[Labelled], found: Sequence[Found]) -> Iterator[Figure]:
    """By pair: duplicates alone, and duplicates and overlaps together. By cluster: B cubed.

    By cluster each ask counts once: which part of its clique is right, and which part of its true
    clique was found. Figures of it are rounded to whole asks.
    """
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one, said in zip(sets, found, strict=True):
        for name, kinds in (("duplicates", {"duplicate"}), ("with overlaps", None)):
            ours = {edge for edge, kind in said.items() if kinds is None or kind in kinds}
            right = {edge for edge, kind in one.pairs.items() if kinds is None or kind in kinds}
            _add(counts, f"{name}, precision", len(ours & right), len(ours))
            _add(counts, f"{name}, recall", len(ours & right), len(right))
        precision, recall, asks = _b_cubed(one, said)
        _add(counts, "clusters, precision", round(precision), asks)
        _add(counts, "clusters, recall", round(recall), asks)
    for name, (hits, of) in counts.items():
        yield Figure(way, name, hits, of)


def _add(counts: dict[str, list[int]], name: str, hits: int, of: int) -> None:
    counts[name][0] += hits
    counts[name][1] += of


def _b_cubed(one: Labelled, said: Found) -> tuple[float, float, int]:
    """Over asks that either side puts into a clique of two or more."""
    right, ours = _cliques(one.pairs), _cliques(said)
    asks = right.keys() | ours.keys()
    precision = recall = 0.0
    for ask in asks:
        true, found = right.get(ask, {ask}), ours.get(ask, {ask})
        precision += len(true & found) / len(found)
        recall += len(true & found) / len(true)
    return precision, recall, len(asks)


def _cliques(found: Found) -> dict[str, set[str]]:
    home: dict[str, set[str]] = {}
    for (a, b), kind in found.items():
        if kind == "duplicate":
            joined = home.get(a, {a}) | home.get(b, {b})
            home |= dict.fromkeys(joined, joined)
    return home


def pairs_as_they_are(sets: Sequence[Labelled]) -> list[Found]:
    """What the matcher says of the pairs of each set."""
    return [
        {(pair.ask_a, pair.ask_b): str(pair.relation) for pair in match(one.asks).pairs}
        for one in sets
    ]


def pairs_topics_out(sets: Sequence[Labelled]) -> list[Found]:
    """The same by models of other topics, each topic read without its names and short forms."""
    model = load_pair_model()
    judged = judged_topics_out(sets)
    return [_related(*one, model.related_threshold, model.duplicate_threshold) for one in judged]


def judged_topics_out(
    sets: Sequence[Labelled],
) -> list[tuple[dict[Edge, LikelyRelation], set[Edge]]]:
    """For each set the likelihood of each pair, and the pairs that rules hold to be distinct."""
    fields = answers.fields()
    whole = [_Features(one, one.field_of(fields)) for one in sets]
    return [_judged(one, one.field_of(fields), whole) for one in sets]


def _related(
    likely: Mapping[Edge, LikelyRelation], apart: set[Edge], related: float, duplicate: float
) -> Found:
    worth = {edge: one for edge, one in likely.items() if one.related >= related / 4}
    found = relate(worth, [], related, duplicate, apart).pairs
    return {edge: str(relation) for edge, (relation, _) in found.items()}


class _Features:
    """Candidate pairs of a set with their labels and their rows of features."""

    def __init__(self, one: Labelled, field_of: Mapping[str, str]) -> None:
        frames = make_frames(one.asks)
        vectors = make_vectors(frames)
        self.pairs = candidate_pairs(frames, vectors)
        ids = [ask.ask_id for ask in one.asks]
        self.edges = [
            (min(ids[a], ids[b]), max(ids[a], ids[b]))
            for a, b in zip(self.pairs.first, self.pairs.second, strict=True)
        ]
        self.apart = series_pairs(frames, self.pairs) | exclusive(self.pairs, vectors)
        self.chased = {ids[a]: ids[b] for a, b in chasers(frames, self.pairs, vectors).items()}
        value = {"duplicate": 2, "overlap": 1}
        self.labels = np.array([value.get(one.pairs.get(edge, ""), 0) for edge in self.edges])
        self.fields = np.array([(field_of[a], field_of[b]) for a, b in self.edges])

    def touching(self, field: str) -> np.ndarray:
        """Pairs of which one ask is of a field."""
        return (self.fields == field).any(axis=1)


def _judged(
    one: Labelled, field_of: Mapping[str, str], whole: Sequence[_Features]
) -> tuple[dict[Edge, LikelyRelation], set[Edge]]:
    likely: dict[Edge, LikelyRelation] = {}
    apart: set[Edge] = set()
    chased: dict[str, str] = {}
    for field in sorted(set(field_of.values())):
        inside = [ask for ask in one.asks if field_of[ask.ask_id] == field]
        outside = [ask for ask in one.asks if field_of[ask.ask_id] != field]
        with answers.knowing_less(field, inside, outside):
            own = _Features(one, field_of)
        related, duplicate = _fitted_without(field, whole)
        rows = own.pairs.features
        scores = related.predict_proba(rows)[:, 1]
        same = less_alike(own.pairs, duplicate.predict_proba(rows)[:, 1])
        chased |= {a: b for a, b in own.chased.items() if field_of[a] == field}
        # A pair is judged with the field of its first ask.
        for at, edge in enumerate(own.edges):
            if field_of[edge[0]] == field:
                likely[edge] = LikelyRelation(float(scores[at]), float(same[at]))
                if own.apart[at]:
                    apart.add(edge)
    return as_chased(likely, apart, chased)


def _fitted_without(field: str, whole: Sequence[_Features]):
    kept = [~one.touching(field) & ~one.apart for one in whole]
    x = np.vstack([one.pairs.features[rows] for one, rows in zip(whole, kept, strict=True)])
    y = np.concatenate([one.labels[rows] for one, rows in zip(whole, kept, strict=True)])
    near = y > 0
    return (
        pairing._fit("related", x, near),
        pairing._fit("duplicate", x[near], y[near] == 2),
    )


def pairs_by_tf_idf(sets: Sequence[Labelled]) -> list[Found]:
    """Plain TF-IDF within one recipient; its thresholds are the best on these very sets."""
    scored = [_alike(one) for one in sets]
    steps = np.arange(0.05, 0.60, 0.05)
    tried = [
        [
            {e: ("duplicate" if v >= same else "overlap") for e, v in own.items() if v >= related}
            for own in scored
        ]
        for related in steps
        for same in steps
        if related <= same
    ]
    return max(tried, key=lambda found: _product(sets, found))


def _alike(one: Labelled) -> dict[Edge, float]:
    rows = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit_transform(
        [ask.words for ask in one.asks]
    )
    alike = (rows @ rows.T).toarray()
    return {
        (min(a.ask_id, b.ask_id), max(a.ask_id, b.ask_id)): float(alike[i, j])
        for (i, a), (j, b) in combinations(enumerate(one.asks), 2)
        if a.to_org_code == b.to_org_code
    }


def _product(sets: Sequence[Labelled], found: Sequence[Found]) -> float:
    figures = [f.share for f in pair_figures("", sets, found) if "clusters" not in f.name]
    return float(np.prod(figures))


def pairs_by_period_and_sender(sets: Sequence[Labelled]) -> list[Found]:
    """Asks of one recipient by two senders whose first periods end on the same day."""
    found: list[Found] = []
    for one in sets:
        ends = {f.ask.ask_id: f.spans[0].end for f in make_frames(one.asks) if f.spans}
        found.append(
            {
                (min(a.ask_id, b.ask_id), max(a.ask_id, b.ask_id)): "duplicate"
                for a, b in combinations(one.asks, 2)
                if a.to_org_code == b.to_org_code
                and (a.from_body, a.from_team) != (b.from_body, b.from_team)
                and ends.get(a.ask_id, date.min) == ends.get(b.ask_id, date.max)
            }
        )
    return found


# Answers -----------------------------------------------------------------------------------------


def answer_figures(
    way: str,
    rows: Sequence[answers.Row],
    likely: Sequence[float],
    sure_from: float | None = None,
) -> Iterator[Figure]:
    """Which publication, and how often what is sure is right; open labels count neither way."""
    sure_from = sure_from or load_answer_model().sure_from
    yes = [row for row in rows if row.answer == "yes"]
    none = [row for row in rows if row.answer == "no"]
    sure = [
        row
        for row, share in zip(rows, likely, strict=True)
        if row.answer != "open" and row.allowed and share >= sure_from
    ]
    right = sum(row.right for row in sure)
    yield Figure(way, "publication first", sum(row.right for row in yes), len(yes))
    yield Figure(way, "publication among three", sum(row.among for row in yes), len(yes))
    yield Figure(way, "sure, precision", right, len(sure))
    yield Figure(way, "sure, recall", right, len(yes))
    yield Figure(way, "sure where nothing is published", sum(r.answer == "no" for r in sure),
                 len(none))  # fmt: skip


def answers_as_they_are(way: str, sets: Sequence[Labelled]) -> Iterator[Figure]:
    """By the model that comes with Remit."""
    model = load_answer_model()
    vector = np.array([model.weights[name] for name in answers.ANSWER_FEATURES])
    rows = [row for one in sets for row in answers.rows_of(one.asks, one.answers)]
    scores = answers._x(rows) @ vector + model.weights[INTERCEPT]
    return answer_figures(way, rows, list(1 / (1 + np.exp(-scores))))


def answers_of_topics_out(sets: Sequence[Labelled]) -> tuple[list[answers.Row], list[float]]:
    """By models of other topics, each topic read without its names and short forms."""
    of = answers.fields()
    every = [row for one in sets for row in answers.rows_of(one.asks, one.answers)]
    rows: list[answers.Row] = []
    likely: list[float] = []
    for field in sorted({of[row.nearest] for row in every}):
        model = answers.fit([row for row in every if of[row.nearest] != field])
        for one in sets:
            if own := answers.without_topic(one.asks, one.answers, field, of):
                rows += own
                likely += list(model.predict_proba(answers._x(own))[:, 1])
    return rows, likely


def answers_by_tf_idf(way: str, sets: Sequence[Labelled]) -> Iterator[Figure]:
    """The publication whose entry is most alike by TF-IDF; nothing is sure."""
    entries = [entry for entry in load_entries().values() if entry.kind.answers]
    texts = [_words_of(entry) for entry in entries]
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit(texts)
    known = vectors.transform(texts)
    first = three = of = 0
    for one in sets:
        for ask in one.asks:
            label = one.answers[ask.ask_id]
            if label["answer"] == "yes":
                alike = (vectors.transform([ask.words]) @ known.T).toarray()[0]
                best = [entries[at].id for at in np.argsort(-alike, kind="stable")[:3]]
                right = set(label["publications"].split("|"))
                first, three, of = first + (best[0] in right), three + bool(right & {*best}), of + 1
    yield Figure(way, "publication first", first, of)
    yield Figure(way, "publication among three", three, of)


def _words_of(entry) -> str:
    measures = (measure.says for measure in entry.measures)
    return " ".join([entry.name, *entry.spoken, *measures, *entry.cuts])


def answers_by_majority(way: str, sets: Sequence[Labelled]) -> Iterator[Figure]:
    """The publications that are right most often, whatever is asked."""
    labels = [label for one in sets for label in one.answers.values() if label["answer"] == "yes"]
    right = [set(label["publications"].split("|")) for label in labels]
    names = sorted({name for one in right for name in one})
    often = sorted(names, key=lambda name: (-sum(name in one for one in right), name))
    for name, kept in (("publication first", often[:1]), ("publication among three", often[:3])):
        yield Figure(way, name, sum(bool(one & {*kept}) for one in right), len(right))


# Horizon -----------------------------------------------------------------------------------------


def horizon_figures(way: str, told: Iterable[tuple[str, str]]) -> Iterator[Figure]:
    """In three classes, and in two: today, or tomorrow and both."""
    pairs = list(told)
    yield Figure(way, "horizon, three classes", sum(a == b for a, b in pairs), len(pairs))
    two = sum((a == "today") == (b == "today") for a, b in pairs)
    yield Figure(way, "horizon, two classes", two, len(pairs))


def horizons_as_they_are(sets: Sequence[Labelled]) -> Iterator[tuple[str, str]]:
    """What is told of each ask with its label."""
    for one in sets:
        for told in match(one.asks).horizons:
            yield str(told.horizon), one.horizons[told.ask_id]


def horizons_topics_out(sets: Sequence[Labelled]) -> Iterator[tuple[str, str]]:
    """The same, each topic read without its names and short forms; the table itself stays."""
    fields = answers.fields()
    for one in sets:
        field_of = one.field_of(fields)
        for field in sorted(set(field_of.values())):
            inside = [ask for ask in one.asks if field_of[ask.ask_id] == field]
            outside = [ask for ask in one.asks if field_of[ask.ask_id] != field]
            with answers.knowing_less(field, inside, outside):
                for told in horizons(make_frames(inside)):
                    yield str(told.horizon), one.horizons[told.ask_id]


def horizons_by_majority(sets: Sequence[Labelled]) -> Iterator[tuple[str, str]]:
    """All asks are taken to serve today."""
    return (("today", label) for one in sets for label in one.horizons.values())


# All of it ---------------------------------------------------------------------------------------


def as_it_is(way: str, sets: Sequence[Labelled]) -> Iterator[Figure]:
    """The matcher as it is."""
    yield from pair_figures(way, sets, pairs_as_they_are(sets))
    yield from answers_as_they_are(way, sets)
    yield from horizon_figures(way, horizons_as_they_are(sets))


def topics_out(sets: Sequence[Labelled]) -> Iterator[Figure]:
    """Each topic as if it were new."""
    yield from pair_figures(TOPICS_OUT, sets, pairs_topics_out(sets))
    yield from answer_figures(TOPICS_OUT, *answers_of_topics_out(sets))
    yield from horizon_figures(TOPICS_OUT, horizons_topics_out(sets))


def baselines(sets: Sequence[Labelled]) -> Iterator[Figure]:
    """What is reached without reading closely."""
    yield from pair_figures("TF-IDF", sets, pairs_by_tf_idf(sets))
    yield from answers_by_tf_idf("TF-IDF", sets)
    yield from pair_figures("period and sender", sets, pairs_by_period_and_sender(sets))
    yield from answers_by_majority("majority", sets)
    yield from horizon_figures("majority", horizons_by_majority(sets))


def show_thresholds(sets: Sequence[Labelled]) -> None:
    """What other thresholds would reach on topics left out: by these the thresholds are chosen."""
    judged = judged_topics_out(sets)
    for related, duplicate in product(np.arange(0.25, 0.6, 0.05), np.arange(0.5, 0.8, 0.05)):
        found = [_related(*one, related, duplicate) for one in judged]
        shares = [f"{f.share:.2f}" for f in pair_figures("", sets, found)]
        print(f"related {related:.2f}, duplicate {duplicate:.2f}: {' '.join(shares)}")
    rows, likely = answers_of_topics_out(sets)
    for sure_from in np.arange(0.3, 0.7, 0.02):
        figures = list(answer_figures("", rows, likely, float(sure_from)))[2:]
        print(f"sure from {sure_from:.2f}: {' '.join(f'{f.share:.3f}' for f in figures)}")


def main() -> None:
    """Measure, print, and keep the figures where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--set", required=True, help="What the sets are, in words")
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--thresholds", action="store_true", help="show what others would reach")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    sets = [labelled(folder) for folder in given.folders]
    if given.thresholds:
        return show_thresholds(sets)
    figures = list(as_it_is(UNSEEN if given.unseen else FITTED, sets))
    if not given.unseen:
        figures += topics_out(sets)
    figures += baselines(sets)
    for one in figures:
        low, high = one.interval()
        print(f"{one.way:18} {one.name:32} {one.hits:4} of {one.of:4} = {one.share:.2f} "
              f"({low:.2f} to {high:.2f})")  # fmt: skip
    if given.write:
        from asks_evaluation_page import keep

        keep(figures, given.set, LOG, PAGE)
    return None


if __name__ == "__main__":
    main()
