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


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--schema", "schema.json", "--labels", "PLACE"), "'PLACE' is no label"),
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
