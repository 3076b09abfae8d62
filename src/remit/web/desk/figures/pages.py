"""The pages of published figures, with what the person may see of what was said of each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.records.talk.models import FigureTie, FrozenFigure, Remark
from remit.register import load_register
from remit.web.access.published import check_see_figures, user_can_say
from remit.web.access.relations import NATIONAL, is_listed, name_of
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.beside import pages_of_figures
from remit.web.desk.figures.ordering import better_words, three_tables
from remit.web.desk.figures.standing import since_said
from remit.web.figures.held import FigureHeld, figure_of, figures_of
from remit.web.figures.place import NothingPublished, published
from remit.web.people.models import Account

_PERIODS = 13


def folder() -> Path:
    """The folder of the instance."""
    return Path(settings.REMIT_FOLDER)


@require_safe
def figures(request: Any) -> HttpResponse:
    """What is published, and the organisations whose records the person sees."""
    check_see_figures(request.user)
    person = request.person
    try:
        version = published(folder())
    except NothingPublished:
        return render(request, "figures.html.jinja", {"version": None})
    counted = visible(Remark.objects.exclude(figure=None), person)
    said = dict(counted.order_by().values_list("organisation").annotate(Count("pk")))
    codes = sorted(person.codes(Permission.READ) - {NATIONAL})
    rows = [
        {"code": code, "name": name_of(code, person.on), "said": said.get(code, 0)}
        for code in codes
        if code in said or is_listed(code, person.on)
    ]
    rows.sort(key=lambda row: (-row["said"], row["name"]))
    view = {
        "version": version,
        "rows": rows,
        "names": {c: name_of(c, person.on) for c in version.reports},
    }
    return render(request, "figures.html.jinja", view)


@require_safe
def figures_of_one(request: Any, code: str) -> HttpResponse:
    """The figures of one organisation, the newest of each."""
    check_see_figures(request.user)
    name = _known(request, code)
    try:
        version, held = figures_of(folder(), code)
    except NothingPublished:
        raise Http404 from None
    said = _said_of(request, code)
    newest = [found for points in held.values() if (found := _newest(points))]
    counted = sorted((f for f in newest if f.is_counted), key=lambda f: f.metric_name)
    scored = three_tables([f for f in newest if not f.is_counted])
    view = {
        "code": code,
        "name": name,
        "version": version,
        "count": len(newest),
        "tables": [
            (words, [_row(one, said) for one in some])
            for words, some in (
                ("How a framework judges it", scored["judged"]),
                ("Month by month, made from counts as a board’s report has them", counted),
                ("As published for a framework", scored["metrics"]),
                ("The framework’s score of each metric", scored["scores"]),
            )
            if some
        ],
        "newest": max(newest, key=lambda f: f.period_end, default=None),
        "pages": pages_of_figures(folder(), code),
        "sees": request.person.may(Permission.READ, code),
    }
    return render(request, "figures_of.html.jinja", view)


def _newest(points: Iterable[FigureHeld]) -> FigureHeld | None:
    valued = [one for one in points if one.value is not None]
    return valued[-1] if valued else None


def _row(figure: FigureHeld, said: dict[str, int]) -> dict[str, Any]:
    better = better_words(figure.metric, figure.unit)
    return {"figure": figure, "said": said.get(figure.metric, 0), "better": better}


def _said_of(request: Any, code: str) -> dict[str, int]:
    rows = visible(Remark.objects.filter(organisation=code).exclude(figure=None), request.person)
    return dict(rows.order_by().values_list("figure__metric").annotate(Count("pk")))


def _known(request: Any, code: str) -> str:
    if load_register().find(code) is None:
        raise Http404
    return name_of(code, request.person.on)


@require_safe
def figure(request: Any, code: str, metric: str) -> HttpResponse:
    """One figure of an organisation: now, over time, and what was said of it."""
    check_see_figures(request.user)
    view = figure_view(request, code, metric, request.GET.get("period", ""))
    return render(request, "figure.html.jinja", view)


def figure_view(request: Any, code: str, metric: str, period: str) -> dict[str, Any]:
    """What the page of a figure is given.

    Raises
    ------
    Http404
        If there is no such figure.
    """
    name = _known(request, code)
    try:
        version, found = figure_of(folder(), code, metric, period)
        _, held = figures_of(folder(), code)
    except NothingPublished:
        raise Http404 from None
    if found is None:
        raise Http404
    return {
        "code": code,
        "name": name,
        "version": version,
        "figure": found,
        "points": list(held.get(metric, ()))[-_PERIODS:][::-1],
        "said": said_of(request.person, code, held.get(metric, ()), metric),
        "may_say": user_can_say(request.person, code),
        "sees": request.person.may(Permission.READ, code),
    }


def said_of(
    person: Any, code: str, points: Iterable[FigureHeld], metric: str
) -> list[dict[str, Any]]:
    """Figures of a metric that were spoken of, the newest first, each with what became of it."""
    frozen = visible(FrozenFigure.objects.filter(organisation=code, metric=metric), person)
    frozen = list(frozen.order_by("-period_end", "-pk"))
    now = {one.period: one for one in points}
    remarks = told(visible(Remark.objects.filter(figure__in=frozen), person))
    ties = visible(FigureTie.objects.filter(figure__in=frozen).select_related("action"), person)
    by_figure: dict[int, list[Any]] = {}
    for tie in ties.order_by("pk"):
        by_figure.setdefault(tie.figure_id, []).append(tie.action)
    return [
        {
            "frozen": one,
            # The rows behind it are not fetched for a list: whether the value differs is enough.
            "since": since_said(one, now.get(one.period)),
            "remarks": [r for r in remarks if r["remark"].figure_id == one.pk],
            "actions": by_figure.get(one.pk, []),
        }
        for one in frozen
    ]


def told(rows: Any) -> list[dict[str, Any]]:
    """Comments with who said each, the oldest first, and the roles that they are for."""
    found = list(rows.order_by("said_at", "pk").prefetch_related("mentions"))
    ids = {one.said_by.removeprefix("account-") for one in found}
    names = {
        f"account-{one.pk}": one.name
        for one in Account.objects.filter(pk__in=[int(i) for i in ids if i.isdigit()])
    }
    return [{"remark": one, "who": names.get(one.said_by, "Remit")} for one in found]
