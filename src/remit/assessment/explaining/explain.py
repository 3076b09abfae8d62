"""The tree from a segment down to the lines of the publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from remit.assessment.explaining.averages import average_because, close_to_published
from remit.assessment.explaining.counts import made_of
from remit.assessment.explaining.records import capability_steps, judgement_step, system_steps
from remit.assessment.explaining.words import score_in_words, status_in_words, value_in_words
from remit.assessment.judgement.capability import capability_overrides
from remit.assessment.result.assessment import Assessment
from remit.assessment.result.citing import cite
from remit.assessment.result.once import once, rows_of
from remit.assessment.scoring.laws.segments import segments_of
from remit.assessment.scoring.segments import flag_column
from remit.model.explanation import SourceLine, Step
from remit.model.framework import Domain, LookupRule, Override, PublishedRule, ScoredMetric
from remit.model.organisation import TrustKind
from remit.words.figures import number_words, score_words
from remit.words.sentences import count_words, listed

Row = Mapping[str, Any]


def explain(assessment: Assessment, code: str) -> Step:
    """Explain one organisation's segment.

    Raises
    ------
    UnknownCode
        If the organisation is not in the assessment; the message names the nearest.
    """
    assessment.record(code)
    return _Explainer(assessment, code).segment()


@once
def _of_each_kind(assessment: Assessment) -> Mapping[str, int]:
    return Counter(assessment.standing["kind"].to_list())


@dataclass(frozen=True)
class _Explainer:
    """Builds the steps of one organisation."""

    assessment: Assessment
    code: str

    @cached_property
    def standing(self) -> Row:
        return self.assessment.record(self.code)

    @cached_property
    def cells(self) -> dict[str, Row]:
        rows = rows_of(self.assessment, "metric_scores", self.code)
        return {row["metric_id"]: row for row in rows}

    @cached_property
    def domains(self) -> dict[str, Row]:
        rows = rows_of(self.assessment, "domain_scores", self.code)
        return {row["domain"]: row for row in rows}

    @cached_property
    def results(self) -> dict[str, Row]:
        """The organisation's reported observations by identifier.

        Where two files give the same result, the one that holds the metrics goes first, as in
        the assessment.
        """
        rows = [
            row
            for row in rows_of(self.assessment, "observations", self.code)
            if row["status"] == "reported"
        ]
        with_metrics = {row["score_source"] for row in self.cells.values()}
        with_metrics |= {row["value_source"] for row in self.cells.values()}
        found: dict[str, Row] = {}
        for row in sorted(rows, key=lambda row: row["source_id"] not in with_metrics):
            found.setdefault(row["metric_id"], row)
        return found

    def shown(self, value: float | None) -> str:
        return score_words(value, self.assessment.framework.rounding)

    # The segment and what bears on it

    def segment(self) -> Step:
        """The whole tree."""
        row = self.standing
        final, adjusted = row["final_segment"], row["adjusted_segment"]
        framework = self.assessment.framework
        overrides = (*framework.segments.overrides, *capability_overrides(framework))
        published = framework.segments.published_adjusted
        kind = TrustKind(row["kind"]).label.lower()
        label = f"{row['org_name']} ({self.code}), {self.assessment.period.label}"
        if adjusted is None:
            because = self._no_segment()
        elif row["rank"] is None:
            because = "It has no average score, so it has no rank in a league table."
        else:
            same = self._against_published(adjusted, row["published_segment"], "segment")
            because = (
                f"It ranks {row['rank']} of {self._peers()} {kind}s, by adjusted segment and then "
                f"by average score. {self._by_unknown_steps() or same}"
            )
        steps = [
            *(self._override(override) for override in overrides),
            self._unadjusted(),
            *self._published(published, "Published segment", whole=True),
            *capability_steps(self.assessment, self.code),
        ]
        return Step("segment", label, f"Segment {final or '–'}", because, final, None, tuple(steps))

    def _by_unknown_steps(self) -> str:
        """What is said where a segment is as published after steps that Remit does not know."""
        segments, row = self.assessment.framework.segments, self.standing
        taken = self.assessment.mode == "published" and row["published_segment"] is not None
        if not (segments.unknown_steps and taken) or self.assessment.cut_points.basis == "given":
            return ""
        moved = row["unadjusted_segment"] not in (None, row["adjusted_segment"])
        steps = listed([step.name for step in segments.unknown_steps])
        why = (
            f" It was moved by a step whose rule is not known to Remit ({steps})." if moved else ""
        )
        return f"The segment is as published.{why}"

    def _no_segment(self) -> str:
        basis = self.assessment.cut_points.basis
        if basis == "judgement":
            return "No judgement is recorded, so there is no segment."
        if basis == "none" and self.standing["average_score"] is not None:
            return "No cut points were given, so there is no segment."
        return "There is no score, so there is no segment."

    def _peers(self) -> int:
        return _of_each_kind(self.assessment)[self.standing["kind"]]

    @staticmethod
    def _against_published(ours: float | None, published: float | None, what: str) -> str:
        if published is None:
            return f"The files give no published {what} to compare with."
        if ours == published:
            return f"The published {what} is the same."
        return f"The published {what} is {published:g}: it differs."

    def _override(self, override: Override) -> Step:
        flag = self.standing[flag_column(override)]
        applied = override.id in (self.standing["overrides_applied"] or "").split(", ")
        if flag is None:
            value, because = "not known", "The files do not say; no override was applied."
        elif flag != 1:
            value, because = "no", "The flag is not set."
        elif applied:
            value, because = "yes", f"{override.why} This changed the segment."
        else:
            value = "yes"
            because = f"{override.why} It stands no better anyway, so nothing changed."
        source = self._line(self.results.get(override.flag))
        return Step("override", override.name, value, because, flag, source)

    def _unadjusted(self) -> Step:
        row = self.standing
        segment, computed = row["unadjusted_segment"], row["computed_unadjusted_segment"]
        published = row["published_unadjusted_segment"]
        if self.assessment.cut_points.basis == "judgement":
            because = "As judged; no score makes it."
        elif segment is None and row["adjusted_segment"] is not None:
            because = "The files give the segment after all steps only."
        elif segment is None:
            because = self._no_segment()
        elif self.assessment.mode == "published" and published is not None and segment == published:
            said = f"By the cut points below it would be segment {computed}."
            by_cuts = self._by_cut_points() if computed == segment else said
            because = f"As published. {by_cuts if computed is not None else ''}".strip()
        else:
            because = self._by_cut_points()
            because += " " + self._against_published(segment, published, "unadjusted segment")
        metric_id = self.assessment.framework.segments.published_unadjusted
        below = [
            *self._published(metric_id, "Published unadjusted segment", whole=True),
            self._foundation(),
            self._average(),
        ]
        value = f"Segment {segment or '–'}"
        return Step(
            "unadjusted", "Segment before overrides", value, because, segment, None, tuple(below)
        )

    def _by_cut_points(self) -> str:
        points = self.assessment.cut_points.values
        average = score_words(
            self.standing["average_score"],
            self.assessment.framework.rounding,
            beside=lambda shown: float(segments_of(np.array(shown), points)),
        )
        segment = self.standing["computed_unadjusted_segment"]
        if segment == 1:
            first = number_words(points[0], 4)
            return f"The average score {average} is at or below the first cut point {first}."
        lower = number_words(points[segment - 2], 4)
        if segment > len(points):
            return f"The average score {average} is above the last cut point {lower}."
        return (
            f"The average score {average} is above {lower} and at or below "
            f"{number_words(points[segment - 1], 4)}."
        )

    def _foundation(self) -> Step:
        if self.assessment.cut_points.basis == "judgement":
            return judgement_step(self.assessment, self.code)
        cuts = self.assessment.cut_points
        return Step("cut_points", "Cut points between segments", cuts.shown, cuts.sentence)

    # The average and its parts

    def _average(self) -> Step:
        row = self.standing
        published = self.assessment.framework.aggregation.published_average
        steps = [
            *system_steps(self.assessment, self.code),
            *(self._domain(domain) for domain in self.assessment.framework.domains),
            *self._published(published, "Published average score"),
        ]
        return Step(
            "average",
            "Average metric score",
            self.shown(row["average_score"]),
            average_because(self.assessment, self.code),
            row["average_score"],
            None,
            tuple(steps),
        )

    def _domain(self, domain: Domain) -> Step:
        row = self.domains.get(domain.name)
        steps = [*self._entries(domain), *self._missing(domain)]
        if row is None:
            because = "No metric of this domain is scored for this organisation."
            return Step("domain", domain.name, "–", because, None, None, tuple(steps))
        because = f"The mean of {count_words(row['n_scores'], 'score')}. " + close_to_published(
            self.assessment.framework, row["score"], row["published_score"], "domain score"
        )
        steps.extend(self._published(domain.published_score, "Published domain score"))
        value, number = self.shown(row["score"]), row["score"]
        return Step("domain", domain.name, value, because, number, None, tuple(steps))

    def _entries(self, domain: Domain) -> list[Step]:
        """The domain's metrics; members of a group stand together under it."""
        framework = self.assessment.framework
        steps: list[Step] = []
        for group in (g for g in framework.groups if g.domain == domain.id):
            steps.extend(self._group(group.name, group.members))
        for scored in framework.metrics:
            if scored.domain != domain.id or framework.group_of(scored.id):
                continue
            if scored.is_evidence:
                steps.extend(self._evidence(scored))
            elif scored.counts:
                steps.extend(self._metric(scored))
        return steps

    def _group(self, name: str, members: Sequence[str]) -> list[Step]:
        framework = self.assessment.framework
        steps = [step for member in members for step in self._metric(framework.metric(member))]
        if not steps:
            return []
        scores = [self.cells[m]["score"] for m in members if m in self.cells]
        present = [score for score in scores if score is not None]
        mean = sum(present) / len(present) if present else None
        of = count_words(len(present), "score", none="0")
        because = f"The mean of {of}, which counts as one score."
        return [Step("group", name, self.shown(mean), because, mean, None, tuple(steps))]

    def _missing(self, domain: Domain) -> list[Step]:
        """The metrics that could be scored for this kind and were not, with the reason."""
        kind = TrustKind(self.standing["kind"])
        return [
            Step(
                "missing",
                f"{self.assessment.metrics[scored.id].name} ({scored.id})",
                "not scored",
                f"Left out of the mean: {self._why_missing(scored)}.",
            )
            for scored in self.assessment.framework.metrics
            if scored.domain == domain.id and kind in scored.kinds and self._lacks_score(scored)
        ]

    def _lacks_score(self, scored: ScoredMetric) -> bool:
        there = scored.id in self.cells and self.cells[scored.id]["score"] is not None
        return not scored.is_evidence and not there

    def _why_missing(self, scored: ScoredMetric) -> str:
        row = self.cells.get(scored.id)
        point = self.assessment.made.point(self.code, scored.id)
        if point is not None and point["status"] == "incomplete":
            return f"the counts of a part of {self.assessment.period.label} are not there"
        if row is None:
            note = f" ({scored.note.rstrip('.')})" if scored.note and scored.verified else ""
            return f"the files have no row for it{note}"
        if row["status"] == "reported":
            return "the files give a value but no score"
        return status_in_words(row["status"])

    # One metric

    def _evidence(self, scored: ScoredMetric) -> list[Step]:
        """A value that is shown to those who judge; no score comes of it."""
        row = self.cells.get(scored.id)
        if row is None:
            return []
        label = f"{self.assessment.metrics[scored.id].name} ({scored.id})"
        because = "Evidence for the judgement; it is not scored."
        return [Step("evidence", label, "", because, steps=tuple(self._value(row)))]

    def _metric(self, scored: ScoredMetric) -> list[Step]:
        row = self.cells.get(scored.id)
        if row is None or row["score"] is None:
            return []
        metric = self.assessment.metrics[scored.id]
        steps = [*self._value(row), *self._published_score(row, scored)]
        if isinstance(scored.rule, LookupRule):
            for part in (scored.rule.rows, scored.rule.columns):
                steps.extend(self._metric(self.assessment.framework.metric(part)))
        label = f"{metric.name} ({scored.id})"
        because = self._metric_because(row, scored)
        value = self.shown(row["score"])
        return [Step("metric", label, value, because, row["score"], None, tuple(steps))]

    def _metric_because(self, row: Row, scored: ScoredMetric) -> str:
        said = score_in_words(self.assessment, row, scored)
        if row["basis"] == "published" and row["recomputed_score"] is not None:
            said = f"As published. {said}"
        unknown = isinstance(scored.rule, PublishedRule) and scored.rule.with_value
        if not row["verified"] and not unknown:
            said += " This rule is not verified."
        if row["difference"] is not None and abs(row["difference"]) > 0.01 + 1e-9:
            said += (
                f" Recomputed {self.shown(row['recomputed_score'])}, published "
                f"{self.shown(row['published_score'])}: they differ."
            )
        return said

    def _value(self, row: Row) -> list[Step]:
        if row["value_line"] is None and row["value"] is None:
            return []
        source = self._source_line(row["value_source"], row["value_line"])
        value = value_in_words(row, self.assessment.framework.metric(row["metric_id"]))
        because = f"For {row['period_label']}." if row["period_label"] else ""
        parts = made_of(self.assessment, row)
        because += " Made of the counts below." if parts else ""
        return [Step("value", "Value", value, because, row["value"], source, parts)]

    def _published_score(self, row: Row, scored: ScoredMetric) -> list[Step]:
        if row["published_score"] is None:
            return []
        score_id = self.assessment.metrics[scored.id].score_id
        source = self._source_line(row["score_source"], row["score_line"])
        label = f"Published score ({score_id})"
        value = self.shown(row["published_score"])
        return [Step("published", label, value, "", row["published_score"], source)]

    # Where a figure stands

    def _published(self, metric_id: str | None, label: str, *, whole: bool = False) -> list[Step]:
        row = self.results.get(metric_id or "")
        if row is None:
            return []
        value = f"{row['value']:g}" if whole else self.shown(row["value"])
        because = f"As the file gives it ({metric_id})." if metric_id else ""
        return [Step("published", label, value, because, row["value"], self._line(row))]

    def _line(self, row: Row | None) -> SourceLine | None:
        if row is None:
            return None
        return self._source_line(row["source_id"], row["source_row"], row["source_column"])

    def _source_line(
        self, source_id: str | None, line: int | None, column: str | None = "Value"
    ) -> SourceLine | None:
        return cite(self.assessment.sources, source_id, line, column)
