"""Make the network and the linear model of the job_adverts pack.

    python tools/make_adverts_model.py [FOLDER]

It reads ../shared/data/adverts (or $TEXTWRIGHT_SHARED/data/adverts). The weak labels are partly wrong, so linear
models that never saw an advertiser say first what they think of its adverts; labels and opinions are taught together.
It takes about ten minutes on one core. Teaching what models think of the adverts without a label did not help.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import onnx
from adverts_data import ROOT, Advert, Parts, dataset, read_adverts, share_of, split, variants
from adverts_figures import judged, table

from textwright.bundle import Card, export
from textwright.dataset import Dataset
from textwright.evaluate.statistics import wilson
from textwright.packs.job_adverts import SCHEMA
from textwright.predictors.features import Features
from textwright.predictors.graph import open_session
from textwright.predictors.linear import LinearPredictor
from textwright.predictors.text import TextPredictor
from textwright.predictors.text_features import TextFeatures, encode_text
from textwright.testing import HOSTILE_TEXTS
from textwright.train.calibrate import calibrated
from textwright.train.fitting import Progress, Settings
from textwright.train.linear import LinearTrainer
from textwright.train.text_network import TextNetworkTrainer
from textwright.train.topics import CategoryLesson, soft_category_lessons
from textwright.train.trainers import described

Model = TypeVar("Model", TextPredictor, LinearPredictor)

# Words and pairs of words alone: adverts are long, and spelled well.
FEATURES = TextFeatures(Features(rows=32768, width=3, word_hashes=1, affixes=0, ngrams=(), characters=False))
FOLDS = 3
SHIPPED = ROOT / "src/textwright/packs/job_adverts"
# How often full adverts of agencies are shown, of which there are few, and how many of the others are.
AGAIN, OTHERS_DIRECT, BOARD = 6, 400, "uxbrighton"
CROP = 120
SHIFTS = [round(0.1 * step, 1) for step in range(-10, 21)]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED
    parts = split(read_adverts())
    adverts, dev = drawn(parts), dataset(parts.dev, SCHEMA, name="adverts/dev")
    spoil = Spoiling([*adverts, *parts.unlabelled])
    lessons = unseen_opinions(adverts, dev, spoil)
    network = trainer(spoil).fit_lessons(lessons, numbered(adverts, name="adverts"), dev)
    ship(described_by(even(network, parts.dev), parts, adverts), parts, folder / "model")
    baseline = linear(adverts, dev, spoil)
    ship(described_by(baseline, parts, adverts), parts, folder / "linear")


def even(model: TextPredictor, dev: Sequence[Advert]) -> TextPredictor:
    """Let what speaks for an agency from the start be what makes both labels right alike, in full texts and snippets.

    Long texts of agencies were few, and what speaks for one is spread thin in them.
    """
    logits = [float(total[0] - total[1]) for total in (model.opinion(encode_text(a.text, FEATURES)).total for a in dev)]
    cells: dict[tuple[str | None, bool], list[float]] = defaultdict(list)
    for advert, logit in zip(dev, logits, strict=True):
        cells[advert.label, advert.snippet].append(logit)

    def right(shift: float) -> float:
        shares = [[(logit + shift > 0) == (label == "agency") for logit in own] for (label, _), own in cells.items()]
        return sum(sum(each) / len(each) for each in shares)

    best = max(SHIFTS, key=lambda shift: (round(right(shift), 9), -abs(shift)))
    print(f"what speaks for an agency from the start gains {best}", file=sys.stderr)
    return shifted(model, best)


def shifted(model: TextPredictor, amount: float) -> TextPredictor:
    """Add to what speaks for an agency from the start."""
    graph = onnx.load_from_string(model.graph)
    [name] = [node.input[0] for node in graph.graph.node if node.output[0] == "bias"]
    [kept] = [each for each in graph.graph.initializer if each.name == name]
    moved = onnx.numpy_helper.to_array(kept) + np.array([amount / 2, -amount / 2], dtype=np.float32)
    kept.CopyFrom(onnx.numpy_helper.from_array(moved.astype(np.float32), name))
    content: bytes = graph.SerializeToString()
    return replace(model, graph=content, session=open_session(content))


def described_by(model: Model, parts: Parts, adverts: Sequence[Advert]) -> Model:
    """Name in the model the adverts it learned from, each once, and those without a label."""
    data = {
        "train": described(dataset({each.id: each for each in adverts}.values(), SCHEMA, name="adverts/train")),
        "dev": described(dataset(parts.dev, SCHEMA, name="adverts/dev")),
    }
    return replace(model, config={**model.config, "trained": {**model.config["trained"], **data}})


def ship(model: Model, parts: Parts, folder: Path) -> None:
    """Write the folder with its card and the temperature that suits dev; the samples are our own texts."""
    own: list[str] = Dataset.read(SHIPPED / "sample.jsonl").texts
    sure = calibrated(model, dataset(parts.dev, SCHEMA, name="adverts/dev"))
    export(sure, folder, samples=[*own, *HOSTILE_TEXTS], card=card_of(model, parts))


def card_of(model: Model, parts: Parts) -> Card:
    """Judge on advertisers that nobody learned from, and say what a person must know."""
    return Card(
        summary="Says whether a job advert was placed by a recruitment agency or by the employer, and which sentences "
        "decided.",
        licence="MIT",
        language="en",
        figures=table({model.name: judged(model)}, parts)
        + "\n\nThe share of right answers with Wilson's 95 % interval, on advertisers of modern UK adverts that are in "
        "neither train nor dev. Masked: the advertiser's name and words such as recruit*, agency, client are gone. Of "
        f"the adverts of all trades that we wrote for the pack's sample: {own_share(model)}.",
        limits=[
            "The labels are weak: made by rules from the advertiser's name and the text, some 2 to 4 of 100 "
            "wrong, more in snippets. Nobody can be right more often than they are.",
            "Few full texts of agencies were there to learn from and to judge on: see the wide interval.",
            "Learned mostly from data, analyst, software and design jobs of the UK, 2019 to 2026. Other trades and "
            "markets were few; other languages were never seen.",
            "An agency that writes as if it were the employer is often missed, and so is an employer who hides.",
            "Evidence is what the model went by, which may be a poor reason.",
        ],
        not_for=[
            "decisions about persons, or about a single firm without reading its advert",
            "statistics of the market without correcting for the errors above",
        ],
        made_with="python tools/make_adverts_model.py",
    )


def own_share(model: Model) -> str:
    """Write how many of the sample's adverts are right."""
    own = Dataset.read(SHIPPED / "sample.jsonl", schema=SCHEMA)
    right = sum(each.gold == answer for each, answer in zip(own, model.predict(own.texts), strict=True))
    low, high = wilson(right, len(own))
    return f"{right / len(own):.3f} [{low:.3f}, {high:.3f}]"


def drawn(parts: Parts) -> list[Advert]:
    """Choose what is learned from: as many agencies as employers in every form, market and year, about."""
    random_ = random.Random(0)
    board = [each for each in parts.train if each.source.startswith(BOARD)]
    left_out = {each.id for each in random_.sample(board, len(board) * 3 // 4)}
    rows = [each for each in parts.train if each.id not in left_out]
    rare = [each for each in rows if each.label == "agency" and not each.snippet]
    agencies = [each for each in parts.others if each.label == "agency"]
    employers = [each for each in parts.others if each.label == "direct"]
    return [*rows, *rare * (AGAIN - 1), *agencies, *random_.sample(employers, OTHERS_DIRECT)]


class Spoiling:
    """Say an advert otherwise: with another name, without it, without what gives it away."""

    def __init__(self, adverts: Sequence[Advert]) -> None:
        random_ = random.Random(0)
        names = sorted({each.company for each in adverts if 0 < len(each.company) < 30})
        self.ways = {each.text: variants(each, names, random_) for each in adverts}

    def __call__(self, text: str, random_: random.Random) -> str:
        return random_.choice(self.ways.get(text, [text]))

    def __repr__(self) -> str:
        return "Spoiling()"


def numbered(adverts: Sequence[Advert], *, name: str) -> Dataset:
    """Make a data set in which an advert may stand several times."""
    return dataset([replace(each, id=f"{each.id}-{place}") for place, each in enumerate(adverts)], SCHEMA, name=name)


def pieces(adverts: Sequence[Advert], spoil: Spoiling) -> list[Advert]:
    """Cut adverts for linear models: beginnings, ends and middles, so that length says nothing; each spoiled once."""
    random_, found = random.Random(0), list[Advert]()
    for advert in adverts:
        words = advert.text.split(" ")
        begins = {0} if len(words) <= CROP else {0, len(words) - CROP, random_.randrange(len(words) - CROP)}
        cut = [" ".join(words[begin : begin + CROP]) for begin in sorted(begins)]
        found += [replace(advert, text=text) for text in cut]
        found.append(replace(advert, text=spoil(advert.text, random_)))
    return found


def linear(adverts: Sequence[Advert], dev: Dataset, spoil: Spoiling) -> LinearPredictor:
    made = LinearTrainer(schema=SCHEMA, name="job_adverts.linear", features=FEATURES, strengths=(4.0,)).fit(
        numbered(pieces(adverts, spoil), name="adverts"), dev
    )
    assert isinstance(made, LinearPredictor)
    return made


def unseen_opinions(adverts: Sequence[Advert], dev: Dataset, spoil: Spoiling) -> list[CategoryLesson]:
    """Ask about each advert a linear model that learned from other advertisers."""
    found: list[CategoryLesson] = []
    for fold in range(FOLDS):
        own = list({each.id: each for each in adverts if fold_of(each) == fold}.values())
        model = linear([each for each in adverts if fold_of(each) != fold], dev, spoil)
        found += soft_category_lessons([each.text for each in own], model.score([each.text for each in own]))
    return found


def fold_of(advert: Advert) -> int:
    return int(share_of(f"fold {advert.group}") * FOLDS) % FOLDS


def trainer(spoil: Spoiling) -> TextNetworkTrainer:
    settings = Settings(epochs=8, patience=8, batch=32, rate=2e-3, forget=0.3, average=0.995, seed=1)
    return TextNetworkTrainer(
        schema=SCHEMA,
        name="job_adverts",
        features=FEATURES,
        embedding=48,
        hidden=48,
        layers=1,
        dropout=0.4,
        crop=CROP,
        shortest_crop=CROP // 2,
        noise=0.6,
        spoil=spoil,
        settings=settings,
        report=show,
    )


def show(progress: Progress) -> None:
    mark = " *" if progress.best else ""
    print(
        f"{progress.epoch}/{progress.epochs} loss {progress.loss:.3f} dev {progress.score:.4f}{mark}", file=sys.stderr
    )


if __name__ == "__main__":
    main()
