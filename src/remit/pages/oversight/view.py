"""An oversight plan as a page, with its files beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from remit.catalogue.releases import Release
from remit.files.delimited import records_csv
from remit.files.jsons import json_text
from remit.oversight import load_sure, words
from remit.oversight.planned import Plan, PlannedAsk
from remit.pages.frame.file_pages import FIND, FilePage, find_given
from remit.pages.frame.folders import add_what_all_have, write_page
from remit.pages.frame.search import Findable, write_index
from remit.pages.oversight.plan_view import agree_heading, css_of, plan_view
from remit.pages.remits.rendering import ACCESSIBILITY, METHOD, SOURCES, render_map_page
from remit.pages.remits.site import used_sources
from remit.words.figures import data_number

PLAN = FilePage("index.html", "The plan")
_PAGES = (PLAN, METHOD, SOURCES, ACCESSIBILITY, FIND)


def write_plan_pages(plan: Plan, folder: Path, files: Sequence[tuple[str, str]] = ()) -> None:
    """Write the page of a plan, with the pages that explain it.

    Parameters
    ----------
    plan
        The plan.
    folder
        An empty or missing folder.
    files
        Files that will stand beside the page, as path and words of the link.
    """
    shared: dict[str, Any] = {"remits": plan.rules.remit_map, "agreements": ()}
    given: dict[FilePage, tuple[str, dict[str, Any]]] = {
        PLAN: (
            "oversight_plan",
            {
                "plan": plan,
                "shown": plan_view(plan),
                "words": words,
                "files": files,
                "agree_heading": agree_heading,
                "css_of": css_of,
            },
        ),
        METHOD: ("who_method", {}),
        SOURCES: ("who_sources", {"sources": used_sources(plan.rules.remit_map)}),
        ACCESSIBILITY: ("who_accessibility", {}),
        FIND: ("find_page", find_given(_findable(plan))),
    }
    for page, (template, own) in given.items():
        text = render_map_page(
            _PAGES, _PAGES[:3], page, template, fictional=plan.fictional, **shared, **own
        )
        write_page(folder, page.path, text)
    add_what_all_have(folder)
    write_index(folder, _findable(plan))


def _findable(plan: Plan) -> list[Findable]:
    """The asks of a plan, each at its place on the page."""
    return [
        Findable(
            one.ask.title or one.ask.ask_id, f"Ask {one.ask.ask_id}, from {one.ask.from_body}",
            f"{PLAN.path}#{one.ask.ask_id}", one.ask.ask_id.lower(),
        )
        for one in plan.asks
    ]  # fmt: skip


def plan_csv(plan: Plan) -> str:
    """The asks of a plan as CSV, one a line."""
    rows = [_row(words.name_of(part), one) for part in plan.functions for one in part.asks]
    return records_csv(rows, list(rows[0]))


def plan_json(plan: Plan) -> str:
    """A plan as JSON: function by function, with the lead, the asks and what is saved."""
    content = {
        "organisation": {"code": plan.subject.code, "name": plan.subject.name},
        "known_to_register": plan.subject.known,
        "fictional": plan.fictional,
        "on": plan.on.isoformat(),
        "next_board": plan.next_board.isoformat() if plan.next_board else None,
        "without_lead": [one.function.id for one in plan.without_lead if one.function],
        "hours": asdict(plan.hours),
        "confirmed": plan.every.confirmed,
        "unconfirmed": plan.every.unconfirmed,
        "saved": asdict(plan.saved),
        "would_save": asdict(plan.proposed),
        "sure": load_sure().model_dump(mode="json", by_alias=True),
        "functions": [
            {
                "function": one.function.id if one.function else None,
                "name": words.name_of(one),
                "lead": one.leader.holding.body.id if one.leader and one.leader.holding else None,
                "lead_basis": one.leader.basis if one.leader else None,
                "lead_says": words.lead_words(one),
                "gap": one.gap.says if one.gap else None,
                "overlaps": [e.says for overlap in one.overlaps for e in overlap.evidence],
                "saved": asdict(one.saved),
                "would_save": asdict(one.proposed),
                "asks": [_row(words.name_of(one), ask) for ask in one.asks],
            }
            for one in plan.functions
        ],
        "to_agree": words.to_agree(plan),
        "assumptions": words.assumptions(plan),
        "notes": list(plan.notes),
    }
    return json_text(content) + "\n"


def _day(part: Release | None) -> str:
    return part.on.isoformat() if part else ""


def _row(function: str, one: PlannedAsk) -> dict[str, Any]:
    return {
        "ask_id": one.ask.ask_id,
        "function": function,
        "from_body": one.ask.from_body,
        "body": one.body.id if one.body else "",
        "title": one.ask.title,
        "fate": one.fated.fate.value,
        "state": words.state_words(one),
        "reason": one.fated.reason,
        "stays": "; ".join(one.fated.stays),
        "with": " ".join(one.fated.others),
        "also_asked_of_others": "; ".join(one.elsewhere),
        "publication": one.answer.publication if one.answer else "",
        "publication_name": one.answer.name if one.answer else "",
        "sure": words.sure_mark(one),
        "published_on": _day(one.published.part),
        "next_published_on": _day(one.published.following),
        "due_on": one.ask.due_on.isoformat() if one.ask.due_on else "",
        "by_law": one.by_law,
        "hours": data_number(one.hours.middle, 2),
        "hours_known": one.hours_known,
        "would_save_low": data_number(one.would_save.low, 2),
        "would_save_high": data_number(one.would_save.high, 2),
        "saved_low": data_number(one.saved.low, 2),
        "saved_high": data_number(one.saved.high, 2),
        "source": one.ask.source or "",
        "source_row": one.ask.source_row,
    }
