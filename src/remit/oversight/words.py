"""The sentences of a plan, as page, spreadsheet and letter say them alike."""

from __future__ import annotations

from collections.abc import Iterator

from remit.model.fictional import sample_sentence
from remit.model.measured import SureFile
from remit.oversight.fates import Fate
from remit.oversight.measured import load_sure
from remit.oversight.planned import FunctionPlan, Plan, PlanHours, PlannedAsk, Saved
from remit.remits import Leader
from remit.words.days import day_words
from remit.words.figures import percent_words
from remit.words.hours import hours_range
from remit.words.sentences import count_words, listed, lowered, range_words, sentence_case

CALENDAR = (
    "When a publication comes is counted from the end of its period by the declared lag; a day "
    "that was not checked against a calendar of releases is printed as about then (not verified). "
    "What comes back each week or month is due again as long after its first day."
)
"""How days of publication and of what comes back are known."""

CONFIRM = (
    "What “can” end or merge is a proposal of the matcher. It ends, and its hours count as saved, "
    "once a person has confirmed it with “remit oversight confirm”."
)
"""What a proposal is, and who makes it more."""

FICTIONAL = sample_sentence("the organisation and the asks are")


def saved_words(saved: Saved) -> str:
    """Hours that are saved, as a range; ``no hours`` where nothing is."""
    return hours_range(saved.low, saved.high) if saved.high else "no hours"


def asked_words(hours: PlanHours) -> str:
    """Hours that are asked, as a range, or as they are written down."""
    return hours_range(hours.low, hours.high)


def title(plan: Plan) -> str:
    """The plan's title."""
    return f"Oversight plan: {plan.subject.name}"


def summary(plan: Plan) -> str:
    """What is asked, what may become of it, and what that saves once it is confirmed."""
    asks = count_words(len(plan.asks), "ask", none="0")
    return (
        f"{asks} of {plan.subject.name}, {asked_words(plan.hours)} of work: "
        f"{listed(list(_fates(plan)))}. {saving(plan)}"
    )


def _fates(plan: Plan) -> Iterator[str]:
    """How many asks are of each fate, each verb as its number wants it."""
    stays, merges, ends, part, over = map(plan.count, FATES)
    yield f"{stays} {'stays' if stays == 1 else 'stay'}"
    yield f"{merges} {_may(plan, 'merge', merges)} with another"
    yield f"{ends} {_may(plan, 'end', ends)}"
    if part:
        yield f"{part} {_may(plan, 'end', part)} in part"
    if over:
        yield f"{over} {'is' if over == 1 else 'are'} over"


def _may(plan: Plan, verb: str, count: int) -> str:
    """What asks do; ``can`` while some of it waits for a person."""
    if plan.every.unconfirmed:
        return f"can {verb}"
    return f"{verb}s" if count == 1 else verb


FATES = ("stays", "merges", "ends", "ends in part", "is over")
"""What becomes of asks, in the order in which it is counted."""


def saving(plan: Plan) -> str:
    """What is saved, and what would be: nothing counts before a person has confirmed it."""
    every = plan.every
    waiting = every.unconfirmed
    if not every.confirmed and not waiting:
        return "Nothing is proposed that saves hours."
    done = f"Confirmed: {every.confirmed}, which saves {saved_words(plan.saved)}."
    if not every.confirmed:
        done = "Nobody has confirmed any of it yet, so no hours count as saved."
    if not waiting:
        return done
    which = "the one proposal" if waiting == 1 else f"the {waiting} proposals"
    more = " more" if every.confirmed else ""
    left = "that is left" if waiting == 1 else "that are left"
    said = f"{which} {left}" if every.confirmed else which
    return f"{done} {sentence_case(said)} would save {saved_words(plan.proposed)}{more}."


def state_words(one: PlannedAsk) -> str:
    """Whether a proposal is confirmed; empty where nothing is proposed."""
    if not one.fated.fate.saves:
        return ""
    return "confirmed" if one.confirmed else "proposed"


def sure_mark(one: PlannedAsk) -> str:
    """How sure the answer is that a fate rests on, with how often that was right; else empty."""
    if one.answer is None or not one.fated.fate.saves or not one.fated.by_answer:
        return ""
    if one.answer.decided_by == "person":
        return "a person confirmed it"
    measured = load_sure()
    share = f"{measured.right} of {measured.of} unseen asks"
    return f"sure: right in {share}, {_interval(measured)}"


def sure_words() -> str:
    """How often what the matcher is sure of was right, with how, when and on what."""
    measured = load_sure()
    return (
        f"{sure_share()} {measured.method} Measured on {day_words(measured.on)}: "
        f"{measured.sets}, of which {measured.of} were sure."
    )


def sure_share() -> str:
    """How often what the matcher is sure of was right on asks that it had not seen."""
    measured = load_sure()
    return (
        f"“Sure” was right in {measured.right} of {measured.of} asks that the matcher had not seen "
        f"({percent_words(measured.right / measured.of)}; 95% interval {_interval(measured)})."
    )


def _interval(measured: SureFile) -> str:
    return range_words(percent_words(measured.low), percent_words(measured.high))


def published_words(one: PlannedAsk) -> str:
    """When the publication that answers an ask has its period; empty where nothing answers it.

    Where that is after the day on which the ask was due, this is said. The reason of one that ends
    in part says it already, and of one that is over nobody waits for it.
    """
    if one.answer is None or one.fated.fate in {Fate.END_PART, Fate.OVER}:
        return ""
    part, following = one.published.part, one.published.following
    after = ", after the ask was due" if _is_late(one) else ""
    if part is not None:
        return f"{part.period}: published {part.about}{after}"
    if one.answer.out_on is not None:
        return f"The figures asked for come out about {day_words(one.answer.out_on)}{after}"
    if following is not None:
        return f"Next published {following.about}"
    return "When it is published is not declared"


def _is_late(one: PlannedAsk) -> bool:
    """Whether the figures come after the due day, by the asked period or by the logged one."""
    part, due = one.published.part, one.ask.due_on
    by_log = part is not None and due is not None and part.on > due
    return by_log or (one.answer is not None and one.answer.out_by_due is False)


def due_words(one: PlannedAsk) -> str:
    """How often an ask comes back, if it does."""
    often = (one.ask.frequency or "").strip().lower()
    return "" if often in {"", "once"} else often


def lead_words(function: FunctionPlan) -> str:
    """Who leads on a function, and by what."""
    found = function.leader
    return leader_words(found) if found else "No function fits these asks"


def leader_words(found: Leader) -> str:
    """A leader by the map of remits, and by what it leads."""
    if found.holding is None:
        return f"{'Itself leads' if found.itself else 'No lead'}: {found.says}"
    said = {"map": "by the map", "agreement": "by local agreement", "alone": "alone oversees"}
    unsure = ", not verified" if found.holding.mark == "not verified" else ""
    return f"{found.holding.who} ({said[found.basis]}{unsure})"


def short_lead(function: FunctionPlan) -> str:
    """Who leads on a function, for the head of its asks."""
    found = function.leader
    if found is None:
        return "No function fits these asks"
    if found.holding is None and found.itself:
        return "Itself leads"
    if found.holding is None:
        return "No lead: to agree" if found.candidates else "No lead: nobody oversees it"
    unsure = ", not verified" if found.holding.mark == "not verified" else ""
    return f"{found.holding.body.short} leads{unsure}"


def name_of(function: FunctionPlan) -> str:
    """The function's name."""
    return function.function.name if function.function else "Without a function"


def to_agree(plan: Plan) -> list[str]:
    """What region and ICB have to agree before the plan can hold."""
    points = []
    for one in plan.functions:
        if one.asks and one.leader and one.leader.is_nobody and one.leader.candidates:
            names = ", ".join(h.body.short for h in one.leader.candidates)
            points.append(f"Who leads on {lowered(name_of(one))}: {names} oversee it.")
        if one.gap and one.gap.kind == "unclear" and one.asks:
            points.append(f"{name_of(one)}: {one.gap.says}.")
    open_frictions = [f for f in plan.frictions if f.settled_on is None]
    points += [f"Open friction: {friction.what}" for friction in open_frictions]
    return points


def assumptions(plan: Plan) -> list[str]:
    """What the saved hours assume."""
    savings = plan.rules.content.savings
    pairs = (
        ("An ask that merges", savings.merge),
        ("An ask that ends since the lead or a national return asks the same", savings.end_led),
        ("An ask that ends since a publication answers it", savings.end_published),
        ("An ask that ends in part", savings.end_part),
    )
    said = [
        f"{what} saves {percent_words(one.low)} to {percent_words(one.high)} of its hours. "
        f"{one.why}"
        for what, one in pairs
    ]
    return [
        *said,
        "These shares are assumptions, not measurements. Hours count as saved once a person has "
        "confirmed what they rest on; an ask that was answered, or whose day is past, saves none. "
        "An ask counts as often as it is in the list. The range of a sum is the sum of the "
        "ranges, rounded outwards.",
        sure_words(),
    ]


def asks_by(plan: Plan, words: str) -> list[tuple[FunctionPlan, PlannedAsk]]:
    """The asks of one fate, with their function."""
    return [
        (function, one)
        for function in plan.functions
        for one in function.asks
        if one.fated.fate.words == words
    ]


def friction_state(settled: bool) -> str:
    """Whether a friction is settled, in a word."""
    return "settled" if settled else "open"
