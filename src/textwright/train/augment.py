"""Spoil a text as job boards and hasty hands do, without moving a character; put other names into it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from textwright.schema import overlap
from textwright.types import Example, Span, in_order

Noise = Callable[[str], str]

LONE_DASH = re.compile(r"(?<=\s)[-–—|](?=\s)")
PUNCTUATION = re.compile(r"[,()\[\]|/:;]")
DIGITS = re.compile(r"(?<=[£$€])[0-9.,]*[0-9]|[0-9.,]*[0-9](?=k\b)")


def each_character(change: Callable[[str], str]) -> Noise:
    """Change a text character by character; one that would become two stays as it is.

    >>> each_character(str.upper)("Straße")
    'STRAßE'
    """

    def changed(text: str) -> str:
        return "".join(new if len(new := change(char)) == 1 else char for char in text)

    return changed


def headline_case(text: str) -> str:
    """Begin each word with a capital.

    >>> headline_case("staff nurse")
    'Staff Nurse'
    """
    return re.sub(r"(?<![\w'’])[a-z]", lambda found: found.group().upper(), text)


def without_dashes(text: str) -> str:
    """Lose the dashes that stand alone, as some feeds do; the white space around them stays.

    >>> without_dashes("Chef - Leeds")
    'Chef   Leeds'
    """
    return LONE_DASH.sub(" ", text)


def without_punctuation(text: str) -> str:
    """Lose commas, brackets, slashes and colons.

    >>> without_punctuation("Chef (Leeds)")
    'Chef  Leeds '
    """
    return PUNCTUATION.sub(" ", text)


def masked_pay(text: str) -> str:
    """Mask the figures of pay.

    >>> masked_pay("Chef £30k")
    'Chef £**k'
    """
    return DIGITS.sub(lambda found: "*" * len(found.group()), text)


NOISES: Mapping[str, Noise] = {
    "lower": each_character(str.lower),
    "upper": each_character(str.upper),
    "headline": headline_case,
    "dashes": without_dashes,
    "punctuation": without_punctuation,
    "pay": masked_pay,
}


def spoiled(text: str, random_: random.Random) -> str:
    """Apply one noise, drawn at random."""
    return NOISES[random_.choice(list(NOISES))](text)


def swapped(example: Example, names: Mapping[str, Sequence[str]], random_: random.Random) -> Example:
    """Put other names in place of an example's spans, where `names` has some for their label.

    Mention replacement (Dai and Adel 2020): what stands around a name says what it is. Spans that
    touch another one stay; the others move with the text.

    >>> from textwright.types import Annotation
    >>> nurse = Example("1", "Nurse, Leeds", Annotation(spans=(Span(0, 5, "JOB"), Span(7, 12, "PLACE"))))
    >>> swapped(nurse, {"PLACE": ["Bath"]}, random.Random(0)).text
    'Nurse, Bath'
    """
    spans = example.gold.spans or ()
    changed = [span for span in spans if span.label in names and not any(overlap(span, o) for o in spans if o != span)]
    for span in sorted(changed, key=lambda each: -each.start):
        example = _with_name(example, span, random_.choice(names[span.label]))
    return example


def _with_name(example: Example, old: Span, name: str) -> Example:
    """Replace the characters of a span and move what stands behind it."""
    text = example.text[: old.start] + name + example.text[old.end :]
    moved = len(name) - (old.end - old.start)
    spans = (
        replace(span, start=span.start + moved * (span.start >= old.end), end=span.end + moved * (span.end >= old.end))
        for span in example.gold.spans or ()
    )
    return replace(example, text=text, gold=replace(example.gold, spans=in_order(spans)))
