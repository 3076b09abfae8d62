"""JSON Schemas of the declarations, for editors and for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic import BaseModel

from remit.model.activity_mapping import ActivityMapping
from remit.model.agreement import AgreementFile
from remit.model.annual import AnnualYear, PhraseLadder
from remit.model.annual_records import (
    AnnualFile,
    ConcernFile,
    EvidenceFile,
    FigureFile,
    FindingFile,
    ReplyFile,
)
from remit.model.bank_holidays import BankHolidayFile
from remit.model.capability import CapabilityFile
from remit.model.codebook import Codebook
from remit.model.conversation_scales import ConversationScales
from remit.model.coverage import Coverage
from remit.model.effect_rules import EffectRules
from remit.model.entry import CatalogueFile
from remit.model.framework import Framework
from remit.model.glossary import GlossaryFile
from remit.model.horizon import HorizonFile
from remit.model.intake import BurdenFile, ColumnsFile, PersonalFile, VocabularyFile
from remit.model.judgement import JudgementFile
from remit.model.lasting import LastingRules
from remit.model.lexicon import PairModel, WordingFile
from remit.model.measured import SureFile
from remit.model.meeting import MeetingFile
from remit.model.metric import MetricFile
from remit.model.move import (
    CostFile,
    MoveFile,
    PaymentFile,
    ReceiverFile,
    ResourceFile,
    ServiceFile,
)
from remit.model.neighbourhood import NeighbourhoodFile
from remit.model.organisation_file import OrganisationFile
from remit.model.output import ColumnFile, OutputFolder
from remit.model.oversight import PlanFile
from remit.model.peers import PeerMethod
from remit.model.plan_course import PlanCourse
from remit.model.practice_records import PracticeFile
from remit.model.practice_stages import PracticeStages
from remit.model.publication import Publication
from remit.model.questionnaire import Questionnaire, ScaleFile
from remit.model.remit import RemitFile
from remit.model.retention import RetentionFile
from remit.model.sender import SenderFile
from remit.model.shapes import ShapesFile
from remit.model.shift_measures import ShiftComposite, ShiftFramework, ShiftMeasureFile
from remit.model.significance import MovementTest
from remit.model.sorts import SortsFile
from remit.model.spc_rules import SpcRules
from remit.model.spread_rules import SpreadRules
from remit.model.target import TargetFile
from remit.model.typed_names import TypedNamesFile
from remit.model.wants import AnswerModel, WantsFile

SCHEMAS: Mapping[str, type[BaseModel]] = {
    "activity-mapping": ActivityMapping,
    "agreement": AgreementFile,
    "annual-assessment": AnnualFile,
    "annual-concerns": ConcernFile,
    "annual-evidence": EvidenceFile,
    "annual-figures": FigureFile,
    "annual-findings": FindingFile,
    "annual-ladder": PhraseLadder,
    "annual-replies": ReplyFile,
    "annual-year": AnnualYear,
    "answer-model": AnswerModel,
    "ask-columns": ColumnsFile,
    "bank-holidays": BankHolidayFile,
    "burden": BurdenFile,
    "capability": CapabilityFile,
    "catalogue": CatalogueFile,
    "codebook": Codebook,
    "columns": ColumnFile,
    "conversation-scales": ConversationScales,
    "coverage": Coverage,
    "effect-rules": EffectRules,
    "spread-rules": SpreadRules,
    "framework": Framework,
    "glossary": GlossaryFile,
    "horizon": HorizonFile,
    "judgements": JudgementFile,
    "lasting-rules": LastingRules,
    "meetings": MeetingFile,
    "metrics": MetricFile,
    "move": MoveFile,
    "move-costs": CostFile,
    "move-receivers": ReceiverFile,
    "move-resources": ResourceFile,
    "move-services": ServiceFile,
    "neighbourhood": NeighbourhoodFile,
    "organisations": OrganisationFile,
    "output": OutputFolder,
    "oversight": PlanFile,
    "pair-model": PairModel,
    "payment": PaymentFile,
    "peer-method": PeerMethod,
    "personal": PersonalFile,
    "plan-course": PlanCourse,
    "practice-stages": PracticeStages,
    "practices": PracticeFile,
    "publication": Publication,
    "questionnaire": Questionnaire,
    "remits": RemitFile,
    "retention": RetentionFile,
    "scales": ScaleFile,
    "senders": SenderFile,
    "shapes": ShapesFile,
    "shift-composite": ShiftComposite,
    "shift-framework": ShiftFramework,
    "shift-measures": ShiftMeasureFile,
    "significance": MovementTest,
    "sorts": SortsFile,
    "spc-rules": SpcRules,
    "sure": SureFile,
    "targets": TargetFile,
    "typed-names": TypedNamesFile,
    "vocabulary": VocabularyFile,
    "wants": WantsFile,
    "wording": WordingFile,
}


def schema_text(name: str) -> str:
    """The JSON Schema of one kind of declaration, as it lies in ``declarations/schemas``.

    Raises
    ------
    KeyError
        If there is no such kind.
    """
    content = SCHEMAS[name].model_json_schema(by_alias=True)
    content = {"$schema": "https://json-schema.org/draft/2020-12/schema", **content}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
