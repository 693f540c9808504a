from __future__ import annotations

import pytest

from textwright.project.suggest.absent import absent_words
from textwright.project.suggest.forms import Kind, PageRule

TEXTS = ["Sony TV, 5 kg", "a 3-inch reel for £12", "Le Creuset pot ml 20€", "tea 2½ cups (green)"]


@pytest.mark.parametrize(
    ("kind", "words", "absent"),
    [
        ("words", "Sony, Bosch", ("Bosch",)),
        ("words", "le  creuset, Creuset Le", ("Creuset Le",)),
        ("words", "pot tea", ("pot tea",)),
        ("number", "kg, inch, cups", ()),
        ("number", "ml, reel, £, €, $", ("ml", "reel", "$")),
        ("before", "reel, wheel", ("wheel",)),
        ("after", "for, -", ()),
        ("capitals", "Bosch", ()),
        ("shape", "AX-100", ()),
        ("words", "", ()),
    ],
)
def test_words_that_no_text_has_are_named(kind: Kind, words: str, absent: tuple[str, ...]) -> None:
    assert absent_words([PageRule("A", kind, words)], TEXTS).get(0, ()) == absent


def test_both_ends_of_a_rule_are_looked_up() -> None:
    rules = [PageRule("A", "between", "(, tea", until="), ]"), PageRule("A", "words", "pot", until="nothing")]
    assert absent_words(rules, TEXTS) == {0: ("]",)}
