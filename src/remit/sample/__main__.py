"""``python -m remit.sample`` writes the sample's organisations into the register's folder."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from remit.sample.declaration import declaration


def main() -> None:
    """Write ``declarations/organisations/sample.yaml``."""
    folder = Path(str(resources.files("remit"))) / "declarations" / "organisations"
    text = declaration()
    (folder / "sample.yaml").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
