"""`textwright prompt`: a text in, a line out; nothing invented, nothing paid twice, nothing sent unasked."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.llm.servers import Exchange, Server, model_server, says, status

from .conftest import Run


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEXTWRIGHT_CACHE", str(tmp_path / "answers.sqlite"))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "TEXTWRIGHT_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    Path("titles.txt").write_text("Senior Nurse, Hove\nHead Cook\n", encoding="utf-8")


def first_words(prompt: str) -> str:
    found = re.search(r"<text>\n(.*)\n</text>", prompt)
    if found is None or "?" in found[1]:
        return "I do not know."
    said = zip(["RANK", "ROLE"], found[1].split(), strict=False)
    return json.dumps({"spans": [{"label": label, "text": word} for label, word in said]})


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(model_server(first_words)) as started:
        yield started


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def spans_of(line: dict[str, Any]) -> list[tuple[int, int, str]]:
    return [(span["start"], span["end"], span["label"]) for span in line["spans"]]


def test_each_text_gets_a_line_with_what_it_took(run: Run, server: Server) -> None:
    ran = run("prompt", "ner", "titles.txt", "--labels", "RANK,ROLE", "--base-url", server.address)
    assert ran.status == 0
    first, second = lines_of(ran.out)
    assert spans_of(first) == [(0, 6, "RANK"), (7, 13, "ROLE")]
    assert spans_of(second) == [(0, 4, "RANK"), (5, 9, "ROLE")]
    details = first["details"]
    assert {**details, "seconds": 0} == {
        "cached": False,
        "calls": 1,
        "tokens": {"prompt": 10, "completion": 5},
        "cost": 0.0,
        "seconds": 0,
        "repaired": [],
        "not_in_text": [],
        "error": None,
    }
    assert "2 texts" in ran.err
    assert "30 tokens" in ran.err


def test_a_text_without_an_answer_keeps_its_line_and_says_why(run: Run, server: Server) -> None:
    Path("titles.txt").write_text("Senior Nurse\nWho?\nHead Cook\n", encoding="utf-8")
    ran = run("prompt", "ner", "titles.txt", "--labels", "RANK,ROLE", "--base-url", server.address)
    assert ran.status == 4
    lines = lines_of(ran.out)
    assert "error" in lines[1]
    assert "spans" not in lines[1]
    assert lines[1]["details"]["calls"] == 2
    assert lines[1]["details"]["error"].startswith("answer: ")
    assert [len(line["spans"]) for line in (lines[0], lines[2])] == [2, 2]


def test_show_prints_the_prompt_and_sends_nothing(run: Run, server: Server) -> None:
    ran = run("prompt", "ner", "titles.txt", "--schema", "job_titles", "--base-url", server.address, "--show")
    assert ran.status == 0
    assert "Senior Nurse, Hove" in ran.out
    assert "JOBTITLE: The canonical title" in ran.out
    assert "tokens; nothing was sent" in ran.err
    assert server.received == []


def test_without_labels_the_model_names_its_own_and_they_are_listed(run: Run, server: Server) -> None:
    ran = run("prompt", "ner", "titles.txt", "--base-url", server.address, "-o", "out.jsonl")
    assert ran.status == 0
    assert "RANK  2, such as 'Senior'" in ran.err
    again = run(
        "prompt", "ner", "titles.txt", "--base-url", server.address, "--map", "RANK=SENIORITY", "--map", "ROLE="
    )
    assert [spans_of(line) for line in lines_of(again.out)] == [[(0, 6, "SENIORITY")], [(0, 4, "SENIORITY")]]
    assert len(server.bodies) == 2


def test_offline_answers_from_the_cache_and_names_what_is_missing(run: Run, server: Server) -> None:
    options = ["--labels", "RANK,ROLE", "--base-url", server.address, "--model", "talker"]
    assert run("prompt", "ner", "titles.txt", *options).status == 0
    sent = len(server.received)
    Path("titles.txt").write_text("Senior Nurse, Hove\nNew Chef\n", encoding="utf-8")
    ran = run("prompt", "ner", "titles.txt", *options, "--offline")
    assert ran.status == 4
    kept, missing = lines_of(ran.out)
    assert len(kept["spans"]) == 2
    assert kept["details"]["cached"]
    assert "New Chef" in missing["error"]
    assert len(server.received) == sent


def test_what_changes_the_answer_is_asked_anew(run: Run, server: Server) -> None:
    options = ["prompt", "ner", "titles.txt", "--labels", "RANK,ROLE", "--base-url", server.address]
    for more in ([], ["--temperature", "0.5"], ["--seed", "3"], ["--domain", "jobs"], ["--max-tokens", "50"]):
        run(*options, *more)
    assert len(server.bodies) == 10
    run(*options, "--domain", "jobs")
    assert len(server.bodies) == 10


def test_a_budget_is_never_exceeded(run: Run, server: Server) -> None:
    Path("many.txt").write_text("".join(f"Cook {i}\n" for i in range(200)), encoding="utf-8")
    ran = run(
        "prompt", "ner", "many.txt", "--labels", "RANK,ROLE", "--base-url", server.address, "--budget-tokens", "3500"
    )
    assert ran.status == 4
    assert "budget" in ran.err
    assert len(lines_of(ran.out)) == 200
    assert 0 < len(server.bodies) < 200


def test_a_budget_in_dollars_needs_a_price(run: Run, server: Server) -> None:
    with Server(says("{}")) as elsewhere:
        address = elsewhere.address.replace("127.0.0.1", "localhost.localdomain")
        ran = run(
            "prompt", "ner", "titles.txt", "--base-url", address, "--model", "no-such-model", "--budget-cost", "1"
        )
    assert ran.status == 2
    assert "price" in ran.err
    assert elsewhere.received == []


def test_a_run_is_recorded_and_replayed_without_a_server(run: Run, server: Server) -> None:
    options = ["prompt", "ner", "titles.txt", "--labels", "RANK,ROLE"]
    first = run(*options, "--base-url", server.address, "--record", "run.jsonl")
    sent = len(server.received)
    again = run(*options, "--replay", "run.jsonl", "--no-cache")
    assert again.status == 0
    assert [spans_of(line) for line in lines_of(again.out)] == [spans_of(line) for line in lines_of(first.out)]
    assert len(server.received) == sent
    other = run(*options, "--replay", "run.jsonl", "--temperature", "1")
    assert other.status == 4
    assert "temperature" in lines_of(other.out)[0]["error"]


def test_an_answer_that_is_no_annotation_stands_under_answer(run: Run) -> None:
    said = '{"summary": "A nurse is wanted."}'
    with Server(model_server(lambda _: said)) as server:
        ran = run("prompt", "summary", "titles.txt", "--base-url", server.address)
    lines = lines_of(ran.out)
    assert ran.status == 0, ran.err
    assert lines[0]["answer"] == {"summary": "A nurse is wanted."}
    assert "spans" not in lines[0]


def test_a_server_that_is_busy_is_asked_again_when_it_says(run: Run) -> None:
    busy = status(429, "slow down", headers={"Retry-After": "0"})
    with Server(busy, model_server(first_words)) as server:
        ran = run(
            "prompt", "ner", "titles.txt", "--labels", "RANK,ROLE", "--base-url", server.address, "--model", "talker"
        )
    assert ran.status == 0
    assert len(lines_of(ran.out)) == 2


def test_a_key_stands_nowhere(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TEXTWRIGHT_API_KEY", "sk-secret-0123456789")
    with Server(model_server(first_words, key="sk-secret-0123456789")) as server:
        options = ["--labels", "RANK,ROLE", "--base-url", server.address]
        ran = run("prompt", "ner", "titles.txt", *options, "--record", "run.jsonl")
        assert ran.status == 0
        monkeypatch.setenv("TEXTWRIGHT_API_KEY", "sk-wrong-0123456789")
        wrong = run("prompt", "ner", "titles.txt", *options, "--no-cache")
    assert wrong.status in (2, 4)
    shown = ran.out + ran.err + wrong.out + wrong.err
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert "0123456789" not in shown
    assert b"0123456789" not in kept


def test_a_wrong_key_is_tried_once_for_a_whole_file(run: Run) -> None:
    Path("many.txt").write_text("".join(f"Cook {i}\n" for i in range(900)), encoding="utf-8")
    with Server(status(401, "Incorrect API key provided.")) as server:
        ran = run("prompt", "ner", "many.txt", "--labels", "A", "--base-url", server.address, "--model", "m")
    assert ran.status == 4
    assert len(lines_of(ran.out)) == 900
    assert len(server.received) <= 4


def test_lines_that_cannot_be_read_keep_their_place(run: Run, server: Server) -> None:
    Path("mixed.jsonl").write_text('{"text": "Senior Nurse"}\nnonsense\n{"text": "Head Cook"}\n{', encoding="utf-8")
    ran = run("prompt", "ner", "mixed.jsonl", "--labels", "RANK,ROLE", "--base-url", server.address)
    assert ran.status == 4
    assert ["error" in line for line in lines_of(ran.out)] == [False, True, False, True]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["ner", "titles.txt", "--base-url", ""], "the address (base_url) is empty"),
        (["ner", "titles.txt", "--labels", ","], "labels names none"),
        (["ner", "titles.txt", "--count", "3"], "examples need a file"),
        (["nre", "titles.txt"], "Did you mean"),
        (["ner", "none.txt"], "none.txt: no such file"),
        (["ner", "titles.txt", "--labels", "A", "--set", "colour=red"], "colour"),
        (["ner", "titles.txt", "--set", "colour"], "expected a name, = and a value"),
        (["ner", "titles.txt", "--gguf", "none.gguf"], "none.gguf"),
        (["ner", "titles.txt", "--base-url", "ftp://x"], "found ftp://"),
        (["none.toml", "titles.txt"], "none.toml"),
    ],
)
def test_a_mistake_is_one_line_that_says_where(options: list[str], said: str, run: Run) -> None:
    ran = run("prompt", *options)
    assert ran.status == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_an_interrupted_run_ends_though_the_server_wants_peace() -> None:
    asked = threading.Event()

    def busy(exchange: Exchange) -> None:
        asked.set()
        status(429, "slow down", headers={"Retry-After": "100"})(exchange)

    with Server(busy) as server:
        command = [sys.executable, "-m", "textwright", "prompt", "ner", "titles.txt", "--labels", "A"]
        command += ["--base-url", server.address, "--model", "m", "--no-cache"]
        # Where the tests run in the background, interrupts are ignored by all that they start.
        listening = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL), "text": True}
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, **listening) as running:
            assert asked.wait(60)
            assert running.stderr is not None
            assert "may be sent there from now on" in running.stderr.readline()
            assert "asking again in 100" in running.stderr.readline()
            running.send_signal(signal.SIGINT)
            assert running.wait(60) == 130
