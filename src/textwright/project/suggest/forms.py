"""Rules as the page's form holds them: a label, a kind, and the words that somebody typed. Kept in `rules.json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from textwright.errors import DataError
from textwright.project.files import Project, write_json
from textwright.trust import parsed_json

# words: any of the words; before, after: what stands before or after one of them; number: a number before one of
# them; shape: what looks like `words`, which are examples; between: from one of `words` to one of `until`; capitals:
# words with a capital, but for `words`.
Kind = Literal["words", "before", "after", "number", "shape", "between", "capitals"]
KINDS: tuple[Kind, ...] = get_args(Kind)
VERSION = 1
# So many words are marked at most before or after another.
MOST_MARKED = 3


@dataclass(frozen=True, slots=True)
class PageRule:
    """A rule as it was typed; `words` and `until` are the text of its fields.

    `most` is how many words it marks at most, for the kinds "before" and "after". `first` says whether words with a
    capital count at the beginning of a sentence, too.
    """

    label: str
    kind: Kind = "words"
    words: str = ""
    until: str = ""
    most: int = 1
    first: bool = True


@dataclass(frozen=True, slots=True)
class PageRules:
    """All rules of the page. `written` are the fingerprints of the last two files that were made of them."""

    rules: tuple[PageRule, ...] = ()
    written: tuple[str, ...] = ()


def read_rules(project: Project) -> PageRules:
    """Read the page's rules; none before any were written. Raise `DataError` at a file that holds none."""
    path = project.page_rules_file
    if not path.exists():
        return PageRules()
    try:
        return _rules_of(parsed_json(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}") from error
    except (ValueError, TypeError, KeyError, DataError) as error:
        raise DataError(f"{path}: {error}. Move it away to write the rules anew") from error


def write_rules(project: Project, rules: PageRules) -> None:
    """Write the page's rules whole or not at all."""
    data = {"version": VERSION, "written": list(rules.written), "rules": [asdict(rule) for rule in rules.rules]}
    write_json(project.page_rules_file, data)


def renamed(rules: Sequence[PageRule], names: Mapping[str, str]) -> tuple[PageRule, ...]:
    """Give the rules of renamed labels their new names.

    >>> renamed([PageRule("MAKER")], {"MAKER": "BRAND"})[0].label
    'BRAND'
    """
    return tuple(replace(rule, label=names.get(rule.label, rule.label)) for rule in rules)


def _rules_of(data: Any) -> PageRules:
    if not isinstance(data, Mapping) or data.get("version") != VERSION:
        raise DataError(f"holds no rules of version {VERSION}")
    rules = tuple(_checked(PageRule(**each)) for each in data["rules"])
    return PageRules(rules, tuple(map(str, data.get("written", ()))))


def _checked(rule: PageRule) -> PageRule:
    if not all(isinstance(each, str) for each in (rule.label, rule.words, rule.until)):
        raise DataError(f"a rule holds something other than text: {rule}")
    if rule.kind not in KINDS:
        raise DataError(f"no rule is of the kind {rule.kind!r}. Kinds: {', '.join(KINDS)}")
    if not isinstance(rule.most, int) or not 1 <= rule.most <= MOST_MARKED:
        raise DataError(f"a rule marks 1 to {MOST_MARKED} words, not {rule.most!r}")
    if not isinstance(rule.first, bool):
        raise DataError(f"first is true or false, not {rule.first!r}")
    return rule
