"""The emotion pack's models beside TF-IDF and logistic regression of scikit-learn, trained in the same run.

    python bench/emotion.py [--texts N] [--labels]

All are judged on dev of GoEmotions, read from ../shared/data (or $TEXTWRIGHT_SHARED/data), by thresholds that each half
of it has from the other half. Milliseconds are the processor's, on one thread, one comment after another.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import numpy as np  # noqa: E402  # the threads must be set before
from make_emotion_model import BORROWED, comments  # noqa: E402  # it stands in tools

from textwright.dataset import Dataset  # noqa: E402
from textwright.packs.emotion import SCHEMA  # noqa: E402
from textwright.references import open_model  # noqa: E402
from textwright.train.crossfit import Judged, cross_fitted, interval, macro_f1  # noqa: E402
from textwright.train.topics import category_lessons, target_table, topics_of  # noqa: E402
from textwright.types import Category, Scores  # noqa: E402

MODELS = ("emotion.transformer", "emotion.linear")
TIMED = 300
Score = Callable[[Sequence[str]], list[Scores]]


@dataclass(frozen=True, slots=True)
class Row:
    """A model's line in the table."""

    name: str
    megabytes: float | None
    milliseconds: float
    judged: Judged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--texts", type=int, default=None, help="train scikit-learn on so many comments; all without it"
    )
    parser.add_argument("--labels", action="store_true", help="show every label")
    asked = parser.parse_args()
    train, dev = comments("train", SCHEMA), comments("dev", SCHEMA)
    rows = [shipped(name, dev) for name in MODELS]
    rows.append(row("scikit-learn: TF-IDF + logistic regression", None, sklearn(train[: asked.texts]), dev))
    show(rows)
    if asked.labels:
        show_labels(rows)


def shipped(name: str, dev: Dataset) -> Row:
    model = open_model(name)
    size = model.size_bytes / 1e6  # type: ignore[attr-defined]  # both are folders
    return row(name, size, model.score, dev)  # type: ignore[attr-defined]


def row(name: str, megabytes: float | None, score: Score, dev: Dataset) -> Row:
    lessons = category_lessons(dev, SCHEMA, what="dev")
    judged = cross_fitted(score(dev.texts), lessons, SCHEMA, borrowed=BORROWED)
    return Row(name, megabytes, milliseconds(score, dev.texts[:TIMED]), judged)


def milliseconds(score: Score, texts: Sequence[str]) -> float:
    """Give the median time of a single text."""
    seconds = []
    for text in texts:
        began = time.process_time()
        score([text])
        seconds.append(time.process_time() - began)
    return float(np.median(seconds)) * 1000


def sklearn(train: Sequence) -> Score:  # type: ignore[type-arg]
    """Train one classifier a label on words and pairs of words."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline

    topics = topics_of(SCHEMA)
    targets = target_table(category_lessons(train, SCHEMA, what="train"), topics) >= 0.5
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    made = make_pipeline(words, OneVsRestClassifier(LogisticRegression(C=4, max_iter=200, solver="liblinear")))
    made.fit([example.text for example in train], targets)

    def score(texts: Sequence[str]) -> list[Scores]:
        return [
            Scores(categories=tuple(Category(*topic, float(p)) for topic, p in zip(topics, chances, strict=True)))
            for chances in made.predict_proba(texts)
        ]

    return score


def show(rows: Sequence[Row]) -> None:
    print("| model | MB | ms a comment | macro-F1, 28 labels | Ekman, 7 |\n| --- | ---: | ---: | --- | --- |")
    for each in rows:
        size = "" if each.megabytes is None else f"{each.megabytes:.2f}"
        tasks = " | ".join(figure(each.judged.of_task(task.name)) for task in SCHEMA.tasks)
        print(f"| {each.name} | {size} | {each.milliseconds:.1f} | {tasks} |")


def show_labels(rows: Sequence[Row]) -> None:
    print("\n| task | label | comments |" + "".join(f" {each.name} |" for each in rows))
    print("| --- | --- | ---: |" + " --- |" * len(rows))
    for task, label in topics_of(SCHEMA):
        own = [each.judged.of_label((task, label)) for each in rows]
        print(f"| {task} | {label} | {int(own[0].right.sum())} | " + " | ".join(map(figure, own)) + " |")


def figure(judged: Judged) -> str:
    low, high = interval(judged)
    return f"{macro_f1(judged):.3f} ({low:.3f}-{high:.3f})"


if __name__ == "__main__":
    main()
