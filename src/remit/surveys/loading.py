"""Questionnaires and scales: those of a user, and those that come with Remit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from remit.catalogue import declared
from remit.model.errors import SurveyError
from remit.model.questionnaire import Questionnaire, Scale, ScaleFile
from remit.words.nearest import did_you_mean


@cache
def load_scales() -> Mapping[str, Scale]:
    """The scales that questionnaires share.

    Examples
    --------
    >>> [one.label for one in load_scales()["yes-no"].answers]
    ['Yes', 'No']
    """
    files = [file.validate(ScaleFile) for file in declared.packaged("scales")]
    return {
        name: _with_shared(file, scale) for file in files for name, scale in file.scales.items()
    }


def _with_shared(file: ScaleFile, scale: Scale) -> Scale:
    return scale if scale.dont_know else scale.model_copy(update={"dont_know": file.dont_know})


@cache
def ready_questionnaires() -> Mapping[str, Questionnaire]:
    """The questionnaires that come with Remit, by identifier."""
    found = [file.validate(Questionnaire) for file in declared.packaged("questionnaires")]
    return {one.id: one for one in found}


def load_questionnaire(name: str) -> Questionnaire:
    """A questionnaire by its file, or one that comes with Remit by its identifier.

    Raises
    ------
    DeclarationError
        If the file is faulty: each fault with line, key and remedy.
    SurveyError
        If there is neither such a file nor such a questionnaire.
    """
    path = Path(name)
    if path.suffix.lower() in {".yaml", ".yml"} or path.exists():
        return declared.read(path).validate(Questionnaire)
    ready = ready_questionnaires()
    if name in ready:
        return ready[name]
    raise SurveyError(
        f"{name}: there is no such file (.yaml), and no ready questionnaire of this name; "
        f"there are {', '.join(ready)}{did_you_mean(name, ready)}"
    )
