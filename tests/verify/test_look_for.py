"""What texts of the examples propose, with the packages for meanings, in the process that looks for it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from textwright.project import open_project
from textwright.project.examples import sample
from textwright.project.look_for.proposals import Proposed, Proposing
from textwright.project.look_for.shown import open_texts

pytestmark = pytest.mark.verify


def proposed(folder: Path, texts: list[str]) -> Proposed:
    (folder / "a.txt").write_text("\n".join(texts), encoding="utf-8")
    proposing = Proposing(open_project(folder / "a.txt"))
    while not (found := proposing.found()).ready:
        time.sleep(0.05)
    return found


def test_products_propose_colours_amounts_and_names(tmp_path: Path) -> None:
    texts = [example.text for example in sample("products").texts()]
    found = proposed(tmp_path, texts)
    labels = {label.name: label for label in found.labels}
    assert labels.keys() >= {"NAME", "AMOUNT", "COLOUR"}
    assert labels["COLOUR"].texts > len(texts) / 4
    for label in found.labels:
        for place in label.places:
            assert place.text in texts
            assert place.text[place.start : place.end].strip()


def test_tickets_propose_groups(tmp_path: Path) -> None:
    found = proposed(tmp_path, [example.text for example in sample("tickets").texts()])
    assert found.task is not None
    assert 2 <= len(found.task.answers) <= 6
    assert all(answer.shown and answer.name for answer in found.task.answers)


def test_words_of_like_meaning_are_proposed_under_an_everyday_name(tmp_path: Path) -> None:
    colours = ("black", "white", "red", "blue", "green", "grey")
    found = proposed(tmp_path, [f"{thing} {colour}" for thing in ("lamp", "chair", "book") for colour in colours])
    [colour] = [label for label in found.labels if label.name == "COLOUR"]
    assert 12 <= colour.texts <= len(open_texts(open_project(tmp_path / "a.txt"))) < 18
    assert {place.text[place.start : place.end] for place in colour.places} <= set(colours)
