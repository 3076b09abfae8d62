"""What changed since the build before: quarters, segments, revised figures, who came and went."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from remit.model.organisation import TrustKind
from remit.pages.frame.feed import Feed, SiteNews, joined, urn
from remit.pages.frame.links import PageKind, slug
from remit.pages.standings.change_forms import (
    BEGUN,
    FIGURES,
    GONE,
    KINDS_BEGUN,
    KINDS_GONE,
    PERIODS,
    RULES,
    SEGMENTS,
    ChangeFacts,
    said,
)
from remit.pages.standings.held import Figure, HeldBuild, HeldOrganisation, HeldPeriod
from remit.pages.standings.home_findings import chance_words, counts_words
from remit.pages.standings.period_changes import SegmentChange, chance_facts, segment_changes
from remit.pages.standings.rank_moves import comparable_before
from remit.pages.standings.results import Results
from remit.words.figures import published_words, typed_words
from remit.words.names import kind_words
from remit.words.sentences import count_words, listed

MOST_NAMED = 5
"""So many revised figures of an organisation are said with both figures; of more, their number."""

NOT_HELD = "not held"


@dataclass(frozen=True, slots=True)
class TwoStates:
    """Two states of a period: as it is, and what it is held against.

    ``before`` is the quarter of the other; empty where that is the same period in the build
    before. ``notes`` are what else is known of a change of segment, by code.
    """

    now: HeldPeriod
    then: HeldPeriod
    before: str
    notes: Mapping[str, str]

    def change(
        self, kind: str, title: str, path: str, about: str, *, code: str = "", more: str = ""
    ) -> SiteNews:
        """A change between the two.

        Parameters
        ----------
        kind, title, path, more
            As a change has them.
        about
            What tells it from others of the two.
        code
            The organisation that it speaks of, if it speaks of one.
        """
        now = self.now
        whole = "|".join((now.framework, now.label, self.before, code, about))
        return SiteNews(kind, f"{title}.", path, whole, now.label, code, more, now.day)


def site_feed(
    periods: Sequence[Results], held: Sequence[HeldPeriod], former: HeldBuild | None
) -> Feed:
    """The feed of a build.

    Parameters
    ----------
    periods
        The assessments, oldest first.
    held
        The same as data.
    former
        The build before; without one this is the first.
    """
    framework = held[-1].framework
    title = f"Remit: what changed in the pages of {held[-1].framework_name}"
    if former is None:
        named = "|".join((framework, *(one.label for one in held)))
        return Feed(urn(f"feed|{named}"), title, joined([_first(held, named)], ()))
    found = tuple(_since(periods, held, former))
    return Feed(former.feed_id, title, joined(found, former.changes))


def _first(held: Sequence[HeldPeriod], named: str) -> SiteNews:
    count = len({code for one in held for code in one.organisations})
    when = listed([one.label for one in held])
    whole = f"First build: {count_words(count, 'organisation')} in {when}."
    more = "What changes from here on is told in this feed."
    day = max(one.day for one in held)
    return SiteNews("first build", whole, PageKind.HOME.value.path, named, "", "", more, day)


def _since(
    periods: Sequence[Results], held: Sequence[HeldPeriod], former: HeldBuild
) -> Iterator[SiteNews]:
    by_label = {one.label: one for one in held}
    newest = max(one.ends for one in former.periods.values())
    for results in reversed(periods):
        now, then = by_label[results.period], former.periods.get(results.period)
        if then is not None:
            yield from _revised(now, then)
            continue
        yield _new_period(now)
        before = comparable_before(results, periods)
        if before is not None and now.ends > newest:
            notes = _notes(results, periods)
            yield from _between(TwoStates(now, by_label[before.period], before.period, notes))
    for label, then in former.periods.items():
        if label not in by_label:
            title = f"{label} is no longer in these pages."
            yield SiteNews("quarter withdrawn", title, PageKind.HOME.value.path,
                         f"{then.framework}|{label}", label, "", "", then.day)  # fmt: skip


def _new_period(now: HeldPeriod) -> SiteNews:
    segments = sorted(o.segment for o in now.organisations.values() if o.segment is not None)
    counts = counts_words({one: segments.count(one) for one in segments})
    of = count_words(len(now.organisations), "organisation")
    facts = ChangeFacts(now.label, counts=f"{of}, {counts}" if counts else "")
    about = f"{now.framework}|{now.label}"
    title = f"{said(PERIODS, facts)}."
    return SiteNews("new quarter", title, _overview(now), about, now.label, updated=now.day)


def _notes(results: Results, periods: Sequence[Results]) -> Mapping[str, str]:
    """Of each change of segment the rule that set it, or whether chance may explain it."""
    found = {}
    for one in segment_changes(results, results.kinds, periods):
        found[one.code] = _note(one)
    return found


def _note(one: SegmentChange) -> str:
    if one.rule:
        return f"Set by a rule: {one.rule}."
    return f"A rule ended: {one.ended}." if one.ended else chance_words(chance_facts([one]))


def _revised(now: HeldPeriod, then: HeldPeriod) -> Iterator[SiteNews]:
    """The same period in two builds; of two frameworks nothing else is compared."""
    beside = TwoStates(now, then, "", {})
    if (now.framework, now.mode, now.scoring) != (then.framework, then.mode, then.scoring):
        yield _other_rules(beside)
    if now.framework == then.framework:
        yield from _between(beside)
        for code, organisation in now.organisations.items():
            if earlier := then.organisations.get(code):
                yield from _figures(beside, organisation, earlier)


def _other_rules(beside: TwoStates) -> SiteNews:
    now, then = beside.now, beside.then
    facts = ChangeFacts(now.label)
    if now.framework != then.framework:
        facts = replace(facts, judged=now.framework_name, judged_before=then.framework_name)
    if now.mode != then.mode:
        facts = replace(facts, mode=now.mode, mode_before=then.mode)
    about = f"rules|{then.framework}|{then.mode}|{then.scoring}>{now.mode}|{now.scoring}"
    return beside.change("rules", said(RULES, facts), _overview(now), about)


def _between(beside: TwoStates) -> Iterator[SiteNews]:
    """Segments, and which organisations and metrics came and went."""
    now, then, before = beside.now, beside.then, beside.before
    for code, one in now.organisations.items():
        earlier = then.organisations.get(code)
        if earlier and earlier.segment != one.segment:
            facts = ChangeFacts(now.label, _named(one), before, one.segment, earlier.segment)
            about = f"{earlier.segment}>{one.segment}"
            more = beside.notes.get(code, "")
            yield beside.change(
                "segment", said(SEGMENTS, facts), one.page, about, code=code, more=more
            )
        elif earlier is None and one.kind in then.kinds:
            title = said(BEGUN, ChangeFacts(now.label, _named(one), before))
            yield beside.change("organisation new", title, one.page, "new", code=code)
    for code, one in then.organisations.items():
        if code not in now.organisations and one.kind in now.kinds:
            title = said(GONE, ChangeFacts(now.label, _named(one), before))
            yield beside.change("organisation withdrawn", title, _overview(now), "gone", code=code)
    yield from _kinds(beside)
    yield from _metrics(beside)


def _kinds(beside: TwoStates) -> Iterator[SiteNews]:
    """Whole kinds of organisation, whose publication came, went, or is not out yet."""
    now, then = beside.now, beside.then
    for news, forms, here, there in (
        ("organisation new", KINDS_BEGUN, now, then),
        ("organisation withdrawn", KINDS_GONE, then, now),
    ):
        for kind, count in here.kinds.items():
            if kind not in there.kinds:
                name = kind_words(TrustKind(kind))
                counts = f"{count} {kind_words(TrustKind(kind), count)}"
                facts = ChangeFacts(now.label, name, beside.before, counts=counts)
                yield beside.change(news, said(forms, facts), _overview(now), f"kind {kind}|{news}")


def _metrics(beside: TwoStates) -> Iterator[SiteNews]:
    now, then = beside.now, beside.then
    both = now.kinds.keys() & then.kinds.keys()
    for kind, forms, here, there in (
        ("metric new", BEGUN, now, then),
        ("metric withdrawn", GONE, then, now),
    ):
        gone = here.with_figures(both) - there.with_figures(both)
        for metric, (name, page) in here.metrics.items():
            if metric in gone:
                title = said(forms, ChangeFacts(now.label, name, beside.before))
                path = page if here is now else _overview(now)
                yield beside.change(kind, title, path, f"metric {metric}|{kind}")


def _figures(
    beside: TwoStates, now: HeldOrganisation, then: HeldOrganisation
) -> Iterator[SiteNews]:
    """The figures of one organisation that are others than in the build before."""
    none: Figure = (None, "")
    pairs = {
        metric: (then.figures.get(metric, none), now.figures.get(metric, none))
        for metric in {**then.figures, **now.figures}
    }
    changed = {metric: pair for metric, pair in pairs.items() if not _same(*pair)}
    if not changed:
        return
    names = {**beside.then.metrics, **beside.now.metrics}
    told = [(names.get(one, (one, ""))[0], *_words(*pair)) for one, pair in changed.items()]
    name, was, figure = told[0]
    facts = ChangeFacts(
        beside.now.label,
        f"{_named(now)}: {name}" if len(told) == 1 else _named(now),
        figure=figure,
        figure_before=was,
        figures=len(told),
    )
    about = ";".join(f"{metric}:{a[0]}>{b[0]}" for metric, (a, b) in changed.items())
    more = _each(told) if len(told) > 1 else ""
    title = said(FIGURES, facts)
    yield beside.change("figures revised", title, now.page, about, code=now.code, more=more)


def _each(told: Sequence[tuple[str, str, str]]) -> str:
    shown = [f"{name}: {figure} (was {was})" for name, was, figure in told[:MOST_NAMED]]
    left = len(told) - MOST_NAMED
    return f"{'; '.join(shown)}{f'; and {left} more' if left > 0 else ''}."


def _same(then: Figure, now: Figure) -> bool:
    if then[0] is None or now[0] is None:
        return then[0] is now[0]
    return math.isclose(then[0], now[0], rel_tol=1e-9)


def _words(then: Figure, now: Figure) -> tuple[str, str]:
    """Both figures as they are printed, with as many decimals as tell them apart."""
    if None not in (then[0], now[0]) and published_words(*then) == published_words(*now):
        return typed_words(then[0] or 0.0, then[1]), typed_words(now[0] or 0.0, now[1])
    return _figure_words(then), _figure_words(now)


def _figure_words(figure: Figure) -> str:
    return NOT_HELD if figure[0] is None else published_words(*figure)


def _named(one: HeldOrganisation) -> str:
    return f"{one.name} ({one.code})"


def _overview(now: HeldPeriod) -> str:
    return PageKind.LEAGUES.value.path.format(period=slug(now.label))
