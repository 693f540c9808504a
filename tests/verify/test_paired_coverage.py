"""Intervals over sources hold the truth in 95 of 100 worlds, and equals are told apart in no more than 5."""

from __future__ import annotations

import pytest
from tests.evaluate.clustered import World, covered

WORLDS = [
    World(20, 5, 0.1, 0.1, 0.2),
    World(20, 5, 0.1, 0.05, 0.3),
    World(40, 5, 0.1, 0.1, 0.01),
    World(40, 10, 0.05, 0.05, 0.1),
    World(100, 3, 0.15, 0.1, 0.3),
    World(30, 5, 0.1, 0.1, 0.2, seeds=3),
    World(60, 1, 0.1, 0.1, 0.1, seeds=3),
]


@pytest.mark.verify
@pytest.mark.timeout(900)
@pytest.mark.parametrize("world", WORLDS, ids=str)
def test_coverage_and_level_are_kept(world: World) -> None:
    inside, found = covered(world, times=500, seed=1)
    assert inside >= 0.925  # two standard errors of 500 worlds below 0.945
    if world.truth == 0:
        assert found <= 0.07
