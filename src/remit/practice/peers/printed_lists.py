"""Lists of peers that somebody printed: the order is theirs, and nothing else is known."""

from __future__ import annotations

from pathlib import Path

from remit.model.errors import PracticeError
from remit.model.observation import Rejection
from remit.model.peers import PeerMethod
from remit.practice.peers.result import Peer, PeersFound
from remit.practice.tables import organisation_code, read_table


def read_list(path: Path, method: PeerMethod) -> PeersFound:
    """Peers as a list has them; an organisation as a peer of itself is left out.

    Parameters
    ----------
    path
        A table with a column of codes and one of peers, in order.
    method
        The names of these columns.

    Raises
    ------
    PracticeError
        If a column is missing, or there is no pair.

    Examples
    --------
    >>> read_list(Path("la-peers.csv"), method).peers[0].rank  # doctest: +SKIP
    1
    """
    table = read_table(path, [*method.code, *method.peer])
    code_at = table.needed(method.code, "codes")
    peer_at = table.needed(method.peer, "peers")
    lists: dict[str, list[str]] = {}
    rejected: list[Rejection] = []
    themselves = 0
    for line, cells in table.rows:
        pair = [] if isinstance(cells, str) else [cells[code_at], cells[peer_at]]
        code, peer = (*map(organisation_code, pair), "", "")[:2]
        before = lists.setdefault(code, []) if code else []
        if isinstance(cells, str) or not code or not peer:
            why = cells if isinstance(cells, str) else "a pair needs two codes"
            rejected.append(Rejection(table.file, line, "", f"{code} {peer}".strip(), why))
        elif code == peer:
            themselves += 1
        elif peer in before:
            rejected.append(Rejection(table.file, line, "", peer, "this peer is named already"))
        else:
            before.append(peer)
    pairs = {(code, peer) for code, peers in lists.items() for peer in peers}
    if not pairs:
        raise PracticeError(f"{path}: there is no pair of an organisation and a peer")
    found = tuple(
        Peer(code, rank, peer, None, None, (peer, code) in pairs)
        for code, peers in lists.items()
        for rank, peer in enumerate(peers, start=1)
    )
    notes = (f"{themselves} organisations stand in their own list; left out",) if themselves else ()
    return PeersFound(method, path.name, found, {}, tuple(rejected), (*table.notes, *notes))
