"""Texts to try a project on: two domains written for this, with what is marked in them, and a pack's sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.packs import open_pack
from textwright.project.examples.marked import read_marked
from textwright.schema import Schema
from textwright.types import Annotation, Example

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts of one kind. `schema` is what is looked for in them; `gold` reads them with the right marks."""

    name: str
    title: str
    schema: Schema
    gold: Callable[[], Dataset]

    @property
    def count(self) -> int:
        """Return how many texts there are."""
        return len(self.gold())

    @property
    def first(self) -> str:
        """Return the first text, to show what they are like."""
        return self.gold()[0].text

    def texts(self) -> Dataset:
        """Return the texts alone, as somebody would bring them."""
        return Dataset((_bare(example) for example in self.gold()), name=self.name)


def _bare(example: Example) -> Example:
    return Example(example.id, example.text, Annotation(), example.meta)


def sample(name: str) -> Sample:
    """Return the sample called `name`. Raise `DataError` where there is none.

    >>> sample("products").schema.spans
    ('BRAND', 'PRODUCT', 'SIZE', 'COLOUR')
    """
    if name not in SAMPLES:
        raise DataError(f"no example is called {name!r}. Examples: {', '.join(SAMPLES)}")
    return SAMPLES[name]()


def samples() -> list[Sample]:
    """Return all samples, in the order in which they are offered."""
    return [make() for make in SAMPLES.values()]


@cache
def _products() -> Sample:
    return _of_files("products", "Product headlines")


@cache
def _tickets() -> Sample:
    return _of_files("tickets", "Support tickets")


@cache
def _titles() -> Sample:
    pack = open_pack("job_titles")
    return Sample("titles", "Job titles", pack.schema, cache(lambda: Dataset.read(pack.sample, schema=pack.schema)))


def _of_files(name: str, title: str) -> Sample:
    schema = Schema.read(HERE / f"{name}.toml")
    return Sample(name, title, schema, cache(lambda: read_marked(HERE / f"{name}.txt", schema, name=name)))


SAMPLES: Mapping[str, Callable[[], Sample]] = {"products": _products, "tickets": _tickets, "titles": _titles}
