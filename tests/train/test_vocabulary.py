from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.train.encoders import written
from textwright.errors import ModelError
from textwright.predictors.tokens import Tokeniser
from textwright.train.encoder import Encoder, open_encoder, vectors
from textwright.train.vocabulary import latin, pruned, save_encoder

KNOWN = ["Senior Nurse in Leeds", "Lead Welder in York", "Java Developer at home", "a nurse, a chef and a teacher"]
KEPT = ["a nurse in Leeds", "a nurse in York", "Leeds, York"]
KINDS = ("bert", "roberta", "xlm_roberta", "modernbert")


@pytest.fixture(params=KINDS)
def encoder(request: pytest.FixtureRequest, tmp_path: Path) -> Encoder:
    return open_encoder(written(request.param, tmp_path / "encoder", KNOWN * 3))


def read(encoder: Encoder, text: str) -> torch.Tensor:
    [ids] = encoder.tokeniser.windows(text)
    with torch.no_grad():
        return vectors(encoder.network.eval(), torch.tensor([ids]), torch.ones(1, len(ids), dtype=torch.long))


def test_texts_that_were_kept_are_read_as_before(encoder: Encoder) -> None:
    before, pieces = [read(encoder, text) for text in KEPT], encoder.tokeniser.made.get_vocab_size()
    small = pruned(encoder, KEPT)
    assert small.tokeniser.made.get_vocab_size() < pieces
    for text, expected in zip(KEPT, before, strict=True):
        torch.testing.assert_close(read(small, text), expected)


def test_a_word_that_is_no_piece_any_more_is_spelt(tmp_path: Path) -> None:
    small = pruned(open_encoder(written("bert", tmp_path / "encoder", KNOWN * 3)), KEPT)
    assert "teacher" not in small.tokeniser.made.get_vocab()
    tokens = small.tokeniser.made.encode("teacher", add_special_tokens=False).tokens
    assert "".join(token.removeprefix("##") for token in tokens) == "teacher"


def test_rare_pieces_go(tmp_path: Path) -> None:
    small = pruned(open_encoder(written("bert", tmp_path / "encoder", KNOWN * 3)), KEPT, least=2)
    assert {"nurse", "york"} <= set(small.tokeniser.made.get_vocab())
    assert "developer" not in small.tokeniser.made.get_vocab()


def test_added_pieces_begin_as_what_they_are_like(encoder: Encoder) -> None:
    like = encoder.tokeniser.made.encode("nurse", add_special_tokens=False).ids
    expected = encoder.network.get_input_embeddings().weight[torch.tensor(like)].mean(0)  # type: ignore[operator]
    made = pruned(encoder, KEPT, added={"[JOB]": "nurse"})
    [ids] = made.tokeniser.windows("a[JOB]!")
    number = made.tokeniser.made.token_to_id("[JOB]")
    assert number in ids
    torch.testing.assert_close(made.network.get_input_embeddings().weight[number], expected)  # type: ignore[operator]


def test_a_pruned_encoder_is_written_and_opened(encoder: Encoder, tmp_path: Path) -> None:
    small = pruned(encoder, KEPT, added={"😀": "a nurse"})
    save_encoder(small, tmp_path / "small")
    again = open_encoder(tmp_path / "small")
    assert again.tokeniser.frame == small.tokeniser.frame
    torch.testing.assert_close(read(again, "a 😀 nurse"), read(small, "a 😀 nurse"))


def test_a_tokeniser_of_another_kind_is_refused(tmp_path: Path) -> None:
    encoder = open_encoder(written("bert", tmp_path / "encoder", KNOWN * 3))
    data = json.loads(encoder.tokeniser.content)
    data["model"] = {"type": "WordLevel", "vocab": {"[UNK]": 0, "a": 1}, "unk_token": "[UNK]"}
    other = Tokeniser(encoder.tokeniser.made, json.dumps(data).encode(), encoder.tokeniser.frame)
    with pytest.raises(ModelError, match="WordLevel"):
        pruned(replace(encoder, tokeniser=other), KEPT)


def test_letters_of_other_scripts_can_go(tmp_path: Path) -> None:
    encoder = open_encoder(written("bert", tmp_path / "encoder", [*KNOWN * 3, "я 漢 ß ,", "x"]))
    kept = set(pruned(encoder, KEPT, characters=latin).tokeniser.made.get_vocab())
    assert {"ß", ",", "x"} <= kept
    assert not {"я", "漢"} & kept


def test_what_was_added_stays_when_pruned_again(encoder: Encoder) -> None:
    made = pruned(encoder, KNOWN, added={"😀": "nurse", "[JOB]": "chef"})
    before = read(made, "a 😀 nurse [JOB]")
    torch.testing.assert_close(read(pruned(made, KEPT), "a 😀 nurse [JOB]"), before)
