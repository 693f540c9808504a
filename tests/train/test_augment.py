from __future__ import annotations

import random

import pytest

from textwright.testing import HOSTILE_TEXTS
from textwright.train.augment import NOISES, spoiled


@pytest.mark.parametrize("noise", NOISES.values(), ids=NOISES)
@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, "STRASSE ß İ ŉ - £30,000 | 25k"])
def test_no_noise_moves_a_character(noise: object, text: str) -> None:
    assert callable(noise)
    assert len(noise(text)) == len(text)


def test_the_same_seed_spoils_alike_and_every_noise_occurs() -> None:
    text = "Senior UX Designer (Leeds) - £30k"
    first, second = ([spoiled(text, random.Random(seed)) for seed in range(60)] for _ in "ab")
    assert first == second
    assert {noise(text) for noise in NOISES.values()} == set(first)
