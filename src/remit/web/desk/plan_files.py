"""A plan to take away: as a letter and as a spreadsheet, each of what the person may take."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from remit.exports.shared_plan_files import write_plan_book, write_plan_letter
from remit.oversight.plan_told import PlanTold
from remit.web.access import permissions
from remit.web.access.policies import PolicyRefusal
from remit.web.access.roles import Permission
from remit.web.desk.plan_asks import with_twice
from remit.web.desk.plan_reading import plan_or_404, told_plan

_OFFICE = "application/vnd.openxmlformats-officedocument"


@require_safe
def plan_letter(request: Any, plan_id: str) -> HttpResponse:
    """The plan as a letter."""
    kind = f"{_OFFICE}.wordprocessingml.document"
    return _file(request, plan_id, write_plan_letter, "docx", kind)


@require_safe
def plan_sheets(request: Any, plan_id: str) -> HttpResponse:
    """The plan as a spreadsheet."""
    return _file(request, plan_id, write_plan_book, "xlsx", f"{_OFFICE}.spreadsheetml.sheet")


def _file(
    request: Any,
    plan_id: str,
    write: Callable[[PlanTold, Path], None],
    ending: str,
    kind: str,
) -> HttpResponse:
    found = plan_or_404(request.person, plan_id)
    permissions.check_export(request.person)
    found = plan_or_404(request.person, plan_id, Permission.EXPORT)
    told = told_plan(found, request.person, Permission.EXPORT)
    if not told.version:
        raise PolicyRefusal("No version of this plan was passed on yet.")
    told = with_twice(told, request.person, found.organisation, Permission.EXPORT)
    told = replace(told, printed_on=request.person.on)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"plan.{ending}"
        write(told, path)
        answer = HttpResponse(path.read_bytes(), content_type=kind)
    name = f"{told.plan_id}-version-{told.version}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
