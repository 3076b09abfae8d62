"""A rank on the page of a metric says whom it is among, as on the page of a trust."""

from __future__ import annotations

from remit.pages.standings.metric_view import metric_view
from remit.pages.standings.organisation_view import organisation_view
from remit.pages.standings.results import Results


def test_a_rank_is_said_alike_on_the_pages_of_its_metric_and_of_its_trust(
    periods: list[Results],
) -> None:
    shown = periods[-1]
    among = 0
    for scored in shown.framework.metrics:
        if scored.id not in shown.by_metric:
            continue
        for group in metric_view(shown, scored).groups:
            for row in group.rows:
                trust = organisation_view(shown, row.code, periods)
                lines = [line for domain in trust.domains for line in domain.metrics]
                (own,) = [line for line in lines if line.metric_id == scored.id]
                assert row.rank == own.rank
                among += "that miss the standard" in row.rank
    # Of some metrics those that meet the standard have no rank; the others are ranked among them.
    assert among > 0
