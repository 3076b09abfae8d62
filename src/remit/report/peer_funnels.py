"""The funnel of peers: whether chance explains how far an organisation lies from them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from remit.model.errors import AssessmentError
from remit.model.metric import Metric
from remit.report.beside import HeldFigure
from remit.report.bodies import Placed
from remit.report.compared import PeerFunnel
from remit.report.view import ReportLine
from remit.signals.funnel import funnel

FEWEST = 5
"""Of fewer organisations it cannot be told how much they differ from each other."""

NO_SHARE = "It is no share of a count, so a funnel cannot tell chance from difference."
TOO_FEW = f"Fewer than {FEWEST} have a figure: too few to tell chance from difference."


def peer_funnel(
    metric: Metric,
    line: ReportLine,
    rows: Sequence[tuple[Placed, HeldFigure]],
    chosen: frozenset[str],
) -> PeerFunnel | str:
    """The funnel of organisations of one kind and period, or a sentence why there is none.

    All are held against the rate of those that are chosen as peers, taken together.

    Parameters
    ----------
    metric
        What is measured.
    line
        One of those that are held against the peers: its metric and period are meant.
    rows
        The organisations with their figures.
    chosen
        The codes of the peers.
    """
    if metric.unit != "percent" or not metric.denominator:
        return NO_SHARE
    frame = pl.DataFrame(
        [(one.body.code, one.body.short, f.row["numerator"], f.row["denominator"])
         for one, f in rows],
        schema={"code": pl.String, "name": pl.String, "numerator": pl.Float64,
                "denominator": pl.Float64},
        orient="row",
    )  # fmt: skip
    if frame.height < FEWEST:
        return TOO_FEW
    peers = frame.filter(pl.col("code").is_in(list(chosen)))
    top, size = (float(peers[name].sum()) for name in ("numerator", "denominator"))
    if not size:
        return TOO_FEW
    try:
        made = funnel(
            frame, better=metric.better, target=metric.scale * top / size, scale=metric.scale
        )
    except AssessmentError:
        # A numerator that is no part of its denominator, or a rate of nobody or of all.
        return NO_SHARE
    noun = rows[0][0].noun
    name = f"funnel-{metric.id}-{noun}-{line.period}".lower()
    slug = "-".join("".join(c if c.isalnum() else " " for c in name).split())
    return PeerFunnel(slug, line.metric, noun, line.period, frozenset(frame["code"]), made)
