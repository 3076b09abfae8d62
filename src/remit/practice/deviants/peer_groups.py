"""Who is alike, as a list says it: that of ``remit peers``, or one of a user's own."""

from __future__ import annotations

from pathlib import Path

from remit.practice.tables import organisation_code, read_table

_CODE = ("code", "org_code", "procode")
_PEER = ("peer", "peer_code", "neighbour")


def read_peer_groups(path: Path) -> dict[str, tuple[str, ...]]:
    """The peers of each organisation; itself is not among them.

    Parameters
    ----------
    path
        A table with a column ``code`` and one ``peer``.

    Raises
    ------
    PracticeError
        If a column is missing.

    Examples
    --------
    >>> read_peer_groups(Path("peers.csv"))["ZA1"]  # doctest: +SKIP
    ('ZA4', 'ZA6')
    """
    table = read_table(path, [*_CODE, *_PEER])
    code_at, peer_at = table.needed(_CODE, "codes"), table.needed(_PEER, "peers")
    found: dict[str, dict[str, None]] = {}
    for _, cells in table.rows:
        if not isinstance(cells, str):
            code, peer = (organisation_code(cells[at]) for at in (code_at, peer_at))
            if code and peer and code != peer:
                found.setdefault(code, {})[peer] = None
    return {code: tuple(peers) for code, peers in found.items()}
