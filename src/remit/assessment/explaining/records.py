"""The steps of an explanation that rest on records: judgement, capability, the system."""

from __future__ import annotations

from remit.assessment.judgement.capability import gaps
from remit.assessment.judgement.judgement import NONE_RECORDED
from remit.assessment.result.assessment import Assessment
from remit.model.capability import CapabilityRecord, DomainStatement, Evidence, Remark
from remit.model.explanation import Step
from remit.model.judgement import Judgement
from remit.words.days import day_words
from remit.words.figures import score_words


def judged(assessment: Assessment, code: str) -> Judgement | None:
    """The judgement that holds for an organisation on the period's last day."""
    judgements = assessment.records.judgements
    return judgements.of(code, assessment.period.end) if judgements else None


def judgement_step(assessment: Assessment, code: str) -> Step:
    """Who judged the segment, when, and on what evidence."""
    judgements, judgement = assessment.records.judgements, judged(assessment, code)
    label = "Segment by judgement"
    if judgements is None or judgement is None:
        return Step("judgement", label, "–", f"{NONE_RECORDED.capitalize()}.")
    because = f"Judged by {judgement.judged_by} on {day_words(judgement.judged_on)}"
    because += f", holding from {day_words(judgement.starts)}: {_sentence(judgement.reasons)}"
    if judgement.support:
        because += f" Support agreed: {_sentence(judgement.support)}"
    source = judgements.source(judgement)
    evidence = tuple(_evidence(one) for one in judgement.evidence)
    value = f"Segment {judgement.segment}"
    return Step("judgement", label, value, because, judgement.segment, source, evidence)


def capability_steps(assessment: Assessment, code: str) -> list[Step]:
    """The capability of the board, beside the segment; nothing where no file was given."""
    capability = assessment.framework.capability
    records = assessment.records.capability
    if capability is None or records is None:
        return []
    record = records.of(code, assessment.period.end)
    if record is None:
        return [Step("capability", capability.name, "–", "No assessment is recorded.")]
    because = "It is shown beside the segment and does not enter it."
    if capability.effects:
        because = "It can enter the segment: see the overrides."
    if record.rating:
        because = f"{_rated(record)} {because}"
    steps = [
        _self_assessment(assessment, record),
        *_remarks("Track record", record.track_record),
        *_remarks("Third party", record.third_party),
        *(Step("gap", "Left open", "", said) for said in gaps(record, capability)),
    ]
    word = record.rating.word if record.rating else "not rated"
    source = records.source(record)
    return [Step("capability", capability.name, word, because, None, source, tuple(steps))]


def _rated(record: CapabilityRecord) -> str:
    rating = record.rating
    if rating is None:
        return ""
    said = f"Rated by {rating.rated_by} on {day_words(rating.rated_on)}."
    return f"{said} {_sentence(rating.reasons)}" if rating.reasons else said


def _self_assessment(assessment: Assessment, record: CapabilityRecord) -> Step:
    own = record.self_assessment
    because = f"Signed by {own.signed_by} on {day_words(own.signed_on)}."
    capability = assessment.framework.capability
    names = {domain.id: domain.name for domain in capability.domains} if capability else {}
    steps = tuple(_domain(names.get(s.domain, s.domain), s) for s in own.domains)
    year = f" for {record.year}" if record.year else ""
    return Step("self_assessment", f"The board's self-assessment{year}", "", because, steps=steps)


def _domain(name: str, statement: DomainStatement) -> Step:
    because = _sentence(statement.statement)
    if statement.explanation:
        because += f" {_sentence(statement.explanation)}"
    evidence = tuple(_evidence(one) for one in statement.evidence)
    return Step("capability_domain", name, statement.rating, because, steps=evidence)


def _evidence(evidence: Evidence) -> Step:
    dated = f"Dated {day_words(evidence.dated)}. " if evidence.dated else ""
    kept = f"Kept at {evidence.reference}." if evidence.reference else ""
    return Step("evidence", "Evidence", evidence.title, f"{dated}{kept}".strip())


def _remarks(label: str, remarks: tuple[Remark, ...]) -> list[Step]:
    return [
        Step(
            "remark",
            label,
            "",
            f"{_sentence(one.statement)} Source: {one.source}"
            + (f", {day_words(one.dated)}." if one.dated else "."),
        )
        for one in remarks
    ]


def system_steps(assessment: Assessment, code: str) -> list[Step]:
    """How an ICB's own score and its system's make the score that it is judged by."""
    if assessment.framework.system_adjustment is None:
        return []
    row = assessment.record(code)
    if row["kind"] != "icb":
        return []
    rounding = assessment.framework.rounding
    own, system, weight = row["own_score"], row["system_score"], row["system_weight"]
    basis = assessment.framework.system_adjustment.basis
    of = {"trusts": "its trusts' average scores", "metrics": "its system-level metrics"}[basis]
    said = f"Own score {score_words(own, rounding)}; "
    said += f"system score {score_words(system, rounding)}, from {of}."
    if weight is None:
        because = f"{said} How much the system counts is not known, so nothing was adjusted."
        return [Step("system", "System adjustment", "none", because)]
    because = f"{said} (1 − {weight:g}) × own + {weight:g} × system."
    if not assessment.framework.system_adjustment.verified:
        because += " This rule is not verified."
    average = row["average_score"]
    return [Step("system", "System adjustment", score_words(average, rounding), because, average)]


def _sentence(text: str) -> str:
    said = " ".join(text.split())
    return said if said.endswith((".", "!", "?")) else f"{said}."
