"""The sentences of a plan, as page, spreadsheet and letter say them alike."""

from __future__ import annotations

from remit.model.fictional import sample_sentence
from remit.oversight.plan import FunctionPlan, Plan, PlannedAsk, Saved
from remit.words.figures import percent_words, trimmed_words
from remit.words.sentences import count_words, lowered

CALENDAR = (
    "When a publication comes is counted from the end of its period by the declared lag; a day "
    "that was not checked against a calendar of releases is printed as about then (not verified). "
    "What comes back each week or month is due again as long after its first day."
)
"""How days of publication and of what comes back are known."""

FICTIONAL = sample_sentence("the organisation and the asks are")


def hours_words(hours: Saved) -> str:
    """Hours with their range: ``70 hours (45 to 90)``, or without one where all are the same."""
    figures = (hours.middle, hours.low, hours.high)
    middle, low, high = (trimmed_words(number, 1) for number in figures)
    noun = "hour" if middle == "1" else "hours"
    return f"{middle} {noun}" if low == high else f"{middle} {noun} ({low} to {high})"


def title(plan: Plan) -> str:
    """The plan's title."""
    return f"Oversight plan: {plan.subject.name}"


def summary(plan: Plan) -> str:
    """What is asked, what becomes of it and what that saves, in two sentences."""
    asks = count_words(len(plan.asks), "ask", none="0")
    return (
        f"{asks} of {plan.subject.name}, about {hours_words(plan.hours)} of "
        f"work: {_fates(plan)}. That saves about {hours_words(plan.saved)}."
    )


def _fates(plan: Plan) -> str:
    """How many asks stay, merge and end, each verb as its number wants it."""
    stays, merges, ends = (plan.count(fate) for fate in ("stays", "merges", "ends"))
    return (
        f"{stays} {'stays' if stays == 1 else 'stay'}, "
        f"{merges} {'merges' if merges == 1 else 'merge'} with another, "
        f"{ends} {'ends' if ends == 1 else 'end'}"
    )


def published_words(one: PlannedAsk) -> str:
    """When the publication that answers an ask has its period; empty where nothing answers it.

    Where that is after the day on which the ask was due, this is said.
    """
    if one.answer is None:
        return ""
    part, following = one.published.part, one.published.following
    if following is None:
        return "When it is published is not declared"
    if part is None:
        return f"Next published {following.about}"
    late = one.ask.due_on is not None and part.on > one.ask.due_on
    after = ", after the ask was due" if late else ""
    return f"{part.period}: published {part.about}{after}"


def due_words(one: PlannedAsk) -> str:
    """How often an ask comes back, if it does."""
    often = (one.ask.frequency or "").strip().lower()
    return "" if often in {"", "once"} else often


def lead_words(function: FunctionPlan) -> str:
    """Who leads on a function, and by what."""
    found = function.leader
    if found is None:
        return "No function fits these asks"
    if found.holding is None:
        return f"No lead: {found.says}"
    said = {"map": "by the map", "agreement": "by local agreement", "alone": "alone oversees"}
    unsure = ", not verified" if found.holding.mark == "not verified" else ""
    return f"{found.holding.who} ({said[found.basis]}{unsure})"


def short_lead(function: FunctionPlan) -> str:
    """Who leads on a function, for the head of its asks."""
    found = function.leader
    if found is None:
        return "No function fits these asks"
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
        if one.asks and one.leader and one.leader.holding is None and one.leader.candidates:
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
        ("An ask that ends since a publication or collection answers it", savings.end_published),
    )
    said = [
        f"{what} saves {percent_words(one.middle)} of its hours "
        f"({percent_words(one.low)} to {percent_words(one.high)}). {one.why}"
        for what, one in pairs
    ]
    return [
        *said,
        "These shares are assumptions, not measurements. An ask counts as often as it is in the "
        "list. The range of a sum is the sum of the ranges.",
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
