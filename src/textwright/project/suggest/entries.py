"""From what somebody typed into a field to the words that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import category

from textwright.errors import ModelError
from textwright.predictors.rules.language import literal
from textwright.wrangle.words import GAP, HYPHEN, cut, match_form

# What stands in quotes is one entry, whatever is in it; else commas, semicolons and line breaks part entries.
ENTRY = re.compile(r'[^\S\n]*"([^"\n]+)"(?=\s*(?:[,;\n]|$))|([^,;\n]+)')
MOST_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class Entries:
    """The words of a field, each once, and in words what is wrong with others, which are left out."""

    words: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def single(self) -> tuple[str, ...]:
        """Return the entries of a single word or sign."""
        return tuple(each for each in self.words if len(pieces(each)) == 1)

    @property
    def several(self) -> tuple[str, ...]:
        """Return the entries of several words."""
        return tuple(each for each in self.words if len(pieces(each)) > 1)


def entries_of(typed: str) -> Entries:
    r"""Read a field. A field that holds separators alone means them: a comma is a word, too.

    >>> entries_of("Sony, Bosch\nDe'Longhi").words
    ('Sony', 'Bosch', "De'Longhi")
    >>> entries_of(" , ").words
    (',',)
    >>> entries_of('"a, b"; c').words
    ('a, b', 'c')
    """
    return _checked(_without_doubles(parted(typed)))


def parted(typed: str) -> list[str]:
    """Part what was typed into entries, each spelling once."""
    found = [(match[1] or match[2]).strip() for match in ENTRY.finditer(typed)]
    return list(dict.fromkeys(each for each in found if each)) or list(dict.fromkeys("".join(typed.split())))


def pieces(entry: str) -> tuple[str, ...]:
    """Return the words, signs and hyphens of an entry, as rules see them.

    >>> pieces("Wi-Fi 6")
    ('wi', '-', 'fi', '6')
    """
    return tuple(match_form(surface) for surface in cut(entry).surfaces if surface != GAP)


def spoken(entries: Iterable[str]) -> str:
    """Write entries as a field holds them.

    >>> spoken(["Sony", "Marks, Spencer"])
    'Sony, "Marks, Spencer"'
    """
    return ", ".join(f'"{each}"' if re.search("[,;]", each) and '"' not in each else each for each in entries)


def _without_doubles(entries: Iterable[str]) -> list[str]:
    return list({match_form(" ".join(entry.split())): entry for entry in reversed(list(entries))}.values())[::-1]


def _checked(entries: list[str]) -> Entries:
    words, faults = list[str](), list[str]()
    if len(entries) > MOST_ENTRIES:
        faults.append(f"only the first {MOST_ENTRIES:,} of {len(entries):,} words are used")
    for entry in entries[:MOST_ENTRIES]:
        fault = _fault(entry)
        if fault is None:
            words.append(entry)
        else:
            faults.append(fault)
    return Entries(tuple(words), tuple(faults))


def _fault(entry: str) -> str | None:
    """Say what keeps an entry from being found in a text."""
    try:
        literal(entry)
    except ModelError as error:
        return str(error).partition(";")[0]
    return None


def is_dash(entry: str) -> bool:
    """Say whether an entry is a hyphen or dash alone: between spaces each is the same sign."""
    found = cut(entry).surfaces
    return len(entry) == 1 and len(found) == 1 and found[0] in (HYPHEN, "–")


def is_money(entry: str) -> bool:
    """Say whether an entry is the sign of a currency, which stands before numbers, too.

    >>> is_money("£"), is_money("%")
    (True, False)
    """
    return len(entry) == 1 and category(entry) == "Sc"
