"""What can be repaired in texts: each repair by its name, what it would do, and what is left when it is done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from textwright.errors import MissingExtraError
from textwright.project.bring.mending import masked, mended, right_letters, without_tags
from textwright.project.bring.nearness import NEAR, near_groups
from textwright.types import Example
from textwright.wrangle.clean import Mapped
from textwright.wrangle.counted import counted
from textwright.wrangle.numbers.duplicates import dedupe

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
    """A repair. `words` says what it does for so many texts; `doubles`: what it takes out doubles another text.

    `caution` is what else to know once it is done.
    """

    name: str
    words: Callable[[int], str]
    do: Callable[[Sequence[Example], Collection[str]], Done]
    doubles: bool = False
    caution: str = ""


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
    """Do the chosen repairs, in their order, and return what is left; empty texts never are.

    Where one of several texts stays it is one whose id is in `prefer`, if there is one.
    """
    left = full(examples)
    for repair in REPAIRS:
        if repair.name in chosen:
            left = full(_done(repair, left, prefer).examples)
    return left


def full(examples: Iterable[Example]) -> tuple[Example, ...]:
    """Return those that are not empty: there is nothing to find in the others."""
    return tuple(each for each in examples if each.text.strip())


def offers(examples: Sequence[Example], chosen: Collection[str], *, prefer: Collection[str] = ()) -> list[Offer]:
    """Say what each repair does or, after the chosen ones before it, would do; those that do nothing are left out.

    One that mends texts counts those that came with its fault, also where another one mended them on its way.
    """
    came = left = full(examples)
    found = list[Offer]()
    for repair in REPAIRS:
        now = _done(repair, left, prefer)
        done = now if repair.doubles or left is came else _done(repair, came, prefer)
        if done.changed if repair.name in chosen else now.changed:
            found.append(Offer(repair, repair.name in chosen, len(done.changed), done.changed[:SHOWN]))
        if repair.name in chosen:
            left = full(now.examples)
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


def _without_doubles(near: float) -> Callable[[Sequence[Example], Collection[str]], Done]:
    def do(examples: Sequence[Example], prefer: Collection[str]) -> Done:
        among = _likely(examples, near)
        texts = [examples[place].text for place in among]
        found = dedupe(texts, near=near, prefer=[_is_preferred(examples[place], prefer) for place in among])
        gone = {among[each.place] for each in found.taken}
        left = tuple(each for place, each in enumerate(examples) if place not in gone)
        shown = [each for each in found.taken if (each.similarity == 1) == (near == 1)]
        return Done(left, tuple((texts[each.place], texts[each.kept]) for each in shown))

    return do


def _likely(examples: Sequence[Example], near: float) -> Sequence[int]:
    """Return the places among which doubles are looked for: of near ones those that are known to have one."""
    if near == 1:
        return range(len(examples))
    return sorted(place for group in near_groups(tuple(each.text for each in examples)) for place in group)


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
        caution="The folder keeps the texts as they came. Pass on the downloads of the last step, not the folder.",
    ),
    Repair(
        "same",
        lambda n: f"{counted(n, 'text')} that {'stands' if n == 1 else 'stand'} there already: keep one of each",
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
