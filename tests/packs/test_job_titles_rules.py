"""The rules of the job_titles pack on headlines of our own."""

from __future__ import annotations

import pytest

import textwright as tw
from textwright.dataset import Dataset
from textwright.packs.job_titles import PACK, SCHEMA
from textwright.predictor import Predictor
from textwright.testing import HOSTILE_TEXTS, check_predictor


@pytest.fixture(scope="module")
def rules() -> Predictor:
    return PACK.models["rules"]()


def marked(model: Predictor, text: str, label: str) -> list[str]:
    [annotation] = model.predict([text])
    return [text[s.start : s.end] for s in annotation.spans or () if s.label == label]


def accuracy(model: Predictor, dataset: Dataset) -> float:
    return float(tw.evaluate(model, dataset).to_data()["exact"]["JOBTITLE"]["accuracy"])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Senior UX Researcher - 6 month contract, Edinburgh", ["Senior UX Researcher"]),
        ("Head of Design", ["Head of Design"]),
        ("Sales Executive (Automotive)", ["Sales Executive"]),
        ("Software Engineer, Backend", ["Software Engineer"]),
        ("Chef or Sous Chef", ["Chef", "Sous Chef"]),
        ("UX/UI Designer", ["UX/UI Designer"]),
        ("Sales and Marketing Manager", ["Sales and Marketing Manager"]),
        ("URGENT! Care Worker Jobs Hatherleigh", ["Care Worker"]),
        ("Nurse for busy clinic", ["Nurse"]),
        ("C#/.NET Developer - £50k", ["C#/.NET Developer"]),
        ("R&amp;D Engineer II", ["R&amp;D Engineer II"]),
        ("Work with us!", []),
        ("", []),
    ],
)
def test_title_is_found(rules: Predictor, text: str, title: list[str]) -> None:
    assert marked(rules, text, "JOBTITLE") == title


@pytest.mark.parametrize(
    ("text", "label", "found"),
    [
        ("Senior Product Manager", "SENIORITY", ["Senior", "Manager"]),
        ("Senior Product Manager", "COREJOBTITLE", ["Product Manager"]),
        ("Assistant Store Manager", "COREJOBTITLE", ["Store Manager"]),
        ("Staff Nurse", "SENIORITY", []),
        ("Staff Engineer", "SENIORITY", ["Staff"]),
        ("UX Designer - £30k - £35k + bonus", "SALARY", ["£30k - £35k"]),
        ("Administrator  ****k  Leeds", "SALARY", ["****k"]),
        ("Analyst (12 month FTC)", "DURATION", ["12 month"]),
        ("Analyst (12 month FTC)", "EMPLOYMENT_TYPE", ["FTC"]),
        ("Analyst, 3 years experience", "DURATION", []),
        ("Data Engineer - Remote - UK", "REMOTE_OPTION", ["Remote"]),
        ("Hybrid Cloud Engineer", "REMOTE_OPTION", []),
        ("Teacher - London or Leeds", "LOCATION", ["London", "Leeds"]),
        ("Teacher - Leeds, West Yorkshire", "LOCATION", ["Leeds, West Yorkshire"]),
    ],
)
def test_other_labels_are_found(rules: Predictor, text: str, label: str, found: list[str]) -> None:
    assert marked(rules, text, label) == found


def test_rules_keep_the_contract_and_the_schema(rules: Predictor) -> None:
    check_predictor(rules)
    texts = [*HOSTILE_TEXTS, *Dataset.read(PACK.sample).texts]
    for text, annotation in zip(texts, rules.predict(texts), strict=True):
        assert SCHEMA.problems(text, annotation) == [], text


def test_rules_do_better_than_the_split_on_the_sample(rules: Predictor) -> None:
    sample = Dataset.read(PACK.sample, schema=SCHEMA)
    ours = accuracy(rules, sample)
    split = accuracy(PACK.models["split"](), sample)
    assert ours > 0.85
    assert ours > split + 0.2
