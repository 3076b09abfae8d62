"""The pages on a register of practices as view models: who has which, and did it do any good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.catalogue.library import load_computed_metrics
from remit.model.practice_records import Practice
from remit.pages.drawing.charts import Chart
from remit.pages.drawing.course_chart import CoursePoint, CourseWords, course_chart
from remit.pages.frame.file_pages import FileLink, FilePage
from remit.pages.frame.links import slug
from remit.pages.practice.practice_map import PracticeMap, by_board, practice_map
from remit.pages.practice.practice_view import PracticeLine
from remit.practice.register.checks import WHO_WORDS
from remit.practice.register.curve import PracticeSpread
from remit.practice.register.holding import DatedAdoption
from remit.practice.register.stages import stage_name
from remit.practice.register.words import ahead_sentence, since_words, spread_sentences
from remit.practice.register.writing import RegisterSpread
from remit.practice.spread.reading import EffectRead
from remit.register import load_register
from remit.words.days import day_words
from remit.words.figures import number_words, percent_words, signed_words
from remit.words.sentences import count_words, listed

_CURVE = CourseWords(
    "Organisations that have it",
    "Up to the last day of each period",
    "A dot is how many had it on the last day of a period.",
)


@dataclass(frozen=True, slots=True)
class RegisterHome:
    """The first page: the claim, each practice, and what is wrong with the register."""

    title: str
    claim: str
    leads: str
    practices: tuple[PracticeLine, ...]
    faults: str


@dataclass(frozen=True, slots=True)
class TableOfRows:
    """A table of a page: its place, its caption, its headings and its rows."""

    id: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class EffectPart:
    """What became of the figures of adopters: the finding first, its chart, and the caution."""

    place: str
    finding: str
    said: tuple[str, ...]
    caution: str
    chart: Chart | None
    table: TableOfRows | None


@dataclass(frozen=True, slots=True)
class SpreadPage:
    """A practice: who has it, since when, whether that grows, what speaks for it, whom to ask."""

    page: FilePage
    heading: str
    about: str
    claim: str
    course: str
    described: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, str], ...]
    chart: Chart | None
    curve: TableOfRows
    map: PracticeMap | None
    tables: tuple[TableOfRows, ...]
    effects: tuple[EffectPart, ...]


def spread_page(practice: str) -> FilePage:
    """The page of a practice."""
    return FilePage(f"practice/{slug(practice)}.html")


def effects_of(found: RegisterSpread, read: Sequence[EffectRead]) -> dict[str, list[EffectRead]]:
    """Which of the answers is of which practice, by its id or its name; none is left over.

    Parameters
    ----------
    found
        The register on the day.
    read
        The folders that were read.

    Raises
    ------
    PracticeError
        If an answer is of no practice of the register.
    """
    from remit.model.errors import PracticeError
    from remit.words.nearest import nearest

    known = {one.id.casefold(): one.id for one in found.register.practices.values()}
    known |= {one.name.casefold(): one.id for one in found.register.practices.values()}
    by_practice: dict[str, list[EffectRead]] = {}
    for one in read:
        practice = known.get(one.practice.casefold())
        if practice is None:
            raise PracticeError(
                f"{one.folder}: its practice is {one.practice!r}, and the register has none of "
                f"that id or name; nearest: {nearest(one.practice, list(known))}"
            )
        by_practice.setdefault(practice, []).append(one)
    return by_practice


def register_home(
    found: RegisterSpread, effects: Mapping[str, Sequence[EffectRead]]
) -> RegisterHome:
    """The first page.

    Parameters
    ----------
    found
        The register on the day.
    effects
        What was found of each practice.

    Examples
    --------
    >>> register_home(found, {}).claim  # doctest: +SKIP
    'Two practices. Most have Morning board round: 3 of 10 acute trusts.'
    """
    faults = len(found.register.faults)
    return RegisterHome(
        "Practices",
        _home_claim(found),
        f"As the register says on {day_words(found.on)}. Whoever it does not name counts as "
        "without; it may have the practice all the same.",
        tuple(
            PracticeLine(
                FileLink(found.register.practices[one.practice].name, spread_page(one.practice)),
                stage_name(found.register.practices[one.practice].stage),
                _of_how_many(found, one),
                _effect_words(effects.get(one.practice, ())),
            )
            for one in sorted(found.practices, key=lambda one: (-_share(one), one.practice))
        ),
        f"{count_words(faults, 'fault')} in the register: some rows may not count."
        if faults
        else "",
    )


def _home_claim(found: RegisterSpread) -> str:
    many = f"{count_words(len(found.practices), 'practice')}."
    held = [one for one in found.practices if one.having]
    if not held:
        return f"{many} Nobody has one of them yet."
    most = max(held, key=_share)
    name = found.register.practices[most.practice].name
    return f"{many} {name} has spread furthest: {_of_how_many(found, most)}."


def _share(one: PracticeSpread) -> float:
    return len(one.having) / one.of if one.of else 0.0


def _of_how_many(found: RegisterSpread, one: PracticeSpread) -> str:
    who = WHO_WORDS[found.register.practices[one.practice].who]
    share = f" ({percent_words(_share(one))})" if one.having else ""
    return f"{len(one.having) or 'none'} of {one.of} {who}{share}"


def _effect_words(read: Sequence[EffectRead]) -> str:
    if not read:
        return "not looked at"
    told = [one.metric for one in read if one.claims]
    return f"figures changed: {listed(told)}" if told else "no effect can be told"


def spread_views(
    found: RegisterSpread, effects: Mapping[str, Sequence[EffectRead]]
) -> tuple[SpreadPage, ...]:
    """The page of each practice.

    Parameters
    ----------
    found
        The register on the day.
    effects
        What was found of each practice.

    Examples
    --------
    >>> [one.heading for one in spread_views(found, {})]  # doctest: +SKIP
    """
    return tuple(_spread_view(found, one, effects.get(one.practice, ())) for one in found.practices)


def _spread_view(
    found: RegisterSpread, one: PracticeSpread, read: Sequence[EffectRead]
) -> SpreadPage:
    practice = found.register.practices[one.practice]
    claim, course = spread_sentences(found.register, one, found.on)
    return SpreadPage(
        page=spread_page(one.practice),
        heading=practice.name,
        about=stage_name(practice.stage),
        claim=claim,
        course=course,
        described=tuple(_described(practice)),
        evidence=tuple((each.what, each.source) for each in practice.evidence),
        chart=_curve(one, practice.name, claim),
        curve=_curve_table(one),
        map=practice_map(found, one),
        tables=tuple(_tables(found, one)),
        effects=tuple(_effect(each, at) for at, each in enumerate(read, 1)),
    )


def _described(practice: Practice) -> list[tuple[str, str]]:
    pairs = (
        ("What is done", practice.what), ("Against what", practice.problem),
        ("What should become better", practice.aim), ("Metrics", listed(_metric_names(practice))),
        ("What it costs", practice.cost), ("Whom to ask", practice.contact),
        ("Source", practice.source),
    )  # fmt: skip
    return [(words, said) for words, said in pairs if said]


def _metric_names(practice: Practice) -> list[str]:
    known = load_computed_metrics()
    return [known[one].name if one in known else one for one in practice.metrics]


def _curve(one: PracticeSpread, name: str, claim: str) -> Chart | None:
    if not one.curve:
        return None
    points = [CoursePoint(each.period, float(each.adopters)) for each in one.curve]
    title = f"Who has {name}, period by period"
    return course_chart(f"curve-{slug(one.practice)}", title, claim, points, _CURVE, joined=True)


def _curve_table(one: PracticeSpread) -> TableOfRows:
    return TableOfRows(
        "curve",
        "How it spread, period by period",
        ("Period", "Have it", "Try it", "Of"),
        tuple(
            (each.period, str(each.adopters), str(each.piloting), str(each.of))
            for each in one.curve
        ),
    )


def _tables(found: RegisterSpread, one: PracticeSpread) -> list[TableOfRows]:
    tables = [_who(found, one), _where(found, one)]
    if found.peers is not None:
        tables.append(_peers(found, one))
    if found.ahead is not None and found.register.practices[one.practice].metrics:
        tables.append(_ahead(found, one))
    return [each for each in tables if each.rows or each.note]


def _named(found: RegisterSpread, code: str) -> str:
    known = load_register().find(code)
    return f"{code} {known.name_on(found.on)}" if known else code


def _who(found: RegisterSpread, one: PracticeSpread) -> TableOfRows:
    def row(code: str, held: DatedAdoption) -> tuple[str, ...]:
        until = since_words(held.until) if held.until else ""
        stage = stage_name(held.record.stage)
        since = since_words(held.since)
        return _named(found, code), stage, since, until, held.record.source or "not said"

    every = {**one.having, **one.piloting, **one.stopped}
    in_order = sorted(every.items(), key=lambda pair: (pair[1].since.start, pair[0]))
    return TableOfRows(
        "who",
        "Who has it, tries it or had it",
        ("Organisation", "Stage", "Since", "Until", "Source"),
        tuple(row(code, held) for code, held in in_order),
    )


def _where(found: RegisterSpread, one: PracticeSpread) -> TableOfRows:
    rows = tuple(
        (f"{icb.code} {icb.name_on(found.on)}", str(have), str(of))
        for icb, have, of in by_board(found, one)
    )
    caption = "Where it is, by integrated care board"
    return TableOfRows("where", caption, ("Board", "Have it", "Of"), rows)


def _peers(found: RegisterSpread, one: PracticeSpread) -> TableOfRows:
    rows = tuple(
        (
            _named(found, each.code),
            f"yes, since {since_words(each.adopted.since)}" if each.adopted else "no",
            f"{len(each.with_it)} of {each.peers}",
            listed([_named(found, code) for code in each.with_it]) if each.with_it else "none",
        )
        for each in found.peers or ()
        if each.practice == one.practice
    )
    return TableOfRows(
        "peers",
        "Who among whose peers has it",
        ("Organisation", "Has it", "Peers that have it", "Which"),
        rows,
    )


def _ahead(found: RegisterSpread, one: PracticeSpread) -> TableOfRows:
    known = load_computed_metrics()
    ahead = [each for each in found.ahead or () if each.practice == one.practice]
    rows = tuple(
        (
            _named(found, each.ahead.code),
            known[each.ahead.metric].name if each.ahead.metric in known else each.ahead.metric,
            number_words(each.ahead.probability),
            f"yes, since {since_words(each.adopted.since)}" if each.adopted else "no",
        )
        for each in ahead
    )
    return TableOfRows(
        "ahead",
        "Who does better for long on what it should move",
        ("Organisation", "On", "Probability of the top tenth", "Has it"),
        rows,
        ahead_sentence(ahead, one),
    )


def _effect(read: EffectRead, at: int) -> EffectPart:
    place = f"effect-{at}"
    before = [one for one in read.course if one.months < 0]
    points = [
        CoursePoint(number_words(one.months, 0), one.effect, one.low, one.high)
        for one in read.course
    ]
    words = CourseWords(
        "Change beyond the others",  # on a phone no more fits; the metric is in the title
        "Months from adoption",
        "A dot is the difference from the years before; a stroke is its 95% interval. Right of the "
        "dashed line the practice is in use.",
    )
    chart = (
        course_chart(f"{place}-chart", f"{read.metric}, before adoption and after", read.finding,
                     points, words, begins=len(before))
        if points
        else None
    )  # fmt: skip
    rows = tuple(
        (number_words(one.months, 0), signed_words(one.effect, 2), _between(one.low, one.high),
         str(one.adopters))
        for one in read.course
    )  # fmt: skip
    heads = ("Months from adoption", "Change beyond the others", "95% interval", "Adopters")
    table = TableOfRows(f"{place}-course", f"{read.metric}, period by period", heads, rows)
    said = tuple(filter(None, (*read.reasons, read.looks_before)))
    return EffectPart(place, read.finding, said, read.caution, chart, table if rows else None)


def _between(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    return f"{signed_words(low, 2)} to {signed_words(high, 2)}"
