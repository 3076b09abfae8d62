"""Draw the house: ``python tools/house.py`` writes ``docs/house.md`` and ``docs/house*.svg``.

The storeys are the layers of ``pyproject.toml``, the lit windows are the imports that the source
really has, the words are the first lines of each room's docstring.
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import grimp

ROOT = Path(__file__).resolve().parent.parent
NAMES, ROW, ROOF, HEAD = 128, 27, 54, 104
"""The widths and heights of the picture's parts, in pixels."""


@dataclass(frozen=True, slots=True)
class House:
    """Rooms in storeys, from the top down, what each is for, and what it uses."""

    name: str
    storeys: tuple[tuple[str, ...], ...]
    purposes: Mapping[str, str]
    uses: Mapping[str, frozenset[str]]

    @property
    def rooms(self) -> list[str]:
        """All rooms, from the top down."""
        return [room for storey in self.storeys for room in storey]

    @property
    def file(self) -> str:
        """The name of the picture."""
        return "-".join(["house", *self.name.split(".")[1:]]) + ".svg"


def main() -> None:
    """Write the page and the pictures."""
    for name, text in drawn().items():
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")


def drawn() -> dict[str, str]:
    """The files of the drawing, by their place in the repository."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    graph = grimp.build_graph("remit", cache_dir=None)
    contracts = declared["tool"]["importlinter"]["contracts"]
    houses = [survey(contract, graph) for contract in contracts if contract["type"] == "layers"]
    pictures = {f"docs/{house.file}": picture(house) for house in houses}
    return {"docs/house.md": page(houses), **pictures}


def survey(contract: Mapping[str, Any], graph: grimp.ImportGraph) -> House:
    """Read the storeys, and look at the source for the rest."""
    (name,) = contract["containers"]
    storeys = tuple(tuple(re.findall(r"\w+", layer)) for layer in contract["layers"])
    rooms = [room for storey in storeys for room in storey]
    uses: dict[str, set[str]] = {room: set() for room in rooms}
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            above, below = room_of(importer, name), room_of(imported, name)
            if above in uses and below in uses and above != below:
                uses[above].add(below)
    return House(
        name,
        storeys,
        {room: purpose(name, room) for room in rooms},
        {room: frozenset(found) for room, found in uses.items()},
    )


def room_of(module: str, container: str) -> str:
    """The room in which a module lies, or nothing if it lies elsewhere."""
    inside = module.removeprefix(f"{container}.")
    return "" if inside == module else inside.partition(".")[0]


def purpose(container: str, room: str) -> str:
    """The first sentences of a room's docstring, without its name."""
    folder = ROOT.joinpath("src", *container.split("."), room)
    file = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    first = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
    words = re.sub(rf"^(The )?{room}( room)?: ", "", " ".join(first.split()), flags=re.IGNORECASE)
    return words[:1].upper() + words[1:]


def page(houses: Sequence[House]) -> str:
    """The page with the pictures, and the same as tables."""
    whole, *insides = houses
    parts = [*INTRODUCTION, *drawing(whole)]
    for house in insides:
        parts += ["", f"## Inside `{house.name.removeprefix('remit.')}`", "", *drawing(house)]
    return "\n".join([*parts, ""])


def drawing(house: House) -> Iterator[str]:
    """One picture and its table."""
    yield f"![The rooms of {house.name}; the table below says the same]({house.file})"
    yield from ("", "| room | what it does | uses |", "|---|---|---|")
    for room in house.rooms:
        used = ", ".join(below for below in house.rooms if below in house.uses[room])
        yield f"| `{room}` | {house.purposes[room]} | {used or 'none'} |"


INTRODUCTION = (
    "# The house",
    "",
    "A file becomes rows with their source, rows become observations in the store, a declaration",
    "turns observations into a judgement, a page explains it. Each step has its room under",
    "`src/remit/`. A room uses only rooms below it, or on its own floor; `make lint` sees to it.",
    "Beside them `declarations/` holds what is data and not code: frameworks, metrics,",
    "standards and goals, publications, organisations, rules of control charts, remits, words of",
    "asks and meetings, all as YAML.",
    "",
    "A lit window in a picture: the room on this floor uses the room of that column. The page and",
    "its pictures are made by `python tools/house.py` from the layers in `pyproject.toml`, the",
    "imports in the source and the docstring of each room; a test holds them to that.",
    "",
)


def picture(house: House) -> str:
    """The house as SVG: a row a room, a column a room, a window where the one uses the other."""
    side = NAMES + ROW * len(house.rooms)
    width, height = side + 40, ROOF + HEAD + ROW * len(house.rooms) + 14
    parts = [*roof(house, width, side), *columns(house)]
    for number, storey in enumerate(house.storeys):
        parts += floor(house, storey, side, shaded=number % 2 == 0)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
            f' width="{width}" height="{height}" role="img"'
            ' font-family="Arial, sans-serif" font-size="13" fill="#212b32">',
            f"<title>The rooms of {house.name}</title>",
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def roof(house: House, width: int, side: int) -> Iterator[str]:
    """A roof with the house's name."""
    yield f'<path d="M4 {ROOF} L{width // 2} 4 L{width - 4} {ROOF} Z" fill="#005eb8"/>'
    yield (
        f'<text x="{width // 2}" y="{ROOF - 10}" text-anchor="middle" fill="#ffffff"'
        f' font-weight="bold">{house.name}</text>'
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
