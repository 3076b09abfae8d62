"""The declared stages of a practice."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from remit.catalogue import declared
from remit.model.practice_stages import PracticeStage, PracticeStages


@cache
def load_stages() -> Mapping[str, PracticeStage]:
    """The stages by identifier, in their order.

    >>> [one for one, stage in load_stages().items() if stage.counts == "having"]
    ['adopted', 'spread', 'stopped']
    """
    (file,) = declared.packaged("practice/register")
    return {one.id: one for one in file.validate(PracticeStages).stages}


def stage_name(stage: str) -> str:
    """A stage as people call it; one that is not declared as it is written.

    >>> stage_name("pilot"), stage_name("tried")
    ('Pilot', 'tried')
    """
    found = load_stages().get(stage)
    return found.name if found else stage
