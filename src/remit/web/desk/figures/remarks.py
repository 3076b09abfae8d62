"""All comments that the person may see, and those on figures as the file that a report reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.model.period import month
from remit.records.talk.models import FigureTie, Remark
from remit.report.commentary_file import COLUMNS, comment_rows
from remit.report.commented import DONE, Comment
from remit.web.access import permissions
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.as_file import csv_answer
from remit.web.desk.daily.waiting_together import unanswered
from remit.web.desk.figures.mentions import for_roles_of
from remit.web.desk.figures.pages import told
from remit.web.desk.listing import list_page

_LATE = "late"


def remarks_wanted(request: Any, permission: Permission = Permission.READ) -> Any:
    """The comments that an address asks for, of those that the person may see."""
    rows = visible(Remark.objects.all(), request.person, permission)
    given = request.GET
    if given.get("organisation"):
        rows = rows.filter(organisation=given["organisation"])
    if words := given.get("q", "").strip()[:200].replace("\x00", ""):
        rows = rows.filter(text__icontains=words)
    if given.get("mine"):
        rows = for_roles_of(rows, request.person)
    if given.get("waits"):
        rows = rows.filter(pk__in=unanswered(request.person).values("pk"))
    return rows


@require_safe
def remarks(request: Any) -> HttpResponse:
    """The comments that the person may see, the newest first; the filters stand in the address."""
    person = request.person
    rows = remarks_wanted(request).select_related("figure", "ask", "action")
    page = list_page(rows.order_by("-said_at", "-pk"), request.GET)
    of_page = Remark.objects.filter(pk__in=[one.pk for one in page.rows])
    by_key = {one["remark"].pk: one for one in told(of_page.select_related("figure"))}
    seen = visible(Remark.objects.order_by(), person)
    view = {
        "page": page,
        "rows": [by_key[one.pk] for one in page.rows],
        "given": request.GET,
        "mine": for_roles_of(visible(Remark.objects.all(), person), person).count(),
        "organisations": sorted(seen.values_list("organisation", flat=True).distinct()),
        "may_export": permissions.user_can_export(person),
        "left_out": seen.filter(figure__is_counted=False).count(),
    }
    return render(request, "remarks.html.jinja", view)


@require_safe
def remarks_file(request: Any) -> HttpResponse:
    """What was said of figures that a report has, with actions, as ``--commentary`` reads it."""
    permissions.check_export(request.person)
    return csv_answer("commentary.csv", COLUMNS, comment_rows(board_comments(request)))


def board_comments(request: Any) -> Iterator[Comment]:
    """What was said of figures, and the actions that hang on them, as a report's comments."""
    person, on = request.person, request.person.on
    remarks = remarks_wanted(request, Permission.EXPORT).filter(figure__is_counted=True)
    ties = visible(
        FigureTie.objects.filter(figure__is_counted=True), person, Permission.EXPORT
    ).select_related("action", "figure")
    if request.GET.get("organisation"):
        ties = ties.filter(figure__organisation=request.GET["organisation"])
    by_remark: dict[int, list[Any]] = {}
    for tie in ties.order_by("pk"):
        by_remark.setdefault(tie.remark_id or 0, []).append(tie)
    for remark in remarks.select_related("figure").order_by("figure__period_end", "pk"):
        hanging = by_remark.get(remark.pk, [])
        yield _comment(remark.figure, remark.text, hanging[0].action if hanging else None, on)
        yield from (_comment(tie.figure, "", tie.action, on) for tie in hanging[1:])
    if not request.GET.get("q") and not request.GET.get("mine"):
        yield from (_comment(tie.figure, "", tie.action, on) for tie in by_remark.get(0, ()))


def _comment(figure: Any, text: str, action: Any, on: Any) -> Comment:
    """A line of the file: of the month in which the figure's period ends."""
    of = month(figure.period_end.year, figure.period_end.month)
    late = action is not None and action.due_on is not None and action.due_on < on
    done = action is not None and action.done_on is not None
    return Comment(
        org_code=figure.organisation,
        metric_id=figure.metric,
        metric_name=figure.metric_name,
        month=(of.start, of.end, of.label),
        what_happened=text,
        action=action.what if action else "",
        owner=action.owner if action else "",
        due=action.due_on if action else None,
        status=DONE if done else _LATE if late else "",
        figure=(figure.period_start, figure.period_end, figure.period),
    )
