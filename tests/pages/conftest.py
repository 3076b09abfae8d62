from __future__ import annotations

from pathlib import Path

import pytest

from remit.assessment.result.assessment import Assessment
from remit.pages.standings.results import Results
from tests.pages.html_pages import HtmlPage, pages_of
from tests.pages.sample_pages import sample_assessments, sample_site


@pytest.fixture(scope="session")
def assessments(tmp_path_factory: pytest.TempPathFactory) -> list[Assessment]:
    return sample_assessments(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def periods(assessments: list[Assessment]) -> list[Results]:
    return [Results(assessment) for assessment in assessments]


@pytest.fixture(scope="session")
def latest(periods: list[Results]) -> Results:
    return periods[-1]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def pages(site: Path) -> list[HtmlPage]:
    return pages_of(site)
