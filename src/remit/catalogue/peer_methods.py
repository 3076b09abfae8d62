"""Methods of peers: those that come with Remit, and a user's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from remit.catalogue import declared
from remit.model.errors import PracticeError
from remit.model.peers import PeerMethod
from remit.words.nearest import nearest


@cache
def peer_methods() -> Mapping[str, PeerMethod]:
    """The methods that come with Remit, by identifier.

    >>> "similar-10" in peer_methods()
    True
    """
    files = [one for one in declared.packaged("peers") if one.data.get("schema") == _SCHEMA]
    found = [file.validate(PeerMethod) for file in files]
    return {one.id: one for one in found}


_SCHEMA = "remit/peer-method/1"


def load_peer_method(name: str) -> PeerMethod:
    """A method by its identifier, or a user's own by the path of its YAML file.

    Raises
    ------
    RemitError
        If there is none of that name, or the file is wrong.

    Examples
    --------
    >>> load_peer_method("similar-10").peers
    10
    """
    if name in peer_methods():
        return peer_methods()[name]
    if name.lower().endswith((".yaml", ".yml")):
        return declared.read(Path(name)).validate(PeerMethod)
    near = nearest(name, peer_methods())
    raise PracticeError(
        f"there is no method of peers {name!r}; there are {', '.join(peer_methods())}"
        + (f"; nearest: {near}" if near else "")
        + ". A method of your own is a YAML file: name its path"
    )
