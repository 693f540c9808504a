"""The address that a command prints, and what programs ask there."""

from __future__ import annotations

import json
import re
import urllib.request
from dataclasses import dataclass
from typing import Any

PRINTED = re.compile(r"(?P<url>http://[\w.\[\]:-]+/)(?:\?token=(?P<token>[\w-]+))?")


@dataclass(frozen=True)
class Local:
    """A server of this machine, and the token of its run; empty where it asks for none."""

    url: str
    token: str

    @property
    def opened(self) -> str:
        """The address that is printed."""
        return f"{self.url}?token={self.token}" if self.token else self.url

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def get(self, path: str) -> Any:
        return self._asked(urllib.request.Request(self.url + path, headers=self.headers))

    def post(self, path: str, data: Any) -> Any:
        headers = {"Content-Type": "application/json", "Origin": self.url.rstrip("/"), **self.headers}
        return self._asked(urllib.request.Request(self.url + path, json.dumps(data).encode(), headers))

    def _asked(self, request: urllib.request.Request) -> Any:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


def local_in(line: str) -> Local | None:
    """Find the address that a command prints in a line."""
    found = PRINTED.search(line)
    return None if found is None else Local(found["url"], found["token"] or "")
