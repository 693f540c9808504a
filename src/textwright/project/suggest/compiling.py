"""From the rules of the page to a rule set of the rule language, with what is wrong with each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from textwright.errors import ModelError
from textwright.predictors.rules import RulesPredictor
from textwright.predictors.rules.codes import FIRST_STATE
from textwright.predictors.rules.ruleset import Phase, Rule, RuleSet
from textwright.project.suggest.entries import entries_of
from textwright.project.suggest.forms import PageRule
from textwright.project.suggest.patterns import LONGEST_IN_PATTERNS, MARKS_IN_LABEL, WRITERS, Parts, Ready
from textwright.project.suggest.shapes import examples_of, in_words, shapes_of
from textwright.schema import Label, Schema


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule set, and for each of its rules the place of the page's rule that made it.

    `faults` says by place what was left out and why, `shapes` what the examples of a rule look like.
    """

    rules: RuleSet
    made_by: Mapping[str, int] = field(default_factory=dict)
    faults: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    shapes: Mapping[int, str] = field(default_factory=dict)


def compile_page(rules: Sequence[PageRule], schema: Schema) -> Compiled:
    """Compile the page's rules. What cannot be used is left out and said; rules without words are not ready yet."""
    ready = [_ready(place, rule) for place, rule in enumerate(rules)]
    faults = {each.place: _faults(each, schema) for each in ready}
    usable = [each for each in ready if each.is_complete and _name_fault(each.rule.label, schema) is None]
    parts, phases = Parts(longest=_longest(usable)), list[Phase]()
    made_by: dict[str, int] = {}
    for depth, some in _by_depth(usable, schema).items():
        written = _written(some, parts)
        made_by |= {rule.name: place for place, rule in written}
        phases.append(Phase("parts" if depth == 0 else f"parts inside parts, {depth} deep", rules=_only_rules(written)))
    lookups = [Phase(f"all of {name}", lookup=name) for name in parts.looked_up]
    return Compiled(
        RuleSet(parts.lists, parts.classes, (*lookups, *phases), shapes=parts.shapes),
        made_by,
        {place: found for place, found in faults.items() if found},
        {each.place: in_words(shapes_of(each.words.words)) for each in usable if each.rule.kind == "shape"},
    )


def _longest(usable: Iterable[Ready]) -> int:
    """Return how long a list in patterns may be: each shape lets them tell the same words apart once more."""
    shapes = sum(each.rule.kind == "shape" for each in usable)
    return LONGEST_IN_PATTERNS // (FIRST_STATE + shapes if shapes else 1)


def _ready(place: int, rule: PageRule) -> Ready:
    read = examples_of if rule.kind == "shape" else entries_of
    return Ready(place, rule, read(rule.words), entries_of(rule.until))


def predictor_of(compiled: Compiled, schema: Schema) -> RulesPredictor:
    """Make the rules ready to run. Raise `DataError` when they are too many to be told apart."""
    from textwright.errors import DataError

    try:
        return RulesPredictor(compiled.rules, schema=schema)
    except ModelError as error:
        raise DataError(f"these rules cannot be used together: {error}") from error


def _written(some: Iterable[Ready], parts: Parts) -> list[tuple[int, Rule]]:
    """Write rules kind by kind, lists of words first: the others leave alone what stands in them."""
    parts.begin_phase()
    order = list(WRITERS)
    ordered = sorted(some, key=lambda each: order.index(each.rule.kind))
    return [(each.place, rule) for each in ordered for rule in WRITERS[each.rule.kind](each, parts)]


def _only_rules(written: Iterable[tuple[int, Rule]]) -> tuple[Rule, ...]:
    return tuple(rule for _, rule in written)


def _by_depth(usable: Iterable[Ready], schema: Schema) -> dict[int, list[Ready]]:
    """Part rules by how deep their labels lie: what lies inside another is marked after it, over the same words."""
    labels = {label.name: label for label in schema.labels}
    found: dict[int, list[Ready]] = {}
    for each in usable:
        found.setdefault(_depth(each.rule.label, labels), []).append(each)
    return dict(sorted(found.items()))


def _depth(name: str, labels: Mapping[str, Label]) -> int:
    """Count the labels around one; a circle of labels ends where it began."""
    seen = {name}
    parent = labels[name].parent
    while parent is not None and parent not in seen:
        seen.add(parent)
        parent = labels[parent].parent
    return len(seen) - 1


def _faults(ready: Ready, schema: Schema) -> tuple[str, ...]:
    name = _name_fault(ready.rule.label, schema)
    return (*((name,) if name else ()), *ready.words.faults, *ready.until.faults)


def _name_fault(label: str, schema: Schema) -> str | None:
    if label not in schema.spans:
        return f"the label {label} is gone, so this rule marks nothing"
    if MARKS_IN_LABEL.search(label):
        return f"a rule cannot mark {label}: a label's name must be without spaces, brackets, colons and \""
    return None
