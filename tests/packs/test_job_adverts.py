"""The job_adverts pack: its schema, its models and its sample."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from textwright.dataset import Dataset
from textwright.evaluate.report import evaluate
from textwright.packs import open_pack
from textwright.packs.job_adverts import HERE, PACK, SCHEMA
from textwright.packs.job_adverts.cues import CuesPredictor
from textwright.predictor import Predictor, answers
from textwright.predictors.text import TextPredictor
from textwright.testing import check_predictor

SAMPLE = Dataset.read(PACK.sample, schema=SCHEMA)
AGENCY = "Our client, a bank in Leeds, is looking for an analyst. They offer hybrid working. Contact our consultants."


def label(model: Predictor, text: str) -> str:
    [annotation] = model.predict([text])
    return (annotation.categories or ())[0].label


def test_the_pack_is_installed_and_its_sample_fits_its_schema() -> None:
    assert open_pack("job_adverts") is PACK
    assert len(SAMPLE) >= 40
    assert [SCHEMA.problems(each.text, each.gold) for each in SAMPLE if SCHEMA.problems(each.text, each.gold)] == []


@pytest.mark.parametrize("open_it", PACK.models.values(), ids=PACK.models)
def test_every_model_keeps_the_contract(open_it: Callable[[], Predictor]) -> None:
    check_predictor(open_it())


def test_networks_do_better_than_cues_on_our_own_adverts() -> None:
    right = {
        name: evaluate(open_it(), SAMPLE).to_data()["categories"]["advertiser"]["accuracy"]
        for name, open_it in PACK.models.items()
    }
    assert right["network"] >= 0.85
    assert right["network"] > right["cues"]


@pytest.mark.parametrize("name", ["model", "linear"])
def test_the_folders_are_small(name: str) -> None:
    size = sum(path.stat().st_size for path in (HERE / name).rglob("*") if path.is_file())
    assert size <= 4_000_000


def test_the_sentence_that_decided_is_shown() -> None:
    [answer] = answers(PACK.models["network"](), [AGENCY])
    assert answer.annotation is not None
    best = max(answer.notes["evidence"], key=lambda each: each["score"])
    assert best["label"] == "agency"
    assert AGENCY[best["start"] : best["end"]].startswith(("Our client", "Contact our consultants"))


def test_a_text_of_20000_characters_is_read_to_its_end() -> None:
    model = PACK.models["network"]()
    assert isinstance(model, TextPredictor)
    filler = "The work is varied and the days are long. " * 470
    [spans] = model.evidence([filler + AGENCY])
    assert len(filler + AGENCY) > 19_000
    assert label(model, filler + AGENCY * 3) in {"agency", "direct"}
    assert spans


def test_a_typical_advert_takes_milliseconds() -> None:
    model, text = PACK.models["network"](), " ".join(SAMPLE.texts)[:4000]
    model.predict([text])
    seconds = []
    for _ in range(15):
        began = time.perf_counter()
        model.predict([text])
        seconds.append(time.perf_counter() - began)
    assert min(seconds) < 0.02


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our client needs a nurse.", "agency"),
        ("Join us. Strictly no agencies, our client list is long.", "direct"),
        ("", "direct"),
    ],
)
def test_cues_are_a_handful_of_phrases(text: str, expected: str) -> None:
    assert label(CuesPredictor(SCHEMA), text) == expected
