"""The sample as assessments and as a site, for the tests of the pages."""

from __future__ import annotations

from pathlib import Path

from remit.api import read
from remit.assessment.result.assessment import Assessment, Mode
from remit.assessment.run import assess_all
from remit.pages import build_site
from remit.sample import write_sample


def sample_assessments(folder: Path, mode: Mode = "published") -> list[Assessment]:
    """The four quarters of the fictional sample."""
    return assess_all(read(*write_sample(folder).paths), mode=mode)


def sample_site(folder: Path) -> Path:
    """A site of the sample."""
    return build_site(sample_assessments(folder / "files"), folder / "site").folder
