"""What an assessment yields: frames for analysts, plain records for pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from remit.assessment.judgement.records import Records
from remit.model.errors import UnknownCode
from remit.model.explanation import Step
from remit.model.framework import Framework
from remit.model.metric import Metric
from remit.model.observation import Rejection, Source
from remit.model.period import Period
from remit.words.figures import number_words
from remit.words.kinds import kinds_in_words

if TYPE_CHECKING:
    from remit.register import Register
    from remit.series import QuarterFigures

Mode = Literal["recomputed", "published"]


@dataclass(frozen=True, slots=True)
class CutPoints:
    """Where segments begin and how that is known.

    ``values`` are ascending averages; a score at or below the first is in segment 1. They are
    empty where segments are set by judgement, or where none were asked for.
    ``origin`` is one clause, such as "quartiles of 195 of 205 trusts". ``basis`` is
    ``published`` where the published segments imply them, ``population`` for quartiles.
    """

    values: tuple[float, ...]
    basis: Literal["published", "population", "given", "framework", "judgement", "none"]
    origin: str
    organisations: int
    expected: int

    @property
    def shown(self) -> str:
        """The cut points as every command and page prints them."""
        return " | ".join(number_words(value, 4) for value in self.values) or "none"

    @property
    def sentence(self) -> str:
        """How they came about, as a sentence."""
        return f"{self.origin[0].upper()}{self.origin[1:]}."


@dataclass(frozen=True, slots=True)
class Population:
    """Who was ranked on one metric, and whether that is everybody who should be.

    ``kinds`` are the kinds of trust; ``missing`` the kinds with too few trusts at hand, each
    with a sentence that says how many.
    """

    metric_id: str
    kinds: tuple[str, ...]
    size: int
    complete: bool
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LikelyRun:
    """How the likely ranges of a standing were drawn."""

    replicates: int
    seed: int
    confidence: float
    method: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """One framework applied to the figures of one period.

    Attributes
    ----------
    metric_scores
        One row an organisation and metric: ``org_code, metric_id, value, rank,
        population_size, score, published_score, rule`` and then ``org_kind, unit, domain,
        status, period_label, recomputed_score, difference, basis, counts, group_id, verified,
        published_rank, published_median, published_lower_quartile, published_upper_quartile,
        value_source, value_line, score_source, score_line``. ``score`` is the one that enters
        the averages: the recomputed one or the published one, as ``basis`` says.
    domain_scores
        One row an organisation and domain: ``org_code, domain, score, segment,
        published_score, published_segment, n_scores``.
    standing
        One row an organisation: ``org_code, org_name, kind, n_metrics, average_score,
        published_average_score, unadjusted_segment, override, adjusted_segment,
        published_segment, rank, published_rank`` and then ``subkind, region_code, icb_code,
        computed_unadjusted_segment, published_unadjusted_segment, final_segment,
        published_final_segment, overrides_applied, capability_rating``; where the framework
        has them also ``judged_by, judged_on`` and ``own_score, system_score, system_weight``.
        At the end ``likely_score_low, likely_score_high, likely_rank_low, likely_rank_high,
        p_segment_1`` to ``p_segment_4``; null where no likely ranges were asked for.
    entries
        What enters each organisation's average: ``org_code, domain, entry, score``. Like
        ``everyone``, the standing before likely ranges, it holds all organisations, also where
        the result was narrowed to a kind.
    every_score
        As ``metric_scores``, and also of those whom the organisations judged are ranked among.
    not_judged
        The kind of every organisation in the figures that the framework does not judge. It has no
        score, segment or rank; its values may be among those that others are ranked with.
    made
        The values that were made of counts, with the published figures behind each.
    explainer
        What :meth:`explain` asks: the room of explanations stands on this one, not under it.
    worked_out
        What was worked out of it and may be asked again; see :mod:`.once`.
    likely
        How the likely ranges were drawn; None where they were not asked for.
    """

    framework: Framework
    metrics: Mapping[str, Metric]
    hashes: Mapping[str, str]
    period: Period
    mode: Mode
    metric_scores: pl.DataFrame
    domain_scores: pl.DataFrame
    standing: pl.DataFrame
    cut_points: CutPoints
    populations: Mapping[str, Population]
    sources: Mapping[str, Source]
    rejections: tuple[Rejection, ...]
    notes: tuple[str, ...]
    register: Register
    explainer: Callable[[Assessment, str], Step] = field(repr=False)
    observations: pl.DataFrame
    entries: pl.DataFrame
    everyone: pl.DataFrame
    every_score: pl.DataFrame
    not_judged: Mapping[str, str]
    made: QuarterFigures = field(repr=False)
    likely: LikelyRun | None = None
    fictional: bool = False
    records: Records = field(default_factory=Records, repr=False)
    to_native: Callable[[pl.DataFrame], Any] | None = field(default=None, repr=False)
    worked_out: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def standings(self) -> Any:
        """``standing`` as the kind of frame that the figures came in."""
        return self.as_given(self.standing)

    def as_given(self, table: pl.DataFrame) -> Any:
        """A table of this result as the kind of frame that the figures came in.

        A lazy frame comes back lazy, a DuckDB relation as a relation on its own connection;
        figures that were read from files come as polars frames.

        >>> result.as_given(result.metric_scores)                     # doctest: +SKIP
        """
        return self.to_native(table) if self.to_native else table

    def explain(self, code: str) -> Step:
        """Why an organisation stands where it stands, down to the line of the publication.

        Raises
        ------
        UnknownCode
            If the organisation is not in this assessment; the message names the nearest.
        """
        return self.explainer(self, code)

    def differences(self) -> pl.DataFrame:
        """Metric scores whose recomputed and published scores differ when shown."""
        unequal = pl.col("difference").abs() > 10.0**-self.framework.rounding.decimals + 1e-9
        return self.metric_scores.filter(unequal)

    def record(self, code: str) -> Mapping[str, Any]:
        """The standing of one organisation as a dictionary."""
        key = ("record", code)
        if key not in self.worked_out:
            codes = self.standing["org_code"].to_list()
            if code not in codes:
                raise UnknownCode(self.why_absent(code))
            self.worked_out[key] = self.standing.row(codes.index(code), named=True)
        found: Mapping[str, Any] = self.worked_out[key]
        return found

    def why_absent(self, code: str) -> str:
        """Why an organisation is not in the standing, in one sentence."""
        kind, judged = self.not_judged.get(code), kinds_in_words(self.framework.kinds)
        if kind is not None:
            name = self.register.get(code).name_on(self.period.end)
            return (
                f"{code} ({name}) is not judged: {self.framework.name} judges {judged} only, and "
                f"it is one of the {kinds_in_words([kind])}"
            )
        organisation = self.register.find(code)
        if organisation is not None:
            return f"{code} ({organisation.name}) has no figures for {self.period.label}"
        codes = set(self.standing["org_code"])
        likely = self.register.nearest(code, among=codes)
        near = ", ".join(f"{o.code} ({o.name})" for o in likely) or "none"
        return (
            f"no organisation has the code {code}; nearest with figures for "
            f"{self.period.label}: {near}"
        )
