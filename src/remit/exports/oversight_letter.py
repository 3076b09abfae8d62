"""The draft of a letter that the region and the ICB can agree, as a document."""

from __future__ import annotations

from pathlib import Path

from remit.exports.upright_paper import UprightPaper
from remit.files.extras import need
from remit.oversight.planned import FunctionPlan, Plan, PlannedAsk
from remit.oversight.words import (
    CONFIRM,
    FICTIONAL,
    asks_by,
    assumptions,
    friction_state,
    lead_words,
    name_of,
    saved_words,
    state_words,
    summary,
    sure_mark,
    sure_words,
    to_agree,
)
from remit.words.days import day_words
from remit.words.sentences import count_words, sentence_case


def write_letter(plan: Plan, path: Path) -> None:
    """Write the draft of the letter.

    Parameters
    ----------
    plan
        The plan.
    path
        The file, ending in ``.docx``.
    """
    need("packs", "Documents (docx)")
    points = {"Normal": 11, "Heading 1": 18, "Heading 2": 14}
    paper = UprightPaper(f"Draft letter: oversight of {plan.subject.name}", (21.0, 29.7, 2), points)
    _opening(paper, plan)
    _leads(paper, plan)
    _fates(paper, plan, "ends", "What will no longer be asked, once confirmed")
    _fates(paper, plan, "ends in part", "What ends in part, and what stays of it")
    _fates(paper, plan, "merges", "What one answer will serve")
    _stays(paper, plan)
    _people(paper, plan)
    _closing(paper, plan)
    paper.save(path)


def _opening(paper: UprightPaper, plan: Plan) -> None:
    around = plan.subject.around
    region = around["region"].name if "region" in around else "[region]"
    icb = around["icb"].name if "icb" in around else "[integrated care board]"
    if plan.fictional:
        paper.words(FICTIONAL, strong=True)
    paper.words("DRAFT, not agreed and not sent", strong=True)
    paper.words("Date: [date]")
    paper.words(f"To: the chair and chief executive of {plan.subject.name}")
    own = "icb" in plan.subject.around and plan.subject.around["icb"].code == plan.subject.code
    paper.words(f"From: NHS England, {region}{'' if own else f', and {icb}'}")
    paper.title(f"One oversight plan for {plan.subject.name}")
    paper.words(
        f"We have looked at what is asked of you. {summary(plan)} This letter says who "
        f"leads on each function, by the remits as on {day_words(plan.on)}, and what changes."
    )
    paper.words(CONFIRM)
    for note in plan.notes:
        paper.words(note)


def _leads(paper: UprightPaper, plan: Plan) -> None:
    paper.heading("Who leads")
    rows = [
        (name_of(one), lead_words(one), str(len(one.asks)), _hours(one))
        for one in plan.functions
        if one.asks
    ]
    paper.table(("Function", "Who leads", "Asks", "Hours"), (4.2, 7.2, 1.4, 4.2), rows)
    quiet = [one for one in plan.functions if not one.asks and one.function]
    wide = [name_of(one) for one in quiet if one.function and one.function.part_of is None]
    if wide:
        paper.words(f"Nothing was asked on: {', '.join(wide)}.")
    if narrow := len(quiet) - len(wide):
        paper.words(f"Nor on {count_words(narrow, 'narrower function')}, which the page lists.")


def _hours(one: FunctionPlan) -> str:
    """What is saved, and what would be."""
    if not one.confirmed:
        return f"would save {saved_words(one.proposed)}"
    return f"saved {saved_words(one.saved)}, would save {saved_words(one.proposed)} more"


def _fates(paper: UprightPaper, plan: Plan, words: str, heading: str) -> None:
    paper.heading(heading)
    found = asks_by(plan, words)
    if not found:
        paper.words("Nothing.")
        return
    rows = [
        (one.ask.ask_id, one.ask.from_body, one.ask.title, state_words(one), _why(one))
        for _, one in found
    ]
    paper.table(("Ask", "From", "Title", "State", "Why"), (1.8, 2.6, 4.0, 2.0, 6.6), rows)
    if any(one.fated.by_answer for _, one in found):
        paper.words(sure_words())


def _why(one: PlannedAsk) -> str:
    """The reason, and beside what is sure how often that was right."""
    return ". ".join(filter(None, (sentence_case(one.fated.reason), sentence_case(sure_mark(one)))))


def _stays(paper: UprightPaper, plan: Plan) -> None:
    stay, over = plan.count("stays"), plan.count("is over")
    paper.heading("What stays")
    said = f"{count_words(stay, 'ask')} {'stays' if stay == 1 else 'stay'} as they are"
    old = f"; {count_words(over, 'ask')} {'is' if over == 1 else 'are'} over" if over else ""
    paper.words(f"{sentence_case(said)}{old}. They are listed in the spreadsheet of the plan.")


def _people(paper: UprightPaper, plan: Plan) -> None:
    if plan.frictions:
        paper.heading("Friction between us")
        rows = [
            (
                one.what,
                ", ".join(one.between),
                day_words(one.raised_on),
                one.settled_how or friction_state(one.settled_on is not None),
            )
            for one in plan.frictions
        ]
        paper.table(("What", "Between", "Raised", "Settled"), (6.5, 4.0, 2.7, 3.8), rows)
    for risk in plan.risks:
        paper.heading(f"Shared risk: {risk.title}")
        paper.words(f"{risk.what} Held by {risk.holder}.")
        parts = [(part.organisation, part.share, part.mitigation) for part in risk.shares]
        paper.table(("Organisation", "Its part", "What it does"), (4.0, 6.0, 7.0), parts)


def _closing(paper: UprightPaper, plan: Plan) -> None:
    if points := to_agree(plan):
        paper.heading("What we still have to agree")
        for point in points:
            paper.bullet(point)
    paper.heading("How the hours were worked out")
    for said in assumptions(plan):
        paper.bullet(said)
    paper.heading("Agreed by")
    paper.words("For NHS England, region: [name and role]            Date: [date]")
    paper.words("For the integrated care board: [name and role]      Date: [date]")
