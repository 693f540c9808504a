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
from pathlib import Path
from typing import Any

from textwright.dataset import Dataset
from textwright.predictors.transformer import TransformerPredictor
from textwright.schema import Schema
from textwright.train.checkpoint import Checkpoint
from textwright.train.encoder import Encoder, open_encoder
from textwright.train.fitting import Progress, Settings
from textwright.train.transformer import TransformerTrainer
from textwright.train.vocabulary import emoji_of, pruned, save_encoder
from textwright.types import Annotation, Category, Example

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))
EMOTION = SHARED / "data" / "emotion"
PACK_FOLDER = ROOT / "src/textwright/packs/emotion"

# The authors put these in place of names and religions.
MASKS = {"[NAME]": "name", "[RELIGION]": "religion"}
# Faces that are known even where the train set has none, and braille patterns that only draw pictures.
FACES, BRAILLE = range(0x1F600, 0x1F650), range(0x2800, 0x2900)
SEEN_LEAST = 3
LAYERS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=ROOT / "out/models/emotion")
    work: Path = parser.parse_args().work
    schema = Schema.read(PACK_FOLDER / "schema.toml")
    train, dev = (comments(part, schema) for part in ("train", "dev"))
    taught(train, dev, schema, work)


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


def taught(train: Dataset, dev: Dataset, schema: Schema, work: Path) -> TransformerPredictor:
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
    return trainer.fit(train, dev)


def show(progress: Progress) -> None:
    mark = " *" if progress.best else ""
    tell(f"{progress.epoch}/{progress.epochs} loss {progress.loss:.3f} dev macro F1 {progress.score:.4f}{mark}")


def tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
