"""Keys of servers: where they come from, and a type that does not show them.

A key comes from the environment or the system's keyring, never from a file, an option or an address.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import NoReturn
from urllib.parse import quote, urlsplit

from textwright.addresses import is_openai, normalised
from textwright.errors import ModelError

HIDDEN = "<key hidden>"
SERVICE = "textwright"
OPENAI_VARIABLE = "OPENAI_API_KEY"
VARIABLE = "TEXTWRIGHT_API_KEY"
GENERAL = f"the key in {VARIABLE}"


class Key:
    """A key that does not show itself: not in `str`, `repr`, a format, a pickle or JSON.

    It is no `str`, so that nothing can join or slice it by accident. `reveal` is the only way in.

    >>> f"{Key('sk-1234')}"
    '<key hidden>'
    """

    __slots__ = ("__weakref__", "_plain", "source")

    def __init__(self, plain: str, *, source: str = "the key") -> None:
        """Take a key as it was found. White space around it, as copying leaves it, is dropped."""
        plain = plain.strip()
        if not plain or any(not "!" <= sign <= "~" for sign in plain):
            raise ModelError(f"{source} is empty, or holds white space or letters that no key has")
        self._plain = plain
        self.source = source

    @property
    def is_general(self) -> bool:
        """Say whether the key was set for any server, so that who set it may not know where it goes."""
        return self.source == GENERAL

    def reveal(self) -> str:
        """Return the key itself. Put it into nothing that is shown, kept or raised."""
        return self._plain

    def hidden_in(self, body: bytes) -> bytes:
        """Return the bytes with the key, as a server may echo it, blotted out."""
        for form in {self._plain, quote(self._plain, safe="")}:
            body = body.replace(form.encode("ascii"), HIDDEN.encode("ascii"))
        return body

    def __repr__(self) -> str:
        return HIDDEN

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not pickled: read it again where it is needed")


def key_for(address: str) -> Key | None:
    """Find the key for an address: its own variable, the general one, the system's keyring; or None.

    `OPENAI_API_KEY` is for OpenAI's own address alone, and `TEXTWRIGHT_API_KEY` for every other that you name.
    """
    address = normalised(address)
    for name in variables_for(address):
        if os.environ.get(name, "").strip():
            return Key(os.environ[name], source=f"the key in {name}")
    kept = _in_keyring(address)
    return Key(kept, source=f"the keyring's key for {address}") if kept else None


def variables_for(address: str) -> list[str]:
    """Name the variables of the environment that may hold the key, the first one first.

    >>> variables_for("http://localhost:8000/v1")
    ['TEXTWRIGHT_API_KEY_LOCALHOST_8000', 'TEXTWRIGHT_API_KEY_LOCALHOST', 'TEXTWRIGHT_API_KEY']
    """
    general = OPENAI_VARIABLE if is_openai(address) else VARIABLE
    return [*(f"{VARIABLE}_{name}" for name in _names(address)), general]


def _names(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    if parts.port is not None:
        yield _as_variable(f"{parts.hostname}:{parts.port}")
    yield _as_variable(parts.hostname or "")


def _as_variable(name: str) -> str:
    return re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_")


def _in_keyring(address: str) -> str | None:
    """Ask the keyring. One that is missing, locked or broken holds no key: most servers have none at all."""
    try:
        import keyring
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, address)
    except Exception:
        return None
