"""Those who are judged may be ranked and cut among others, who get no result themselves."""

from __future__ import annotations

from datetime import date

import pytest

import remit
from remit.assessment.result.assessment import Assessment
from remit.catalogue import check_framework, parse
from remit.model.errors import UnknownCode

from .figures_by_hand import HEADER, SEGMENTS, column, frame

PERIOD = "2025/26 Q1"
TRUSTS = "[acute, mental_health_community]"
# Less sickness is better: together RYJ RDY RRV RHA score 1 2 3 4. RDY and RHA are mental health.
VALUES: dict[str, dict[str, float | None]] = {"OF0082": {"RYJ": 1, "RRV": 3, "RDY": 2, "RHA": 4}}


def judged(scored_for: str, population: str, cut_among: str = "[acute]") -> Assessment:
    """Acute trusts judged on sickness absence alone."""
    rule = f"rule: {{type: ranked}}, population: {population}"
    metric = f"metrics:\n  - {{id: OF0082, domain: one, kinds: {scored_for}, {rule}}}\n"
    segments = SEGMENTS.replace("population: [acute]", f"population: {cut_among}")
    loaded = check_framework(parse(HEADER + metric + segments, "among.yaml"))
    return remit.assess(frame(VALUES), loaded, PERIOD, mode="recomputed", replicates=None)


@pytest.mark.parametrize("scored_for", ["[acute]", TRUSTS])
def test_others_are_ranked_among_and_get_no_score(scored_for: str) -> None:
    result = judged(scored_for, TRUSTS)
    assert column(result.standing, "org_code", "average_score") == {"RYJ": 1.0, "RRV": 3.0}
    cells = result.metric_scores.select("org_code", "rank", "population_size").rows()
    assert cells == [("RRV", 3, 4), ("RYJ", 1, 4)]
    assert column(result.standing, "org_code", "rank") == {"RYJ": 1, "RRV": 2}
    assert "does not judge mental health and community trusts: RDY, RHA" in " ".join(result.notes)


def test_within_their_own_kind_the_others_count_for_nothing() -> None:
    result = judged(TRUSTS, "own_kind")
    assert column(result.standing, "org_code", "average_score") == {"RYJ": 1.0, "RRV": 4.0}


def test_segments_are_cut_among_others_where_the_framework_says_so() -> None:
    # Averages 1 2 3 4: the quartiles, taken as the value above, are 2, 3 and 4.
    result = judged(TRUSTS, TRUSTS, cut_among=TRUSTS)
    assert result.cut_points.values == (2, 3, 4)
    assert column(result.standing, "org_code", "unadjusted_segment") == {"RYJ": 1, "RRV": 2}
    # Among the two acute trusts alone they are 3, 3 and 3.
    assert judged(TRUSTS, TRUSTS).cut_points.values == (3, 3, 3)


def test_why_one_is_not_judged_is_said_in_one_sentence() -> None:
    with pytest.raises(UnknownCode, match="By hand judges acute trusts only") as refused:
        judged("[acute]", TRUSTS).explain("RDY")
    assert str(refused.value).startswith("RDY (Dorset Healthcare University NHS Foundation Trust)")


def test_a_page_of_a_publication_belongs_to_the_framework_it_is_printed_for() -> None:
    known = remit.catalogue.load_metrics()
    mine = check_framework(
        parse(
            HEADER + "metrics:\n  - {id: OF0067, domain: one, kinds: [acute], "
            "rule: {type: published}}\n" + SEGMENTS,
            "mine.yaml",
        )
    )
    of_others = known.of_others(mine.framework, date(2025, 6, 30))
    assert of_others["OF1082"] == of_others["OF5002"] == of_others["OF5003"] == "nof-2025-26"
    # A flag is a fact, and the score that the framework takes as published is its own choice.
    assert not {"OF5004", "OF1067"} & set(of_others)
    own = remit.catalogue.load_framework("nof-2025-26").framework
    assert known.of_others(own, date(2025, 6, 30)) == {}
    # The next year's publication prints them too: then they are those of the framework in force.
    assert known.of_others(own, date(2026, 6, 30))["OF5002"] == "nof-2026-27"
    assert known.of_others(mine.framework, date(2026, 6, 30))["OF5002"] == "nof-2026-27"
    assert known.of_others(own, date(2025, 3, 31)) == {}
