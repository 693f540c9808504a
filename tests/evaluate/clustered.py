"""Texts whose sources are alike inside: what a method gets right there is drawn source by source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from textwright.evaluate.paired import Paired, paired


@dataclass(frozen=True)
class World:
    """How texts come: so many sources of about so many texts, and how often just one of two methods is right.

    `alike` is the correlation of two texts of one source.
    """

    sources: int
    texts: int
    only_a: float
    only_b: float
    alike: float
    seeds: int = 1

    @property
    def truth(self) -> float:
        return self.only_a - self.only_b

    def drawn(self, generator: np.random.Generator) -> Paired:
        """Draw texts and compare the two methods on them."""
        shares = np.array([self.only_a, self.only_b, 1 - self.only_a - self.only_b])
        rates = generator.dirichlet(shares * (1 - self.alike) / self.alike, size=self.sources)
        sizes = generator.geometric(1 / self.texts, size=self.sources)
        source = np.repeat(np.arange(self.sources), sizes)
        ends = rates.cumsum(axis=1)[source, :2]
        kinds = (generator.random((self.seeds, len(source), 1)) > ends).sum(axis=2)
        return paired((kinds == 0).tolist(), (kinds == 1).tolist(), sources=[str(each) for each in source])


def covered(world: World, *, times: int, seed: int) -> tuple[float, float]:
    """Say how often the interval holds the truth, and how often p is 0.05 or less."""
    generator = np.random.default_rng(seed)
    found = [world.drawn(generator) for _ in range(times)]
    inside = sum(each.interval.low <= world.truth <= each.interval.high for each in found)
    return inside / times, sum(each.p_value <= 0.05 for each in found) / times
