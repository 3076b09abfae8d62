"""A real provider of sign-in on loopback, and a person who signs in there with cookies."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import pytest

from tests.web.instance import ADDRESS

ROOT = Path(__file__).resolve().parents[2]
BACK = f"{ADDRESS}/sign-in/organisation/back/"
SECRET = "kept between the two"


class StaysWhereItIs(HTTPRedirectHandler):
    """Tells where an answer leads instead of going there."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass
class SignInProvider:
    """The provider: who its people are, and what is wrong with the tokens that it gives."""

    folder: Path
    issuer: str = ""
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    running: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        self.say()
        script = str(Path(__file__).with_name("provider.mjs"))
        command = [_node(), script, str(self._told), BACK]
        errors = (self.folder / "provider.log").open("w")
        with errors:
            self.running = subprocess.Popen(
                command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True
            )
        assert self.running.stdout
        found = re.match(r"listening on (\S+)", self.running.stdout.readline())
        assert found, (self.folder / "provider.log").read_text()
        self.issuer = found[1]

    def say(self, fault: str = "", document_issuer: str = "") -> None:
        """What is wrong from now on, and who there is."""
        told = {"people": self.people, "fault": fault, "documentIssuer": document_issuer}
        self._told.write_text(json.dumps(told), encoding="utf-8")

    def end(self) -> None:
        if self.running:
            self.running.terminate()
            self.running.communicate(timeout=30)

    def sign_in(self, address: str, who: str) -> str:
        """Where a person is sent back to who signs in at the address to which they were sent."""
        opener = build_opener(HTTPCookieProcessor(CookieJar()), StaysWhereItIs())
        for _ in range(12):
            if address.startswith(BACK):
                return address
            status, headers, page = _answer(opener, address)
            if status in {302, 303}:
                address = urljoin(address, headers["Location"])
                continue
            prompt = re.search(r'name="prompt" value="(\w+)"', page)
            action = re.search(r'action="([^"]+)"', page)
            assert prompt, page
            assert action, page
            form = {"prompt": prompt[1], "login": who, "password": "any"}
            _, headers, _ = _answer(opener, urljoin(address, action[1]), urlencode(form).encode())
            address = urljoin(address, headers["Location"])
        raise AssertionError(f"it leads nowhere: {address}")

    @property
    def _told(self) -> Path:
        return self.folder / "people.json"


def _answer(opener: Any, address: str, form: bytes | None = None) -> tuple[int, Any, str]:
    assert urlsplit(address).hostname == "127.0.0.1"
    try:
        with opener.open(Request(address, form), timeout=60) as found:
            return found.status, found.headers, found.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


def _node() -> str:
    if not (ROOT / "node_modules" / "oidc-provider").is_dir():
        pytest.fail("oidc-provider is not there; run: python tools/assets.py")
    own = shutil.which("node", path=str(Path(sys.executable).parent))
    found = own or shutil.which("node")
    if not found:
        pytest.fail("Node.js is not there; run: uv sync --all-extras --group node")
    return found
