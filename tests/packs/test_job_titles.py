"""The job_titles pack: its schema, its baseline and its sample."""

from __future__ import annotations

import json
import tomllib
from itertools import combinations
from pathlib import Path

import jsonschema
import pytest

import textwright
from textwright.dataset import Dataset
from textwright.packs.job_titles import HERE, PACK, SCHEMA
from textwright.packs.job_titles.split import split_title
from textwright.references import open_model
from textwright.testing import HOSTILE_TEXTS, check_predictor

PUBLISHED = json.loads(Path(textwright.__file__).with_name("schema.schema.json").read_text(encoding="utf-8"))
KEYS = {
    "JOBTITLE": "j",
    "COREJOBTITLE": "c",
    "SENIORITY": "s",
    "EMPLOYMENT_TYPE": "e",
    "DURATION": "d",
    "LOCATION": "l",
    "REMOTE_OPTION": "r",
    "SALARY": "p",
    "COMPANY": "o",
}


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast_with_white(colour: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    parts = [c / 255 for c in rgb(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_labels_stand_in_the_order_of_the_guideline_with_their_keys() -> None:
    assert {label.name: label.key for label in SCHEMA.labels} == KEYS
    assert SCHEMA.spans == tuple(KEYS)
    table = [line for line in SCHEMA.guideline.splitlines() if line.startswith("| ") and line[2].isupper()]
    assert [line.split(" | ")[0].removeprefix("| ") for line in table] == list(KEYS)


def test_schema_file_has_the_published_shape() -> None:
    jsonschema.validate(tomllib.loads((HERE / "schema.toml").read_text(encoding="utf-8")), PUBLISHED)
    jsonschema.validate(SCHEMA.to_data(), PUBLISHED)


def test_each_label_has_a_meaning_and_a_colour_that_can_be_read_on_white() -> None:
    for label in SCHEMA.labels:
        assert label.meaning.endswith("."), label.name
        assert contrast_with_white(label.colour or "") >= 4.5, label.name


def test_colours_can_be_told_apart() -> None:
    for a, b in combinations(SCHEMA.labels, 2):
        distance = sum((x - y) ** 2 for x, y in zip(rgb(a.colour or ""), rgb(b.colour or ""), strict=True)) ** 0.5
        assert distance >= 40, (a.name, b.name)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Senior UX Researcher - 6 month contract", "Senior UX Researcher"),
        ("Nurse – Leeds", "Nurse"),
        ("Nurse, Leeds", "Nurse"),
        ("Nurse (RGN)", "Nurse"),
        ("Chef / Cook", "Chef"),
        ("UX/UI Designer", "UX/UI Designer"),
        ("Nurse | Leeds", "Nurse"),
        ("Nurse: nights", "Nurse"),
        ("Nurse  Leeds", "Nurse"),
        ("Designer at Fitbit", "Designer"),
        ("Designer IN Leeds", "Designer"),
        ("Mid-weight Designer", "Mid-weight Designer"),
        ("Training Inspector", "Training Inspector"),
        ("  Nurse  ", "Nurse"),
        ("- Nurse", None),
        ("", None),
        (" \t ", None),
    ],
)
def test_split_cuts_at_the_first_sign(text: str, title: str | None) -> None:
    spans = split_title(text).spans or ()
    assert [text[s.start : s.end] for s in spans] == ([title, title] if title else [])
    assert {s.label for s in spans} == ({"JOBTITLE", "COREJOBTITLE"} if title else set())


def test_split_is_a_predictor_that_keeps_the_rules_of_the_schema() -> None:
    model = PACK.models["split"]()
    check_predictor(model)
    for text, annotation in zip(HOSTILE_TEXTS, model.predict(HOSTILE_TEXTS), strict=True):
        assert model.schema.problems(text, annotation) == []


def test_sample_is_large_has_every_label_and_keeps_the_schema() -> None:
    sample = Dataset.read(PACK.sample, schema=SCHEMA)
    assert len(sample) >= 300
    assert {span.label for example in sample for span in example.gold.spans or ()} == set(KEYS)
    assert [problem for example in sample for problem in SCHEMA.problems(example.text, example.gold)] == []


@pytest.mark.parametrize("reference", ["job_titles.split", "job_adverts.cues"])
def test_rules_in_code_have_a_size(reference: str) -> None:
    assert 500 < getattr(open_model(reference), "size_bytes", 0) < 10_000
