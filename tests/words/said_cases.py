"""A case of every form of the closed lists: the facts in which it is said, worked out by hand.

``docs/sentences.md`` prints the words of each; the test of these cases holds the page to them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from remit.oversight.findings import PlanFacts
from remit.pages.remits.findings import WhoFacts
from remit.pages.standings.area_findings import AreaFacts
from remit.pages.standings.change_forms import ChangeFacts
from remit.pages.standings.home_findings import ChanceFacts, PeriodFacts
from remit.pages.standings.league_findings import LeagueFacts
from remit.pages.standings.map_findings import MapFacts
from remit.pages.standings.trust_findings import StandingFacts
from remit.report.commented import NOTHING_SAID, Comment, CommentShown, SaidOf
from remit.report.findings import BoardFinding
from remit.report.lead import LeadFacts
from remit.report.members_beside import MemberPart
from remit.report.view import Icon, ReportLine
from remit.signals.goal_beside import GoalBeside
from remit.signals.headline import SeriesFacts
from remit.signals.points import Point
from tests.report.fictional import fictional_report

Case = tuple[str, Any, str]
"""A form's name, facts of which it is the first that holds, and its words."""

CONCERN, BETTER, USUAL = (
    replace(line, said_of=NOTHING_SAID)
    for line in sorted(fictional_report().own.lines[:3], key=lambda one: one.urgency)
)
MARCH = (date(2026, 3, 1), date(2026, 3, 31), "Mar 2026")
ACT: Any = {"action": "Open it", "owner": "COO", "due": date(2026, 7, 31)}


def said_of(question: str = "", *, overdue: bool = False, **more: object) -> SaidOf:
    comment = Comment("ZB1", "ae.within-4-hours", "A&E", MARCH, "A ward closed", file="a", line=2)
    told = replace(comment, **more)  # type: ignore[arg-type]
    return SaidOf((CommentShown(told, True, question, None, overdue),))


def series(variation: str = "common_cause", assurance: str = "no_target", **more: Any) -> Any:
    """50 where 40 to 60 is usual, unless a case says otherwise."""
    month = (date(2026, 1, 1), date(2026, 1, 31))
    last = Point("Jan 2026", *month, value=50.0, mean=50.0, lower=40.0, upper=60.0)
    told = replace(last, **more.pop("point", {}))
    aim: Any = {"value": "50.0%", "when": "in Jan 2026", "target": "at least 45%"}
    return SeriesFacts(**aim, last=told, variation=variation, assurance=assurance, **more)


BOARD: tuple[Case, ...] = (
    ("overdue", replace(CONCERN, said_of=said_of(overdue=True, **ACT)),
     "To ask why the action due on 31 July 2026 is still open, and for a new day."),
    ("still true", replace(CONCERN, said_of=said_of("Still true?", **ACT)),
     "To ask whether what was said in Mar 2026 is still true."),
    ("old", replace(CONCERN, dated="Jun 2025 (9 months old)"),
     "To ask how it stands now: the newest figure is of Jun 2025."),
    ("silent concern", CONCERN,
     "To ask what happened, and for an action with an owner and a day."),
    ("no action", replace(CONCERN, said_of=said_of()),
     "To ask for an action with an owner and a day: none is open."),
    ("no day", replace(CONCERN, said_of=said_of(action="Open it", owner="COO")),
     "To note the action, and to ask for the day by which it is done."),
    ("action", replace(CONCERN, said_of=said_of(**ACT)),
     "To note the action, and to look again after 31 July 2026."),
    ("better", BETTER, "To note it, and to ask what has helped."),
    ("rest", USUAL, "To note it."),
)  # fmt: skip


def _found(line: ReportLine, kind: str, part: MemberPart | None = None) -> BoardFinding:
    return BoardFinding(line, kind, "as it is", (), part)  # type: ignore[arg-type]


def _lead(*found: BoardFinding, **more: Any) -> LeadFacts:
    lines = tuple(one.line for one in found)
    return LeadFacts("Larkshire ICB", "Mar 2026", found, **({"lines": lines} | more))


OLD = replace(CONCERN, dated="Jun 2025 (9 months old)")
MISSED = replace(USUAL, assurance=Icon("missed_lately", "Missed lately"))
SHORT = replace(USUAL, later="March 2026", assurance=Icon("short", "Short of a goal for later"))
MEMBER = fictional_report().members[0].lines[0]
MOST = MemberPart(replace(MEMBER, variation=CONCERN.variation), 6, 10, 0.6, 0.3, 100)
LONG = replace(MEMBER, variation=CONCERN.variation, points=CONCERN.points, value=60.0, mean=70.0,
               lower=65.0, upper=75.0)  # fmt: skip
FEW = replace(USUAL, variation=Icon("too_few", "Too few figures"))
LEAD: tuple[Case, ...] = (
    ("a concern at one member", _lead(_found(CONCERN, "concern", MOST)),
     "The main concern of Larkshire ICB is Larkshire University Hospitals: A&E, seen, treated and "
     "left within 4 hours."),
    ("a concern", _lead(_found(CONCERN, "concern")),
     "The main concern of Larkshire ICB: A&E, seen, treated and left within 4 hours."),
    ("a member's concern that weighs more",
     _lead(_found(MISSED, "missed"), member=LONG, members=(LONG,)),
     "The main concern in Larkshire ICB is Larkshire University Hospitals: A&E, seen, treated and "
     "left within 4 hours."),
    ("a missed goal", _lead(_found(MISSED, "missed")),
     "Larkshire ICB misses a goal: General and acute beds that are occupied."),
    ("a missed goal", _lead(_found(SHORT, "short")),
     "Larkshire ICB is short of a goal for March 2026: General and acute beds that are occupied."),
    ("a concern of months ago", _lead(_found(OLD, "concern")),
     "What concerns Larkshire ICB is of Jun 2025: A&E, seen, treated and left within 4 hours."),
    ("a member's concern", _lead(lines=(USUAL,), member=MEMBER),
     "The main concern in Larkshire ICB is Larkshire University Hospitals: A&E, seen, treated and "
     "left within 4 hours."),
    ("a member's missed goal", _lead(lines=(USUAL,), member_misses=MEMBER),
     "Larkshire University Hospitals, in Larkshire ICB, misses a goal: A&E, seen, treated and left "
     "within 4 hours."),
    ("a member's missed goal",
     _lead(lines=(USUAL,), member_misses=replace(SHORT, body=MEMBER.body, metric=MEMBER.metric)),
     "Larkshire University Hospitals, in Larkshire ICB, is short of a goal for March 2026: A&E, "
     "seen, treated and left within 4 hours."),
    ("improving", _lead(_found(BETTER, "improving")),
     "Larkshire ICB does better than usual: Community waits of over 52 weeks."),
    ("as usual", _lead(lines=(USUAL,)),
     "Nothing of Larkshire ICB is worse or better than chance explains."),
    ("as usual", _lead(lines=(USUAL, FEW)),
     "As far as can be told, nothing of Larkshire ICB is worse or better than chance explains."),
    ("cannot be told", _lead(lines=(FEW,)),
     "Whether Larkshire ICB gets better or worse cannot be told yet: too few figures, or charts "
     "that cannot speak."),
    ("nothing held", _lead(), "No figure of Larkshire ICB itself is held for Mar 2026."),
)  # fmt: skip

HALF: tuple[Case, ...] = (
    (
        "few",
        series("too_few", few="7 months held"),
        "only 7 months held, so change cannot be told from chance",
    ),
    ("no verdict", series("no_verdict"), "its chart gives no verdict"),
    ("flat", series(point={"lower": 50.0, "upper": 50.0}), "it does not vary"),
    ("usual", series(), "within its usual range"),
    ("by chance", series(point={"value": 61.0}), "no more than chance explains"),
    ("worse", series("concern_low"), "worse than chance explains"),
    ("better", series("improvement_high"), "better than chance explains"),
    ("high", series("neutral_high"), "higher than chance explains"),
    ("low", series("neutral_low"), "lower than chance explains"),
    ("pattern", series("neutral"), "in a pattern that chance does not explain"),
)

AIM: tuple[Case, ...] = (
    ("year", series(year_missed=True), "its goal for the year was missed"),
    ("pass then", series(assurance="pass", is_old=True),
     "as things were then, it would meet the target of at least 45%"),
    ("fail then", series(assurance="fail", is_old=True),
     "as things were then, it would not meet the target of at least 45%"),
    ("pass", series(assurance="pass"), "as things are, it will meet the target of at least 45%"),
    ("fail", series(assurance="fail"),
     "as things are, it will not meet the target of at least 45%"),
    ("meets", series(assurance="too_few"), "it meets the target of at least 45%"),
    ("meets", series(assurance="too_few", later="March 2026"),
     "it already meets the goal of at least 45% by March 2026"),
    ("missed", series(assurance="missed"), "it does not meet the target of at least 45%"),
    ("short", series(assurance="short", later="March 2026", off="2.7 percentage points short of"),
     "it is 2.7 percentage points short of the goal of at least 45% by March 2026"),
    ("short", series(assurance="short", later="March 2026"),
     "it does not yet meet the goal of at least 45% by March 2026"),
    ("chance", series(assurance="inconsistent", met=5, of=12),
     "chance decides whether it meets the target of at least 45%"),
    ("met of late", series(assurance="met_lately", met=9, of=12, meets_now=True),
     "it meets the target of at least 45%, as did 9 of the last 12 figures"),
    ("short of late",
     series(assurance="short_lately", met=3, of=12, later="March 2026", off="1.2 minutes above"),
     "it is 1.2 minutes above the goal of at least 45% by March 2026, which 3 of the last 12 "
     "figures reached"),
    ("missed of late", series(assurance="missed_lately", met=3, of=12, since="at least 50%"),
     "it misses the target of at least 45% (now at least 50%), as did 9 of the last 12 "
     "figures"),
)  # fmt: skip

GOAL: tuple[Case, ...] = (
    ("below", GoalBeside("March 2026", "at least 60%", "Nov 2024", is_below=True),
     "it is below the goal of at least 60% by March 2026 too"),
    ("not held", GoalBeside("March 2026", "at least 60%", "Nov 2024"),
     "whether it meets the goal by March 2026 cannot be told: no figure of Nov 2024 is held"),
    ("not known", GoalBeside("March 2026"),
     "whether it meets the goal by March 2026 cannot be told"),
)  # fmt: skip

MAP: tuple[Case, ...] = (
    ("none", MapFacts(()), "No ICB has a score"),
    ("one", MapFacts((("Larkshire", 2.1),)), "Larkshire alone has a score: 2.10"),
    ("alike", MapFacts((("Larkshire", 2.1), ("Quill", 2.1))), "All 2 have the same score: 2.10"),
    ("spread", MapFacts((("Larkshire", 2.1), ("Quill", 2.9))),
     "Larkshire has the best score, 2.10; Quill has the worst, 2.90"),
)  # fmt: skip


def league(scores: list[float], apart: set[str] | None) -> LeagueFacts:
    pairs = None if apart is None else frozenset(frozenset(pair) for pair in apart)
    codes = tuple("ABCDEFGHIJ"[: len(scores)])
    words = ("acute trusts", "acute trust", "acute trusts", "2025/26 Q3")
    return LeagueFacts(*words, codes, tuple(scores), pairs)


LEAGUE: tuple[Case, ...] = (
    ("no rank", league([], set()), "Acute trusts: no rank follows from the figures of 2025/26 Q3"),
    ("one alone", league([1.5], set()),
     "Acute trusts: one is ranked, so there is none to compare it with"),
    ("ahead and behind", league([1, 2, 3], {"AB", "AC", "BC"}),
     "Acute trusts: one stands clearly ahead, one clearly behind"),
    ("halves", league([1, 3], {"AB"}), "Acute trusts: one half stands clearly ahead of the other"),
    ("ahead", league([1, 2, 3], {"AB", "AC"}),
     "Acute trusts: one stands clearly ahead of the other two"),
    ("behind", league([1, 2, 3], {"AC", "BC"}),
     "Acute trusts: one stands clearly behind the other two"),
    ("none apart", league([1, 2, 3], set()),
     "Acute trusts: none can be told from any other by its score"),
    ("none apart", league([1, 2], {"YZ"}),
     "Acute trusts: the two cannot be told apart by their scores"),
    ("no neighbours apart", league([1, 2, 3], {"AC"}),
     "Acute trusts: none can be told from the next in rank, though some further apart can"),
    ("some neighbours apart", league([1, 2, 3, 3.1], {"BC", "BD"}),
     "Acute trusts: the only clear difference between neighbours is that of ranks 2 and 3"),
    ("no ranges", league([1, 2, 3], None),
     "Acute trusts: 3 ranked; how much of the order is chance is not known"),
)  # fmt: skip


def standing(
    now: int | None, alone: int | None = None, then: int | None = None, **more: Any
) -> StandingFacts:
    """A segment, that of the score alone, and the segment of the quarter before."""
    told = {"average": 2.4, "before": "2025/26 Q2" if then else "", "segment_before": then} | more
    return StandingFacts("2025/26 Q3", now, alone or now, **told)


TRUST: tuple[Case, ...] = (
    ("no score", StandingFacts("2025/26 Q3", None, None, None),
     "No score in 2025/26 Q3, and so no segment."),
    ("no segment", standing(None), "An average score of 2.40, and no segment."),
    ("a rule decides", standing(3, 1, floor=3),
     "Segment 3, set by a rule: its score alone gives segment 1."),
    ("not by its score", standing(3, 1), "Segment 3, where its score alone gives segment 1."),
    ("worse", standing(3, then=2), "Segment 3, worse than segment 2 in 2025/26 Q2."),
    ("better", standing(2, then=3), "Segment 2, better than segment 3 in 2025/26 Q2."),
    ("the same", standing(2, then=2), "Segment 2, as in 2025/26 Q2."),
    ("by itself", standing(2), "Segment 2."),
)  # fmt: skip

CAUSE: tuple[Case, ...] = (
    ("no rule", standing(3, then=2), ""),
    ("said by the claim", standing(3, 1, 3, floor=3, rules=("Deficit",), rules_before=("Deficit",)),
     ""),
    ("cannot be told", standing(4, then=3, rules=("Deficit",), rules_before=("Deficit",)),
     "Whether its score or a rule moved it cannot be told."),
    ("score alone", standing(4, 4, 3, score_segment_before=3, floor=3, rules=("Deficit",)),
     "Its score alone gives segment 4, and gave 3 in 2025/26 Q2."),
    ("rules alone", standing(3, 1, 1, score_segment_before=1, floor=3, rules=("Deficit",)),
     "Its score alone gives segment 1, as in 2025/26 Q2; rule new since then: Deficit."),
    ("rule before", standing(2, 2, 3, score_segment_before=1, rules_before=("Deficit",)),
     "Its score alone gives segment 2; in 2025/26 Q2 a rule set segment 3, where its score alone "
     "gave 1."),
    ("score too", standing(3, 3, 3, score_segment_before=3, floor=3, rules=("Deficit",)),
     "Its score alone gives that segment too."),
    ("not known", standing(4, 2, 4, floor=3, rules=("Deficit",)), ""),
)  # fmt: skip

AREA: tuple[Case, ...] = (
    ("own segment", AreaFacts("2025/26 Q3", 3, {2: 3}, 2.4, 2.0, 1, 1.5),
     "Segment 1, with an average score of its own of 1.50."),
    ("no trust", AreaFacts("2025/26 Q3", 0, {}, None, 2.0), "No trust in 2025/26 Q3."),
    ("no score", AreaFacts("2025/26 Q3", 2, {}, None, 2.0),
     "None of its trusts has a score in 2025/26 Q3."),
    ("worse", AreaFacts("2025/26 Q3", 3, {2: 3}, 2.5, 2.0),
     "Its trusts average 2.50, worse than the 2.00 of all trusts at hand."),
    ("better", AreaFacts("2025/26 Q3", 1, {2: 1}, 1.5, 2.0),
     "Its one trust has 1.50, better than the 2.00 of all trusts at hand."),
    ("the same", AreaFacts("2025/26 Q3", 3, {2: 3}, 2.0004, 2.0),
     "Its trusts average 2.00, as all trusts at hand."),
    ("worse", AreaFacts("2025/26 Q2", 1, {3: 1}, 2.5, 2.35, led=2, kinds="acute trusts"),
     "The one of its 2 trusts at hand has 2.50, worse than the 2.35 of all acute trusts at hand."),
    ("better", AreaFacts("2025/26 Q2", 2, {2: 2}, 2.1, 2.35, led=5),
     "The 2 of its 5 trusts at hand average 2.10, better than the 2.35 of all trusts at hand."),
)  # fmt: skip


def period(worse: int, better: int, compared: int = 9) -> PeriodFacts:
    before = "2025/26 Q2" if compared else ""
    return PeriodFacts("2025/26 Q3", "trusts", {1: 4, 3: 5}, before, compared, worse, better)


PERIOD: tuple[Case, ...] = (
    ("no segment", PeriodFacts("2025/26 Q3", "trusts", {1: 0}),
     "Trusts: no segment follows from the figures of 2025/26 Q3"),
    ("both ways", period(2, 1),
     "2 of 9 trusts stand in a worse segment than in 2025/26 Q2, 1 in a better one"),
    ("worse alone", period(2, 0),
     "2 of 9 trusts stand in a worse segment than in 2025/26 Q2, none in a better one"),
    ("better alone", period(0, 1),
     "1 of 9 trusts stands in a better segment than in 2025/26 Q2, none in a worse one"),
    ("none moved", period(0, 0), "No segment has changed since 2025/26 Q2"),
    ("counts", period(0, 0, 0), "Trusts in 2025/26 Q3: 4 in segment 1 and 5 in segment 3"),
)  # fmt: skip

CHANCE: tuple[Case, ...] = (
    ("none changed", ChanceFacts(0), ""),
    ("not known", ChanceFacts(2, unknown=2), ""),
    ("all by chance", ChanceFacts(1, chance=1), "Chance may explain it."),
    ("all by chance", ChanceFacts(7, chance=7), "Chance may explain all 7 changes of segment."),
    ("none by chance", ChanceFacts(1), "Chance does not explain it."),
    ("none by chance", ChanceFacts(2), "Chance explains none of the 2 changes of segment."),
    ("one by a rule", ChanceFacts(1, by_rule=1), "A rule sets it."),
    ("one by a rule", ChanceFacts(1, ended=1), "It follows the end of a rule."),
    ("all by rules", ChanceFacts(3, by_rule=2, ended=1),
     "Of the 3 changes two are set by a rule and one follows the end of a rule."),
    ("some by rules", ChanceFacts(15, chance=12, ended=3),
     "Of the 15 changes three follow the end of a rule; chance may explain the other 12."),
    ("some by rules", ChanceFacts(9, chance=5, by_rule=1, ended=1),
     "Of the 9 changes one is set by a rule and one follows the end of a rule; chance may explain "
     "five, and does not explain two."),
    ("some by rules", ChanceFacts(3, by_rule=2),
     "Of the 3 changes two are set by a rule; chance does not explain the other one."),
    ("some by chance", ChanceFacts(3, chance=1),
     "Chance may explain 1 of the 3 changes of segment."),
    ("some by chance", ChanceFacts(3, chance=1, unknown=1),
     "Chance may explain 1 of the 3 changes of segment; of one it is not known."),
)  # fmt: skip

WHO: tuple[Case, ...] = (
    ("all led", WhoFacts(18, ()), "Somebody leads on each of the 18 functions."),
    ("none led", WhoFacts(2, ("Finance", "People")), "Nobody leads on any of the 2 functions."),
    ("some not led", WhoFacts(18, ("Finance", "People"), would=1),
     "As the law stands, nobody leads on 2 of 18 functions: finance and people."),
)  # fmt: skip

PLAN: tuple[Case, ...] = (
    (
        "all over",
        PlanFacts("Larkshire", 0, 0, 0, 0, 2),
        "Larkshire: nothing is open of what was asked",
    ),
    ("all stay", PlanFacts("Larkshire", 1, 0, 0), "Larkshire: its one ask stays"),
    ("all stay", PlanFacts("Larkshire", 1, 0, 0, 0, 1), "Larkshire: its one open ask stays"),
    ("all stay", PlanFacts("Larkshire", 4, 0, 0), "Larkshire: all 4 asks stay"),
    ("all go", PlanFacts("Larkshire", 0, 1, 2), "Larkshire: all 3 asks can end or merge"),
    ("some go", PlanFacts("Larkshire", 3, 2, 4), "Larkshire: 6 of 9 asks can end or merge"),
    (
        "some go",
        PlanFacts("Larkshire", 3, 1, 0, 2, 5),
        "Larkshire: 3 of 6 open asks can end in part or merge",
    ),
)

QUARTER = {"period": "2025/26 Q3", "name": "Larkshire", "before": "2025/26 Q2"}
BUILD = {"period": "2025/26 Q3", "name": "Larkshire"}
NEW_PERIOD: tuple[Case, ...] = (
    ("no segment", ChangeFacts("2025/26 Q3"),
     "2025/26 Q3 is new: no segment follows from its figures"),
    ("new", ChangeFacts("2025/26 Q3", counts="4 in segment 1"),
     "2025/26 Q3 is new: 4 in segment 1"),
)  # fmt: skip
SEGMENT: tuple[Case, ...] = (
    ("revised", ChangeFacts(**BUILD, segment=2, segment_before=3),
     "Larkshire: segment 2 in 2025/26 Q3, where the earlier build had segment 3"),
    ("worse", ChangeFacts(**QUARTER, segment=3, segment_before=2),
     "Larkshire: segment 3 in 2025/26 Q3, worse than segment 2 in 2025/26 Q2"),
    ("better", ChangeFacts(**QUARTER, segment=2, segment_before=3),
     "Larkshire: segment 2 in 2025/26 Q3, better than segment 3 in 2025/26 Q2"),
    ("first or none", ChangeFacts(**QUARTER, segment=2),
     "Larkshire: segment 2 in 2025/26 Q3, no segment in 2025/26 Q2"),
)  # fmt: skip
FIGURE: tuple[Case, ...] = (
    ("one", ChangeFacts(**BUILD, figures=1, figure="5.1%", figure_before="5.0%"),
     "Larkshire in 2025/26 Q3: 5.1%, where the earlier build had 5.0%"),
    ("several", ChangeFacts(**BUILD, figures=3), "Larkshire: 3 figures of 2025/26 Q3 revised"),
)  # fmt: skip
BEGUN: tuple[Case, ...] = (
    ("new quarter", ChangeFacts(**QUARTER),
     "Larkshire has figures in 2025/26 Q3, and had none in 2025/26 Q2"),
    ("new build", ChangeFacts(**BUILD),
     "Larkshire has figures in 2025/26 Q3, and had none in the earlier build"),
)  # fmt: skip
GONE: tuple[Case, ...] = (
    ("new quarter", ChangeFacts(**QUARTER),
     "Larkshire has no figures in 2025/26 Q3; it had in 2025/26 Q2"),
    ("new build", ChangeFacts(**BUILD),
     "Larkshire has no figures in 2025/26 Q3; it had in the earlier build"),
)  # fmt: skip
KINDS_BEGUN: tuple[Case, ...] = (
    ("new quarter", ChangeFacts(**QUARTER, counts="10 acute trusts"),
     "2025/26 Q3 has 10 acute trusts; 2025/26 Q2 had none"),
    ("new build", ChangeFacts(**BUILD, counts="10 acute trusts"),
     "2025/26 Q3 has 10 acute trusts; the earlier build had none"),
)  # fmt: skip
ACUTE = {"period": "2025/26 Q3", "name": "acute trusts", "counts": "1 acute trust"}
KINDS_GONE: tuple[Case, ...] = (
    ("new quarter", ChangeFacts(**ACUTE, before="2025/26 Q2"),
     "2025/26 Q3 has no figures of acute trusts; 2025/26 Q2 had 1 acute trust"),
    ("new build", ChangeFacts(**ACUTE),
     "2025/26 Q3 has no figures of acute trusts; the earlier build had 1 acute trust"),
)  # fmt: skip
RULES: tuple[Case, ...] = (
    ("framework", ChangeFacts(**BUILD, judged="the new", judged_before="the old"),
     "2025/26 Q3 is judged by the new, in the earlier build by the old"),
    ("mode", ChangeFacts(**BUILD, mode="recomputed", mode_before="published"),
     "2025/26 Q3 shows recomputed scores, the earlier build published ones"),
    ("rules", ChangeFacts(**BUILD),
     "2025/26 Q3 is scored by rules that differ from the earlier build’s"),
)  # fmt: skip

CASES: dict[str, tuple[Case, ...]] = {
    "remit.report.lead.CLAIMS": LEAD,
    "remit.signals.headline.USUAL": HALF,
    "remit.signals.headline.TARGETS": AIM,
    "remit.signals.goal_beside.GOALS": GOAL,
    "remit.report.board_asks.FORMS": BOARD,
    "remit.pages.standings.trust_findings.CLAIMS": TRUST,
    "remit.pages.standings.trust_findings.CAUSES": CAUSE,
    "remit.pages.standings.home_findings.FINDINGS": PERIOD,
    "remit.pages.standings.home_findings.CHANCE": CHANCE,
    "remit.pages.standings.league_findings.TITLES": LEAGUE,
    "remit.pages.standings.area_findings.CLAIMS": AREA,
    "remit.pages.standings.map_findings.FORMS": MAP,
    "remit.pages.remits.findings.CLAIMS": WHO,
    "remit.oversight.findings.TITLES": PLAN,
    "remit.pages.standings.change_forms.PERIODS": NEW_PERIOD,
    "remit.pages.standings.change_forms.SEGMENTS": SEGMENT,
    "remit.pages.standings.change_forms.FIGURES": FIGURE,
    "remit.pages.standings.change_forms.BEGUN": BEGUN,
    "remit.pages.standings.change_forms.GONE": GONE,
    "remit.pages.standings.change_forms.KINDS_BEGUN": KINDS_BEGUN,
    "remit.pages.standings.change_forms.KINDS_GONE": KINDS_GONE,
    "remit.pages.standings.change_forms.RULES": RULES,
}
