from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.train import tiny, tiny_texts
from tests.train.encoders import FAMILIES, written
from textwright.bundle import export
from textwright.dataset import Dataset
from textwright.errors import DataError, ModelError
from textwright.evaluate.report import evaluate
from textwright.parity import broken_promises
from textwright.predictors.features import Features, encode
from textwright.predictors.graph import open_session
from textwright.predictors.transformer import TransformerPredictor, placed_pieces, word_pieces
from textwright.references import open_model
from textwright.schema import Schema
from textwright.testing import HOSTILE_TEXTS, check_predictor, check_trainer
from textwright.train.encoder import Encoder, open_encoder
from textwright.train.encoder_graph import exact_graph
from textwright.train.fitting import Settings
from textwright.train.prepare import lessons_of, span_f1
from textwright.train.span_encoder import SpanEncoder
from textwright.train.text_encoder import TextEncoder
from textwright.train.transformer import TransformerTrainer
from textwright.types import Annotation, Category, Example

TEXTS = [example.text for example in (*tiny.TRAIN, *tiny_texts.TRAIN)]
MOODS = Schema.from_data({"tasks": {"mood": {"labels": ["glad", "sad", "wild"], "multiple": True}}})
# The contract is kept quickly for one family of each kind of pieces; for the others by `make verify`.
PIECES = ("bert", "roberta", "xlm_roberta")
LEARNED = [pytest.param(each, marks=[] if each in PIECES else [pytest.mark.verify]) for each in FAMILIES]
Folder = Callable[[str], Path]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Write the encoder of a family once."""
    made: dict[str, Path] = {}

    def give(family: str) -> Path:
        if family not in made:
            made[family] = written(family, tmp_path_factory.mktemp(family), TEXTS)
        return made[family]

    return give


def trainer(encoder: Path, **changes: object) -> TransformerTrainer:
    settings = Settings(epochs=1, batch=16, rate=1e-2, average=0.8, forget=0.1)
    features = Features(rows=512, width=16)
    return TransformerTrainer(**{"encoder": encoder, "features": features, "settings": settings, **changes})  # type: ignore[arg-type]


# --- every family -----------------------------------------------------------------------------


@pytest.mark.parametrize("family", FAMILIES)
def test_a_graph_of_spans_says_what_torch_says(family: str, folder: Folder) -> None:
    encoder, features = open_encoder(folder(family)), Features(rows=64, width=8)
    network = SpanEncoder(encoder.network, encoder.width, features.rows, 2).eval()
    texts = ("Senior Chef - Leeds", "zq Nurse, 👩")
    words = [encode(text, features) for text in texts]
    pieces = [word_pieces(text, each, encoder.tokeniser) for text, each in zip(texts, words, strict=True)]
    inputs = {"rows": np.array([each.rows for each in words], np.int32), **placed_pieces(pieces, 0)}
    assert differ(network, [inputs]) < 1e-3


@pytest.mark.parametrize("family", FAMILIES)
def test_a_graph_of_categories_says_what_torch_says(family: str, folder: Folder) -> None:
    encoder = open_encoder(folder(family))
    network = TextEncoder(encoder.network, encoder.width, 3).eval()
    assert differ(network, [windows(length) for length in (1, 2, 9, 40)]) < 1e-3


def windows(length: int) -> dict[str, np.ndarray]:
    """Make three windows of pieces, of which the second is half empty."""
    ids = np.arange(3 * length, dtype=np.int32).reshape(3, length) % 50
    mask = np.ones_like(ids)
    mask[1, length // 2 + 1 :] = 0
    return {"ids": ids, "mask": mask}


def differ(network: TextEncoder | SpanEncoder, asked: Sequence[dict[str, np.ndarray]]) -> float:
    """Say how far the scores of a graph are from those of its network, at most."""
    session = open_session(exact_graph(network))
    found = []
    for inputs in asked:
        [scores] = session.run(None, inputs)
        with torch.no_grad():
            expected = network(*(torch.from_numpy(each).long() for each in inputs.values())).numpy()
        assert scores.shape == expected.shape
        found.append(float(np.abs(scores - expected).max()))
    return max(found)


@pytest.mark.parametrize("family", LEARNED)
def test_every_family_learns_spans_and_keeps_the_contract(family: str, folder: Folder, tmp_path: Path) -> None:
    export(trainer(folder(family), schema=tiny.SCHEMA).fit(tiny.TRAIN, tiny.DEV), tmp_path / "model")
    check_predictor(open_model(f"{tmp_path}/model"))


@pytest.mark.parametrize("family", LEARNED)
def test_every_family_learns_categories_and_keeps_the_contract(family: str, folder: Folder, tmp_path: Path) -> None:
    export(trainer(folder(family)).fit(tiny_texts.TRAIN, tiny_texts.DEV), tmp_path / "model")
    check_predictor(open_model(f"{tmp_path}/model"))


# --- what is learned --------------------------------------------------------------------------


@pytest.mark.parametrize("family", ["bert", pytest.param("xlm_roberta", marks=pytest.mark.verify)])
def test_spans_are_learned(family: str, folder: Folder) -> None:
    settings = Settings(epochs=6, batch=8, rate=1e-2, average=0.8, forget=0.1)
    model = trainer(folder(family), schema=tiny.SCHEMA, settings=settings).fit(tiny.TRAIN, tiny.DEV)
    assert span_f1(model, lessons_of(tiny.DEV, tiny.SCHEMA, what="dev")) > 0.95
    [scores] = model.score(["Senior Nurse - Leeds"])
    assert max(span.score or 0 for span in scores.spans if span.label == "TITLE") > 0.5


@pytest.fixture(scope="module")
def moods(folder: Folder) -> TransformerPredictor:
    """Learn whether notes are glad, sad or, with an exclamation mark, wild: several may be."""
    settings = Settings(epochs=10, batch=8, rate=2e-2, average=0.8)
    train, dev = [several(each) for each in tiny_texts.TRAIN], [several(each) for each in tiny_texts.DEV]
    return trainer(folder("bert"), schema=MOODS, settings=settings, gently=1.0).fit(train, dev)


def several(example: Example) -> Example:
    mood = next(category.label for category in example.gold.categories or () if category.task == "mood")
    wild = (Category("mood", "wild"),) if "joy" in example.text or "awful" in example.text else ()
    return Example(example.id, example.text, Annotation(categories=(Category("mood", mood), *wild)))


def test_several_categories_are_learned(moods: TransformerPredictor) -> None:
    report = evaluate(moods, Dataset([several(each) for each in tiny_texts.DEV])).to_data()
    assert report["categories"]["mood"]["macro_f1"] > 0.9


def test_one_category_a_task_is_learned(folder: Folder) -> None:
    settings = Settings(epochs=10, batch=8, rate=2e-2, average=0.8)
    model = trainer(folder("distilbert"), settings=settings, gently=1.0).fit(tiny_texts.TRAIN, tiny_texts.DEV)
    report = evaluate(model, Dataset(tiny_texts.DEV)).to_data()
    assert min(report["categories"][task]["accuracy"] for task in ("subject", "mood")) > 0.8


def test_thresholds_decide(moods: TransformerPredictor) -> None:
    all_of_them = dict.fromkeys(("glad", "sad", "wild"), 0.0)
    generous = TransformerPredictor.predict(with_config(moods, thresholds={"mood": all_of_them}), ["soup"])
    assert [category.label for category in generous[0].categories or ()] == ["glad", "sad", "wild"]


def test_temperature_calms_probabilities(moods: TransformerPredictor) -> None:
    def boldest(model: TransformerPredictor) -> float:
        return max(abs((category.score or 0) - 0.5) for category in model.score(["We saw soup."])[0].categories)

    assert boldest(with_config(moods, temperature={"mood": 50.0})) < boldest(moods)


def with_config(model: TransformerPredictor, **changes: object) -> TransformerPredictor:
    from dataclasses import replace

    return replace(model, config={**model.config, **changes})


def test_fitting_twice_gives_the_same_model(folder: Folder) -> None:
    check_trainer(trainer(folder("bert"), schema=tiny.SCHEMA), tiny.TRAIN[:40], tiny.DEV[:8])


# --- long texts -------------------------------------------------------------------------------


def test_a_long_text_is_read_to_its_end(moods: TransformerPredictor) -> None:
    calm = "Today there is bread. " * 300
    first, second = moods.score([calm, calm + "How awful! " * 300])
    assert [each.score for each in first.categories] != [each.score for each in second.categories]
    assert len(moods.tokeniser.windows(calm)) > 2


def test_spans_are_found_beyond_what_the_encoder_reads_at_once(folder: Folder) -> None:
    settings = Settings(epochs=8, batch=8, rate=1e-2, average=0.8, forget=0.0)
    model = trainer(folder("bert"), schema=tiny.SCHEMA, settings=settings, pieces=16).fit(tiny.TRAIN, tiny.DEV)
    text = "- " * 90 + "Senior Nurse - Leeds"
    [annotation] = model.predict([text])
    assert "Leeds" in {text[span.start : span.end] for span in annotation.spans or ()}


# --- folders ----------------------------------------------------------------------------------


def test_a_folder_opens_without_torch(moods: TransformerPredictor, tmp_path: Path) -> None:
    export(moods, tmp_path / "model", samples=HOSTILE_TEXTS)
    code = (
        "import sys\n"
        "for name in ('torch', 'transformers', 'onnx', 'sklearn'): sys.modules[name] = None\n"
        "from textwright import open_model\n"
        "from textwright.parity import broken_promises\n"
        f"print(broken_promises(open_model('{tmp_path}/model'), '{tmp_path}/model'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


def test_a_folder_has_what_others_expect(moods: TransformerPredictor, tmp_path: Path) -> None:
    export(moods, tmp_path / "model", samples=["soup"])
    files = {str(path.relative_to(tmp_path / "model")) for path in (tmp_path / "model").rglob("*") if path.is_file()}
    assert files == {"config.json", "tokenizer.json", "onnx/model.onnx", "parity.json", "README.md"}
    assert broken_promises(open_model(f"{tmp_path}/model"), tmp_path / "model") == []


@pytest.mark.parametrize("name", ["tokenizer.json", "onnx/model.onnx"])
def test_a_damaged_model_folder_is_refused(name: str, moods: TransformerPredictor, tmp_path: Path) -> None:
    export(moods, tmp_path / "model")
    path = tmp_path / "model" / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ModelError, match="is damaged or was replaced"):
        TransformerPredictor.open(tmp_path / "model")


def test_a_configuration_without_tokens_is_refused(moods: TransformerPredictor, tmp_path: Path) -> None:
    export(moods, tmp_path / "model")
    path = tmp_path / "model" / "config.json"
    config = json.loads(path.read_text())
    del config["tokens"]
    path.write_text(json.dumps(config))
    with pytest.raises(ModelError, match="tokens"):
        TransformerPredictor.open(tmp_path / "model")


# --- encoders that are none -------------------------------------------------------------------


def broken(folder: Path, target: Path, change: Callable[[Path], object]) -> Path:
    """Copy an encoder and break it."""
    target.mkdir()
    for path in folder.iterdir():
        (target / path.name).write_bytes(path.read_bytes())
    change(target)
    return target


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda path: (path / "config.json").unlink(), "has no config.json"),
        (lambda path: (path / "model.safetensors").unlink(), "has no weights"),
        (lambda path: (path / "model.safetensors").write_bytes(b"no"), "is no folder with an encoder"),
        (lambda path: (path / "config.json").write_text("{}"), "is no folder with an encoder"),
        (lambda path: (path / "tokenizer.json").write_text("{}"), "tokenizer.json cannot be read"),
        (lambda path: [each.unlink() for each in path.glob("token*")], "has no tokeniser"),
    ],
)
def test_a_broken_encoder_is_named(
    change: Callable[[Path], object], found: str, folder: Folder, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match=found):
        open_encoder(broken(folder("bert"), tmp_path / "broken", change))


def test_a_tokeniser_with_more_pieces_than_its_encoder_is_refused(folder: Folder, tmp_path: Path) -> None:
    larger = (folder("roberta") / "tokenizer.json").read_text()
    with pytest.raises(ModelError, match="one is damaged"):
        open_encoder(broken(folder("bert"), tmp_path / "mixed", lambda to: (to / "tokenizer.json").write_text(larger)))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is no encoder's folder"):
        open_encoder(tmp_path / "nowhere")


# --- data that cannot be learned from -----------------------------------------------------------


def test_an_empty_train_set_is_refused(folder: Folder) -> None:
    with pytest.raises(DataError):
        trainer(folder("bert"), schema=tiny.SCHEMA).fit([], tiny.DEV)


def test_a_label_of_dev_that_is_not_learned_is_refused(folder: Folder) -> None:
    other = Example("x", "x", Annotation(categories=(Category("mood", "grim"),)))
    with pytest.raises(DataError, match="grim"):
        trainer(folder("bert")).fit(tiny_texts.TRAIN, [*tiny_texts.DEV, other])


# --- pieces -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(folder: Folder) -> Encoder:
    """Open an encoder that reads ten pieces at once."""
    return open_encoder(folder("bert"), most=10)


def test_each_word_knows_its_first_and_last_piece(small: Encoder) -> None:
    found = small.tokeniser.words(["Nurse", "", "eee", "\x00", "-"])
    assert [len(window) for window in found.windows] == [8]
    assert found.firsts == ((0, 1), (0, 2), (0, 3), (0, 0), (0, 6))
    assert found.lasts == ((0, 1), (0, 2), (0, 5), (0, 0), (0, 6))


def test_words_beyond_a_window_are_read_in_the_next(small: Encoder) -> None:
    found = small.tokeniser.words(["nurse"] * 14)
    assert [len(window) for window in found.windows] == [10, 10]
    nurse = small.tokeniser.made.token_to_id("nurse")
    assert all(found.windows[window][place] == nurse for window, place in (*found.firsts, *found.lasts))


def test_half_a_character_is_read(small: Encoder) -> None:
    assert small.tokeniser.windows("\ud83d") == small.tokeniser.windows("?")
