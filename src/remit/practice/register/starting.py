"""A new register of practices: files with every key explained."""

from __future__ import annotations

from importlib import resources

from remit.practice.register.stages import load_stages
from remit.practice.since import FORMS
from remit.words.sentences import listed

ADOPTION_COLUMNS = ("practice", "code", "since", "until", "stage", "source")


def new_register_files(folder: str) -> dict[str, str]:
    """The files of a new register: name → text.

    >>> sorted(new_register_files("practices"))
    ['adoptions.csv', 'practices.yaml', 'read-me.txt']
    """
    stages = load_stages()
    told = {
        "@STAGES@": "\n".join(f"#               {one.id:<9}{one.says.lower()}"
                              for one in stages.values()),
        "@FOLDER@": folder,
        "@FORMS@": FORMS,
    }  # fmt: skip
    files = {"practices.yaml": _filled("practices.yaml", told)}
    files["adoptions.csv"] = ",".join(ADOPTION_COLUMNS) + "\n"
    told["@STAGES@"] = listed(list(stages), "or")
    files["read-me.txt"] = _filled("read-me.txt", told)
    return files


def _filled(name: str, words: dict[str, str]) -> str:
    place = resources.files("remit") / "declarations" / "templates" / "practices" / name
    text = place.read_text(encoding="utf-8")
    for word, said in words.items():
        text = text.replace(word, said)
    return text
