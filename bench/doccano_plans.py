"""With how few presses can these spans be made? For both pages: the fewest that we can find."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

Place = tuple[int, int]
Mark = tuple[int, int, str]
Drawn = frozenset[Mark]


# --- doccano: choose a label by its key, drag over the text; the label stays chosen --------------


def drags(marks: Sequence[Mark], chosen: str | None, next_labels: set[str]) -> list[tuple[str, list[Place]]]:
    """Order the labels so that few have to be chosen: first the one that is, last one that the next text has, too.

    >>> drags([(0, 6, "RANK"), (0, 12, "JOB")], "JOB", {"RANK"})
    [('JOB', [(0, 12)]), ('RANK', [(0, 6)])]
    """
    labels = sorted({label for _, _, label in marks})
    labels.sort(key=lambda label: (label != chosen, label in next_labels))
    return [(label, sorted((start, end) for start, end, each in marks if each == label)) for label in labels]


def flat(marks: Sequence[Mark]) -> list[Mark]:
    """Take as many spans as can stand beside each other without overlap: what ends first comes first."""
    taken: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark[1], -mark[0])):
        if not taken or taken[-1][1] <= mark[0]:
            taken.append(mark)
    return taken


# --- textwright: walk over words, put labels on the selection ------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """What the page shows: the selection, the chosen span, the spans drawn."""

    place: Place
    chosen: Mark | None
    drawn: Drawn


@dataclass(frozen=True, slots=True)
class Text:
    """What a plan has to know of a text: its words, its length, the spans wanted, each label's key."""

    words: Sequence[Place]
    length: int
    wanted: Drawn
    keys: dict[str, str]


def presses(text: Text, begin: Look, *, mouse: bool = False) -> list[str]:
    """Find the fewest presses that draw the wanted spans; by characters only where words do not lead there."""
    found = search(text, begin, by_characters=False, mouse=mouse)
    return search(text, begin, by_characters=True, mouse=mouse) or [] if found is None else found


def search(text: Text, begin: Look, *, by_characters: bool, mouse: bool) -> list[str] | None:
    """Search with A*: each place to visit costs a move, each span to make or to remove a press."""
    order = count()
    waiting: list[tuple[int, int, int, Look, tuple[str, ...]]] = [(left(text, begin), 0, 0, begin, ())]
    seen: set[Look] = set()
    while waiting:
        _, _, _, look, path = heapq.heappop(waiting)
        if look.drawn == text.wanted:
            return list(path)
        if look in seen:
            continue
        seen.add(look)
        for press, after in steps(text, look, by_characters=by_characters, mouse=mouse):
            if after not in seen:
                cost = len(path) + 1
                heapq.heappush(waiting, (cost + left(text, after), -cost, next(order), after, (*path, press)))
    return None


def left(text: Text, look: Look) -> int:
    """Count what must be pressed at least: never too much, so that the first way found is the shortest."""
    missing, wrong = text.wanted - look.drawn, look.drawn - text.wanted
    wrong_places = {mark[:2] for mark in wrong}
    to_visit = {mark[:2] for mark in missing} | wrong_places
    return len(missing) + len(wrong_places) + len(to_visit - {look.place})


def steps(text: Text, look: Look, *, by_characters: bool, mouse: bool) -> Iterator[tuple[str, Look]]:
    """List what each useful key (and with `mouse`, each useful drag) leads to."""
    for press, place in moves(text, look.place, by_characters=by_characters):
        yield press, Look(place, None, look.drawn)
    if mouse:
        for place in sorted({mark[:2] for mark in text.wanted ^ look.drawn}):
            if is_snapped(text.words, place):
                yield f"drag {place[0]} {place[1]}", Look(place, None, look.drawn)
    for start, end, label in sorted(text.wanted - look.drawn):
        if (start, end) == look.place:
            drawn = look.drawn | {(start, end, label)}
            yield text.keys[label], Look(look.place, look.chosen, drawn)
    yield from walks(look)
    yield from removals(text, look)


def moves(text: Text, place: Place, *, by_characters: bool) -> Iterator[tuple[str, Place]]:
    """Do as Left, Right with and without Shift do, and `.` `,` `>` `<`."""
    words, (start, end) = text.words, place
    yield "ArrowRight", next((word for word in words if word[0] >= end), words[-1])
    yield "ArrowLeft", next((word for word in reversed(words) if word[1] <= start), words[0])
    yield "Shift+ArrowRight", (start, next((word[1] for word in words if word[1] > end), end))
    shrunk = next((word[1] for word in reversed(words) if word[1] < end), end)
    yield "Shift+ArrowLeft", (start, shrunk) if shrunk > start else place
    if by_characters:
        yield ".", (start, min(end + 1, text.length))
        yield ",", (start, max(end - 1, start + 1))
        yield "Shift+.", (min(start + 1, end - 1), end)
        yield "Shift+,", (max(start - 1, 0), end)


def is_snapped(words: Sequence[Place], place: Place) -> bool:
    return place[0] in {start for start, _ in words} and place[1] in {end for _, end in words}


def walks(look: Look) -> Iterator[tuple[str, Look]]:
    """Do as Down and Up do: choose the next, previous drawn span."""
    drawn = sorted(look.drawn, key=lambda mark: (mark[0], -mark[1], mark[2]))
    if not drawn:
        return
    after = next((i for i, mark in enumerate(drawn) if mark[0] >= look.place[0]), -1)
    at = drawn.index(look.chosen) if look.chosen in look.drawn and look.chosen is not None else None
    down = at + 1 if at is not None else max(after, 0)
    up = at - 1 if at is not None else (-1 if after < 0 else after - 1)
    for press, to in (("ArrowDown", down), ("ArrowUp", up)):
        mark = drawn[to % len(drawn)]
        yield press, Look(mark[:2], mark, look.drawn)


def removals(text: Text, look: Look) -> Iterator[tuple[str, Look]]:
    """Do as Delete does: remove the chosen span, or else all that stand on the selection."""
    here = {look.chosen} if look.chosen in look.drawn else {mark for mark in look.drawn if mark[:2] == look.place}
    if here - text.wanted:
        yield "Delete", Look(look.place, None, look.drawn - here)
