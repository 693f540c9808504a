"""Find rules that can never match because an earlier rule of their phase always takes their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textwright.predictors.rules.ruleset import CONTEXTS, Phase, Rule, RuleSet
from textwright.predictors.rules.trees import (
    Choice,
    Glued,
    Kind,
    List,
    Literal,
    Repeat,
    Tree,
    ways,
    without_marks,
)
from textwright.predictors.rules.trees import Sequence as InOrder
from textwright.predictors.rules.vocabulary import Accepted, Vocabulary

BEHIND = ("after", "not_after")
NOTHING: Accepted = (frozenset(), frozenset())


def shadowed_rules(rules: RuleSet, words: Vocabulary) -> Iterator[str]:
    """Say of each rule that can never match which earlier rule takes its words; only where it is certain."""
    for phase in rules.phases:
        for number, later in enumerate(phase.rules):
            earlier = next((rule for rule in phase.rules[:number] if _hides(phase, rule, later, words)), None)
            if earlier is not None:
                yield (
                    f"phase {phase.name!r}, rule {later.name!r}: never reached: "
                    f"rule {earlier.name!r} above it takes the same words"
                )


def _hides(phase: Phase, earlier: Rule, later: Rule, words: Vocabulary) -> bool:
    """Say whether the earlier rule surely fits wherever the later one does."""
    first, second = (without_marks(words.trees[rule.match]) for rule in (earlier, later))
    if first == second and _no_stricter(earlier, later, CONTEXTS):
        return True
    looks_ahead = earlier.before is not None or earlier.not_before is not None
    if phase.inside is not None or looks_ahead or not _no_stricter(earlier, later, BEHIND):
        return False
    begins = _firsts(second, words)
    return begins is not None and _covers(_whole(first, words), begins)


def _no_stricter(earlier: Rule, later: Rule, contexts: Sequence[str]) -> bool:
    """Say whether every context of the earlier rule is one of the later rule too."""
    pairs = [(getattr(earlier, part), getattr(later, part)) for part in contexts]
    return all(one is None or one == other for one, other in pairs)


def _covers(all_of: Accepted, some: Accepted) -> bool:
    return some != NOTHING and all_of[0] >= some[0] and all_of[1] >= some[1]


def _whole(tree: Tree, words: Vocabulary) -> Accepted:
    """Return words of which each alone is all that a tree needs."""
    match tree:
        case Choice(items):
            return _union([_whole(item, words) for item in items])
        case InOrder(items):
            needed = [item for item in items if not _is_optional(item)]
            return _whole(needed[0], words) if len(needed) == 1 else NOTHING
        case Repeat(item, "+"):
            return _whole(item, words)
        case Literal() | List():
            return words.accepted(tree)
        case Kind(name) if name not in ("start", "end"):
            return words.accepted(tree)
    return NOTHING


def _firsts(tree: Tree, words: Vocabulary) -> Accepted | None:
    """Return the words with which a match may begin, None when it may begin with the text's start or end."""
    match tree:
        case Choice(items):
            return _all_of([_firsts(item, words) for item in items])
        case InOrder(items):
            needed = next((i for i, item in enumerate(items) if not _is_optional(item)), len(items) - 1)
            return _all_of([_firsts(item, words) for item in items[: needed + 1]])
        case Repeat(item, _) | Glued(item):
            return _firsts(item, words)
        case List(name):
            forms = {way[0] for entry in words.entries[name] for way in ways(entry) if len(way) > 1}
            return _union([words.accepted(tree), *(words.accepted(Literal(form)) for form in forms)])
        case Kind("start" | "end"):
            return None
    return words.accepted(tree)


def _is_optional(tree: Tree) -> bool:
    return isinstance(tree, Repeat) and tree.sign in ("?", "*")


def _all_of(parts: Sequence[Accepted | None]) -> Accepted | None:
    known = [part for part in parts if part is not None]
    return _union(known) if len(known) == len(parts) else None


def _union(parts: Sequence[Accepted]) -> Accepted:
    pairs = frozenset().union(*(pairs for pairs, _ in parts))
    return pairs, frozenset().union(*(tags for _, tags in parts))
