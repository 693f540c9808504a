"""The npm packages of unified in Node, and texts to try: what tools/make_tree_spec.py uses."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Sequence
from typing import Any

from tests import spec

from textwright.wrangle.tree import Node, parse, to_json

TOOL = runpy.run_path(str(spec.ROOT / "tools/make_tree_spec.py"))
in_node: Callable[[str, Sequence[Any]], list[Any]] = TOOL["in_node"]
parsed: Callable[[Sequence[str]], list[dict[str, Any]]] = TOOL["parsed"]
mixtures: Callable[..., list[str]] = TOOL["mixtures"]
compact: Callable[[dict[str, Any]], list[Any]] = TOOL["compact"]
content: Callable[[], str] = TOOL["content"]


def differing(texts: Sequence[str]) -> list[str]:
    """List the texts whose tree is not that of parse-english."""
    trees = zip(texts, parsed(texts), strict=True)
    return [text for text, tree in trees if to_json(parse(text)) != tree]


def trees(count: int = 60) -> list[Node]:
    """Return trees of many shapes, without characters beyond U+FFFF, so that both sides count alike."""
    plain = [text for text in mixtures(3 * count, seed=3) if max(map(ord, text)) < 0xD800]
    return [parse(text) for text in ["", "Head Chef, 5.5 days! (m/f)\n\nMr. Bean's R&D. End.", *plain[:count]]]
