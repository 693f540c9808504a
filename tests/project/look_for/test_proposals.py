"""What texts propose: shapes, words and texts of like meaning, a language model's labels."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.llm.servers import Server, model_server, status
from textwright.project import open_project
from textwright.project.look_for import asked, groups
from textwright.project.look_for.proposals import Proposing
from textwright.project.look_for.shapes import shape_proposals
from textwright.project.look_for.shown import Place, find_place, meant_place, read_places
from textwright.wrangle import Cluster

SHAPES: Mapping[str, tuple[list[str], str]] = {
    "AMOUNT": (["oil 500 ml", "milk 2 ml tub", "glue 3 ml", "ink 40ml"], "500 ml"),
    "PRICE": (["tea £3.50", "cake for £2", "a bun, 3 euros", "jam €4,20"], "£3.50"),
    "CODE": (["drill DHP453 body", "router AX-55U", "error E1042 again", "lamp B22D bulb"], "DHP453"),
    "DATE": (["due 12 May", "on 2024-03-01", "by 3rd March 2025", "since June 2019"], "12 May"),
    "VERSION": (["since 4.2.1 it fails", "in 10.0.3", "on 3.1.0 now", "with v2.0.1"], "10.0.3"),
    "EMAIL": (["write to a.b@example.org", "c@example.com now", "or d@example.net", "e@example.io"], "e@example.io"),
    "IN_BRACKETS": (["tea (green)", "cake (stale)", "bun (new) here", "jam (red)"], "green"),
    "QUOTED": (['says "no disk"', 'the words "try again" show', 'got "denied"', 'then "bad token"'], "no disk"),
    "NAME": (
        ["a Bosch drill", "a saw that Makita made", "the Le Creuset pot in red", "one Sony set with lamp"],
        "Bosch",
    ),
}


ELSEWHERE: Mapping[str, list[str]] = {
    "PRICE": [
        "65 000 €",
        "2\u202f450,50\u202f€",
        "12,500 ₪",
        "200 000 ₽",
        "₹500",
        "1.500 €",
        "30,000元",
        "８００万円",
        "5,000만원",
    ],
    "QUOTED": ["kein Netz", "pas de réseau", "нет сети", "エラー"],
    "IN_BRACKETS": ["正社員", "مؤقت"],
}


@pytest.mark.parametrize(
    ("name", "words"), [(name, each) for name, all_words in ELSEWHERE.items() for each in all_words]
)
def test_shapes_are_those_of_other_countries_too(name: str, words: str) -> None:
    around = {
        "PRICE": f"x {words}, y",
        "QUOTED": {"kein Netz": "sagt „kein Netz“", "エラー": "画面に「エラー」と"}.get(words, f"dit «{words}» ici"),
        "IN_BRACKETS": {"正社員": "開発者（正社員）を"}.get(words, f"مهندس ({words})"),
    }
    found = {each.name: each for each in shape_proposals([around[name]] * 4)}[name]
    assert {place.text[place.start : place.end].strip() for place in found.places} == {words}


@pytest.mark.parametrize("name", SHAPES)
def test_shape_is_proposed_with_a_place(name: str) -> None:
    texts, words = SHAPES[name]
    found = {each.name: each for each in shape_proposals(texts)}[name]
    assert found.texts == 4
    assert words in {place.text[place.start : place.end] for place in found.places}


def test_names_from_within_texts_are_shown_before_words_that_begin_one() -> None:
    texts = ["Boarding now", *(f"Baggage from {town} is on the belt" for town in ("Oslo", "Porto", "Oslo", "Izmir"))]
    [name] = shape_proposals(texts)
    assert name.meaning == "A name: Oslo, Boarding, Porto."
    assert [place.text[place.start : place.end] for place in name.places] == ["Oslo", "Porto", "Izmir"]


@pytest.mark.parametrize("texts", [[], [""], ["plain words alone"] * 30, ["A Book For You", "My Old Red Hat"] * 9])
def test_nothing_is_proposed_where_nothing_shows(texts: list[str]) -> None:
    assert shape_proposals(texts) == []


def test_groups_of_like_texts_are_proposed_as_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    bills = [f"do refund the invoice {number}" for number in range(12)]
    faults = [f"the screen and the app crash {number}" for number in range(12)]
    found = [
        Cluster(1, tuple(range(12)), ("do",), (bills[3],)),
        Cluster(2, tuple(range(12, 24)), ("the",), (faults[0],)),
        Cluster(3, (24,), ("alone",), ("alone",)),
    ]
    monkeypatch.setattr(groups, "clusters", lambda *_, **__: found)
    task = groups.group_proposal([*bills, *faults, "alone", bills[0], *(f"more {number}" for number in range(5))])
    assert task is not None
    assert [(answer.name, answer.texts) for answer in task.answers] == [("refund and invoice", 12), ("app crash", 12)]
    assert task.answers[0].shown == (bills[3],)
    assert groups.group_proposal(bills) is None
    monkeypatch.setattr(groups, "clusters", lambda *_, **__: found[:1])
    assert groups.group_proposal([*bills, *faults]) is None


def test_a_model_is_asked_and_its_words_must_stand_in_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Bosch drill\nSony TV\n", encoding="utf-8")
    project = open_project(tmp_path / "a.txt")
    said = [("maker", "Who makes it.", "sony"), ("PLACE", "Where it is.", "Leeds"), (" ", "Nothing.", "TV")]
    labels = [dict(zip(("name", "meaning", "words"), each, strict=True)) for each in said]
    with Server(model_server(lambda _: json.dumps({"labels": labels}))) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        monkeypatch.setenv("TEXTWRIGHT_CACHE", str(tmp_path / "cache"))
        connection = asked.connection_of(project)
        assert connection is not None
        [found] = asked.asked_proposals(project, connection)
    assert (found.name, found.meaning, found.places) == ("MAKER", "Who makes it.", (Place("Sony TV", 0, 4),))


def test_model_that_fails_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Bosch drill\n", encoding="utf-8")
    proposing = Proposing(open_project(tmp_path / "a.txt"))
    with Server(status(401)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        proposing.ask()
        while (found := proposing.found()).asked == "asking":
            time.sleep(0.01)
    assert (found.model, found.labels) == (server.address, ())
    assert "answered 401" in found.asked


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("Who makes it, such as Sony or Bosch.", "sony"),
        ("Makers: Philips, Bosch", "Bosch"),
        ("Who makes it.", None),
        ("", None),
        ("Such as: (nothing)", None),
    ],
)
def test_meaning_names_where_a_label_is_shown(meaning: str, words: str | None) -> None:
    place = meant_place(meaning, ["a sony TV", "Bosch drill"])
    assert (place and place.text[place.start : place.end]) == words


def test_whole_words_are_found_before_parts_of_words() -> None:
    assert find_place(["carpet", "a  car"], "car") == Place("a  car", 3, 6)
    assert find_place(["carpet"], "car") == Place("carpet", 0, 3)
    assert find_place(["a  b c"], " a b ") == Place("a  b c", 0, 4)
    assert find_place(["x"], " ") is None


@pytest.mark.parametrize(
    "content", ["", "[]", '{"examples": {"A": {"text": "x", "start": 0, "end": 9}}}', '{"examples": 3}']
)
def test_places_that_cannot_be_read_are_none(tmp_path: Path, content: str) -> None:
    project = open_project(tmp_path / "a.textwright")
    (project.folder / "look_for.json").write_text(content, encoding="utf-8")
    assert read_places(project) == {}


def test_shapes_come_at_once_and_a_process_looks_on(tmp_path: Path) -> None:
    """What the process finds in larger texts is tried under `verify`: here it finds nothing."""
    lines = [f"{chr(97 + number) * 5} {number} kg" for number in range(16)]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    proposing = Proposing(open_project(tmp_path / "a.txt"))
    seen = [proposing.found()]
    while not seen[-1].ready:
        time.sleep(0.02)
        seen.append(proposing.found())
    assert ["AMOUNT"] in [[label.name for label in each.labels] for each in seen if not each.ready]
    assert ([label.name for label in seen[-1].labels], seen[-1].task, seen[-1].lacking) == (["AMOUNT"], None, "")


def test_work_that_is_closed_ends_its_process(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join(f"chair {number}" for number in range(40)), encoding="utf-8")
    proposing = Proposing(open_project(tmp_path / "a.txt"))
    proposing.found()
    proposing.close()
    while not proposing.found().ready:
        time.sleep(0.02)
    assert proposing.found().task is None


def test_texts_that_cannot_be_read_end_the_look(tmp_path: Path) -> None:
    project = open_project(tmp_path / "a.textwright")
    project.texts_file.write_text("no JSON\n", encoding="utf-8")
    proposing = Proposing(project)
    while not (found := proposing.found()).ready:
        time.sleep(0.02)
    assert "texts.jsonl" in found.lacking
