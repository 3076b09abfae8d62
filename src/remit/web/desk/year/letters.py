"""The letters of the year: read, taken away as a document, and signed by whoever writes them."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from remit.annual.checks import AnnualFault
from remit.annual.folder import AnnualFolder, read_assessment
from remit.annual.letter import letters_of
from remit.annual.letters import read_letter
from remit.annual.personal import without_people
from remit.annual.unfilled import unfilled
from remit.asks.screening.patterns import ADDRESS, LINK, NAME, NUMBER
from remit.exports.annual_letter import write_annual_letter
from remit.records.audit import change
from remit.records.year.models import YearFinding, YearLetter, YearReply
from remit.web.access import permissions
from remit.web.access.assessed import can_sign_letter, check_sign_letter
from remit.web.access.policies import PolicyRefusal
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.together.pages import one_seen, shown, written_whole
from remit.web.desk.writing import event_of
from remit.web.desk.year.kept import files_of, laid_out
from remit.words.days import day_words

_PLACE = "[name and role]"
"""What a letter's template leaves for whoever signs it."""
_MAY_STAND = frozenset({_PLACE, NAME, ADDRESS, NUMBER, LINK})
"""What is no place to fill: the signature fills the first; the others stand for what was struck."""
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A block of a letter as the page shows it: its sentences, each with its findings."""

    kind: str
    text: str
    sentences: tuple[tuple[str, tuple[tuple[str, str], ...], str], ...]
    """The words, the names and identifiers of the findings, and what stands behind."""


@require_safe
def year_letter(request: Any, letter_id: str) -> HttpResponse:
    """A letter, each sentence with the findings that it rests on."""
    person = request.person
    found = one_seen(request, YearLetter, letter_id)
    findings = visible(YearFinding.objects.filter(assessment=found.assessment_id), person)
    known = dict(findings.values_list("name", "pk"))
    places = _places(found)
    is_own = permissions.user_can_speak_for(person, found.owner)
    view = {
        "letter": found,
        "year_name": found.assessment.year_name,
        "parts": _parts(signed_words(found, found.text), known),
        "faults": json.loads(found.faults),
        "open_replies": _open_replies(found),
        "places": places,
        "may_sign": is_own
        and permissions.user_can_sign(person, found.owner)
        and can_sign_letter(found, _open_replies(found), places),
        "may_export": permissions.user_can_export(person),
    }
    return shown(request, "year_letter", view)


def signed_words(letter: Any, text: str) -> str:
    """A text of a letter with who signed it in the place that was left for that.

    >>> signed_words(letter, "[name and role], North")  # doctest: +SKIP
    'Signed as signatory on 1 July 2025, North'
    """
    if not letter.is_signed:
        return text
    return text.replace(_PLACE, f"Signed as {letter.signed_as} on {day_words(letter.signed_on)}")


def _parts(text: str, known: dict[str, str]) -> list[LetterPart]:
    parts = []
    for block in read_letter(text).blocks:
        said = tuple(
            (
                re.sub(r"\s*\[[^\[\]]*\]", "", one.text),
                tuple((name, known[name]) for name in one.findings if name in known),
                one.joint,
            )
            for one in block.statements
        )
        parts.append(LetterPart(block.kind, block.text, said))
    return parts


def _places(letter: Any) -> tuple[str, ...]:
    """What is left to fill in a letter that is to be signed; the signature fills its own place."""
    return () if letter.is_signed else unfilled(letter.text, _MAY_STAND)


def _open_replies(letter: Any) -> int:
    rows = YearReply.objects.filter(
        finding__assessment=letter.assessment_id,
        finding__organisation=letter.organisation,
        outcome="open",
    )
    return int(rows.count())


@require_safe
def year_letter_file(request: Any, letter_id: str) -> HttpResponse:
    """The letter as a document, with its findings and their evidence behind it."""
    one_seen(request, YearLetter, letter_id)
    permissions.check_export(request.person)
    rows = visible(YearLetter.objects.all(), request.person, Permission.EXPORT)
    found = get_object_or_404(rows, pk=letter_id)
    answer = HttpResponse(_document(found), content_type=_DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{found.pk}.docx"'
    return answer


def _document(letter: Any) -> bytes:
    """The document, made anew of the files that are kept."""
    files = files_of(letter.assessment)
    if not files:
        raise PolicyRefusal("The files of this assessment are kept no longer; the letter stands on "
                            "its page.")  # fmt: skip
    with laid_out(files) as place:
        read = without_people(_alone(read_assessment(place))).folder
        faults = [
            AnnualFault(one["kind"], letter.organisation, one["finding"], one["where"],
                        one["message"])
            for one in json.loads(letter.faults)
        ]  # fmt: skip
        (made,) = letters_of(read, [letter.organisation], faults)
        blocks = (replace(one, text=signed_words(letter, one.text)) for one in made.text.blocks)
        made = replace(made, text=replace(made.text, blocks=tuple(blocks)))
        with tempfile.TemporaryDirectory() as out:
            path = Path(out) / "letter.docx"
            write_annual_letter(read, made, path)
            return path.read_bytes()


def _alone(folder: AnnualFolder) -> AnnualFolder:
    """An assessment without last year's folder, which is not kept here.

    What that folder has and this one leaves out was told as a fault when it came.
    """
    from dataclasses import replace

    return replace(folder, head=folder.head.model_copy(update={"last_year": ""}))


@require_POST
@written_whole
def year_letter_signed(request: Any, letter_id: str) -> HttpResponse:
    """Sign a letter for whoever writes it; from then on whom it is to sees it."""
    person = request.person
    found = one_seen(request, YearLetter, letter_id)
    permissions.check_speak_for(person, found.owner)
    permissions.check_sign(person, found.owner)
    check_sign_letter(found, _open_replies(found), _places(found))
    roles = [
        one.role.key
        for one in person.held
        if one.organisation == found.owner and Permission.SIGN in one.role.at_home
    ]
    change(event_of(person, found.owner, "sign"), found, is_signed=True, signed_on=person.on,
           signed_as=roles[0])  # fmt: skip
    messages.success(request, f"The letter is signed; {found.organisation} sees it now.")
    return redirect("year_letter", letter_id=found.pk)
