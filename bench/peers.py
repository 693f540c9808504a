"""Our recipes beside spaCy and scikit-learn: the same texts, the same run, everybody's defaults.

    python bench/peers.py [--data titles-2000,flat,...] [--peers network,spacy,...] [--json FILE]
    python bench/peers.py --files TRAIN DEV TEST

spaCy (spancat where spans nest, ner where they do not, textcat; the CPU settings of `spacy init config`) may train
as long as the first of our recipes in the run did, or `--seconds`. scikit-learn (TF-IDF and logistic regression)
takes part where texts are sorted. DEV stops early; the figures are those of TEST. One thread each; seconds are those
of the processor, so that a busy machine is fair. The data are read from ../shared/data (or $TEXTWRIGHT_SHARED/data),
`debian` from apt-cache.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

from textwright.dataset import Dataset, occurring_schema  # noqa: E402  # the threads must be set before
from textwright.evaluate.report import evaluate  # noqa: E402
from textwright.experiment.peers.spacy import chosen_labels  # noqa: E402
from textwright.experiment.peers.spacy import fit as fit_spacy  # noqa: E402
from textwright.packs.job_titles import SCHEMA  # noqa: E402
from textwright.predictor import Predictor  # noqa: E402
from textwright.schema import Schema, schema_of  # noqa: E402
from textwright.train.recipes import RECIPES, Wishes, trainer_for  # noqa: E402
from textwright.types import Annotation, Category, Example  # noqa: E402

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared")) / "data"
FLAT = ("LOCATION", "COMPANY", "SALARY")


@dataclass(frozen=True, slots=True)
class Data:
    """Texts to learn from, to stop early on and to judge by."""

    name: str
    train: Dataset
    dev: Dataset
    test: Dataset


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model of any maker, with what it cost."""

    model: Predictor
    seconds: float
    size_bytes: int


def main() -> None:
    chosen = arguments()
    rows = []
    for data in [from_files(chosen.files)] if chosen.files else map(read, chosen.data.split(",")):
        print(f"\n{data.name}: {len(data.train)} train, {len(data.dev)} dev, {len(data.test)} test", flush=True)
        seconds = chosen.seconds
        for peer in chosen.peers.split(","):
            if peer == "scikit" and not data.train.schema.tasks:
                continue
            row = judged(peer, data, seconds, seed=chosen.seed)
            seconds = seconds or row["train_seconds"]
            rows.append(row)
            print(shown(row), flush=True)
    if chosen.json:
        chosen.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=",".join(DATA))
    parser.add_argument("--files", type=Path, nargs=3, metavar=("TRAIN", "DEV", "TEST"))
    parser.add_argument("--peers", default="network,linear,transformer,spacy,scikit")
    parser.add_argument("--seconds", type=float, help="how long spaCy may train")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def judged(peer: str, data: Data, seconds: float | None, *, seed: int) -> dict[str, Any]:
    """Train one peer and judge it on the test texts."""
    if peer in RECIPES:
        fitted = ours(peer, data, seed)
    elif peer == "spacy":
        fitted = spacys(data, seconds or 300.0, seed)
    else:
        fitted = scikits(data)
    report = evaluate(fitted.model, data.test).to_data()
    tasks = {name: task["micro_f1"] for name, task in report["categories"].items()}
    return {
        "data": data.name,
        "peer": peer,
        "micro_f1": report["spans"]["micro"]["f1"] if data.train.schema.spans else tasks,
        "exact": report["whole_text"]["accuracy"]
        if data.train.schema.spans
        else {name: task["accuracy"] for name, task in report["categories"].items()},
        "train_seconds": fitted.seconds,
        "texts_per_second": rate(fitted.model, data.test.texts),
        "size_bytes": fitted.size_bytes,
        "labels": {name: each["f1"] for name, each in report["spans"].items()} if data.train.schema.spans else {},
    }


def rate(model: Predictor, texts: Sequence[str]) -> float:
    """Count the texts that a model answers in a second, in one call; the best of three."""
    many = list(texts) * max(1, 3000 // len(texts))
    taken = []
    for _ in range(3):
        began = time.process_time()
        model.predict(many)
        taken.append(time.process_time() - began)
    return len(many) / min(taken)


def shown(row: Mapping[str, Any]) -> str:
    def share(value: float | Mapping[str, float]) -> str:
        return f"{value:.3f}" if isinstance(value, float) else " ".join(f"{each:.3f}" for each in value.values())

    return (
        f"  {row['peer']:12} micro F1 {share(row['micro_f1'])}  exact {share(row['exact'])}"
        f"  trained {row['train_seconds']:.0f} s of one core  {row['texts_per_second']:,.0f} texts/s"
        f"  {row['size_bytes'] / 1e6:.1f} MB"
    )


def ours(recipe: str, data: Data, seed: int) -> Fitted:
    """Train one of our recipes."""

    def tell(part: str, progress: Any) -> None:
        print(f"    {part} {progress.epoch} {progress.loss:.3f} {progress.score:.4f}", file=sys.stderr, flush=True)

    began = time.process_time()
    model = trainer_for(recipe, data.train, Wishes(seed=seed, report=tell)).fit(data.train, data.dev)
    return Fitted(model, time.process_time() - began, model.size_bytes)


def spacys(data: Data, seconds: float, seed: int) -> Fitted:
    """Train spaCy's default pipeline for so many seconds and take its best."""
    began = time.process_time()
    model = fit_spacy(data.train, data.dev, seed=seed, seconds=seconds)
    return Fitted(model, time.process_time() - began, model.size_bytes)


# scikit-learn


@dataclass(frozen=True, slots=True)
class ScikitModel:
    """TF-IDF and logistic regression as a predictor."""

    schema: Schema
    pipeline: Any
    labels: Sequence[str]

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text."""
        [task] = self.schema.tasks
        chances = self.pipeline.predict_proba(list(texts))
        return [Annotation(categories=chosen_labels(task, dict(zip(self.labels, row, strict=True)))) for row in chances]


def scikits(data: Data) -> Fitted:
    """Train TF-IDF and logistic regression, with scikit-learn's defaults."""
    import pickle

    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MultiLabelBinarizer

    [task] = data.train.schema.tasks
    held = [[category.label for category in example.gold.categories or ()] for example in data.train]
    regression: Any = LogisticRegression(max_iter=1000)
    targets: Any = [labels[0] for labels in held]
    if task.multiple:
        regression, binarizer = OneVsRestClassifier(regression), MultiLabelBinarizer()
        targets = binarizer.fit_transform(held)
    began = time.process_time()
    pipeline = make_pipeline(TfidfVectorizer(), regression).fit(data.train.texts, targets)
    taken = time.process_time() - began
    labels = list(binarizer.classes_) if task.multiple else list(regression.classes_)
    return Fitted(ScikitModel(data.train.schema, pipeline, labels), taken, len(pickle.dumps(pipeline)))


# Data


def read(name: str) -> Data:
    if name not in DATA:
        sys.exit(f"no data are called {name!r}. Known: {', '.join(DATA)}; or name three --files")
    return DATA[name]()


def from_files(files: Sequence[Path]) -> Data:
    """Read a train, a dev and a test set in any format; the labels are those of the train set."""
    train = Dataset.read(files[0])
    several = {task.name for task in train.schema.tasks if any(_several(each, task.name) for each in train)}
    tasks = tuple(replace(task, multiple=task.name in several) for task in train.schema.tasks)
    schema = replace(train.schema, tasks=tasks)
    return Data(files[0].stem, *(Dataset(Dataset.read(file), schema=schema) for file in files))


def _several(example: Example, task: str) -> bool:
    return sum(category.task == task for category in example.gold.categories or ()) > 1


def titles(name: str, size: int | None, labels: Sequence[str] = ()) -> Data:
    """Take so many job titles, a tenth of them to stop early on; judge by dev.jsonl, which no default was chosen by."""
    schema = schema_of(labels) if labels else SCHEMA
    train, test = (Dataset.read(SHARED / "titles" / f"{part}.jsonl", schema=SCHEMA) for part in ("train", "dev"))
    taken = shuffled(only(train, labels))[:size]
    held_out = len(taken) // 10
    parts = taken[held_out:], taken[:held_out], only(test, labels)
    return Data(name, *(Dataset(part, schema=schema) for part in parts))


def only(examples: Iterable[Example], labels: Sequence[str]) -> list[Example]:
    """Keep the spans of some labels; all when none is named."""
    if not labels:
        return list(examples)
    kept = [(each, tuple(span for span in each.gold.spans or () if span.label in labels)) for each in examples]
    return [replace(each, gold=Annotation(spans=spans)) for each, spans in kept]


def emotion() -> Data:
    """Take 6,000 comments with 28 emotions, several at once."""
    labels = json.loads((SHARED / "emotion/labels.json").read_text(encoding="utf-8"))["labels"]
    task = {"labels": list(labels), "multiple": True}
    schema = Schema.from_data({"tasks": {"emotion": task}})
    taken = shuffled(comments("train"))[:6000]
    test = list(comments("dev"))[:2000]
    return Data("emotion", *(Dataset(part, schema=schema) for part in (taken[600:], taken[:600], test)))


def comments(part: str) -> Iterator[Example]:
    for row in rows(SHARED / f"emotion/{part}.jsonl.gz"):
        found = tuple(Category("emotion", label) for label in row["labels"])
        yield Example(row["id"], row["text"], Annotation(categories=found))


def adverts() -> Data:
    """Take British adverts since 2019, apart by advertiser."""
    parts: dict[str, list[Example]] = {"train": [], "dev": [], "test": []}
    for row in rows(SHARED / "adverts/adverts.jsonl.gz"):
        if row["weak_label"] and row["market"] == "UK" and int(str(row["year"])[:4]) >= 2019:
            category = Category("advertiser", row["weak_label"])
            place = int(hashlib.sha256(str(row["company"]).lower().encode()).hexdigest(), 16) % 10
            part = "test" if place < 2 else "dev" if place == 2 else "train"
            parts[part].append(Example(row["id"], row["text"], Annotation(categories=(category,))))
    schema = schema_of([], tasks={"advertiser": ["agency", "direct"]})
    return Data("adverts", *(Dataset(part, schema=schema) for part in parts.values()))


def debian() -> Data:
    """Sort descriptions of packages into 40 sections."""
    sys.path.insert(0, str(Path(__file__).parent))
    from debian import described_packages, parts  # type: ignore[import-not-found,unused-ignore]

    made = parts(described_packages())
    schema = occurring_schema(made["train"])
    return Data("debian", *(Dataset(made[part], schema=schema) for part in ("train", "dev", "test")))


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def shuffled(examples: Iterable[Example]) -> list[Example]:
    found = list(examples)
    random.Random(0).shuffle(found)
    return found


DATA: Mapping[str, Callable[[], Data]] = {
    "titles-2000": lambda: titles("titles-2000", 2000),
    "titles": lambda: titles("titles", None),
    "flat-2000": lambda: titles("flat-2000", 2000, FLAT),
    "flat": lambda: titles("flat", None, FLAT),
    "emotion": emotion,
    "adverts": adverts,
    "debian": debian,
}

if __name__ == "__main__":
    main()
