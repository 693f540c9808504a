"""Write spec/network.json: what every runtime must make of texts before and after the graph of a network."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textwright.decode import Candidate, Nesting, best_spans, decode
from textwright.formats.jsonl import annotation_data
from textwright.predictors.features import Encoded, Features, encode
from textwright.predictors.windows import Part, Window, annotations_of, part_batches, scores_of
from textwright.schema import Schema
from textwright.testing import HOSTILE_TEXTS
from textwright.types import Category, Scores, Span

Floats = NDArray[np.float32]
SPEC = Path(__file__).parents[1] / "spec" / "network.json"
WINDOW = Window(words=6, stride=3, reach=1)
FEATURES = Features(rows=997, width=12, ngrams=(3,))
WHOLE = replace(FEATURES, characters=False)
# Scripts that set no spaces between words.
UNSPACED = (
    "東京本社でシニアＵＸ開発者を募集、年収８００万円",
    "รับสมัครพยาบาลที่นี่ ๓๕,๐๐๐ บาท",
    "서울에서 시니어 개발자를 \u1109\u1165\u110b\u116e\u11af",
    "北京UX设计师DevLead和𠮷野家𝕊x か\u3099ー葛\U000e0100城",
    "ກຸງເທບ မြန်မာ ភ្នំពេញ",
)
TEXTS = (
    *(text for text in HOSTILE_TEXTS if len(text) < 100),
    "Sous ChefLondon",
    "R&amp;D Lead Â£30k",
    "C++/.NET dev",
    "it’sAll Men’sWear doesn’tApply DON’T",
    "it’s what doesn’t and ’tis",
    "𝕊it’sOk abCdeFghIj ÄrzteHaus straßeNord",
    "a\ud800b \udc00 ChefLondon\ud83d",
    "👩‍💻👩‍💻 LeadDev &nbsp;&nbsp; x",
    f"{'Zuständigkeits' * 6}Amt {'x' * 41} {'9' * 45}",
    "Nurse \u2028 Band\t5\r\n\u00a0\u00a0night - shift",
)
NESTINGS: tuple[Nesting, ...] = (
    {"OUT": ("IN",), "IN": (), "FREE": ()},
    {"A": ("B",), "B": ("C",), "C": ()},
    {"TWO": ("ONE", "OTHER"), "ONE": (), "OTHER": ()},
)
MOODS = {"labels": ["joy", "fear", "5", "4", "constructor"], "multiple": True}
SCHEMAS = (
    {"labels": ["OUT", "IN", "FREE"], "rules": [{"kind": "exactly_one_inside", "outer": "OUT", "inner": "IN"}]},
    {
        "labels": ["OUT", "IN", "FREE"],
        "rules": [
            {"kind": "exactly_one_inside", "outer": "OUT", "inner": "IN"},
            {"kind": "inside", "outer": "OUT", "inner": "IN"},
            {"kind": "no_overlap", "label": "OUT"},
        ],
    },
    {"labels": ["A", "B", "é"], "rules": [{"kind": "no_crossing"}, {"kind": "inside", "outer": "B", "inner": "é"}]},
    {"labels": ["A"], "tasks": {"mood": MOODS, "sender": {"labels": ["agency", "direct"]}}},
    {"tasks": {"mood": MOODS}},
)
THRESHOLDS: tuple[dict[str, dict[str, float]], ...] = ({}, {"mood": {"joy": 0.25, "5": 0.75}, "nobody": {"x": 0.1}})
HOSTILE_SCORES: tuple[list[list[Any]], ...] = (
    [],
    [[0, 3, "OUT", 0.9]],
    [[0, 3, "OUT", 0.9], [0, 3, "OUT", 0.4], [1, 2, "IN", 0.3], [1, 2, "IN", 0.3]],
    [[0, 2, "OUT", 0.5], [2, 4, "OUT", 0.5], [0, 4, "OUT", 0.5], [0, 1, "IN", 0.5], [3, 4, "IN", 0.5]],
    [[0, 1, "IN", 1.0], [5, 6, "IN", 1.0], [2, 3, "FREE", None], [3, 4, "FREE", 0.0]],
    [[0, 6, "OUT", 1.0], [0, 2, "IN", 1.0], [4, 6, "IN", 1.0]],
    [[0, 4000, "FREE", 0.75], [3999, 4001, "FREE", 0.5]],
)


# Scores are drawn in steps of so much: some so large that many are equal, some so small that weights are rounded.
STEPS = (1 / 32, 1.0, 1 / 2048, 2.0)


def content() -> str:
    """Give the whole file."""
    random_ = random.Random(0)
    parts = {
        "encode": [encoded(text, FEATURES) for text in (*TEXTS, *UNSPACED)],
        "encode_whole": [encoded(text, WHOLE) for text in UNSPACED],
        "best": [best(random_, place % len(NESTINGS)) for place in range(90)],
        "decode": [
            *(decoded(0, 0, spans, []) for spans in HOSTILE_SCORES),
            *(drawn_decode(random_, place % len(SCHEMAS)) for place in range(75)),
        ],
        "windows": [windowed(words) for words in range(15)],
        "read": [
            *(read_one(steps) for steps in (-2, -1, 0, 1, 2)),
            *(read(random_, place % len(NESTINGS), step=STEPS[place % len(STEPS)]) for place in range(36)),
        ],
    }
    head = {"features": FEATURES.to_data(), "nestings": NESTINGS, "schemas": SCHEMAS, "thresholds": THRESHOLDS}
    lines = [f' "{name}": {json.dumps(value)}' for name, value in head.items()]
    for name, cases in parts.items():
        lines.append(f' "{name}": [\n  ' + ",\n  ".join(json.dumps(case) for case in cases) + "\n ]")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def encoded(text: str, features: Features) -> dict[str, Any]:
    """Give a text's words as code points and numbers."""
    found = encode(text, features)
    return {"text": text, "starts": found.starts, "ends": found.ends, "rows": found.rows}


def best(random_: random.Random, nesting: int) -> dict[str, Any]:
    """Draw candidates with many equal weights, and give the best set of them."""
    labels = list(NESTINGS[nesting])
    places = {(start, start + random_.randint(1, 4), random_.choice(labels)) for start in range(6) for _ in range(3)}
    candidates = [Candidate(*place, random_.randint(-2, 3)) for place in sorted(places)]
    random_.shuffle(candidates)
    return {"nesting": nesting, "candidates": candidates, "best": best_spans(candidates, NESTINGS[nesting])}


def drawn_decode(random_: random.Random, schema: int) -> dict[str, Any]:
    """Draw probabilities with many equal ones."""
    known = Schema.from_data(SCHEMAS[schema])
    places = {
        (start, start + random_.randint(1, 4), label) for start in range(5) for label in known.spans for _ in range(2)
    }
    spans = [[*place, random_.randrange(0, 101, 5) / 100] for place in sorted(places) if random_.random() < 0.8]
    categories = [
        [task.name, label.name, random_.randrange(0, 101, 5) / 100] for task in known.tasks for label in task.labels
    ]
    if random_.random() < 0.3:
        categories += [["nobody", "x", 0.9], *categories[:1]]
    random_.shuffle(spans)
    return decoded(schema, random_.randrange(len(THRESHOLDS)), spans, categories)


def decoded(
    schema: int, thresholds: int, spans: Sequence[Sequence[Any]], categories: Sequence[Sequence[Any]]
) -> dict[str, Any]:
    """Give what probabilities decide."""
    scores = Scores(tuple(Span(*span) for span in spans), tuple(Category(*each) for each in categories))
    annotation = decode(scores, Schema.from_data(SCHEMAS[schema]), thresholds=THRESHOLDS[thresholds])
    case = {"schema": schema, "thresholds": thresholds, "spans": spans, "categories": categories}
    return {**case, "annotation": annotation_data(annotation)}


def windowed(words: int) -> dict[str, Any]:
    """Give the parts in which a text of so many words is read."""
    return {"words": words, "parts": list(WINDOW.parts(words)) if words else []}


def read(random_: random.Random, nesting: int, *, step: float) -> dict[str, Any]:
    """Draw the scores of a graph for a text with gaps, read in one part or several; give what they say."""
    text = drawn_words(random_, random_.randint(1, 9))
    labels, least = len(NESTINGS[nesting]), -round(5 / step) if step < 1 else -3

    def drawn(part: Part) -> Floats:
        size = len(part.words.starts)
        scores = [random_.randint(least, -least * 3 // 4) * step for _ in range(labels * size * size)]
        return np.array(scores, dtype=np.float32).reshape(labels, size, size)

    return said(nesting, text, drawn, temperature=random_.choice((1.0, 1.5)))


def read_one(steps: int) -> dict[str, Any]:
    """Give what the score of one word's span says, which is so many half steps of a weight."""
    scores = np.full((3, 1, 1), steps / 2048, dtype=np.float32)
    return said(0, Encoded((0,), (3,), ((),)), lambda _: scores, temperature=1.0)


def said(nesting: int, text: Encoded, drawn: Callable[[Part], Floats], *, temperature: float) -> dict[str, Any]:
    """Give scores with the spans and probabilities that they mean."""
    labels = NESTINGS[nesting]
    batches = list(part_batches([text], WINDOW))
    scored = [(parts, np.stack([drawn(part) for part in parts])) for parts in batches]
    by_start = sorted(
        (pair for parts, scores in scored for pair in zip(parts, scores.tolist(), strict=True)), key=first
    )
    likely = scores_of(scored, 1, labels, temperature=temperature)[0].spans
    return {
        "nesting": nesting,
        "starts": text.starts,
        "ends": text.ends,
        "scores": [scores for _, scores in by_start],
        "spans": [[s.start, s.end, s.label] for s in annotations_of(scored, 1, labels)[0].spans or ()],
        "temperature": temperature,
        "likely": [[s.start, s.end, s.label, round(s.score or 0.0, 7)] for s in likely],
    }


def first(pair: tuple[Part, Any]) -> int:
    """Say where a part begins to count."""
    return pair[0].first


def drawn_words(random_: random.Random, count: int) -> Encoded:
    """Draw the places of words, some of which are gaps."""
    starts, ends, place = list[int](), list[int](), 0
    for _ in range(count):
        place += random_.randint(0, 1)
        starts.append(place)
        place += random_.choice((0, 1, 2, 3))
        ends.append(place)
        place += starts[-1] == place
    return Encoded(tuple(starts), tuple(ends), tuple(() for _ in starts))


if __name__ == "__main__":
    SPEC.write_text(content(), encoding="utf-8")
