"""The pages of the Staff Survey as view models: by kind, by ICB, and the trusts of each ICB."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.pages.drawing.charts import Chart, DrawnValue, Marker, distribution
from remit.pages.frame.file_pages import FileLink, FilePage
from remit.surveys.between import SMALL_BASE
from remit.surveys.staff.groups import ALL, ICB, KIND, StaffGroup, staff_groups
from remit.surveys.staff.scores import StaffScore, StaffSurvey
from remit.surveys.staff.words import (
    base_words,
    group_range,
    kinds_sentence,
    kinds_words,
    score_of_ten,
    staff_claim,
    staff_leads,
    without_words,
)
from remit.words.names import short_icb_name
from remit.words.sentences import count_words

_AXIS = "Score, from 0 to 10"
_NOT_SHOWN = "not shown: fewer than 10 responses"
_NO_ROW = "no row in the file"


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A row of a table: a group or a trust, its score and base, and what stands beside."""

    about: FileLink | str
    score: str
    base: str
    beside: str
    kinds: str = ""


@dataclass(frozen=True, slots=True)
class StaffHome:
    """The first page: the claim, kinds, ICBs, and all ICBs drawn."""

    claim: str
    leads: str
    kinds: tuple[StaffLine, ...]
    icbs: tuple[StaffLine, ...]
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class StaffIcbPage:
    """An ICB: its figure, its trusts among all, and its own staff, who are in none of it."""

    page: FilePage
    heading: str
    said: str
    beside: str
    chart: Chart | None
    trusts: tuple[StaffLine, ...]


def staff_pages_of(survey: StaffSurvey, metric: str) -> tuple[StaffHome, tuple[StaffIcbPage, ...]]:
    """The first page, and the page of each ICB.

    Parameters
    ----------
    survey
        The scores.
    metric
        What the pages are about.

    Examples
    --------
    >>> staff_pages_of(survey, ENGAGEMENT)[0].claim  # doctest: +SKIP
    """
    groups = staff_groups(survey, metric)
    (whole,) = [one for one in groups if one.group_by == ALL]
    icbs = sorted((one for one in groups if one.group_by == ICB), key=lambda one: one.name)
    home = StaffHome(
        claim=staff_claim(survey, metric, groups),
        leads=staff_leads(groups),
        kinds=tuple(_line(one.name, one) for one in groups if one.group_by == KIND),
        icbs=tuple(_line(FileLink(short_icb_name(one.name), _page(one)), one) for one in icbs),
        chart=_icbs_drawn(icbs, whole),
    )
    return home, tuple(_icb_page(survey, one, whole) for one in icbs)


def _page(group: StaffGroup) -> FilePage:
    return FilePage(f"icb/{group.group}.html")


def _line(about: FileLink | str, group: StaffGroup) -> StaffLine:
    lacking = without_words(group)
    beside = f"{group_range(group)}. {lacking}" if lacking else group_range(group)
    return StaffLine(
        about, score_of_ten(group.score), base_words(group), beside, kinds_words(group)
    )


def _drawn(score: float | None, *, own: bool = False) -> list[DrawnValue]:
    return [] if score is None else [DrawnValue(score, own=own)]


def _icbs_drawn(icbs: Sequence[StaffGroup], whole: StaffGroup) -> Chart | None:
    values = [value for one in icbs for value in _drawn(one.score)]
    if not values or whole.score is None:
        return None
    return distribution(
        "icbs",
        "ICBs, each the mean of its trusts",
        f"{count_words(len(values), 'ICB')} about the mean of all trusts.",
        values,
        [_all(whole.score)],
        axis=_AXIS,
        legend="A dot is an ICB; the table below names each.",
    )


def _all(score: float) -> Marker:
    return Marker(score, f"All trusts {score_of_ten(score)}", "median")


def _icb_page(survey: StaffSurvey, group: StaffGroup, whole: StaffGroup) -> StaffIcbPage:
    said = f"{score_of_ten(group.score)} out of 10: {base_words(group)}."
    if group.score is None:
        said = f"No trust has a score. {without_words(group)}"
    own = [one for one in survey.of(group.metric, "icb_staff") if one.icb == group.group]
    told = [kinds_sentence(group), *(_own_staff(one) for one in own)]
    return StaffIcbPage(
        page=_page(group),
        heading=group.name,
        said=said,
        beside=" ".join(filter(None, told)),
        chart=_trusts_drawn(group, whole),
        trusts=tuple(_trust(one) for one in _members(group)),
    )


def _own_staff(one: StaffScore) -> str:
    if one.score is None:
        return f"The ICB's own staff are in none of this; their score is {_NOT_SHOWN}."
    said = f"{score_of_ten(one.score)} with {count_words(one.responses or 0, 'response')}"
    return f"The ICB's own staff are in none of this: {said}."


def _members(group: StaffGroup) -> list[StaffScore]:
    """Those with a score, the lowest first, and then those without."""
    return [*sorted(group.trusts, key=lambda one: (one.score or 0.0, one.code)), *group.hidden]


def _trust(one: StaffScore) -> StaffLine:
    if one.score is None:
        return StaffLine(one.name, "–", _NOT_SHOWN if one.line else _NO_ROW, _kind(one))
    small = f" (small base: under {SMALL_BASE})" if (one.responses or 0) < SMALL_BASE else ""
    base = f"{count_words(one.responses or 0, 'response')}{small}"
    where = f"{one.file}, line {one.line}" if one.line else one.file
    return StaffLine(one.name, score_of_ten(one.score), base, _kind(one), where)


def _kind(one: StaffScore) -> str:
    return one.subkind or (one.kind.label if one.kind else "Kind not known")


def _trusts_drawn(group: StaffGroup, whole: StaffGroup) -> Chart | None:
    mine = {one.code for one in group.trusts}
    values = [value for one in whole.trusts for value in _drawn(one.score, own=one.code in mine)]
    if not mine or whole.score is None:
        return None
    return distribution(
        f"trusts-{group.group}",
        "Its trusts among all",
        f"{count_words(len(mine), 'trust')}: {group_range(group)}.",
        values,
        [_all(whole.score)],
        axis=_AXIS,
        legend="A diamond is a trust of this ICB; a dot is any other.",
    )
