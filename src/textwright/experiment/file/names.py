"""Names of methods as names of files."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from textwright.errors import DataError

LONGEST = 48


def slug(name: str) -> str:
    """Return a name as part of a file's name: small letters and digits with dashes between; "" when it has none.

    >>> slug("Rules, then network"), slug("Größe (int8)")
    ('rules-then-network', 'grosse-int8')
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    words = "".join(each if each.isalnum() else " " for each in letters).split()
    return "-".join(words)[:LONGEST].rstrip("-")


def refuse_same_slugs(names: Iterable[str], where: str) -> None:
    """Raise `DataError` when a name has neither letter nor digit, or two are the same as names of files."""
    seen: dict[str, str] = {}
    for name in names:
        made = slug(name)
        if not made:
            raise DataError(f"{where}: the method {name!r} needs a letter or a digit in its name")
        if made in seen and seen[made] == name:
            raise DataError(f"{where}: two methods are called {name!r}; give one of them another name")
        if made in seen:
            both = f"the methods {seen[made]!r} and {name!r} would both be kept as {made!r}"
            raise DataError(f"{where}: {both}; give one of them a name that differs in more than signs")
        seen[made] = name
