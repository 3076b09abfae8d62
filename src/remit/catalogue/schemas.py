"""JSON Schemas of the declarations, for editors and for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic import BaseModel

from remit.model.capability import CapabilityFile
from remit.model.framework import Framework
from remit.model.judgement import JudgementFile
from remit.model.metric import MetricFile
from remit.model.organisation_file import OrganisationFile
from remit.model.publication import Publication

SCHEMAS: Mapping[str, type[BaseModel]] = {
    "capability": CapabilityFile,
    "framework": Framework,
    "judgements": JudgementFile,
    "metrics": MetricFile,
    "organisations": OrganisationFile,
    "publication": Publication,
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
