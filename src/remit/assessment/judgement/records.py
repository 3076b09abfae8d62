"""What a user brings to an assessment beside the figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from remit.assessment.judgement.capability import CapabilityRecords, check_capability
from remit.assessment.judgement.judgement import Judgements, check_judgements
from remit.catalogue import declared
from remit.model.errors import AssessmentError

if TYPE_CHECKING:
    from remit.model.framework import Framework
    from remit.register import Register


@dataclass(frozen=True, slots=True)
class Records:
    """Judgements, capability records, and the weight of the system in an ICB's score."""

    judgements: Judgements | None = None
    capability: CapabilityRecords | None = None
    system_weight: float | None = None

    def described(self) -> dict[str, Any]:
        """The records by file name and digest, for the record of a run."""
        files = {
            "judgements": self.judgements.file if self.judgements else None,
            "capability": self.capability.file if self.capability else None,
        }
        said: dict[str, Any] = {
            name: {"file": Path(file.path).name, "sha256": file.sha256}
            for name, file in files.items()
            if file is not None
        }
        if self.system_weight is not None:
            said["system_weight"] = self.system_weight
        return said


def read_records(
    framework: Framework,
    register: Register,
    *,
    judgements: Path | None = None,
    capability: Path | None = None,
    system_weight: float | None = None,
) -> Records:
    """Read the files that a user named.

    Raises
    ------
    DeclarationError
        If one is faulty; the message names file, line and key.
    AssessmentError
        If a weight is given that the framework has no use for or that is not between 0 and 1.
    """
    judged = declared.read(judgements) if judgements else None
    boards = declared.read(capability) if capability else None
    return Records(
        judgements=check_judgements(judged, framework, register) if judged else None,
        capability=check_capability(boards, framework, register) if boards else None,
        system_weight=_checked(system_weight, framework),
    )


def _checked(weight: float | None, framework: Framework) -> float | None:
    if weight is None:
        return None
    if framework.system_adjustment is None:
        raise AssessmentError(f"{framework.id} does not adjust ICBs for their systems")
    if not 0 <= weight <= 1:
        raise AssessmentError(f"the system's weight lies between 0 and 1; got {weight:g}")
    return weight
