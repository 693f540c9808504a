"""`textwright wording`: the same texts in several wordings, judged and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.llm.servers import Exchange, Server, says

from .conftest import Run


def line(text: str, *spans: tuple[str, str]) -> str:
    marked = [
        {"start": text.index(words), "end": text.index(words) + len(words), "label": label} for label, words in spans
    ]
    return json.dumps({"text": text, "spans": marked}) + "\n"


DATA = [
    line(f"{rank} {job}", ("RANK", rank), ("JOB", job)) for rank in ("Senior", "Junior") for job in ("Nurse", "Cook")
]
SCHEMA = {"labels": {"RANK": {"meaning": "how high a job stands"}, "JOB": {"meaning": "what somebody does"}}}


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEXTWRIGHT_CACHE", str(tmp_path / "answers.sqlite"))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "TEXTWRIGHT_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    Path("data.jsonl").write_text("".join(DATA), encoding="utf-8")
    Path("examples.jsonl").write_text(line("Lead Driver", ("RANK", "Lead"), ("JOB", "Driver")), encoding="utf-8")
    Path("schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")


def answers_when_told(exchange: Exchange) -> None:
    """Find the job where it is asked for, and the rank only when its meaning is told."""
    told, *_, asked = [each["content"] for each in exchange.received.json["messages"]]
    rank, job = asked.removeprefix("<text>\n").removesuffix("\n</text>").split()
    spans = [{"label": "RANK", "text": rank}] if "how high" in told else []
    if "- JOB" in told:
        spans.append({"label": "JOB", "text": job})
    says(json.dumps({"spans": spans}))(exchange)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(answers_when_told) as running:
        yield running


def asked(run: Run, server: Server, *options: str) -> Any:
    return run("wording", "ner", "--data", "data.jsonl", "--base-url", server.address, "--model", "talker", *options)


def test_a_meaning_is_shown_to_help(run: Run, server: Server) -> None:
    done = asked(run, server, "--schema", "schema.json", "--examples", "examples.jsonl", "--json", "out.json")
    assert done.status == 0, done.err
    found = json.loads(Path("out.json").read_text(encoding="utf-8"))
    rank = {each["model"]["name"]: each["exact"]["RANK"]["accuracy"] for each in found["reports"]}
    assert rank == {"name": 0.0, "meaning": 1.0, "examples": 0.0, "meaning and examples": 1.0}
    job = {each["exact"]["JOB"]["accuracy"] for each in found["reports"]}
    assert job == {1.0}
    assert "4 texts." in done.out
    assert re.search(r"RANK +name +0\.000 +0\.000 to 0\.490 +0\.000 ", done.out)
    assert re.search(r"RANK +meaning +1\.000 +0\.510 to 1\.000 +1\.000 +\+1\.000 \(\+0\.\d+ to \+1\.000\)", done.out)
    assert "exact:RANK: meaning" in done.out


def test_without_examples_two_wordings_are_left(run: Run, server: Server) -> None:
    done = asked(run, server, "--schema", "schema.json", "--labels", "RANK", "--limit", "2", "--json", "out.json")
    assert done.status == 0, done.err
    reports = json.loads(Path("out.json").read_text(encoding="utf-8"))["reports"]
    assert [each["model"]["name"] for each in reports] == ["name", "meaning"]
    assert [each["dataset"]["examples"] for each in reports] == [2, 2]
    assert list(reports[0]["exact"]) == ["RANK"]


def test_the_data_s_own_labels_are_asked_for(run: Run, server: Server) -> None:
    done = asked(run, server, "--json", "out.json")
    assert done.status == 0, done.err
    reports = json.loads(Path("out.json").read_text(encoding="utf-8"))["reports"]
    assert set(reports[0]["exact"]) == {"RANK", "JOB"}


def test_one_budget_holds_for_all_wordings(run: Run) -> None:
    """A wording takes 2,020 tokens, so that one alone would be within the budget."""
    nothing = says(json.dumps({"spans": []}), prompt_tokens=500, completion_tokens=5)
    with Server(nothing) as server:
        done = asked(run, server, "--schema", "schema.json", "--budget-tokens", "4000", "--json", "out.json")
        sent = len(server.bodies)
    assert done.status == 4
    assert 4 < sent < 8
    assert f"meaning: {sent - 4} of 4 texts have an answer: the budget is reached" in done.err
    assert f"talker: 8 texts, 0 from the cache, {8 - sent} failed, {505 * sent:,} tokens" in done.err
    assert "nothing is compared" in done.err
    assert not Path("out.json").exists()


def test_a_wording_that_the_budget_cut_short_is_not_compared(run: Run, server: Server) -> None:
    options = ("--schema", "schema.json", "--concurrency", "1")
    assert asked(run, server, *options).status == 0
    shown = ("--examples", "examples.jsonl", "--json", "out.json")
    done = asked(run, server, *options, *shown, "--budget-tokens", "0")
    assert done.status == 4
    assert "examples: 0 of 4 texts have an answer: the budget is reached" in done.err
    assert "the same command goes on from there" in done.err
    reports = json.loads(Path("out.json").read_text(encoding="utf-8"))["reports"]
    assert [each["model"]["name"] for each in reports] == ["name", "meaning"]
    assert len(server.bodies) == 8


def test_a_budget_in_dollars_needs_a_price(run: Run, server: Server) -> None:
    done = asked(run, server, "--base-url", "https://models.example/v1", "--budget-cost", "0.5")
    assert done.status == 2
    assert "the price of talker at https://models.example/v1 is unknown" in done.err


def test_offline_answers_come_from_the_cache_alone(run: Run, server: Server) -> None:
    empty = asked(run, server, "--offline")
    assert empty.status == 4
    assert "It is empty" in empty.err
    assert asked(run, server).status == 0
    sent = len(server.bodies)
    done = asked(run, server, "--offline")
    assert done.status == 0, done.err
    assert "8 texts, 8 from the cache" in done.err
    assert len(server.bodies) == sent


TASKS = ("mood", "glad", "sad"), ("place", "town", "field")


def category(text: str, **chosen: str) -> str:
    listed = [{"task": task, "label": label} for task, label in chosen.items()]
    return json.dumps({"text": text, "categories": listed}) + "\n"


def glad_town(exchange: Exchange) -> None:
    told = exchange.received.json["messages"][0]["content"]
    said = [{"task": task, "label": label} for task, label, _ in TASKS if f"Task {task}" in told]
    says(json.dumps({"categories": said}))(exchange)


@pytest.mark.parametrize(("options", "tasks"), [((), ["mood", "place"]), (("--task", "mood"), ["mood"])])
def test_the_data_s_own_questions_are_asked(run: Run, options: tuple[str, ...], tasks: list[str]) -> None:
    lines = [category("Sun", mood="glad", place="town"), category("Rain", mood="sad", place="field")]
    Path("data.jsonl").write_text("".join(lines), encoding="utf-8")
    model = ("--model", "talker", "--json", "out.json")
    with Server(glad_town) as server:
        done = run("wording", "multiclass", "--data", "data.jsonl", "--base-url", server.address, *model, *options)
    assert done.status == 0, done.err
    first = json.loads(Path("out.json").read_text(encoding="utf-8"))["reports"][0]
    assert list(first["categories"]) == tasks
    assert first["categories"]["mood"]["accuracy"] == 0.5


PLAIN = json.dumps({"text": "Senior Nurse"}) + "\n"
EMPTY = line("Senior Nurse")


@pytest.mark.parametrize(
    ("template", "data", "options", "said"),
    [
        ("ner", PLAIN, (), "no spans stand in it"),
        ("ner", PLAIN, ("--schema", "schema.json"), "none of the 1 texts is annotated with spans"),
        ("ner", category("Sun", mood="glad"), ("--schema", "schema.json"), "none of the 1 texts is annotated with"),
        ("ner", EMPTY, (), "no spans stand in it"),
        ("ner", EMPTY, ("--labels", "JOB"), "no spans stand in it"),
        ("ner", "", (), "data.jsonl"),
        ("multiclass", EMPTY, (), "data.jsonl"),
        ("multiclass", category("Sun", mood="glad"), ("--task", "moods"), "unknown task 'moods'. Known tasks: mood"),
        ("multiclass", category("Sun", mood="glad"), ("--labels", "glad"), "use --task"),
        ("job_titles", line("Nurse", ("JOB", "Nurse")), (), "annotated with JOB, but asked for is "),
        ("ner", line("Jo", ("MAN", "Jo")), ("--schema", "schema.json"), "with MAN, but asked for is RANK, JOB"),
        ("multiclass", category("Sun", mood="glad"), ("--schema", "moods.json"), "has no label 'glad'. Its labels: up"),
        ("multiclass", category("Sun", place="sea"), ("--schema", "moods.json"), "with place, but asked for is mood"),
        ("qa", EMPTY, (), "template qa"),
    ],
)
def test_data_without_what_is_asked_for_are_refused_before_anything_is_sent(
    template: str, data: str, options: tuple[str, ...], said: str, run: Run, server: Server
) -> None:
    Path("data.jsonl").write_text(data, encoding="utf-8")
    Path("moods.json").write_text('{"tasks": {"mood": {"labels": {"up": {}, "down": {}}}}}', encoding="utf-8")
    model = ("--base-url", server.address, "--model", "talker")
    done = run("wording", template, "--data", "data.jsonl", *model, *options)
    assert done.status == 2
    assert said in done.err
    assert not server.bodies


def test_examples_that_are_the_asked_texts_alone_are_refused(run: Run, server: Server) -> None:
    Path("examples.jsonl").write_text(DATA[1], encoding="utf-8")
    done = asked(run, server, "--examples", "examples.jsonl")
    assert done.status == 2
    assert "examples.jsonl: holds nothing to show for 1 of the 4 texts, such as 'Senior Cook'" in done.err
    assert not server.bodies


def test_a_label_that_no_text_has_is_told(run: Run, server: Server) -> None:
    Path("data.jsonl").write_text(line("Senior Nurse", ("JOB", "Nurse")), encoding="utf-8")
    done = asked(run, server, "--schema", "schema.json", "--cache", "other.sqlite")
    assert done.status == 0, done.err
    assert "data.jsonl: no text is annotated with RANK" in done.err


def test_labels_without_meanings_are_told(run: Run, server: Server) -> None:
    told = "no label has a meaning that the template tells"
    assert told in asked(run, server).err
    assert told not in asked(run, server, "--schema", "schema.json").err


@pytest.mark.parametrize("limit", ["1", "99"])
def test_any_number_of_texts_can_be_compared(limit: str, run: Run, server: Server) -> None:
    done = asked(run, server, "--limit", limit)
    assert done.status == 0, done.err
    assert ("1 text." if limit == "1" else "4 texts.") in done.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--schema", "schema.json", "--labels", "PLACE"), "'PLACE' is no label"),
        (("--labels", "RNAK"), "'RNAK' is no label of the schema. Its labels: JOB, RANK"),
        (("--labels", ","), "--labels names no label"),
        (("--task", "mood"), "task"),
        (("--count", "0"), "--count"),
        (("--limit", "0"), "--limit"),
        (("--max-tokens", "0"), "--max-tokens"),
        (("--concurrency", "0"), "--concurrency"),
        (("--budget-tokens", "-1"), "--budget-tokens"),
        (("--budget-cost", "nan"), "cost"),
        (("--schema", "none.json"), "none.json"),
        (("--json", "none/out.json"), "does not exist"),
        (("--examples", "none.jsonl"), "none.jsonl"),
    ],
)
def test_a_mistake_is_told_before_anything_is_sent(
    options: tuple[str, ...], said: str, run: Run, server: Server
) -> None:
    done = asked(run, server, *options)
    assert done.status == 2
    assert said in done.err
    assert not server.bodies
