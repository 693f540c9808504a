"""A run is written down, and repeated from that alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.llm.cache.asking import ADDRESS, Answers, answer, fails, request, together, with_tokens
from textwright.errors import CallError, DataError
from textwright.llm.calls import Message
from textwright.llm.kept.recording import Recorded, Replayed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "talks" / "run.jsonl"


def recorded(path: Path, *asked: object, inner: Answers | None = None) -> None:
    with Recorded(inner or Answers(), path) as completer:
        for each in asked:
            completer.complete(each)  # type: ignore[arg-type]


def test_a_recorded_run_is_repeated_without_asking(path: Path) -> None:
    recorded(path, request("a"), request("b"))
    replayed = Replayed(path)
    assert [replayed.complete(request(each)).text for each in "ab"] == ["answer to a", "answer to b"]
    assert replayed.complete(request("a")).cached
    assert replayed.asked == ((ADDRESS, "talker"),)


def test_everything_of_an_answer_comes_back(path: Path) -> None:
    recorded(path, request(), inner=Answers(lambda _: with_tokens()))
    found = Replayed(path).complete(request())
    assert (found.text, found.tokens, found.usage) == (with_tokens().text, with_tokens().tokens, with_tokens().usage)


def test_a_line_holds_a_request_and_its_answer_in_plain_words(path: Path) -> None:
    recorded(path, request("Köchin, Wien"))
    content = path.read_text(encoding="utf-8")
    assert content.endswith("\n")
    assert "Köchin, Wien" in content
    assert set(json.loads(content)) == {"request", "completion"}


def test_several_answers_to_one_request_come_in_their_order_and_the_last_again(path: Path) -> None:
    texts = iter(["first", "first", "second"])
    inner = Answers(lambda _: answer(next(texts)))
    recorded(path, request(), request(), request(), inner=inner)
    assert len(path.read_text().splitlines()) == 2
    replayed = Replayed(path)
    assert [replayed.complete(request()).text for _ in range(4)] == ["first", "second", "second", "second"]


def test_a_recording_is_continued_and_does_not_double(path: Path) -> None:
    recorded(path, request("a"))
    recorded(path, request("a"), request("b"))
    assert [json.loads(line)["completion"]["text"] for line in path.open()] == ["answer to a", "answer to b"]


def test_failures_are_not_written_down(path: Path) -> None:
    completer = Recorded(fails(), path)
    with pytest.raises(CallError):
        completer.complete(request())
    assert path.read_bytes() == b""


def test_lines_of_many_threads_are_whole(path: Path) -> None:
    with Recorded(Answers(lambda _: answer("x" * 5_000)), path) as completer:
        together(16, lambda number: [completer.complete(request(f"{number} {each}")) for each in range(10)])
    assert len([json.loads(line) for line in path.open()]) == 160


def test_a_line_that_a_kill_cut_off_is_no_answer_and_is_mended(path: Path) -> None:
    recorded(path, request("a"), request("b"))
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert Replayed(path).complete(request("a"))
    with pytest.raises(CallError, match="not recorded"):
        Replayed(path).complete(request("b"))
    recorded(path, request("b"))
    assert path.read_bytes() == whole


def test_a_last_line_without_its_end_is_continued_behind_it(path: Path) -> None:
    recorded(path, request("a"))
    path.write_bytes(path.read_bytes().rstrip())
    recorded(path, request("b"))
    assert [Replayed(path).complete(request(each)).text for each in "ab"] == ["answer to a", "answer to b"]


@pytest.mark.parametrize("line", ["{}", "[]", "nonsense", '{"request": {}, "completion": {}}', '{"request": 1}'])
def test_a_line_that_is_no_recorded_answer_is_named(path: Path, line: str) -> None:
    recorded(path, request("a"))
    path.write_text(f"{path.read_text()}{line}\n{path.read_text()}")
    with pytest.raises(DataError, match=r"run\.jsonl:2: no recorded answer"):
        Replayed(path)
    with pytest.raises(DataError, match=r"run\.jsonl:2"):
        Recorded(Answers(), path)


def test_a_recording_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No such file"):
        Replayed(tmp_path / "missing.jsonl")
    with pytest.raises(DataError, match="cannot be written"):
        Recorded(Answers(), Path("/dev/null/run.jsonl"))


def why_not(path: Path, asked: object) -> str:
    with pytest.raises(CallError) as caught:
        Replayed(path).complete(asked)  # type: ignore[arg-type]
    assert caught.value.kind == "not_recorded"
    return caught.value.reason


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (request("b", model="writer"), "differs in model (recorded 'talker', asked 'writer')"),
        (request("b", temperature=0.7), "temperature (recorded 0.0, asked 0.7)"),
        (request("b", stop=("\n",)), "stop (recorded (), asked ('\\n',))"),
        (request("b", answer={"type": "object"}), "differs in the JSON Schema of the answer"),
        (request("b", address="http://localhost:1/v1"), f"address (recorded {ADDRESS!r}"),
        (request("b!"), "message 2 (user) from character 1 on: recorded '', asked '!'"),
        (
            request(messages=(Message("system", "Name the trade."), Message("user", "b"))),
            "message 1 (system) from character 9 on: recorded 'job.', asked 'trade.'",
        ),
        (request(messages=(Message("user", "b"),)), "the number of messages (recorded 2, asked 1)"),
    ],
)
def test_what_was_not_recorded_is_told_by_what_differs_from_the_nearest(
    path: Path, asked: object, expected: str
) -> None:
    recorded(path, request("a"), request("b"), request("c"))
    assert expected in why_not(path, asked)


def test_the_nearest_is_the_one_with_the_fewest_differences(path: Path) -> None:
    recorded(path, request("b", seed=1, temperature=0.5), request("b", seed=2), request("zebra keeper"))
    assert why_not(path, request("b")).endswith("differs in seed (recorded 2, asked 0)")


def test_an_empty_recording_says_so(path: Path) -> None:
    recorded(path)
    assert "holds no recorded answers" in why_not(path, request())


def test_the_nearest_of_many_is_found_by_order_and_not_by_comparing_all(path: Path) -> None:
    from textwright.llm.kept.nearest import Nearest

    nearest = Nearest([request(f"{number} keeper of the {number}th gate") for number in range(3_000)])
    for number in range(0, 3_000, 7):
        near = nearest.to(request(f"{number} keeper of the {number}th door"))
        assert near.messages[-1].content == f"{number} keeper of the {number}th gate"
