"""A Markdown parser whose inline tokens know their places.

markdown-it-py's tokens have lines, but no columns. What a rule pushes comes from the stretch of text that
it went over, and the plain text that waits to be pushed is always the stretch before; so each rule is
wrapped to write both down, as `token.meta["place"]`, `[start, end)` in the inline content.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, wraps

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

Rule = Callable[[StateInline, bool], bool]
# Rules that push the signs they went over one by one: some of them become tags, some stay text.
_SIGNS = frozenset({"emphasis", "strikethrough"})


@cache
def parser() -> MarkdownIt:
    """Make the parser: CommonMark with tables and strikethrough."""
    made = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    made.inline = _PlacedInline(made.inline)
    made.core.ruler.disable("text_join")
    # What stands in an address is shown as it was written, so that it keeps its places.
    made.normalizeLinkText = str  # type: ignore[method-assign,assignment]
    return made


class _PlacedInline(ParserInline):
    """The parser of what stands in a line, with every rule wrapped."""

    def __init__(self, plain: ParserInline) -> None:
        super().__init__()
        for rule in self.ruler.__rules__:
            rule.fn = _placed(rule.fn, one_by_one=rule.name in _SIGNS)
        self.ruler.enableOnly(plain.ruler.get_active_rules())
        self.ruler2.enableOnly([name for name in plain.ruler2.get_active_rules() if name != "fragments_join"])

    def tokenize(self, state: StateInline) -> None:
        """Place the text that is left at the end."""
        before = len(state.tokens)
        super().tokenize(state)
        if len(state.tokens) > before and "place" not in state.tokens[-1].meta:
            _place(state.tokens[-1:], state.posMax - len(state.tokens[-1].content))


def _placed(rule: Rule, *, one_by_one: bool) -> Rule:
    """Wrap a rule: what it pushes comes from where it was, and the text before from right before."""

    @wraps(rule)
    def run(state: StateInline, silent: bool) -> bool:
        if silent:
            return rule(state, silent)
        before, start, waiting = len(state.tokens), state.pos, len(state.pending)
        is_done = rule(state, silent)
        pushed = state.tokens[before:] if is_done else []
        if pushed and waiting and "place" not in pushed[0].meta and pushed[0].type == "text":
            _place(pushed[:1], start - waiting)
            pushed = pushed[1:]
        if one_by_one:
            _place(pushed, start)
        for token in pushed:
            token.meta.setdefault("place", (start, state.pos))
        return is_done

    return run


def _place(tokens: Sequence[Token], start: int) -> None:
    """Place tokens one behind another."""
    for token in tokens:
        token.meta["place"] = (start, start + len(token.content))
        start += len(token.content)
