"""How each kind of the page's rules is written in the rule language (docs/rules.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from textwright.predictors.rules.ruleset import Rule
from textwright.predictors.rules.shapes import write_shape
from textwright.project.suggest.entries import Entries, is_dash, is_money, pieces
from textwright.project.suggest.forms import Kind, PageRule
from textwright.project.suggest.shapes import shapes_of

# A longer list whose entries have several words is looked up: patterns tell only so many words apart.
LONGEST_IN_PATTERNS = 300
MARKS_IN_LABEL = re.compile(r'[\s\[\]:"{}<>]')
BETWEEN_NUMBERS = '(- | <dash> | x | "×" | /)'
NUMBERS = f"<number> ({BETWEEN_NUMBERS} <number>)? ({BETWEEN_NUMBERS} <number>)?"
# What is glued to an amount of money: £169k, £1.2m.
THOUSANDS = "(~k | ~m | ~bn)?"
SENTENCE_ENDS = '<start> | . | ! | "?" | :'
DASHES = "<dash> | -"


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule of the page with its words read; `place` is where it stands in the page."""

    place: int
    rule: PageRule
    words: Entries
    until: Entries

    @property
    def is_complete(self) -> bool:
        """Say whether there is something to find."""
        if self.rule.kind == "capitals":
            return True
        return bool(self.words.words or (self.rule.kind == "between" and self.until.words))


@dataclass(slots=True)
class Parts:
    """What patterns share, gathered while they are written: lists, classes, shapes, and the lists looked up.

    `marked` names, for each label of a phase, the lists of words that are marked as it, and `shaped` the shapes.
    `longest` is how many words a list's entries of several words may have before it is looked up.
    """

    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)
    marked: dict[str, list[str]] = field(default_factory=dict)
    shapes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shaped: dict[str, list[str]] = field(default_factory=dict)
    longest: int = LONGEST_IN_PATTERNS

    def keep(self, stem: str, entries: Iterable[str]) -> str:
        """Keep a list and return its name."""
        name = self._free(stem, self.lists)
        self.lists[name] = tuple(entries)
        return name

    def kind(self, stem: str, made_of: str) -> str:
        """Keep a class of words and return its name; the same one twice is one."""
        for name, known in self.classes.items():
            if known == made_of:
                return name
        name = self._free(stem, self.classes)
        self.classes[name] = made_of
        return name

    def _free(self, stem: str, taken: Mapping[str, object]) -> str:
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}_{number}"
        return name

    def shape(self, label: str, made_of: Iterable[str]) -> str:
        """Keep what a label looks like and return its name."""
        name = self._free(f"{slug(label)}_shape", self.shapes)
        self.shapes[name] = tuple(made_of)
        self.shaped.setdefault(label, []).append(name)
        return name

    def others(self, label: str) -> list[str]:
        """Write, as parts of a class, the words and shapes that are marked as another label."""
        lists = [f"{{{name}}}" for other, names in self.marked.items() if other != label for name in names]
        return [*lists, *(f"<{name}>" for other, names in self.shaped.items() if other != label for name in names)]

    def begin_phase(self) -> None:
        """Forget what the phase before marks."""
        self.marked.clear()
        self.shaped.clear()


def slug(label: str) -> str:
    """Make of a label the beginning of a list's name.

    >>> slug("E-Mail"), slug("色")
    ('e_mail', 'label')
    """
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_") or "label"


def words_list(ready: Ready, parts: Parts) -> str:
    """Keep the words of a rule that marks them, and return how a pattern finds one of them."""
    label = ready.rule.label
    name = parts.keep(f"{slug(label)}_words", ready.words.words)
    if len({piece for entry in ready.words.several for piece in pieces(entry)}) > parts.longest:
        parts.looked_up.append(name)
        return f"<{name}>"
    parts.marked.setdefault(label, []).append(name)
    return f"{{{name}}}"


def _number(ready: Ready, parts: Parts) -> list[Rule]:
    """Find a number before a unit, joined by a hyphen or not; the sign of money (£, €) may stand on either side."""
    signs = [each for each in ready.words.words if is_money(each)]
    others = [each for each in ready.words.words if not is_money(each)]
    unit = f"{{{parts.keep(f'{slug(ready.rule.label)}_units', others)}}}" if others else ""
    rules = _money(ready, f"{{{parts.keep(f'{slug(ready.rule.label)}_signs', signs)}}}", unit) if signs else []
    return [*rules, *([_rule(ready, f"[{ready.rule.label}: {NUMBERS} -? {unit}]")] if unit else [])]


def _money(ready: Ready, sign: str, unit: str) -> list[Rule]:
    """Find numbers behind a sign, with a unit or without (£900 pcm), and numbers before one that has none behind it."""
    amount = f"{sign} <number> {THOUSANDS} ({BETWEEN_NUMBERS} {sign}? <number> {THOUSANDS})?"
    behind = f"{amount} {unit}?" if unit else amount
    return [
        _rule(ready, f"[{ready.rule.label}: {behind}]", also="behind a sign"),
        _rule(ready, f"[{ready.rule.label}: {NUMBERS} {sign}]", not_before="<number>", also="before a sign"),
    ]


def _before(ready: Ready, parts: Parts) -> list[Rule]:
    return [
        _rule(ready, _marked(ready, parts), before=_cue(ready.words.words, f"{slug(ready.rule.label)}_next", parts))
    ]


def _after(ready: Ready, parts: Parts) -> list[Rule]:
    """Look back at what stands before where it is one word, else take it along; a colon may stand between."""
    marked, stem = _marked(ready, parts), f"{slug(ready.rule.label)}_previous"
    rules = list[Rule]()
    if ready.words.single:
        cue = _cue(ready.words.single, stem, parts)
        rules += [_rule(ready, marked, after=cue), _rule(ready, f'({cue}) ":" {marked}', also="with a colon")]
    if ready.words.several:
        cue = _cue(ready.words.several, stem, parts)
        rules.append(_rule(ready, f'{cue} ":"? {marked}', also="of several words"))
    return rules


def _between(ready: Ready, parts: Parts) -> list[Rule]:
    stem = slug(ready.rule.label)
    marked = f"[{ready.rule.label}: <{_up_to(ready, parts)}>+]"
    end = _cue(ready.until.words, f"{stem}_until", parts) if ready.until.words else "<end>"
    if not ready.words.words:
        return [_rule(ready, marked, after="<start>", before=end)]
    rules = list[Rule]()
    if ready.words.single:
        rules.append(_rule(ready, marked, after=_cue(ready.words.single, f"{stem}_from", parts), before=end))
    if ready.words.several:
        cue = _cue(ready.words.several, f"{stem}_from", parts)
        rules.append(_rule(ready, f"{cue} {marked}", before=end, also="of several words"))
    return rules


def _up_to(ready: Ready, parts: Parts) -> str:
    """Make the class of all that stands before the first word of the end."""
    stem = slug(ready.rule.label)
    stops = list(dict.fromkeys(pieces(entry)[0] for entry in ready.until.words if not is_dash(entry)))
    made_of = ["<any>"]
    made_of += [f"{{{parts.keep(f'{stem}_stops', stops)}}}"] if stops else []
    made_of += ["<dash>", '"-"'] if any(map(is_dash, ready.until.words)) else []
    return parts.kind(f"{stem}_between", " - ".join(made_of))


def _capitals(ready: Ready, parts: Parts) -> list[Rule]:
    stem = slug(ready.rule.label)
    left_out = [name for names in parts.marked.values() for name in names]
    firsts = {pieces(entry)[0] for name in left_out for entry in parts.lists[name] if len(pieces(entry)) > 1}
    left_out += [parts.keep(f"{stem}_first_words", sorted(firsts))] if firsts else []
    left_out += [parts.keep(f"{stem}_no_words", ready.words.words)] if ready.words.words else []
    shapes = [f"<{name}>" for names in parts.shaped.values() for name in names]
    made_of = " - ".join(["<Capital> + <UPPER> + <mixed>", *(f"{{{name}}}" for name in left_out), *shapes])
    name = f"<{parts.kind(f'{stem}_capital', made_of)}>"
    match = f"[{ready.rule.label}: {name} (~- ~{name} | ~- ~<number> | ~<number> | {name})*]"
    return [_rule(ready, match, not_after=None if ready.rule.first else SENTENCE_ENDS)]


def _words(ready: Ready, parts: Parts) -> list[Rule]:
    return [_rule(ready, f"[{ready.rule.label}: {words_list(ready, parts)}]")]


def _shape(ready: Ready, parts: Parts) -> list[Rule]:
    name = parts.shape(ready.rule.label, map(write_shape, shapes_of(ready.words.words)))
    return [_rule(ready, f"[{ready.rule.label}: <{name}>]")]


# The order in which rules are written: at a place of a text the first one that fits is taken.
WRITERS: Mapping[Kind, Callable[[Ready, Parts], list[Rule]]] = {
    "words": _words,
    "number": _number,
    "shape": _shape,
    "between": _between,
    "after": _after,
    "before": _before,
    "capitals": _capitals,
}


def _rule(
    ready: Ready,
    match: str,
    *,
    after: str | None = None,
    before: str | None = None,
    not_after: str | None = None,
    not_before: str | None = None,
    also: str = "",
) -> Rule:
    """Make a rule whose name says from which rule of the page it comes."""
    name = f"{ready.rule.label} {ready.place + 1}, {ready.rule.kind}"
    name = f"{name} {also}" if also else name
    return Rule(name, match, after=after, before=before, not_after=not_after, not_before=not_before)


def _cue(entries: Sequence[str], stem: str, parts: Parts) -> str:
    """Write what must stand beside: entries of a list; a dash alone is any dash."""
    plain = [entry for entry in entries if not is_dash(entry)]
    found = [f"{{{parts.keep(stem, plain)}}}"] if plain else []
    return " | ".join([*found, *([DASHES] if len(plain) < len(entries) else [])])


def _marked(ready: Ready, parts: Parts) -> str:
    """Write the mark of one word as people see it (`WH-1000XM4`), or of up to `most`."""
    others = "".join(f" - {other}" for other in parts.others(ready.rule.label))
    one = f"<{parts.kind(f'{slug(ready.rule.label)}_part', f'<word> + <number>{others}')}>"
    glued = f"(~- ~{one} | ~{one})"
    if ready.rule.most == 1:
        return f"[{ready.rule.label}: {one} {glued}*]"
    # Not without end: with each of three words the time would grow with the cube of their length.
    each = f"{one} {glued}? {glued}? {glued}?"
    return f"[{ready.rule.label}: {each}{f' ({each})?' * (ready.rule.most - 1)}]"
