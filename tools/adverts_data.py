"""The shared job adverts: read, put into groups that must not be divided, split, and masked.

It reads ../shared/data/adverts (or $TEXTWRIGHT_SHARED/data/adverts).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textwright.dataset import Dataset
from textwright.schema import Schema
from textwright.types import Annotation, Category, Example

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))
ADVERTS = SHARED / "data/adverts/adverts.jsonl.gz"
MODERN = 2019
# Whole sources that nobody learns from, among them the only modern UK one of all trades.
HELD_OUT_SOURCES = ("faisal_linkedin_uk", "marta_indeed_uk", "haochen_totaljobs_uk")
# Shares of the advertisers of modern UK adverts.
TEST, DEV = 0.15, 0.12

# What firms write into their names and what says nothing of who they are.
EMPTY_WORDS = frozenset(
    {"ltd", "limited", "plc", "llp", "inc", "llc", "uk", "group", "the", "co", "company", "gmbh", "international"}
    | {"global", "europe", "of", "and", "for"}
)
# Words that tell an agency by its trade alone.
GIVE_AWAY = re.compile(
    r"\b(?:recruit\w*|agenc\w+|clients?|headhunt\w*|staffing|resourcing|consultanc\w+|talent|candidates?)\b", re.I
)
SHINGLE, KEPT_OF = 7, 8


@dataclass(frozen=True, slots=True)
class Advert:
    """An advert with its advertiser, where it comes from, its weak label, and the group it belongs to."""

    id: str
    text: str
    company: str
    source: str
    year: int
    market: str
    label: str | None
    group: str

    @property
    def modern(self) -> bool:
        """Say whether it is from the UK, 2019 or later."""
        return self.market == "UK" and self.year >= MODERN

    @property
    def snippet(self) -> bool:
        """Say whether its text was cut at about 500 characters."""
        return "snippet" in self.source

    def example(self) -> Example:
        """Return it as an example; what is not known is not annotated."""
        gold = Annotation(categories=(Category("advertiser", self.label),)) if self.label else Annotation()
        form = "snippet" if self.snippet else "full"
        return Example(self.id, self.text, gold, {"source": self.source, "form": form})


def read_adverts() -> list[Advert]:
    """Read all adverts and put those together that share an advertiser or most of their text."""
    with gzip.open(ADVERTS, "rt", encoding="utf-8") as file:
        raw = [json.loads(line) for line in file]
    groups = grouped([each["company"] or "" for each in raw], [each["text"] for each in raw])
    return [
        Advert(
            str(each["id"]),
            each["text"],
            each["company"] or "",
            each["source"],
            each["year"] or 0,
            each["market"] or "",
            each["weak_label"],
            group,
        )
        for each, group in zip(raw, groups, strict=True)
    ]


def name_words(company: str) -> tuple[str, ...]:
    """Give what tells a firm from others: `The Acme Group Ltd` and `Acme UK` are one.

    >>> name_words("The Acme Group Ltd.")
    ('acme',)
    """
    words = re.findall(r"[a-z0-9]+", company.lower().replace("'", "").replace("&", " and "))
    return tuple(word for word in words if word not in EMPTY_WORDS)


class Groups:
    """Sets that grow together."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))

    def root(self, place: int) -> int:
        while self.parent[place] != place:
            self.parent[place] = self.parent[self.parent[place]]
            place = self.parent[place]
        return place

    def join(self, one: int, other: int) -> None:
        self.parent[self.root(one)] = self.root(other)


def grouped(companies: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Name each advert's group: one advertiser, shorter and longer forms of its name, near copies of its texts."""
    groups, first = Groups(len(texts)), dict[tuple[str, ...], int]()
    names = [name_words(company) for company in companies]
    for place, name in enumerate(names):
        if name:
            groups.join(place, first.setdefault(name, place))
    for name, place in first.items():
        for length in range(1, len(name)):
            shorter = name[:length]
            if shorter in first and len("".join(shorter)) >= 4:
                groups.join(place, first[shorter])
    for one, other in near_copies(texts):
        groups.join(one, other)
    return [f"g{groups.root(place)}" for place in range(len(texts))]


def near_copies(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Find pairs of which one shares half of its runs of words with the other, judged by an eighth of the runs."""
    kept = [shingles(text) for text in texts]
    holders: dict[int, list[int]] = defaultdict(list)
    for place, own in enumerate(kept):
        for each in own:
            holders[each].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        if len(places) <= 40:
            shared.update((a, b) for i, a in enumerate(places) for b in places[i + 1 :])
    return [(a, b) for (a, b), count in shared.items() if count >= 2 and 2 * count >= min(len(kept[a]), len(kept[b]))]


def shingles(text: str) -> set[int]:
    """Number runs of words and keep those whose number an eighth of all have."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    runs = (" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
    numbers = {int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs}
    return {number for number in numbers if number % KEPT_OF == 0}


def share_of(group: str) -> float:
    """Draw a number between 0 and 1 for a group, always the same."""
    return int(hashlib.sha256(f"adverts {group}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Parts:
    """Adverts to learn from, to choose by and to judge on, whose advertisers are in one part alone.

    `others` are adverts of other markets and years, `unlabelled` those without a label; none is of an advertiser
    in `dev`, `test` or `new_sources`.
    """

    train: list[Advert]
    dev: list[Advert]
    test: list[Advert]
    new_sources: list[Advert]
    others: list[Advert]
    unlabelled: list[Advert]


def split(adverts: Iterable[Advert]) -> Parts:
    """Split by advertiser; the groups of the sources that are held out are out of everything else."""
    adverts = list(adverts)
    out = {each.group for each in adverts if each.modern and each.label and each.source in HELD_OUT_SOURCES}
    kept = [each for each in adverts if each.group not in out]
    free = [each for each in kept if share_of(each.group) >= TEST + DEV]
    judged = [each for each in kept if each.modern and each.label]
    return Parts(
        train=[each for each in free if each.modern and each.label],
        dev=[each for each in judged if TEST <= share_of(each.group) < TEST + DEV],
        test=[each for each in judged if share_of(each.group) < TEST],
        new_sources=[each for each in adverts if each.modern and each.label and each.source in HELD_OUT_SOURCES],
        others=[each for each in free if each.label and not each.modern],
        unlabelled=[each for each in free if not each.label],
    )


def dataset(adverts: Iterable[Advert], schema: Schema, *, name: str) -> Dataset:
    """Make a data set of adverts."""
    return Dataset([each.example() for each in adverts], schema=schema, name=name)


def masked(text: str, company: str, *, name: str = "", word: str = "") -> str:
    """Put something else, or nothing, in place of the advertiser's name and of what gives an agency away.

    >>> masked("Acme Recruitment for our client. Ask Acme!", "Acme Ltd", name="[name]", word="[word]")
    '[name] [word] for our [word]. Ask [name]!'
    """
    return GIVE_AWAY.sub(word, renamed(text, company, name))


def renamed(text: str, company: str, name: str) -> str:
    """Put another name in place of the advertiser's.

    >>> renamed("Join Acme's team", "Acme Ltd", "Bolt")
    "Join Bolt's team"
    """
    telling = [word for word in name_words(company) if len(word) > 2][:3]
    if not telling:
        return text
    one = "|".join(map(re.escape, telling))
    return re.sub(rf"\b(?:{one})(?:[ &]+(?:{one}))*\b", name.replace("\\", ""), text, flags=re.I)


PLACEHOLDERS = ("", "", "[name]", "XXX", "____", "the company", "[company]")
WORDS = ("", "", "[word]", "XXX", "____")


def variants(advert: Advert, names: Sequence[str], random_: random.Random) -> list[str]:
    """Say the same with other names and without what gives it away, so that neither is learned."""
    hidden = masked(advert.text, advert.company, name=random_.choice(PLACEHOLDERS), word=random_.choice(WORDS))
    other = renamed(advert.text, advert.company, random_.choice(names))
    nameless = renamed(advert.text, advert.company, random_.choice(PLACEHOLDERS))
    return [hidden, other, nameless]
