"""The pages on peers and deviants as view models: who does better, and who is alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.pages.drawing.charts import Chart, ChartRow, DrawnValue, distribution, rows
from remit.pages.frame.file_pages import FileLink, FilePage
from remit.pages.frame.links import slug
from remit.practice.deviants.result import Deviant, DeviantsFound, MetricSpread
from remit.practice.deviants.words import claim, metric_sentence
from remit.practice.peers.likeness import compared, likeness_sentence
from remit.practice.peers.result import PeersFound
from remit.practice.peers.words import peer_line
from remit.words.figures import number_words, percent_words
from remit.words.sentences import count_words, listed

_WHOLE = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """A row of a table: what it is about, and up to three cells."""

    about: FileLink
    first: str
    second: str = ""
    third: str = ""


@dataclass(frozen=True, slots=True)
class PracticeHome:
    """The first page: the claim, the metrics, and the organisations."""

    claim: str
    leads: str
    metrics: tuple[PracticeLine, ...]
    organisations: tuple[PracticeLine, ...]


@dataclass(frozen=True, slots=True)
class DeviantMetricPage:
    """A metric: who is ahead for long, drawn among all."""

    page: FilePage
    heading: str
    said: str
    chart: Chart
    named: tuple[PracticeLine, ...]


@dataclass(frozen=True, slots=True)
class PeersPage:
    """An organisation: its peers, and which of them do better for long on what."""

    page: FilePage
    heading: str
    said: str
    charts: tuple[Chart, ...]
    peers: tuple[PracticeLine, ...]
    better: tuple[PracticeLine, ...]


@dataclass(frozen=True)
class PracticePages:
    """Peers and deviants of the same organisations, and the names of metrics that have one."""

    peers: PeersFound
    deviants: DeviantsFound
    names: Mapping[str, str]

    def who(self, code: str) -> str:
        """An organisation by its code, with its name where it is known."""
        name = self.peers.names.get(code, "")
        return f"{code} {name}".strip()

    def metric(self, metric: str) -> str:
        """A metric by its name in the catalogue, or as the file names it."""
        return self.names.get(metric, metric)


def metric_page(metric: str) -> FilePage:
    """The page of a metric."""
    return FilePage(f"metric/{slug(metric)}.html")


def peers_page(code: str) -> FilePage:
    """The page of an organisation."""
    return FilePage(f"organisation/{slug(code)}.html")


def practice_home(of: PracticePages) -> PracticeHome:
    """The first page.

    Examples
    --------
    >>> practice_home(of).claim  # doctest: +SKIP
    '3 of 24 organisations do lastingly better than their peers.'
    """
    metrics = tuple(
        PracticeLine(
            FileLink(of.metric(one.metric), metric_page(one.metric)),
            _differs(one),
            str(one.named),
            percent_words(one.stays) if one.differs else "–",
        )
        for one in of.deviants.metrics
    )
    ahead = _ahead(of.deviants)
    organisations = tuple(
        PracticeLine(
            FileLink(of.who(code), peers_page(code)),
            listed([of.metric(one.metric) for one in ahead.get(code, ())]) or "–",
            str(sum(peer.peer in ahead for peer in peers)),
        )
        for code, peers in of.peers.by_code.items()
    )
    leads = (
        f"{count_words(len(of.peers.by_code), 'organisation')} by {of.peers.method.title}. Better "
        "for long is where to look, and no cause."
    )
    return PracticeHome(claim(of.deviants), leads, metrics, organisations)


def _differs(one: MetricSpread) -> str:
    if one.differs:
        return "they differ beyond chance"
    return "too few tell" if one.rare >= 1 else "chance explains it"


def _ahead(found: DeviantsFound) -> dict[str, list[Deviant]]:
    ahead: dict[str, list[Deviant]] = {}
    for one in found.deviants:
        if one.lasting:
            ahead.setdefault(one.code, []).append(one)
    return ahead


def metric_views(of: PracticePages) -> tuple[DeviantMetricPage, ...]:
    """The page of each metric.

    Examples
    --------
    >>> [one.heading for one in metric_views(of)]  # doctest: +SKIP
    """
    return tuple(_metric_view(of, one) for one in of.deviants.metrics)


def _metric_view(of: PracticePages, one: MetricSpread) -> DeviantMetricPage:
    held = [each for each in of.deviants.deviants if each.metric == one.metric and each.periods]
    named = sorted((each for each in held if each.lasting), key=lambda each: -each.probability)
    heading = of.metric(one.metric)
    chart = distribution(
        f"metric-{slug(one.metric)}",
        f"{heading}: likely values",
        f"{count_words(len(named), 'organisation is', 'organisations are', none='Nobody is')} "
        "ahead for long."
        if named
        else "Nobody is ahead for long.",
        [DrawnValue(each.shrunken, own=each.lasting) for each in held],
        axis="Likely value over the periods",
        legend="A diamond is an organisation that is ahead for long; a dot is any other.",
    )
    return DeviantMetricPage(
        page=metric_page(one.metric),
        heading=heading,
        said=metric_sentence(of.deviants, one),
        chart=chart,
        named=tuple(
            PracticeLine(
                FileLink(of.who(each.code), peers_page(each.code)),
                number_words(each.raw),
                number_words(each.shrunken),
                number_words(each.probability),
            )
            for each in named
        ),
    )


def peers_views(of: PracticePages) -> tuple[PeersPage, ...]:
    """The page of each organisation.

    Examples
    --------
    >>> [one.heading for one in peers_views(of)]  # doctest: +SKIP
    """
    ahead = _ahead(of.deviants)
    return tuple(_peers_view(of, code, ahead) for code in of.peers.by_code)


def _peers_view(of: PracticePages, code: str, ahead: Mapping[str, Sequence[Deviant]]) -> PeersPage:
    peers = of.peers.by_code[code]
    better = tuple(
        PracticeLine(
            FileLink(of.who(peer.peer), peers_page(peer.peer)),
            of.metric(one.metric),
            number_words(one.shrunken),
            number_words(one.probability),
        )
        for peer in peers
        for one in ahead.get(peer.peer, ())
    )
    count = len({one.about.text for one in better})
    said = (
        f"{count_words(count, 'peer')} of {len(peers)} "
        f"{'does' if count == 1 else 'do'} lastingly better than those alike on something."
        if count
        else f"None of {count_words(len(peers), 'peer')} does lastingly better than those alike."
    )
    return PeersPage(
        page=peers_page(code),
        heading=of.who(code),
        said=said,
        charts=_charts(of, code),
        peers=tuple(
            PracticeLine(
                FileLink(f"{one.rank}. {of.who(one.peer)}", peers_page(one.peer)),
                peer_line(one.stability, one.mutual),
                likeness_sentence(of.peers, code, one.peer),
            )
            for one in peers
        ),
        better=better,
    )


def _charts(of: PracticePages, code: str) -> tuple[Chart, ...]:
    peers = of.peers.by_code[code]
    if of.peers.held is None:
        return ()
    firm = sum((one.stability or 0) >= 0.9 for one in peers)
    nearest = peers[0].peer
    parts = [one for one in compared(of.peers, code, nearest) if one.share is not None]
    return (
        rows(
            f"firm-{slug(code)}",
            "How firmly each is a peer",
            f"{firm} of {len(peers)} stay peers in nine of ten draws of other weights.",
            [
                ChartRow(of.who(one.peer), one.stability, percent_words(one.stability or 0))
                for one in peers
            ],
            axis="Share of draws in which it stays a peer",
            ends=_WHOLE,
        ),
        rows(
            f"alike-{slug(code)}",
            f"What parts {code} from its nearest peer",
            likeness_sentence(of.peers, code, nearest),
            [ChartRow(one.column.said, one.share, percent_words(one.share or 0)) for one in parts],
            axis="Share of the distance",
            ends=_WHOLE,
        ),
    )
