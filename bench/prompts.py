"""What the small embedded model makes of UX job titles: without labels, with their meanings, with examples.

    python bench/prompts.py [TEXTS]

It reads ../shared/data/titles/dev.jsonl (or $TEXTWRIGHT_SHARED/data/titles/dev.jsonl), asks about so many UX titles
(40), drawn at random, and shows examples from train.jsonl beside it. Without labels the model names its own; those
that mean a job (NAMES) count as JOBTITLE.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textwright.dataset import Dataset
from textwright.evaluate.report import evaluate
from textwright.packs.job_titles import SCHEMA
from textwright.predictors.prompt_file import asking_of, predictor_of
from textwright.references import surroundings

ROOT = Path(__file__).parents[1]
TITLES = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared")) / "data/titles"
LABELS = ["JOBTITLE", "SENIORITY"]
NAMES = ("JOB", "JOB_TITLE", "TITLE", "ROLE", "POSITION", "OCCUPATION", "PERSON", "PROFESSION")
MAX_TOKENS = 80


def main() -> None:
    dev = Dataset.read(TITLES / "dev.jsonl", schema=SCHEMA)
    ux = [each for each in dev if each.meta["domain"] == "ux"]
    texts = min(len(ux), int(sys.argv[1]) if len(sys.argv) > 1 else 40)
    places = sorted(random.Random(0).sample(range(len(ux)), texts))
    drawn = dev.with_examples(ux[place] for place in places)
    print(f"{texts} UX titles of {TITLES / 'dev.jsonl'}, answers of at most {MAX_TOKENS} tokens")
    print("| asked | JOBTITLE exact | JOBTITLE span F1 | SENIORITY exact | failed | seconds a text |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, told in ways().items():
        print(row(name, told, drawn), flush=True)


def ways() -> Mapping[str, Mapping[str, Any]]:
    """Name the ways of asking, each with what is told."""
    labelled = {"schema": "job_titles", "labels": LABELS}
    found: dict[str, Mapping[str, Any]] = {
        "no labels": {"map": dict.fromkeys(NAMES, "JOBTITLE")},
        "labels and meanings": labelled,
    }
    for count, choose in ((4, "first"), (4, "cover"), (4, "similar"), (8, "cover"), (8, "similar")):
        examples = {"file": str(TITLES / "train.jsonl"), "count": count, "choose": choose}
        found[f"{count} examples, {choose}"] = {**labelled, "examples": examples}
    return found


def row(name: str, told: Mapping[str, Any], drawn: Dataset) -> str:
    """Ask, judge, and write a row of the table."""
    described = {"name": name, "template": "ner", "parameters": {"max_tokens": MAX_TOKENS}, **told}
    predictor = predictor_of(asking_of(described, surroundings(), where=name))
    data = evaluate(predictor, drawn, labels=LABELS, name=name).to_data()
    job, seniority = data["exact"]["JOBTITLE"], data["exact"]["SENIORITY"]
    seconds = data["usage"]["seconds"] / data["dataset"]["examples"]
    interval = f"{job['accuracy']:.2f} ({job['low']:.2f} to {job['high']:.2f})"
    f1 = data["spans"]["JOBTITLE"]["f1"]
    return f"| {name} | {interval} | {f1:.2f} | {seniority['accuracy']:.2f} | {data['failed']} | {seconds:.1f} |"


if __name__ == "__main__":
    main()
