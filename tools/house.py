"""Draw the house: ``python tools/house.py`` writes ``docs/house.md`` and ``docs/house.svg``.

The storeys are the layers of ``pyproject.toml``, the lit windows are the imports that the source
really has, the words are the first lines of each room's docstring.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
NAMES, ROW, ROOF, HEAD = 128, 27, 54, 104
"""The widths and heights of the picture's parts, in pixels."""


@dataclass(frozen=True, slots=True)
class House:
    """Rooms in storeys, from the top down, what each is for, and what it uses."""

    storeys: tuple[tuple[str, ...], ...]
    purposes: Mapping[str, str]
    uses: Mapping[str, frozenset[str]]

    @property
    def rooms(self) -> list[str]:
        """All rooms, from the top down."""
        return [room for storey in self.storeys for room in storey]


def main() -> None:
    """Write the page and the picture."""
    for name, text in drawn().items():
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")


def drawn() -> dict[str, str]:
    """The files of the drawing, by their place in the repository."""
    house = survey()
    return {"docs/house.md": page(house), "docs/house.svg": picture(house)}


def survey() -> House:
    """Read the storeys, and look at the source for the rest."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    storeys = storeys_of(declared["tool"]["importlinter"]["contracts"])
    rooms = [room for storey in storeys for room in storey]
    graph = grimp.build_graph("remit", cache_dir=None)
    homeless = {name.split(".")[1] for name in graph.modules if "." in name} - {*rooms, "__main__"}
    if homeless:
        sys.exit(f"No storey in pyproject.toml has: {', '.join(sorted(homeless))}")
    uses: dict[str, set[str]] = {room: set() for room in rooms}
    for importer in graph.modules - {"remit"}:
        for imported in graph.find_modules_directly_imported_by(importer):
            above, below = importer.split(".")[1], imported.partition(".")[2].partition(".")[0]
            if above in uses and below in uses and above != below:
                uses[above].add(below)
    return House(
        storeys,
        {room: purpose(room) for room in rooms},
        {room: frozenset(found) for room, found in uses.items()},
    )


def storeys_of(contracts: Sequence[Mapping[str, object]]) -> tuple[tuple[str, ...], ...]:
    """The layers of the whole house, each with its rooms."""
    for contract in contracts:
        layers = contract.get("layers")
        if isinstance(layers, list) and "remit.cli" in layers:
            return tuple(tuple(re.findall(r"remit\.(\w+)", layer)) for layer in layers)
    sys.exit("pyproject.toml has no layers with remit.cli")


def purpose(room: str) -> str:
    """The first line of a room's docstring, without its name."""
    folder = ROOT / "src" / "remit" / room
    file = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    first = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
    words = re.sub(rf"^(The )?{room}( room)?: ", "", " ".join(first.split()), flags=re.IGNORECASE)
    return words[:1].upper() + words[1:]


def page(house: House) -> str:
    """The page with the picture, and the same as a table."""
    rows = (f"| `{room}` | {house.purposes[room]} | {used(house, room)} |" for room in house.rooms)
    return "\n".join([*INTRODUCTION, *rows, ""])


def used(house: House, room: str) -> str:
    """The rooms that a room uses, from the top down."""
    return ", ".join(below for below in house.rooms if below in house.uses[room]) or "none"


INTRODUCTION = (
    "# The house",
    "",
    "A file becomes rows with their source, rows become observations in the store, a declaration",
    "turns observations into a judgement, a page explains it. Each step has its room under",
    "`src/remit/`. A room uses only rooms below it, or on its own floor; `make lint` sees to it.",
    "Beside them `declarations/` holds what is data and not code: frameworks, metrics,",
    "publications, organisations, rules of control charts, remits, words of asks and meetings, all",
    "as YAML.",
    "",
    "![The rooms of the house, storey by storey, with a lit window for each room that a room uses;",
    "the table below says the same](house.svg)",
    "",
    "The page and the picture are made by `python tools/house.py` from the layers in",
    "`pyproject.toml`, the imports in the source and the docstring of each room; a test sees to it",
    "that they are those of today.",
    "",
    "| room | what it does | uses |",
    "|---|---|---|",
)


def picture(house: House) -> str:
    """The house as SVG: a row a room, a column a room, a window where the one uses the other."""
    side = NAMES + ROW * len(house.rooms)
    width, height = side + 40, ROOF + HEAD + ROW * len(house.rooms) + 14
    parts = [*roof(width, side), *columns(house)]
    for number, storey in enumerate(house.storeys):
        parts += floor(house, storey, side, shaded=number % 2 == 0)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
            ' font-family="Arial, sans-serif" font-size="13" fill="#212b32">',
            "<title>The rooms of the house</title>",
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def roof(width: int, side: int) -> Iterator[str]:
    """A roof with what the windows mean."""
    yield f'<path d="M4 {ROOF} L{width // 2} 4 L{width - 4} {ROOF} Z" fill="#005eb8"/>'
    words = "A lit window: the room on this floor uses the room of that column"
    yield (
        f'<text x="{width // 2}" y="{ROOF - 10}" text-anchor="middle" fill="#ffffff">{words}</text>'
    )
    yield f'<rect x="20" y="{ROOF}" width="{side}" height="{HEAD}" fill="#f0f4f5"/>'


def columns(house: House) -> Iterator[str]:
    """The names of the columns, upwards."""
    for number, room in enumerate(house.rooms):
        x, y = 20 + NAMES + ROW * number + 18, ROOF + HEAD - 7
        yield f'<text transform="translate({x} {y}) rotate(-90)">{escape(room)}</text>'


def floor(house: House, storey: Sequence[str], side: int, *, shaded: bool) -> Iterator[str]:
    """One storey: its rooms and their windows."""
    rooms = house.rooms
    top = ROOF + HEAD + ROW * rooms.index(storey[0])
    colour = "#d8dde0" if shaded else "#e8edee"
    yield f'<rect x="20" y="{top}" width="{side}" height="{ROW * len(storey)}" fill="{colour}"/>'
    for room in storey:
        y = ROOF + HEAD + ROW * rooms.index(room)
        yield f'<text x="30" y="{y + 18}" font-weight="bold">{escape(room)}</text>'
        yield from windows(house, room, y)


def windows(house: House, room: str, y: int) -> Iterator[str]:
    """The windows of one room: itself, and those that it uses."""
    for number, below in enumerate(house.rooms):
        x = 20 + NAMES + ROW * number
        if below == room:
            yield f'<rect x="{x + 4}" y="{y + 4}" width="19" height="19" fill="#425563"/>'
        elif below in house.uses[room]:
            words = escape(f"{room} uses {below}")
            yield (
                f'<rect x="{x + 4}" y="{y + 4}" width="19" height="19" fill="#ffb81c"'
                f' stroke="#425563"><title>{words}</title></rect>'
            )


if __name__ == "__main__":
    main()
