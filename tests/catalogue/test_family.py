"""The framework family: each a declaration, what is not known marked, and a fifth without code."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import remit
from remit.assessment.comparison.side_by_side import side_by_side
from remit.assessment.run import assess
from remit.catalogue import (
    LoadedFramework,
    check_framework,
    compare,
    load_framework,
    packaged_frameworks,
    parse,
)
from remit.catalogue.fingerprint import fingerprint
from remit.catalogue.templates import framework_template
from remit.frames.figures import figures_from_frame
from remit.model.errors import AssessmentError, DeclarationError
from remit.model.framework import Framework
from remit.model.organisation import SubjectKind

PERIOD = "2025/26 Q1"
VALUES = {"OF0079": {"RYJ": 1, "RRV": -0.5, "R1K": -1.5, "RJ1": -5}}
VALUES["OF0081"] = VALUES["OF0079"]
FIGURES = pl.DataFrame(
    [
        {"org_code": org, "metric_id": metric, "value": value}
        for metric, of in VALUES.items()
        for org, value in of.items()
    ]
)
THRESHOLDS = [1.5, 2.5, 3.5]


def framework(name: str) -> Framework:
    return load_framework(name).framework


def assessed(name: str | LoadedFramework, **more: object) -> remit.api.Assessment:
    figures = figures_from_frame(FIGURES)
    return assess(figures, name, PERIOD, mode="recomputed", replicates=None, **more)


def test_four_frameworks_are_packaged() -> None:
    wanted = {"nof-2022-23", "draft-2025-03", "nof-2025-26", "nof-2026-27"}
    assert wanted <= set(packaged_frameworks())


def test_the_hashes_of_nof_2025_26_do_not_move_with_the_model() -> None:
    """Keys that were added to the model are hashed where they are set, and only there.

    What was declared since is taken back: that a metric is a share, that 70% is a floor, why
    waits in the community matter, and what costs are called for short.
    """
    loaded = load_framework("nof-2025-26")
    plain = loaded.framework.model_copy(update={"capability": None})
    unmarked = {m: one.model_copy(update={"share": False}) for m, one in loaded.metrics.items()}
    floor = unmarked["OF0057"].standard
    assert floor is not None
    assert floor.is_floor
    source = "Recovered from the published scores of 2025/26 (best score given from this value on)"
    standard = floor.model_copy(update={"is_floor": False, "source": source})
    unmarked["OF0057"] = unmarked["OF0057"].model_copy(update={"standard": standard})
    why = "Long waits close to home send people to hospital instead."
    unmarked["OF0005"] = unmarked["OF0005"].model_copy(update={"why_it_matters": why})
    short = type(unmarked["OF0086"]).model_fields["short"].get_default()
    unmarked["OF0086"] = unmarked["OF0086"].model_copy(update={"short": short})
    hashes = fingerprint(plain, unmarked)
    assert hashes.scoring == "907dded24f4758a24fc14b63fc97b1f4b644b0337788cf888adcf97490d0f223"
    assert hashes.wording == "37359a918ef68f4dfdeb831e56d200a8f190e4ae1d855ad7e7aa01017b6077b5"


@pytest.mark.parametrize("name", ["draft-2025-03", "nof-2022-23", "nof-2026-27"])
def test_what_is_not_known_is_marked(name: str) -> None:
    found = framework(name)
    assert found.known_limits
    assert found.caution
    assert not any(metric.verified for metric in found.metrics)
    assert all(source.url.startswith("https://") for source in found.sources)
    assert SubjectKind.ICB in found.kinds


def test_nof_2022_23_judges_over_five_themes_and_local_priorities() -> None:
    found = framework("nof-2022-23")
    assert [domain.name for domain in found.domains] == [
        "Quality of care, access and outcomes",
        "Preventing ill-health and reducing inequalities",
        "People",
        "Finance and use of resources",
        "Leadership and capability",
        "Local strategic priorities",
    ]
    assert found.segments.cut_points.basis == "judgement"
    assert sorted(found.segments.labels) == [1, 2, 3, 4]
    assert all(metric.is_evidence for metric in found.metrics)
    assert len(found.metrics) == 4


def test_the_draft_caps_deficit_at_3_and_has_a_fifth_segment() -> None:
    flags = pl.DataFrame(
        [
            {"org_code": "RYJ", "metric_id": "OF5004", "value": 1.0},
            {"org_code": "RRV", "metric_id": "OF5007", "value": 1.0},
        ]
    )
    figures = figures_from_frame(pl.concat([FIGURES, flags]))
    result = assess(
        figures, "draft-2025-03", PERIOD, mode="recomputed", cut_points=THRESHOLDS, replicates=None
    )
    final = dict(result.standing.select("org_code", "final_segment").iter_rows())
    assert final == {"RYJ": 3, "RRV": 5, "R1K": 4, "RJ1": 4}
    assert any("illustration of a draft" in note for note in result.notes)
    assert any("None of the framework's metric rules is verified" in n for n in result.notes)
    assert any("financial difficulty other than deficit" in note for note in result.notes)


def test_the_draft_rates_collaboration_apart() -> None:
    capability = framework("draft-2025-03").capability
    assert capability is not None
    assert [domain.id for domain in capability.domains] == ["collaboration"]
    assert capability.effects == ()
    assert not capability.verified


@pytest.mark.parametrize("name", ["draft-2025-03", "nof-2026-27"])
def test_thresholds_are_an_input_and_never_guessed(name: str) -> None:
    assert framework(name).segments.cut_points.thresholds is None
    with pytest.raises(AssessmentError, match="--cut-points"):
        assessed(name)
    assert assessed(name, cut_points=[]).standing["final_segment"].null_count() == 4
    given = assessed(name, cut_points=THRESHOLDS)
    assert given.standing["final_segment"].null_count() == 0


def test_nof_2026_27_says_that_its_fourth_step_is_left_out() -> None:
    notes = assessed("nof-2026-27", cut_points=THRESHOLDS).notes
    assert any("Not applied" in note and "fourth step" in note for note in notes)


FIFTH = """
schema: remit/framework/1
id: fifth
version: "1"
name: A fifth framework
summary: For tests.
valid_from: 2025-04-01
sources: [{title: none}]
kinds: [acute]
domains: [{id: money, name: Money}]
metrics:
  - id: OF0079
    domain: money
    kinds: [acute]
    rule: {type: bands, bands: [{at_least: 0, score: 1}, {above: -1, score: 2}, {score: 4}]}
  - {id: OF0081, domain: money, kinds: [acute], rule: {type: evidence}}
segments:
  labels: {1: best, 2: middle, 3: worst, 4: none}
  cut_points: {basis: thresholds, thresholds: [1.5, 2.5, 3.5]}
capability:
  name: Board capability
  kinds: [acute]
  domains: [{id: one, name: One}]
"""


def test_a_fifth_framework_is_one_file_and_no_code(tmp_path: Path) -> None:
    path = tmp_path / "fifth.yaml"
    path.write_text(FIFTH, encoding="utf-8")
    result = assessed(str(path))
    final = dict(result.standing.select("org_code", "final_segment").iter_rows())
    assert final == {"RYJ": 1, "RRV": 2, "R1K": 4, "RJ1": 4}
    assert result.framework.id == "fifth"
    assert "Evidence" in str(result.explain("RYJ").to_dict())
    beside = side_by_side(result, assessed("nof-2025-26", cut_points=THRESHOLDS), "R1K")
    # -1.5 scores 4 in the fifth; in the other plan and variance are looked up together.
    assert (beside.one.score, beside.two.score) == (4.0, 4.0)
    assert {metric.metric_id for metric in beside.differing()} == {"OF0079", "OF0080", "OF0081"}
    by_id = {metric.metric_id: metric for metric in beside.metrics}
    assert by_id["OF0080"].rule_one == ""
    assert (by_id["OF0079"].one, by_id["OF0079"].two) == (4.0, 3.0)


def test_the_template_of_a_framework_is_in_order(tmp_path: Path) -> None:
    from datetime import date

    text = framework_template("our-own", date(2026, 4, 1))
    loaded = check_framework(parse(text, "our-own.yaml"))
    assert loaded.framework.id == "our-own"
    assert len(loaded.framework.metrics) == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rule: {type: evidence}}", "rule: {type: evidence}, counts: true}", "it cannot count"),
        ("thresholds: [1.5, 2.5, 3.5]}", "thresholds: [2, 1, 3]}", "thresholds must ascend"),
        ("{basis: thresholds,", "{basis: judgement,", "neither thresholds nor a population"),
        ("capability:\n", "system_adjustment: {basis: trusts}\ncapability:\n", "not name icb"),
        ("capability:\n", "system_adjustment: {basis: metrics}\ncapability:\n", "is needed there"),
        (
            "  domains: [{id: one, name: One}]\n",
            "  domains: [{id: one, name: One}]\n  ratings: [a]\n"
            "  effects: [{rating: b, becomes: 4, why: W}]\n",
            "'b' is no rating; use one of a",
        ),
        (
            "  domains: [{id: one, name: One}]\n",
            "  domains: [{id: one, name: One}]\n  effects: [{rating: b, becomes: 7, why: W}]\n",
            "there is no segment 7 among the labels",
        ),
        (
            "rule: {type: evidence}}",
            "rule: {type: evidence}}\n  - {id: OF0080, domain: money, kinds: [acute], "
            "rule: {type: lookup, rows: OF0079, columns: OF0081, table: {1: {1: 1}}}}",
            "'OF0081' is evidence here and has no score to look up",
        ),
    ],
)
def test_faults_of_the_new_keys_are_told(old: str, new: str, said: str) -> None:
    assert old in FIFTH
    with pytest.raises(DeclarationError) as caught:
        check_framework(parse(FIFTH.replace(old, new, 1), "fifth.yaml"))
    assert said in str(caught.value)
    assert "fifth.yaml, line " in str(caught.value)


KINDS = FIFTH.replace(
    "rule: {type: bands, bands: [{at_least: 0, score: 1}, {above: -1, score: 2}, {score: 4}]}",
    "rule: {type: ranked}\n    population: [acute]",
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kinds: [acute]\ndomains", "kinds: [acute, acute]\ndomains", "kinds.1: acute is named"),
        ("population: [acute]", "population: [acute, ambulance, acute]", "population.2: acute is"),
        ("    kinds: [acute]", "    kinds: [acute, acute]", "metrics.0.kinds.1: acute is named"),
        ("population: [acute]", "population: []", "nobody is ranked"),
        ("population: [acute]", "population: [ambulance]", "acute trusts are scored by rank and"),
        (
            "basis: thresholds, thresholds: [1.5, 2.5, 3.5]",
            "basis: quartiles, population: [acute, acute]",
            "cut_points.population.1: acute is named twice",
        ),
        (
            "basis: thresholds, thresholds: [1.5, 2.5, 3.5]",
            "basis: quartiles",
            "name the kinds whose they are",
        ),
        (
            "kinds: [acute]\ndomains",
            "kinds: []\ndomains",
            "kinds: this list needs at least 1 entry and has none",
        ),
        (
            "    kinds: [acute]",
            "    kinds: []",
            "metrics.0.kinds: this list needs at least 1 entry",
        ),
    ],
)
def test_kinds_that_nobody_or_somebody_twice_fills_are_told(old: str, new: str, said: str) -> None:
    assert old in KINDS
    check_framework(parse(KINDS, "fifth.yaml"))
    with pytest.raises(DeclarationError) as caught:
        check_framework(parse(KINDS.replace(old, new, 1), "fifth.yaml"))
    assert said in str(caught.value)
    assert "after validation" not in str(caught.value)


def test_who_is_not_ranked_needs_no_population() -> None:
    bands = FIFTH.replace("score: 4}]}\n", "score: 4}]}\n    population: [ambulance]\n", 1)
    check_framework(parse(bands, "fifth.yaml"))


def test_a_system_metric_must_be_scored_for_icbs() -> None:
    text = FIFTH.replace("kinds: [acute]\ndomains", "kinds: [acute, icb]\ndomains")
    text += "system_adjustment: {basis: metrics, metrics: [OF0079]}\n"
    with pytest.raises(DeclarationError, match="'OF0079' is not scored for ICBs here"):
        check_framework(parse(text, "fifth.yaml"))


def test_a_difference_names_what_it_concerns() -> None:
    before = check_framework(parse(FIFTH, "a.yaml"))
    changed = FIFTH.replace("{above: -1, score: 2}", "{above: -1, score: 3}")
    changed = changed.replace("  - {id: OF0081, domain: money", "  - {id: OF0023, domain: money")
    changed = changed.replace("name: A fifth framework", "name: Another")
    found = compare(before, check_framework(parse(changed, "b.yaml")))
    scoring = {section.title: [str(c) for c in section.changes] for section in found.scoring}
    assert scoring["Metric OF0079 Planned surplus or deficit"] == [
        "~ OF0079.rule.bands.#2.score: 2.0 → 3.0"
    ]
    (dropped,) = [title for title in scoring if title.startswith("Metric OF0081")]
    assert scoring[dropped] == ["- OF0081: the whole of it"]
    assert "~ name: 'A fifth framework' → 'Another'" in str(
        [str(c) for section in found.wording for c in section.changes]
    )


def test_a_framework_does_not_differ_from_itself() -> None:
    loaded = load_framework("nof-2025-26")
    found = compare(loaded, loaded)
    assert (found.scoring, found.wording) == ((), ())
