from __future__ import annotations

from pathlib import Path

import pytest
from transformers import BertConfig, BertModel, BertTokenizerFast

from tests.train.tiny import DEV, JOBS, RANKS, SCHEMA, TOWNS, TRAIN
from textwright.errors import ModelError
from textwright.predictors.features import Features
from textwright.testing import check_predictor
from textwright.train.fitting import Settings
from textwright.train.prepare import lessons_of, span_f1
from textwright.train.transformer import TransformerTrainer, open_encoder, tokens_of


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write an encoder with random weights that knows the words of the tiny world."""
    folder = tmp_path_factory.mktemp("encoder")
    words = " ".join((*JOBS, *RANKS, *TOWNS)).lower().split()
    letters = [mark + chr(code) for code in range(97, 123) for mark in ("", "##")]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "-", "|", *letters, *dict.fromkeys(words)]
    (folder / "vocab.txt").write_text("\n".join(vocabulary))
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(vocabulary), **sizes)).save_pretrained(folder)
    return folder


def test_an_encoder_learns_and_keeps_the_contract(encoder: Path) -> None:
    settings = Settings(epochs=6, batch=8, rate=1e-2, average=0.8, forget=0.1)
    trainer = TransformerTrainer(encoder, schema=SCHEMA, features=Features(rows=512, width=16), settings=settings)
    model = trainer.fit(TRAIN, DEV)
    assert span_f1(model, lessons_of(DEV, SCHEMA, what="dev")) > 0.95
    check_predictor(model)
    [scores] = model.score(["Senior Nurse - Leeds"])
    assert max(span.score or 0 for span in scores.spans if span.label == "TITLE") > 0.5


def test_each_word_knows_its_first_and_last_token(encoder: Path) -> None:
    tokens = tokens_of(["Nurse", "", "xyz", "👩"], open_encoder(encoder)[1])
    assert (tokens.firsts, tokens.lasts) == ((1, 2, 3, 6), (1, 2, 5, 6))


def test_words_beyond_the_encoder_have_its_first_token(encoder: Path) -> None:
    tokens = tokens_of(["nurse"] * 600, open_encoder(encoder)[1])
    assert (len(tokens.ids), tokens.firsts[509], tokens.firsts[510], tokens.firsts[-1]) == (512, 510, 0, 0)


def test_a_folder_without_an_encoder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is no folder with an encoder"):
        open_encoder(tmp_path)
