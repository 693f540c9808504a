"""What is wrong in a text, where, and how it can be put right: plain data.

The idea is unified's (https://github.com/retextjs): a finding is a value with a place, a rule and
what would be right; whoever shows it decides what to do with it. Offsets are code points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from textwright.errors import DataError
from textwright.types import Annotation, Span
from textwright.wrangle.clean import Mapped
from textwright.wrangle.words import Words, alphabet, cut, fold

# What one round of repairs lays bare the next one takes. Only texts nested on purpose need more than a few: those of
# up to `NESTED` characters get as many as they need, longer ones would take too much time.
ROUNDS, NESTED = 100, 1000


@dataclass(frozen=True, slots=True)
class Repair:
    """Put `text` in place of `[start, end)`. If safe, something is left and nothing lost that a reader could miss."""

    start: int
    end: int
    text: str
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """`[start, end)` offends against `rule`; any one of the repairs would do. The first is the best."""

    start: int
    end: int
    rule: str
    message: str
    repairs: tuple[Repair, ...] = ()
    severity: str = "warning"


@dataclass(frozen=True)
class Subject:
    """A text that is checked, perhaps with what a model says of it, and what several rules ask of it."""

    text: str
    annotation: Annotation | None = None

    @cached_property
    def folded(self) -> str:
        """Return the text in lower case, as long as the text."""
        return fold(self.text)

    @cached_property
    def words(self) -> Words:
        """Return the words of the text."""
        return cut(self.text)


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with the function that finds what offends against it.

    `opaque`: what it finds is not looked at by other rules (nobody corrects the commas of an address).
    `asks`: it looks at an annotation, and is silent without one.
    """

    name: str
    find: Callable[[Subject], Iterable[Finding]]
    opaque: bool = False
    asks: bool = False


def check(text: str, checks: Sequence[Check], annotation: Annotation | None = None) -> list[Finding]:
    """Find what is wrong with a text, in the order of the text. Rules that need an annotation are silent without.

    >>> from textwright.wrangle.checks import generic_checks
    >>> [(f.rule, f.start, f.end) for f in check("Staff  Nurse!!", generic_checks())]
    [('double_space', 5, 7), ('repeated_signs', 12, 14)]
    """
    subject = Subject(text, annotation)
    closed: list[Finding] = []
    others: list[Finding] = []
    for each in checks:
        (closed if each.opaque else others).extend(each.find(subject))
    found = _leaving_something(text, [*closed, *_outside(closed, others)])
    return sorted(found, key=lambda finding: (finding.start, finding.end))


def _leaving_something(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """Call no repair safe after which there is nothing but white space."""
    space = alphabet().white_space
    first, last = len(text) - len(text.lstrip(space)), len(text.rstrip(space))

    def kept(repair: Repair) -> Repair:
        leaves_nothing = repair.start <= first and last <= repair.end and not repair.text.strip(space)
        return replace(repair, safe=False) if leaves_nothing else repair

    return [replace(finding, repairs=tuple(map(kept, finding.repairs))) for finding in findings]


def check_named(checks: Sequence[Check], names: Sequence[str]) -> list[Check]:
    """Return the checks that are named. Raise `DataError` for a name that none of them has."""
    known = {each.name for each in checks}
    for name in names:
        if name not in known:
            raise DataError(f"no rule is called {name!r}. Known: {', '.join(sorted(known))}")
    return [each for each in checks if each.name in names]


def _outside(closed: Iterable[Finding], others: Sequence[Finding]) -> Iterable[Finding]:
    """Leave out the findings that lie within one of `closed`; empty ones too."""
    covered = {place for finding in closed for place in range(finding.start, finding.end)}
    if not covered:
        return others
    return [each for each in others if not covered.issuperset(range(each.start, max(each.end, each.start + 1)))]


def safe_repairs(findings: Iterable[Finding]) -> list[Repair]:
    """Choose repairs that can be made at once: of each finding the first, if it is safe; none overlaps another."""
    wanted = [finding.repairs[0] for finding in findings if finding.repairs and finding.repairs[0].safe]
    chosen: list[Repair] = []
    for repair in sorted(wanted, key=lambda each: (each.start, each.end)):
        if not chosen or _apart(chosen[-1], repair):
            chosen.append(repair)
    return chosen


def _apart(first: Repair, second: Repair) -> bool:
    """Say whether the second begins behind the first; where one is empty, they may not touch."""
    is_empty = first.start == first.end or second.start == second.end
    return first.end < second.start if is_empty else first.end <= second.start


def applied(text: str, repairs: Sequence[Repair]) -> Mapped:
    """Make repairs that do not overlap, in the order of the text; keep the way back.

    A replacement as long as what it replaces is mapped character by character, any other as a whole.
    """
    pieces, starts, ends, done = [], list[int](), list[int](), 0
    for repair in (*repairs, Repair(len(text), len(text), "")):
        new, same = repair.text, len(repair.text) == repair.end - repair.start
        pieces += [text[done : repair.start], new]
        starts += [
            *range(done, repair.start),
            *(range(repair.start, repair.end) if same else [repair.start] * len(new)),
        ]
        ends += [place + 1 for place in range(done, repair.start)]
        ends += [place + 1 for place in range(repair.start, repair.end)] if same else [repair.end] * len(new)
        done = repair.end
    return Mapped("".join(pieces), tuple(starts), tuple(ends))


def repaired(text: str, checks: Sequence[Check]) -> Mapped:
    """Make all safe repairs, again and again until nothing is left to make.

    A text longer than `NESTED` is gone over at most `ROUNDS` times.

    >>> from textwright.wrangle.checks import generic_checks
    >>> repaired("STAFF  NURSE!!!", generic_checks()).text
    'Staff Nurse!'
    """
    now = Mapped(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    for _ in range(ROUNDS + (len(text) if len(text) <= NESTED else 0)):
        repairs = _but_the_last_words(now.text, safe_repairs(check(now.text, checks)))
        if not repairs:
            break
        now = now.then(applied(now.text, repairs))
    return now if now.text != text else Mapped(text)


def _but_the_last_words(text: str, repairs: Sequence[Repair]) -> list[Repair]:
    """Leave one repair out where all together would leave nothing: the last that takes away more than white space."""
    space = alphabet().white_space
    if applied(text, repairs).text.strip(space):
        return list(repairs)
    taking = [each for each in repairs if text[each.start : each.end].strip(space)]
    return [each for each in repairs if each not in taking[-1:]]


def carried(spans: Iterable[Span], mapped: Mapped) -> tuple[Span, ...]:
    """Carry spans of the raw text over to the text that was made from it; one of which nothing is left goes.

    >>> carried([Span(7, 12, "JOB")], Mapped("a Nurse", (0, 5, 7, 8, 9, 10, 11), (1, 7, 8, 9, 10, 11, 12)))
    (Span(start=2, end=7, label='JOB', score=None),)
    """
    if mapped.starts is None or mapped.ends is None:
        return tuple(spans)
    places = list(enumerate(zip(mapped.starts, mapped.ends, strict=True)))
    found = []
    for span in spans:
        inside = [i for i, (start, end) in places if start < span.end and span.start < end]
        if inside:
            found.append(replace(span, start=inside[0], end=inside[-1] + 1))
    return tuple(found)
