"""Words in a form in which they can be compared, as nlcst-normalize makes it (MIT)."""

from __future__ import annotations

from collections.abc import Iterable

from textwright.wrangle.tree.nodes import Node, to_text


def normalise(value: str | Node | Iterable[Node], *, apostrophes: bool = False, dashes: bool = False) -> str:
    """Return a text, or that of nodes, in lower case without apostrophes and dashes, unless they are to be kept.

    >>> normalise("Block-Level’s"), normalise("Block-Level’s", apostrophes=True, dashes=True)
    ('blocklevels', "block-level's")
    """
    text = (value if isinstance(value, str) else to_text(value)).lower().replace("’", "'")
    text = text if dashes else text.replace("-", "")
    return text if apostrophes else text.replace("'", "")
