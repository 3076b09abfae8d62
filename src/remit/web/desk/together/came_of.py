"""What came of each point of an agenda, as it stands in what was said of the conversation."""

from __future__ import annotations

from collections.abc import Iterable


def outcome_line(title: str, outcome: str) -> str:
    """What came of a point, as one line of what was said.

    Parameters
    ----------
    title
        The point.
    outcome
        What came of it, on as many lines as somebody typed.

    Examples
    --------
    >>> outcome_line("Beds", "Counted at ten")
    'On “Beds”: Counted at ten'
    """
    return f"On “{title}”: {' '.join(outcome.split())}"


def came_of_points(summary: str | None, titles: Iterable[str]) -> tuple[str, dict[str, str]]:
    """What was said apart from the points, and what came of each point, by its title.

    A line that names no point of the agenda as it is now stays in what was said: nothing is lost
    when a point is renamed or taken off.

    Parameters
    ----------
    summary
        What was said of the conversation.
    titles
        Those of its points.

    Examples
    --------
    >>> came_of_points("Short.\\nOn “Beds”: Counted at ten", ["Beds", "Staff"])
    ('Short.', {'Beds': 'Counted at ten'})
    """
    rest, found = list[str](), dict[str, str]()
    heads = {outcome_line(title, "").strip(): title for title in titles}
    for line in (summary or "").splitlines():
        head = next((one for one in heads if line.startswith(one)), "")
        if head and heads[head] not in found:
            found[heads[head]] = line.removeprefix(head).strip()
        else:
            rest.append(line)
    return "\n".join(rest).strip(), found
