"""Published figures in the shapes of the pages, an organisation's figures, and comments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from remit.pages.frame.links import Page as SitePage
from remit.pages.frame.links import PageKind
from remit.records.loading import model
from remit.records.talk.models import FigureTie, FrozenFigure, Remark
from remit.register import load_register
from remit.web.access.published import check_say, check_see_figures
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.api.asking import Key, fit, of_page, once, seen, taken, who
from remit.web.api.figure_shapes import (
    CommentIn,
    CommentOut,
    CommentRows,
    CommentsWanted,
    FigureCommentIn,
    FigureOut,
    FiguresOut,
    Made,
    OneFigure,
    SaidOut,
)
from remit.web.api.refusals import REFUSALS, Clashed
from remit.web.desk.figures.forms import FigureRemarkForm
from remit.web.desk.figures.made_pages import made_file
from remit.web.desk.figures.mentions import choices_for
from remit.web.desk.figures.pages import folder
from remit.web.desk.figures.remarks import remarks_wanted
from remit.web.desk.figures.saying import keep_remark, remark_to_make, say_of_figure
from remit.web.desk.listing import list_page
from remit.web.figures.held import FigureHeld, figure_of, figures_of
from remit.web.figures.place import REPORTS, SITE, NothingPublished

router = Router(tags=["figures and comments"])
FIGURE = "/organisations/{code}/figures/{metric}"
_POINTS = 60


# The files of the pages ---------------------------------------------------------------------------


@router.get("/figures/site", response={200: Made, **REFUSALS}, url_name="figures_site")
def figures_site(request: HttpRequest) -> Any:
    """Give ``site.json`` of what is published: the periods, by ``site.schema.json``."""
    return _of_site(request, SitePage(PageKind.SITE_DATA).path)


@router.get(
    "/figures/{period}/standings", response={200: Made, **REFUSALS}, url_name="figures_standings"
)
def figures_standings(request: HttpRequest, period: str) -> Any:
    """Give the league tables of a period such as ``2025-26-q1``, by ``standings.schema.json``."""
    return _of_site(request, SitePage(PageKind.STANDINGS_DATA, period=period).path)


@router.get(
    "/figures/{period}/trusts/{code}", response={200: Made, **REFUSALS}, url_name="figures_trust"
)
def figures_trust(request: HttpRequest, period: str, code: str) -> Any:
    """Give how a trust came to its segment in a period, by ``explanation.schema.json``."""
    return _of_site(request, SitePage(PageKind.EXPLANATION, code=code, period=period).path)


@router.get("/reports/{code}", response={200: Made, **REFUSALS}, url_name="figures_report")
def figures_report(request: HttpRequest, code: str) -> Any:
    """Give the report of an organisation for which one was published, by ``report.schema.json``."""
    return _of_report(request, code, "report.json")


@router.get(
    "/reports/{code}/metrics/{metric}", response={200: Made, **REFUSALS}, url_name="figures_metric"
)
def figures_metric(request: HttpRequest, code: str, metric: str) -> Any:
    """Give a metric of a report with its periods, by ``metric-figures.schema.json``."""
    return _of_report(request, code, f"metrics/{metric.replace('.', '-').replace('_', '-')}.json")


def _of_site(request: Any, path: str) -> Any:
    check_see_figures(who(request).account)
    return made_file(request, lambda version: version / SITE, _plain(path))


def _of_report(request: Any, code: str, path: str) -> Any:
    check_see_figures(who(request).account)
    if not code.isalnum():
        raise Http404

    def within(version: Path) -> Path:
        return version / REPORTS / code

    return made_file(request, within, _plain(path))


def _plain(path: str) -> str:
    """A path of signs that the names of files have.

    Raises
    ------
    Http404
        If another stands in it: no file has such a name.
    """
    if not all(sign.isascii() and (sign.isalnum() or sign in "-./") for sign in path):
        raise Http404
    return path


# An organisation's figures ------------------------------------------------------------------------


@router.get(
    "/organisations/{code}/figures", response={200: FiguresOut, **REFUSALS}, url_name="figures_of"
)
def figures_of_one(request: HttpRequest, code: str) -> Any:
    """List the newest figure of each metric of an organisation; published figures are public."""
    version, held = _held(request, code)
    newest = [
        next((one for one in reversed(points) if one.value is not None), None)
        for points in held.values()
    ]
    return {
        "version": version.name,
        "known_until": version.known_on,
        "rows": [_figure(one) for one in newest if one is not None],
    }


def _held(request: Any, code: str) -> Any:
    check_see_figures(who(request).account)
    if load_register().find(code) is None:
        raise Http404
    try:
        return figures_of(folder(), code)
    except NothingPublished:
        raise Http404 from None


def _figure(one: FigureHeld) -> dict[str, Any]:
    return {name: getattr(one, name) for name in FigureOut.model_fields}


@router.get(FIGURE, response={200: OneFigure, **REFUSALS}, url_name="figure")
def figure(
    request: HttpRequest, code: str, metric: str,
    period: Annotated[str, Query(max_length=60, description="The newest if left out.")] = "",
) -> Any:  # fmt: skip
    """Give a figure with the published figures behind it, and the metric over time."""
    _, held = _held(request, code)
    _, found = _one(code, metric, period)
    return _whole(found, held.get(metric, ()))


def _one(code: str, metric: str, period: str) -> tuple[Any, FigureHeld]:
    try:
        version, found = figure_of(folder(), code, metric, period)
    except NothingPublished:
        raise Http404 from None
    if found is None:
        raise Http404
    return version, found


def _whole(found: FigureHeld, points: Any) -> dict[str, Any]:
    rows = [{name: getattr(row, name) for name in row.__slots__} for row in found.rows]
    return {
        **_figure(found),
        "seen": found.digest,
        "rows": rows,
        "points": [_figure(one) for one in list(points)[-_POINTS:]],
    }


# Comments -----------------------------------------------------------------------------------------


@router.get("/comments", response={200: CommentRows, **REFUSALS}, url_name="comments")
def comments(request: HttpRequest, wanted: Annotated[CommentsWanted, Query()]) -> dict[str, Any]:
    """List the comments that the token reaches, the newest first."""
    del wanted  # the list reads them from the address, as its page does
    rows = remarks_wanted(request, taken(request)).select_related("figure")
    page = list_page(rows.prefetch_related("mentions").order_by("-said_at", "-pk"), request.GET)
    return {**of_page(page), "rows": [_comment(one) for one in page.rows]}


def _comment(one: Any) -> dict[str, Any]:
    names = ("organisation", "ask_id", "action_id", "text", "said_at", "said_by", "said_for")
    return {
        "number": one.pk,
        **{name: getattr(one, name) for name in names},
        "metric": one.figure.metric if one.figure_id else None,
        "period": one.figure.period if one.figure_id else None,
        "roles": [{"organisation": m.organisation, "role": m.role} for m in one.mentions.all()],
    }


@router.post(
    "/asks/{ask_id}/comments", response={201: CommentOut, **REFUSALS}, url_name="ask_remark"
)
def ask_comment(request: HttpRequest, ask_id: str, given: CommentIn, key: Key = "") -> Any:
    """Comment on an ask."""
    return _on_record(request, "Ask", ask_id, given, key)


@router.post(
    "/actions/{action_id}/comments", response={201: CommentOut, **REFUSALS},
    url_name="action_remark",
)  # fmt: skip
def action_comment(request: HttpRequest, action_id: str, given: CommentIn, key: Key = "") -> Any:
    """Comment on an action."""
    return _on_record(request, "Action", action_id, given, key)


def _on_record(request: Any, kind: str, record_id: str, given: CommentIn, key: str) -> Any:
    record, form = remark_to_make(who(request), kind, record_id, given.model_dump())
    fit(form)
    made = once(
        request, key, lambda: keep_remark(who(request), kind, record, form),
        lambda kept: seen(request, Remark, int(kept[Remark._meta.label])),
    )  # fmt: skip
    return Status(201, _comment(made))


@router.post(f"{FIGURE}/comments", response={201: SaidOut, **REFUSALS}, url_name="figure_say")
def figure_comment(
    request: HttpRequest, code: str, metric: str, given: FigureCommentIn, key: Key = ""
) -> Any:
    """Comment on a figure, hang an action on it, or both; it is kept as it was seen."""
    check_say(who(request), code)
    _, held = _held(request, code)
    version, found = _one(code, metric, given.period)
    sent = {**given.model_dump(exclude={"period"}), "due_on": given.due_on or ""}
    said = fit(FigureRemarkForm(sent, choices=choices_for(who(request), code)))
    if given.seen != found.digest:
        raise Clashed(_whole(found, held.get(metric, ())))

    def again(_: object) -> Any:
        rows = FrozenFigure.objects.filter(organisation=code, digest=found.digest)
        return visible(rows, who(request)).get()

    frozen = once(request, key, lambda: say_of_figure(who(request), version, found, said), again)
    return Status(201, _said(request, frozen))


def _said(request: Any, frozen: Any) -> dict[str, Any]:
    person = who(request)
    rows = visible(Remark.objects.filter(figure=frozen), person, Permission.EXPORT)
    ties = visible(FigureTie.objects.filter(figure=frozen), person, Permission.EXPORT)
    seen_actions = visible(model("Action").objects.all(), person, Permission.EXPORT)
    hanging = seen_actions.filter(pk__in=ties.values("action"))
    return {
        "number": frozen.pk,
        "comments": [
            _comment(one)
            for one in rows.select_related("figure").prefetch_related("mentions").order_by("pk")
        ],
        "actions": list(hanging.order_by("pk").values_list("pk", flat=True)),
    }
