"""Tests whose texts come from few sources: their intervals are narrower than they should be."""

from __future__ import annotations

from collections.abc import Iterator

from textwright.evaluate.statistics import FEWEST_SOURCES, too_few_sources
from textwright.experiment.table.rows import Entry


def few_sources(entry: Entry) -> Iterator[str]:
    """Say that the test has sources, but too few to draw; whose texts are each of another one has none to draw."""
    sources = entry.judgements[0].sources
    known = len({source for source in sources if source is not None})
    if 0 < known < min(FEWEST_SOURCES, len(sources)):
        yield too_few_sources(known)
