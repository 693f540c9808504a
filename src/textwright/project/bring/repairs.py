"""What can be repaired in texts: each repair by its name, what it would do, and what is left when it is done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from textwright.errors import MissingExtraError
from textwright.project.bring.mending import masked, mended, right_letters, without_tags
from textwright.types import Example
from textwright.wrangle.clean import Mapped
from textwright.wrangle.counted import counted
from textwright.wrangle.numbers.duplicates import dedupe

NEAR = 0.8
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Done:
    """What a repair makes of examples: those that are left, and what it changed or took out, before and after.

    `after` is None of a text that was left out, or the text that stays in its place.
    """

    examples: tuple[Example, ...]
    changed: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair. `words` says what it does for so many texts; `doubles`: what it takes out doubles another text."""

    name: str
    words: Callable[[int], str]
    do: Callable[[Sequence[Example], Collection[str]], Done]
    doubles: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A repair as it stands: whether it is chosen, for how many texts, and some of them before and after."""

    repair: Repair
    chosen: bool
    count: int
    shown: tuple[tuple[str, str | None], ...]


def repaired(
    examples: Sequence[Example], chosen: Collection[str], *, prefer: Collection[str] = ()
) -> tuple[Example, ...]:
    """Do the chosen repairs, in their order, and return what is left.

    Where one of several texts stays it is one whose id is in `prefer`, if there is one.
    """
    left = tuple(examples)
    for repair in REPAIRS:
        if repair.name in chosen:
            left = _done(repair, left, prefer).examples
    return left


def offers(examples: Sequence[Example], chosen: Collection[str], *, prefer: Collection[str] = ()) -> list[Offer]:
    """Say what each repair does or, after the chosen ones before it, would do; those that do nothing are left out."""
    left, found = tuple(examples), list[Offer]()
    for repair in REPAIRS:
        done = _done(repair, left, prefer)
        if done.changed:
            found.append(Offer(repair, repair.name in chosen, len(done.changed), done.changed[:SHOWN]))
        if repair.name in chosen:
            left = done.examples
    return found


def _done(repair: Repair, examples: tuple[Example, ...], prefer: Collection[str]) -> Done:
    """Do a repair; one that needs a package that is missing does nothing."""
    try:
        return repair.do(examples, prefer)
    except MissingExtraError:
        return Done(examples)


def _each(mend: Callable[[str], Mapped]) -> Callable[[Sequence[Example], Collection[str]], Done]:
    """Make a repair of one that mends a text."""

    def do(examples: Sequence[Example], _: Collection[str]) -> Done:
        pairs = [(each, mended(each, mend)) for each in examples]
        changed = tuple((old.text, new.text) for old, new in pairs if old.text != new.text)
        return Done(tuple(new for _, new in pairs), changed)

    return do


# --- repairs that leave texts out -------------------------------------------------------------------------------------


def _without_empty(examples: Sequence[Example], _: Collection[str]) -> Done:
    left = tuple(each for each in examples if each.text.strip())
    return Done(left, tuple((each.text, None) for each in examples if not each.text.strip()))


def _without_doubles(near: float) -> Callable[[Sequence[Example], Collection[str]], Done]:
    def do(examples: Sequence[Example], prefer: Collection[str]) -> Done:
        # Empty texts are no doubles of each other: they have a repair of their own.
        full = [place for place, each in enumerate(examples) if each.text.strip()]
        texts = [examples[place].text for place in full]
        found = dedupe(texts, near=near, prefer=[_is_preferred(examples[place], prefer) for place in full])
        gone = {full[each.place] for each in found.taken}
        left = tuple(each for place, each in enumerate(examples) if place not in gone)
        shown = [each for each in found.taken if (each.similarity == 1) == (near == 1)]
        return Done(left, tuple((texts[each.place], texts[each.kept]) for each in shown))

    return do


def _is_preferred(example: Example, prefer: Collection[str]) -> bool:
    return example.id in prefer or example.annotator is not None


REPAIRS: tuple[Repair, ...] = (
    Repair("tags", lambda n: f"{counted(n, 'text')} with HTML tags: keep the words alone", _each(without_tags)),
    Repair(
        "letters", lambda n: f"{counted(n, 'text')} with broken or unseen characters: mend them", _each(right_letters)
    ),
    Repair(
        "persons",
        lambda n: f"{counted(n, 'text')} with e-mail addresses or telephone numbers: put x and 0 in their place",
        _each(masked),
    ),
    Repair("empty", lambda n: f"{counted(n, 'empty text')}: leave out", _without_empty),
    Repair(
        "same",
        lambda n: f"{counted(n, 'text')} that stand there already: keep one of each",
        _without_doubles(1.0),
        True,
    ),
    Repair(
        "near",
        lambda n: f"{counted(n, 'text')} nearly the same as another: keep one of each",
        _without_doubles(NEAR),
        True,
    ),
)
BY_NAME: Mapping[str, Repair] = {repair.name: repair for repair in REPAIRS}
