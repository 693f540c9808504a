"""Read a folder of rules and say everything that is wrong with it, and what is surely not meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textwright.errors import ModelError, SchemaError
from textwright.predictors.rules.compiler import check_labels, compile_rules
from textwright.predictors.rules.examples import examples_of, read_marked
from textwright.predictors.rules.faults import Report, at, raise_fault
from textwright.predictors.rules.folder import read_folder
from textwright.predictors.rules.lookup import entry_forms
from textwright.predictors.rules.ruleset import Rule, RuleSet, read_text
from textwright.predictors.rules.shadows import shadowed_rules
from textwright.predictors.rules.trees import Kind, List, labels_of, walk
from textwright.predictors.rules.vocabulary import Vocabulary, patterns_of
from textwright.schema import Schema, schema_of
from textwright.trust import parsed_toml
from textwright.types import Span

MOST_SHOWN = 3
NAMED = re.compile(r"\b(rule|list|class|shape) (['\"])(?P<name>.+?)\2[,:]")


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with a rule set, a line each: `errors` keep it from running, `warnings` do not."""

    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def check_folder(folder: Path) -> Findings:
    """Read and compile a folder of rules, and gather all that is wrong with it."""
    errors: list[str] = []
    try:
        path, rules, schema = read_folder(folder, report=errors.append)
    except (ModelError, SchemaError) as error:
        return Findings((str(error),))
    program = compile_rules(rules, report=lambda message: errors.append(f"{path}: {message}"))
    schema = schema or schema_of(program.labels)
    check_labels(program, schema, report=lambda message: errors.append(f"{path}: {message}"))
    _check_examples(rules, schema, lambda message: errors.append(f"{path}: {message}"))
    warnings = [] if errors else [f"{path}: {warning}" for warning in _warnings(rules, path)]
    lines = _lines(read_text(path))
    return Findings(_with_lines(errors, path, lines), _with_lines(warnings, path, lines))


def _check_examples(rules: RuleSet, schema: Schema, report: Report) -> None:
    for rule, number, example in examples_of(rules):
        with at(f"example {number}" if rule is None else f"rule {rule!r}, example {number}", report):
            _refuse_unknown(read_marked(example)[1], schema)


def _refuse_unknown(spans: Iterable[Span], schema: Schema) -> None:
    unknown = [span.label for span in spans if span.label not in schema.spans and not schema.open]
    if unknown:
        known = ", ".join(schema.spans) or "none"
        raise ModelError(f"marks {unknown[0]!r}, a label unknown here. Known labels: {known}")


# --- lines of the file ---


def _lines(toml: str) -> dict[str, int]:
    """Map the names of rules, lists, classes and shapes to the line where each is written."""
    found: dict[str, int] = {}
    for number, line in enumerate(toml.split("\n"), start=1):
        named = re.match(r"""\s*name\s*=\s*(["'])(.*)\1\s*(#.*)?$""", line)
        key = re.match(r"""\s*(["']?)([^"'=\s]+)\1\s*=""", line)
        if named or key:
            found.setdefault(named[2] if named else key[2] if key else "", number)
    return found


def _with_lines(messages: Iterable[str], path: Path, lines: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(_with_line(message, str(path), lines) for message in messages)


def _with_line(message: str, path: str, lines: Mapping[str, int]) -> str:
    """Put the line behind the file's name when the message names a rule, list, class or shape."""
    named = NAMED.search(message)
    if named is None or not message.startswith(f"{path}:") or named["name"] not in lines:
        return message
    return f"{path}:{lines[named['name']]}{message[len(path) :]}"


# --- warnings ---


def _warnings(rules: RuleSet, path: Path) -> Iterator[str]:
    vocabulary = Vocabulary(rules, raise_fault)
    data = parsed_toml(read_text(path))
    yield from _unused(rules, vocabulary, data)
    yield from _doubled(rules)
    yield from _too_early(rules, vocabulary)
    yield from _never_inside(rules, vocabulary)
    yield from shadowed_rules(rules, vocabulary)


def _unused(rules: RuleSet, words: Vocabulary, data: Mapping[str, Any]) -> Iterator[str]:
    parts = [tree for made_of in words.parts.values() for _, tree in made_of]
    nodes = [node for tree in [*words.trees.values(), *parts] for node in walk(tree)]
    tables = [value for value in data.get("lists", {}).values() if isinstance(value, dict)]
    lists = {node.name for node in nodes if isinstance(node, List)} | {phase.lookup for phase in rules.phases}
    lists |= {other for table in tables for other in table.get("except", ())}
    kinds = {node.name for node in nodes if isinstance(node, Kind)}
    yield from (f"list {name!r}: no pattern uses it" for name in rules.lists if name not in lists)
    yield from (f"class {name!r}: no pattern uses it" for name in rules.classes if name not in kinds)
    yield from (f"shape {name!r}: no pattern uses it" for name in rules.shapes if name not in kinds)
    if not rules.phases:
        yield "there is no phase, so nothing is marked"


def _doubled(rules: RuleSet) -> Iterator[str]:
    """Find entries that stand twice or hold no word."""
    for name, entries in rules.lists.items():
        counts = Counter(" ".join(entry_forms(entry)) for entry in entries)
        if counts.pop("", 0):
            yield f"list {name!r}: it has an entry without a word"
        doubled = [entry for entry, count in counts.items() if count > 1]
        if doubled:
            more = f" and {len(doubled) - MOST_SHOWN} more" if len(doubled) > MOST_SHOWN else ""
            yield f"list {name!r}: stands twice: {', '.join(map(repr, doubled[:MOST_SHOWN]))}{more}"


def _too_early(rules: RuleSet, words: Vocabulary) -> Iterator[str]:
    """Find patterns that read a word which no earlier phase has made."""
    made: set[str] = set()
    for phase in rules.phases:
        seen, why = (set[str](), "inside sees plain words") if phase.inside else (made, "no earlier phase makes it")
        for rule in phase.rules:
            unseen = [(part, tag) for part, tag in _tags_read(rule, words) if tag not in seen]
            for part, tag in unseen:
                yield f"phase {phase.name!r}, rule {rule.name!r}, {part}: <{tag}> is never there: {why}"
        made |= {rule.tag for rule in phase.rules if rule.tag}
        made |= {phase.tag or phase.lookup} if phase.lookup else set()


def _tags_read(rule: Rule, words: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield each word of a phase's making that a rule reads, behind the part of the rule that reads it."""
    for part, pattern in patterns_of(rule).items():
        names = {node.name for node in walk(words.trees[pattern]) if isinstance(node, Kind)}
        yield from ((part, tag) for tag in sorted(names & set(words.coder.tags)))


def _never_inside(rules: RuleSet, words: Vocabulary) -> Iterator[str]:
    """Find phases inside a label that nothing before them marks."""
    marked: set[str] = set()
    for phase in rules.phases:
        if phase.inside and phase.inside not in marked:
            yield f"phase {phase.name!r}: no earlier phase marks {phase.inside!r}, so it finds nothing"
        marked |= {label for rule in phase.rules for label in labels_of(words.trees[rule.match])}
