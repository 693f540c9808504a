"""Spoil a text as job boards and hasty hands do, without moving a character: offsets stay true."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

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
