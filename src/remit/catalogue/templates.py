"""Templates of the files that a user writes: a framework, judgements, capability."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import resources
from typing import Final

from remit.model.capability import Capability
from remit.model.framework import Framework

MOVE_TEMPLATES: Final = ("trust", "beds")
"""The models that ``remit move new`` can write."""


def move_template(name: str) -> dict[str, str]:
    """A commented service-line model, which passes its check: file name → text.

    >>> sorted(move_template("beds"))[:2]
    ['costs.yaml', 'move.yaml']
    """
    folder = resources.files("remit") / "declarations" / "templates" / f"move-{name}"
    files = sorted(folder.iterdir(), key=lambda one: one.name)
    return {one.name: one.read_text(encoding="utf-8") for one in files}


def framework_template(framework_id: str, valid_from: date) -> str:
    """A commented framework that passes its check."""
    return _filled("framework", {"FRAMEWORK-ID": framework_id, "VALID-FROM": str(valid_from)})


def judgements_template(framework: Framework, codes: Sequence[str]) -> str:
    """A commented file of judgements, with one to fill in for each code.

    What is to be judged is left blank, so that no file passes its check before somebody judged.
    """
    labels = sorted(framework.segments.labels)
    words = {
        "FRAMEWORK-ID": framework.id,
        "SEGMENTS": ", ".join(str(label) for label in labels),
    }
    head, first = _filled("judgements", words).split("  - org:")
    entry = f"  - org:{first}"
    entries = [entry.replace("CODE  ", f"{code:<6}") for code in codes]
    return head + "".join(entries or [entry])


def capability_template(framework: Framework, capability: Capability, code: str, name: str) -> str:
    """A commented file of one board's capability, with every domain left to fill in."""
    words = {
        "CAPABILITY-NAME": capability.name,
        "FRAMEWORK-ID": framework.id,
        "NOTE-ON-WORDS": _on_words(capability),
        "CODE": code,
        "ORG-NAME": name,
        "DOMAINS": "\n".join(_domain(d.id, d.name) for d in capability.domains),
    }
    return _filled("capability", words)


def _on_words(capability: Capability) -> str:
    if capability.ratings:
        return f"Its ratings are: {', '.join(capability.ratings)}."
    return "The definitions of the ratings are not verified, so their words are yours."


def _domain(domain_id: str, name: str) -> str:
    return (
        f"        - domain: {domain_id:<16} # {name}\n"
        '          rating: ""               # the board\'s own word, such as confirmed\n'
        '          statement: ""            # what the board says of itself\n'
        '          explanation: ""          # why it is not confirmed, and what is done\n'
        "          evidence: []             # - {title: …, reference: …, dated: 2025-09-30}"
    )


def _filled(name: str, words: dict[str, str]) -> str:
    file = resources.files("remit") / "declarations" / "templates" / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(word, value)
    return text
