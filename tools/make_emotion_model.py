"""Make the models of the emotion pack: fine-tune a small encoder on GoEmotions, and a linear model beside it.

    python tools/make_emotion_model.py [--work out/models/emotion]

It reads ../shared/data/emotion (or $TEXTWRIGHT_SHARED/data/emotion) and takes about half an hour on one core. Each step
keeps what it made in the work folder, the training its state after each epoch: a run that was stopped goes on there.
The figures of the card are those of dev, which chose the epoch and the thresholds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from textwright.bundle import Card, export, reopened
from textwright.dataset import Dataset
from textwright.predictor import Exportable, Scorer
from textwright.predictors.features import Features
from textwright.predictors.folder import GRAPH
from textwright.predictors.transformer import TOKENISER, TransformerPredictor, from_files
from textwright.schema import Schema
from textwright.testing import HOSTILE_TEXTS
from textwright.train.checkpoint import Checkpoint
from textwright.train.crossfit import cross_fitted, figures
from textwright.train.encoder import Encoder, open_encoder
from textwright.train.fitting import Progress, Settings
from textwright.train.linear import LinearTrainer
from textwright.train.prune import pruned_model
from textwright.train.quantise import quantised
from textwright.train.topics import category_lessons, tuned_thresholds
from textwright.train.transformer import TransformerTrainer
from textwright.train.vocabulary import emoji_of, latin, pruned, save_encoder
from textwright.types import Annotation, Category, Example

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))
EMOTION = SHARED / "data" / "emotion"
PACK_FOLDER = ROOT / "src/textwright/packs/emotion"
SAMPLE = PACK_FOLDER / "sample.jsonl"

# The authors put these in place of names and religions.
MASKS = {"[NAME]": "name", "[RELIGION]": "religion"}
# Faces that are known even where the train set has none, and braille patterns that only draw pictures.
FACES, BRAILLE = range(0x1F600, 0x1F650), range(0x2800, 0x2900)
SEEN_LEAST = 3
LAYERS = 5
# With so many comments in dev even a rare label needs little help to find its threshold.
BORROWED = 1.0

SUMMARY = (
    "What a short English comment says its writer feels: the 27 emotions of GoEmotions with neutral, several at "
    "once, and Ekman's groups. MiniLM-L6 without its last layer, its vocabulary cut to what occurs, emoji added, "
    "fine-tuned; layers in int8, embeddings in 4 bits."
)
LINEAR = (
    "The emotions of GoEmotions by logistic regression on hashed words and runs of characters: the baseline to "
    "compare with."
)
CREDIT = (
    "Learned from GoEmotions by Dorottya Demszky, Dana Movshovitz-Attias, Jeongwoo Ko, Alan Cowen, Gaurav Nemade "
    "and Sujith Ravi (Google Research and Stanford, ACL 2020, arXiv:2005.00547), which "
    "google-research/google-research publishes under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/); "
    "the weights have the same licence. What was changed: the tables were turned into JSON Lines and their CSV "
    "quoting undone, numbers of labels replaced by names, Ekman's groups added by the authors' mapping, neutral "
    "as a group of its own; then models were learned from the texts."
)
LIMITS = (
    "Learned from short comments of English-speaking Reddit users (12 words in the median, 33 at most). Expect "
    "worse on e-mail, reviews, tickets or speech, and nothing on other languages.",
    "The raters were native English speakers from India and saw no thread: irony, slang and politics are often "
    "labelled wrongly. An outside review called 308 of 1,000 comments strongly mislabelled.",
    "Rare labels rest on few comments: grief on 77 of 43,410, pride on 111, relief on 153, nervousness on 164.",
    "Names and religions stood as [NAME] and [RELIGION] in the comments, most but not all; a text that holds the "
    "names themselves reads a little differently.",
    "The data is offensive in places and not representative of people; so may be what was learned.",
    "It says what words express, not what anybody feels.",
)
NOT_FOR = (
    "Diagnosing anyone, or judging anyone's mental health or risk.",
    "Decisions about single people: hiring, schooling, credit, insurance, policing; moderation that no person "
    "looks at.",
    "Watching the feelings of employees, pupils or customers.",
    "Finding the people who wrote the comments.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=ROOT / "out/models/emotion")
    work: Path = parser.parse_args().work
    schema = Schema.read(PACK_FOLDER / "schema.toml")
    train, dev = (comments(part, schema) for part in ("train", "dev"))
    ship(small(exact(train, dev, schema, work), train), dev, schema, PACK_FOLDER / "model", SUMMARY)
    ship(baseline(train, dev, schema), dev, schema, PACK_FOLDER / "linear", LINEAR)


def comments(part: str, schema: Schema) -> Dataset:
    """Read a part of GoEmotions, with Ekman's groups beside the emotions."""
    groups = json.loads((EMOTION / "labels.json").read_text(encoding="utf-8"))["label_to_ekman"]
    with gzip.open(EMOTION / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    examples = [
        Example(row["id"], row["text"], Annotation(categories=categories(row["labels"], groups))) for row in rows
    ]
    return Dataset(examples, schema=schema, name=f"GoEmotions {part}")


def categories(labels: Iterable[str], groups: dict[str, str]) -> tuple[Category, ...]:
    """Give the emotions of a comment, then the groups that hold them."""
    emotions = list(labels)
    held = sorted({groups[label] for label in emotions})
    return (*(Category("emotion", label) for label in emotions), *(Category("ekman", group) for group in held))


def small_encoder(texts: Iterable[str], folder: Path) -> Path:
    """Keep of MiniLM's vocabulary what the comments need, and add faces and masks."""
    if not (folder / "config.json").exists():
        seen = list(texts)
        faces = emoji_of([*seen, *(chr(code) for code in FACES for _ in range(SEEN_LEAST))], least=SEEN_LEAST)
        drawn = {face: name for face, name in sorted(faces.items()) if ord(face) not in BRAILLE}
        save_encoder(pruned(lighter(), seen, least=SEEN_LEAST, added={**MASKS, **drawn}), folder)
    return folder


def lighter() -> Encoder:
    """Open MiniLM without its last layer, and let it learn without dropout: faster, and as good in few epochs."""
    encoder = open_encoder(None)
    network: Any = encoder.network
    network.encoder.layer = network.encoder.layer[:LAYERS]
    network.config.num_hidden_layers = LAYERS
    network.config.hidden_dropout_prob = network.config.attention_probs_dropout_prob = 0.0
    return encoder


def exact(train: Dataset, dev: Dataset, schema: Schema, work: Path) -> TransformerPredictor:
    """Fine-tune the encoder; what is learned is kept in the work folder with exact weights."""
    folder = work / "exact"
    if not (folder / "config.json").exists():
        trainer = TransformerTrainer(
            encoder=small_encoder(train.texts, work / "encoder"),
            schema=schema,
            name="emotion",
            settings=Settings(epochs=3, patience=3, batch=32, rate=1e-3, average=0.999),
            gently=0.1,
            precision="float32",
            report=show,
            checkpoint=Checkpoint(work / "learning.pt", tell=tell),
        )
        export(trainer.fit(train, dev), folder, samples=HOSTILE_TEXTS)
    return TransformerPredictor.open(folder)


def small(model: TransformerPredictor, train: Dataset) -> TransformerPredictor:
    """Let letters of other scripts go, and keep the weights in few bits."""
    latin_only = pruned_model(model, train.texts, least=SEEN_LEAST, characters=latin)
    files = latin_only.files
    return from_files(quantised(files[GRAPH], "int8", tables="int4"), files[TOKENISER], latin_only.config)


def baseline(train: Dataset, dev: Dataset, schema: Schema) -> Exportable:
    """Learn the same by logistic regression."""
    words = Features(rows=32768, width=24, word_hashes=1, affixes=0, characters=False)
    features = replace(LinearTrainer().features, words=words)
    return LinearTrainer(schema=schema, name="emotion.linear", features=features).fit(train, dev)


def ship(model: Exportable, dev: Dataset, schema: Schema, folder: Path, summary: str) -> None:
    """Tune a model's thresholds and write it with its card into the pack."""
    assert isinstance(model, Scorer)
    scores, lessons = model.score(dev.texts), category_lessons(dev, schema, what="dev")
    thresholds = tuned_thresholds(scores, lessons, schema, borrowed=BORROWED)
    tuned = reopened(model, config={**model.config, "thresholds": thresholds})
    samples = [*HOSTILE_TEXTS, *Dataset.read(SAMPLE, schema=schema).texts]
    judged = cross_fitted(scores, lessons, schema, borrowed=BORROWED)
    export(tuned, folder, samples=samples, card=card(figures(judged, schema), len(dev), summary))
    tell(f"{folder}: {model.size_bytes / 1e6:.2f} MB")


def card(table: str, comments: int, summary: str) -> Card:
    """Say what a person must know of a model."""
    judged = (
        f"{comments} comments of dev, which also chose the epoch. Thresholds of one half are judged on the other, both "
        "ways; the model itself has thresholds from all of dev. Intervals by bootstrap over comments."
    )
    return Card(
        summary=f"{summary}\n\n{CREDIT}",
        licence="CC-BY-4.0",
        language="en",
        figures=f"{judged}\n\n{table}",
        limits=LIMITS,
        not_for=NOT_FOR,
        made_with="python tools/make_emotion_model.py",
    )


def show(progress: Progress) -> None:
    mark = " *" if progress.best else ""
    tell(f"{progress.epoch}/{progress.epochs} loss {progress.loss:.3f} dev macro F1 {progress.score:.4f}{mark}")


def tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
