"""The map of remits as a folder of pages: each state as a matrix and as a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from remit.files.outputs import fresh_folder, write_files
from remit.model.remit import RemitSource, State, Status
from remit.pages.frame.file_pages import FIND, FilePage, find_given
from remit.pages.frame.folders import (
    SiteError,
    add_what_all_have,
    check_folder,
    note_files,
    write_page,
)
from remit.pages.frame.search import Findable, write_index
from remit.pages.remits.data import MatrixShown, map_files, map_package
from remit.pages.remits.picture import picture_view
from remit.pages.remits.rendering import (
    ACCESSIBILITY,
    CHANGES,
    HOME,
    METHOD,
    SOURCES,
    render_map_page,
)
from remit.pages.remits.view import MatrixView, matrix_view
from remit.register import load_register
from remit.register.typed import plain
from remit.remits import (
    Agreement,
    Answer,
    Change,
    RemitMap,
    RemitMapError,
    difference,
    find_subject,
    neighbours_changed,
)
from remit.remits.holdings import everything
from remit.remits.subjects import SubjectOf
from remit.words.days import day_words
from remit.words.sentences import count_words

_Day = tuple[str, str, date, State | None]
"""A day's identifier and name, the day, and the state that it shows."""
_OWN = "day-"
"""How the identifiers begin of days that a person asked for."""


@dataclass(frozen=True, slots=True)
class MapReport:
    """What was written."""

    folder: Path
    pages: int
    notes: tuple[str, ...]

    @property
    def start(self) -> Path:
        """The first page."""
        return self.folder / "index.html"


@dataclass(frozen=True, slots=True)
class MapMoment:
    """A day for one subject: its matrix page and its picture page."""

    id: str
    name: str
    on: date
    proposed: bool
    says: str
    subject: SubjectOf
    matrix: FilePage
    picture: FilePage
    answers: tuple[Answer, ...]
    view: MatrixView


@dataclass(frozen=True, slots=True)
class MapStep:
    """What changed from one moment to another; ``asked`` where a person asked for both days."""

    before: MapMoment
    after: MapMoment
    changes: tuple[Change, ...]
    asked: bool = False

    @property
    def anchor(self) -> str:
        """Its place on the page of changes."""
        return f"{self.before.matrix.path}-{self.after.matrix.path}".replace(".html", "")

    @property
    def moved(self) -> list[str]:
        """Sentences on another region or ICB than before."""
        return neighbours_changed(self.before.subject, self.after.subject)

    @property
    def says(self) -> str:
        """How much changed, in a sentence."""
        functions = {change.function.id for change in self.changes}
        changes = count_words(len(self.changes), "change")
        of = f", of {count_words(len(functions), 'function')}" if functions else ""
        return (
            f"{self.before.subject.label}, from {day_words(self.before.on)} to "
            f"{day_words(self.after.on)}: {changes}{of}."
        )


@dataclass(frozen=True, slots=True)
class UsedSource:
    """A source and how many statements rest on it."""

    id: str
    source: RemitSource
    statements: int


def build_who_site(
    remit_map: RemitMap,
    subjects: Sequence[str],
    out: Path,
    agreements: Sequence[Agreement] = (),
    on: Sequence[date] = (),
) -> MapReport:
    """Write the map as pages.

    Parameters
    ----------
    remit_map
        The map.
    subjects
        Codes, names or kinds of organisation; each state has its pages for each of them.
    out
        The folder; it may be missing, empty, or one that Remit wrote.
    agreements
        The user's own, laid over the map.
    on
        Days of the user's choice beside those of the states; what changed from each to the next is
        said on the pages of both.

    Raises
    ------
    SiteError
        If the folder holds something else, or cannot be written.
    RemitMapError
        If no subject exists on any of the days.
    """
    check_folder(out)
    notes: list[str] = []
    moments = list(_moments(remit_map, subjects, agreements, on, notes))
    if not moments:
        raise RemitMapError("\n".join(notes))
    notes += _unapplied(moments, agreements)
    notes += [step.says for step in _asked_steps(moments)]
    out = out.resolve()
    try:
        with fresh_folder(out) as fresh:
            number = _write(remit_map, moments, agreements, fresh)
            shown = [MatrixShown(m.name, m.matrix.path, m.proposed, m.view) for m in moments]
            fictional = any(one.subject.fictional for one in moments)
            write_files(fresh, map_files(shown), package=map_package(fictional=fictional))
            note_files(fresh)
    except OSError as error:
        raise SiteError(f"{out}: the pages cannot be written: {error.strerror or error}") from None
    return MapReport(out, number, tuple(notes))


def _unapplied(moments: Sequence[MapMoment], agreements: Sequence[Agreement]) -> Iterator[str]:
    """Why an agreement appears on no page, by the last moment it could have held on."""
    for agreement in agreements:
        whys = [agreement.why_not(one.subject, one.on) for one in moments]
        if all(whys):
            yield next((why for why in whys if "covers" in why), whys[-1])


def _moments(
    remit_map: RemitMap,
    subjects: Sequence[str],
    agreements: Sequence[Agreement],
    on: Sequence[date],
    notes: list[str],
) -> Iterator[MapMoment]:
    days: list[_Day] = [(state.id, state.name, state.on, state) for state in remit_map.states]
    own = [(f"{_OWN}{day}", f"On {day_words(day)}", day, remit_map.state_on(day))
           for day in sorted(set(on))]  # fmt: skip
    days += own
    for number, text in enumerate(subjects):
        held: list[tuple[_Day, SubjectOf, tuple[Answer, ...]]] = []
        for day in days:
            try:
                subject = find_subject(load_register(), text, day[2])
            except RemitMapError as error:
                notes.append(f"{day[1]}: {error}")
                continue
            answers = everything(
                remit_map, subject, day[2], proposed=_proposed(remit_map, day),
                agreements=agreements,
            )  # fmt: skip
            held.append((day, subject, tuple(answers)))
        for day, subject, given in held:
            asked_before = [one for of, _, one in held if day in own[1:] and of in own]
            asked_before = [one for one in asked_before if one[0].on < day[2]]
            earlier = asked_before or [one for _, _, one in held if one[0].on < day[2]]
            before = max(earlier, key=lambda one: one[0].on, default=())
            view = matrix_view(remit_map, day[1], given, before)
            yield _moment(day, subject, given, view, (number, _proposed(remit_map, day)))


def _proposed(remit_map: RemitMap, day: _Day) -> bool:
    """Whether what is only proposed is shown at a day."""
    state = day[3]
    return bool(state and state.status is Status.PROPOSED) or day[2] > remit_map.known_until


def _moment(
    day: _Day,
    subject: SubjectOf,
    answers: tuple[Answer, ...],
    view: MatrixView,
    said: tuple[int, bool],
) -> MapMoment:
    id_, name, on, state = day
    number, proposed = said
    base = id_ if number == 0 else f"{id_}-{number + 1}"
    return MapMoment(
        id=id_,
        name=name,
        on=on,
        proposed=proposed,
        says=state.says if state else "",
        subject=subject,
        matrix=FilePage(f"{base}.html"),
        picture=FilePage(f"{base}-picture.html"),
        answers=answers,
        view=view,
    )


def _write(
    remit_map: RemitMap,
    moments: Sequence[MapMoment],
    agreements: Sequence[Agreement],
    folder: Path,
) -> int:
    planned = list(_plan(remit_map, moments, agreements))
    pages = [page for page, _, _ in planned]
    latest = [one.matrix for one in moments if not one.proposed][-1:]
    menu = [HOME, *(FilePage(page.path, "The matrix") for page in latest), CHANGES, METHOD, SOURCES]
    fictional = any(moment.subject.fictional for moment in moments)
    for page, template, given in planned:
        moment = given.get("moment")
        invented = moment.subject.fictional if moment else fictional
        text = render_map_page(pages, menu, page, template, fictional=invented, **given)
        write_page(folder, page.path, text)
    add_what_all_have(folder)
    write_index(folder, _findable(remit_map, moments))
    return len(planned)


def _findable(remit_map: RemitMap, moments: Sequence[MapMoment]) -> list[Findable]:
    """The states, and each function and body at the latest state in force of the first subject."""
    found = [
        Findable(f"{one.name.partition(':')[0]}, {one.subject.label}", "Matrix", one.matrix.path)
        for one in moments
    ]
    first = [one for one in moments if one.subject.label == moments[0].subject.label]
    shown = next((one for one in reversed(first) if not one.proposed), first[-1])
    for row in shown.view.rows:
        one = row.function
        path = f"{shown.matrix.path}#{one.id}"
        found.append(
            Findable(one.name, "Function", path, plain(" ".join((*one.aliases, *one.parts))))
        )
    for detail in (detail for row in shown.view.rows for detail in row.details if detail.anchor):
        path = f"{shown.matrix.path}#{detail.anchor}"
        body = remit_map.bodies[detail.anchor.partition("--")[2]]
        about = remit_map.functions[detail.anchor.partition("--")[0]].name
        words = plain(" ".join((body.short, *body.aliases)))
        found.append(Findable(f"{body.name}: {about}", "Body and function", path, words))
    return found


def _plan(
    remit_map: RemitMap, moments: Sequence[MapMoment], agreements: Sequence[Agreement]
) -> Iterator[tuple[FilePage, str, dict[str, Any]]]:
    shared: dict[str, Any] = {"remits": remit_map, "moments": moments, "agreements": agreements}
    steps = list(_steps(moments))
    asked = [step for step in steps if step.asked]
    yield HOME, "who_home", {**shared, "by_subject": _by_subject(moments), "asked": asked}
    for one in moments:
        beside = [other for other in moments if other.subject.label == one.subject.label]
        own = [step for step in asked if one in (step.before, step.after)]
        given = {**shared, "moment": one, "beside": beside, "asked": own}
        yield one.matrix, "who_matrix", {**given, "view": one.view, "changes": CHANGES}
        picture = picture_view(remit_map, one.name, one.subject, one.on, proposed=one.proposed)
        yield one.picture, "who_picture", {**given, "view": picture}
    yield CHANGES, "who_changes", {**shared, "steps": steps}
    yield METHOD, "who_method", shared
    yield SOURCES, "who_sources", {**shared, "sources": used_sources(remit_map)}
    yield FIND, "find_page", find_given(_findable(remit_map, moments))
    yield ACCESSIBILITY, "who_accessibility", shared


def _by_subject(moments: Sequence[MapMoment]) -> dict[str, list[MapMoment]]:
    found: dict[str, list[MapMoment]] = {}
    for moment in moments:
        found.setdefault(moment.matrix.path.partition(".")[0].removeprefix(moment.id), []).append(
            moment
        )
    return {held[0].subject.label: held for held in found.values()}


def _steps(moments: Sequence[MapMoment]) -> Iterator[MapStep]:
    """What changed between two days that were asked for, then from each state to the next."""
    asked = list(_asked_steps(moments))
    yield from asked
    done = {step.anchor for step in asked}
    for held in _by_subject(moments).values():
        steps = _pairs(sorted(held, key=lambda moment: moment.on))
        yield from (step for step in steps if step.anchor not in done)


def _asked_steps(moments: Sequence[MapMoment]) -> Iterator[MapStep]:
    for held in _by_subject(moments).values():
        own = [moment for moment in held if moment.id.startswith(_OWN)]
        yield from (replace(step, asked=True) for step in _pairs(own))


def _pairs(moments: Sequence[MapMoment]) -> Iterator[MapStep]:
    for before, after in pairwise(moments):
        yield MapStep(before, after, tuple(difference(before.answers, after.answers)))


def used_sources(remit_map: RemitMap) -> list[UsedSource]:
    """Each source with the number of statements that rest on it, in the order declared."""
    parts = (
        *remit_map.entries,
        *remit_map.lines,
        *remit_map.duties,
        *remit_map.documented_overlaps,
        *remit_map.documented_gaps,
        *remit_map.states,
    )
    named = [one.source for one in parts] + [one.source for one in remit_map.timeline]
    named += [body.proposed_end.source for body in remit_map.bodies.values() if body.proposed_end]
    return [UsedSource(id_, source, named.count(id_)) for id_, source in remit_map.sources.items()]
