"""The files that ``remit survey staff`` writes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.outputs import write_files
from remit.model.errors import SurveyError
from remit.surveys.staff.groups import StaffGroup, staff_groups
from remit.surveys.staff.scores import StaffScore, StaffSurvey

_TEXT, _NUMBER, _COUNT = pl.String, pl.Float64, pl.Int64
_ORGANISATIONS = {
    "metric_id": _TEXT, "period_label": _TEXT, "org_code": _TEXT, "org_name": _TEXT,
    "whose": _TEXT, "kind": _TEXT, "kind_in_detail": _TEXT, "icb": _TEXT, "icb_name": _TEXT,
    "score": _NUMBER, "responses": _COUNT, "status": _TEXT,
    "file": _TEXT, "line": _COUNT, "column": _TEXT,
}  # fmt: skip
_GROUPS = {
    "metric_id": _TEXT, "period_label": _TEXT, "group_by": _TEXT, "group": _TEXT,
    "group_name": _TEXT, "score": _NUMBER, "responses": _COUNT, "trusts": _COUNT,
    "mean_of_trusts": _NUMBER, "as_its_kinds": _NUMBER,
    "lowest": _NUMBER, "lowest_code": _TEXT, "highest": _NUMBER, "highest_code": _TEXT,
    "who": _TEXT, "without": _TEXT, "note": _TEXT,
}  # fmt: skip


def staff_tables(survey: StaffSurvey) -> dict[str, pl.DataFrame]:
    """``organisations``, a row each and metric, and ``groups``, a row each and metric.

    Examples
    --------
    >>> list(staff_tables(survey))  # doctest: +SKIP
    ['organisations', 'groups']
    """
    organisations = [_organisation(survey, one) for one in survey.scores]
    groups = [
        _group(survey, one) for metric in survey.metrics for one in staff_groups(survey, metric)
    ]
    return {
        "organisations": pl.DataFrame(organisations, schema=_ORGANISATIONS, orient="row"),
        "groups": pl.DataFrame(groups, schema=_GROUPS, orient="row"),
    }


def _organisation(survey: StaffSurvey, one: StaffScore) -> tuple[object, ...]:
    icb_name = survey.icb_name(one.icb) if one.icb else ""
    kind = one.kind.value if one.kind else ""
    return (
        one.metric, survey.year, one.code, one.name, one.whose, kind, one.subkind, one.icb,
        icb_name, one.score, one.responses, one.status, one.file, one.line, one.column,
    )  # fmt: skip


def _group(survey: StaffSurvey, one: StaffGroup) -> tuple[object, ...]:
    low, high = one.lowest, one.highest
    return (
        one.metric, survey.year, one.group_by, one.group, one.name, one.score, one.responses,
        len(one.trusts), one.mean_of_trusts, one.as_its_kinds,
        low and low.score, low and low.code, high and high.score, high and high.code,
        " ".join(each.code for each in one.trusts), " ".join(one.without), one.note,
    )  # fmt: skip


def write_staff(survey: StaffSurvey, folder: Path, rejections: pl.DataFrame) -> list[str]:
    """Write organisations, groups and what was not taken in; return the names of the files.

    Parameters
    ----------
    survey
        The scores.
    folder
        Where they go; it is made if need be.
    rejections
        The rows of the files that were not taken in.

    Raises
    ------
    SurveyError
        If the folder or a file in it cannot be written.

    Examples
    --------
    >>> write_staff(survey, Path("data"), none)[0]  # doctest: +SKIP
    'organisations.csv'
    """
    tables = {**staff_tables(survey), "rejections": rejections}
    package = Package(load_output("staff-survey"), _origin(survey), survey.fictional)
    files = {f"{name}.csv": frame for name, frame in tables.items()}
    return [one.name for one in write_files(folder, files, package=package, error=SurveyError)]


def _origin(survey: StaffSurvey) -> Sequence[PackageSource]:
    return [PackageSource.of(one) for one in survey.sources]
