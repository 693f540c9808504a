"""Write spec/network.json: what every runtime must make of texts before and after the graph of a network."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from textwright.decode import Candidate, best_spans
from textwright.predictors.features import Features, encode
from textwright.testing import HOSTILE_TEXTS

SPEC = Path(__file__).parents[1] / "spec" / "network.json"
FEATURES = Features(rows=997, width=12, ngrams=(3,))
NESTING = {"OUT": ("IN",), "IN": (), "FREE": ()}
TEXTS = (*(text for text in HOSTILE_TEXTS if len(text) < 100), "Sous ChefLondon", "R&amp;D Lead Â£30k", "C++/.NET dev")


def main() -> None:
    random_ = random.Random(0)
    parts = {
        "encode": [encoded(text) for text in TEXTS],
        "decode": [decoded(random_) for _ in range(40)],
    }
    head = {"features": FEATURES.to_data(), "nesting": {label: list(held) for label, held in NESTING.items()}}
    lines = [f' "{name}": {json.dumps(value)}' for name, value in head.items()]
    for name, cases in parts.items():
        lines.append(f' "{name}": [\n  ' + ",\n  ".join(json.dumps(case) for case in cases) + "\n ]")
    SPEC.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def encoded(text: str) -> dict[str, Any]:
    """Give a text's words as code points and numbers."""
    found = encode(text, FEATURES)
    return {"text": text, "starts": found.starts, "ends": found.ends, "rows": found.rows}


def decoded(random_: random.Random) -> dict[str, Any]:
    """Draw candidates with many equal weights, and give the best set of them."""
    places = {
        (start, start + random_.randint(1, 4), random_.choice(list(NESTING))) for start in range(6) for _ in range(2)
    }
    candidates = [Candidate(*place, random_.randint(-2, 3)) for place in sorted(places)]
    return {"candidates": candidates, "best": best_spans(candidates, NESTING)}


if __name__ == "__main__":
    main()
