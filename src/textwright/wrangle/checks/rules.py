"""Rules as data: a JSON file that Python and the browser read alike.

A rule has a `name`, a `severity` (`error`, `warning`, `info`), a `message` and a `kind`. The kind
`pattern` (the default) brings regular expressions, in the common part of Python's and JavaScript's
language, for the text in lower case:

    %L   the letters, inside `[...]`          %<   where a word begins      %^   where the text begins
    %S   white space, inside `[...]`          %>   where a word ends        %$   where it ends
    %E   emoji, inside `[...]`

`replace` lists what may be put in place of a match, the best first; `{0}` is the match, `{1}` its first
group, as written. `mark` is the number of the group that is the finding's place. `"safe": false` says
that the repair may lose something, `"opaque": true` that other rules do not look at what was found.
`wrong` (with what repairs make of it) and `right` are examples, for readers and for tests.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from textwright.errors import DataError
from textwright.trust import parsed_json
from textwright.wrangle.checks.findings import Check, Finding, Repair, Subject
from textwright.wrangle.words import alphabet

Finder = Callable[[Subject], Iterable[Finding]]
# Kinds that begin so look at what a model marks.
ASKING = "span_"
SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its file has it; `settings` are the keys that only its kind knows."""

    name: str
    message: str
    severity: str = "warning"
    kind: str = "pattern"
    safe: bool = True
    opaque: bool = False
    settings: Mapping[str, Any] | None = None
    wrong: tuple[tuple[str, str], ...] = ()
    right: tuple[str, ...] = ()

    def finding(self, start: int, end: int, *repairs: Repair) -> Finding:
        """Make a finding of this rule."""
        return Finding(start, end, self.name, self.message, repairs, self.severity)

    def setting(self, name: str) -> Any:
        """Return a setting. Raise `DataError` when the rule does not have it."""
        if self.settings is None or name not in self.settings:
            raise DataError(f"rule {self.name}: a rule of the kind {self.kind} needs {name!r}")
        return self.settings[name]


KNOWN = ("name", "message", "severity", "kind", "safe", "opaque", "wrong", "right")


def read_rules(source: Traversable) -> tuple[Rule, ...]:
    """Read the rules of a JSON file. Raise `DataError` when it is none."""
    try:
        return tuple(rule_of(each) for each in parsed_json(source.read_text(encoding="utf-8"))["rules"])
    except (ValueError, KeyError, TypeError, DataError) as error:
        raise DataError(f'{source}: no file of rules, {{"rules": [...]}}: {error}') from error


def rule_of(data: Mapping[str, Any]) -> Rule:
    """Read one rule."""
    if data.get("severity", "warning") not in SEVERITIES:
        raise DataError(f"rule {data['name']}: severity {data['severity']!r}. Known: {', '.join(SEVERITIES)}")
    return Rule(
        data["name"],
        data["message"],
        data.get("severity", "warning"),
        data.get("kind", "pattern"),
        data.get("safe", True),
        data.get("opaque", False),
        {key: value for key, value in data.items() if key not in KNOWN},
        tuple((text, made) for text, made in data.get("wrong", ())),
        tuple(data.get("right", ())),
    )


def checks_of(rules: Iterable[Rule], kinds: Mapping[str, Callable[[Rule], Finder]]) -> tuple[Check, ...]:
    """Make the checks of rules. Raise `DataError` for a kind that is not among `kinds`."""
    return tuple(
        Check(rule.name, _kind(rule, kinds)(rule), rule.opaque, rule.kind.startswith(ASKING)) for rule in rules
    )


def _kind(rule: Rule, kinds: Mapping[str, Callable[[Rule], Finder]]) -> Callable[[Rule], Finder]:
    if rule.kind not in kinds:
        raise DataError(f"rule {rule.name}: unknown kind {rule.kind!r}. Known: {', '.join(sorted(kinds))}")
    return kinds[rule.kind]


# --- patterns ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression for any text, and one for texts of plain characters, several times as fast."""

    full: re.Pattern[str]
    plain: re.Pattern[str]
    replace: tuple[str, ...]
    mark: int

    def matches(self, folded: str) -> Iterator[re.Match[str]]:
        """Find all matches in a text in lower case."""
        is_plain = folded.isascii() or alphabet().plain.issuperset(folded)
        return (self.plain if is_plain else self.full).finditer(folded)


def pattern(rule: Rule) -> Finder:
    """Find what the rule's patterns match."""
    patterns = [pattern_of(rule, each) for each in rule.setting("patterns")]

    def find(subject: Subject) -> Iterator[Finding]:
        for each in patterns:
            for match in each.matches(subject.folded):
                yield rule.finding(*match.span(each.mark), *_repairs(rule, each, match, subject.text))

    return find


def _repairs(rule: Rule, each: Pattern, match: re.Match[str], text: str) -> Iterator[Repair]:
    start, end = match.span()
    for template in each.replace:
        new = template.replace("{0}", text[start:end])
        if "{1}" in new:
            new = new.replace("{1}", text[slice(*match.span(1))])
        yield Repair(start, end, new, rule.safe)


def pattern_of(rule: Rule, data: Mapping[str, Any]) -> Pattern:
    """Compile a pattern. Raise `DataError` when it is no regular expression."""
    try:
        full, plain = re.compile(written(data["match"])), re.compile(written(data["match"], plain=True))
    except (KeyError, re.error) as error:
        raise DataError(f"rule {rule.name}: {data.get('match')!r} is no pattern: {error}") from error
    return Pattern(full, plain, tuple(data.get("replace", ())), data.get("mark", 0))


def written(match: str, *, plain: bool = False) -> str:
    """Write a rule's pattern in Python's language."""
    return re.sub("%[LSE<>^$]", lambda short: _classes(plain=plain)[short.group()], match)


@cache
def _classes(*, plain: bool) -> Mapping[str, str]:
    letters, space = _unicode(plain=plain)
    emoji = ranges((ord(first), ord(last)) for first, last in _emoji())
    begins, ends = rf"(?<![{letters}0-9])", rf"(?![{letters}0-9])"
    return {"%L": letters, "%S": space, "%E": emoji, "%<": begins, "%>": ends, "%^": r"\A", "%$": r"\Z"}


@cache
def _unicode(*, plain: bool) -> tuple[str, str]:
    if plain:
        return "A-Za-z", r"\t-\r "
    data = json.loads((files("textwright.wrangle") / "unicode.json").read_text(encoding="utf-8"))
    return ranges(data["letters"]), "".join(f"\\U{ord(each):08x}" for each in data["white_space"])


def _emoji() -> Sequence[tuple[str, str]]:
    found: Sequence[tuple[str, str]] = json.loads((files(__package__) / "rules.json").read_text("utf-8"))["emoji"]
    return found


def ranges(pairs: Iterable[Sequence[int]]) -> str:
    """Write ranges of code points for the inside of a character class."""
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in pairs)
