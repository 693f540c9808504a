"""What is read from an answer."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from tests.llm.client.conftest import talk
from tests.llm.servers import says
from textwright.llm.calls import Completion, Message, Request, Token
from textwright.llm.client.failures import Failure
from textwright.llm.client.responses import completion_of
from textwright.types import Usage

CHAT = Request("http://localhost/v1", "talker", (Message("user", "Hello?"),))


def read(choice: dict[str, Any], *, request: Request = CHAT, **more: Any) -> Completion:
    result = completion_of(json.dumps({"choices": [choice], **more}).encode(), request)
    assert isinstance(result, Completion)
    return result


def failed(choice: dict[str, Any]) -> Failure:
    result = completion_of(json.dumps({"choices": [choice]}).encode(), CHAT)
    assert isinstance(result, Failure)
    return result


def message(content: Any, **more: Any) -> dict[str, Any]:
    return {"message": {"role": "assistant", "content": content}, **more}


@pytest.mark.parametrize("form", ["chat", "completion"])
def test_text_end_and_cost_are_read(form: str) -> None:
    with talk(says("Hello", finish="length", prompt_tokens=7, completion_tokens=3)) as talking:
        completion = talking.ask(form=form)
    assert (completion.text, completion.finish, completion.tokens) == ("Hello", "length", None)
    assert completion.usage == Usage(prompt_tokens=7, completion_tokens=3, calls=1, seconds=completion.usage.seconds)


def test_seconds_count_the_waiting() -> None:
    from tests.llm.servers import status

    with talk(status(429, headers={"Retry-After": "20"}), says("Hello")) as talking:
        assert 20 <= talking.ask().usage.seconds <= 20.5


@pytest.mark.parametrize(
    ("reason", "finish"),
    [("stop", "stop"), ("length", "length"), ("max_tokens", "length"), ("eos", "stop"), (None, "stop"), (7, "stop")],
)
def test_the_end_is_stop_or_length(reason: Any, finish: str) -> None:
    assert read(message("x", finish_reason=reason)).finish == finish


@pytest.mark.parametrize(
    "usage", [None, {}, [], "much", {"prompt_tokens": None}, {"prompt_tokens": -5}, {"prompt_tokens": True}]
)
def test_cost_that_is_not_told_counts_nothing(usage: Any) -> None:
    assert read(message("x"), usage=usage).usage == Usage()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("", ""),
        ([{"type": "text", "text": "in "}, {"type": "text", "text": "parts"}], "in parts"),
        ([{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "said"}], "said"),
        ("half \ud83d here", "half \ufffd here"),
        ("whole \U0001f600", "whole \U0001f600"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_text_is_read_as_it_is(content: Any, text: str) -> None:
    assert read(message(content)).text == text


def test_a_model_that_only_thought_has_said_nothing() -> None:
    completion = read(message(None, finish_reason="length"))
    assert (completion.text, completion.finish) == ("", "length")


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"message": {"content": None, "refusal": "I cannot help with that."}}, "I cannot help"),
        ({"message": {"content": ""}, "finish_reason": "content_filter"}, "content filter"),
        ({"text": "", "finish_reason": "content_filter"}, "content filter"),
    ],
)
def test_a_model_that_declines_is_told_apart_from_a_server_that_refuses(choice: dict[str, Any], words: str) -> None:
    failure = failed(choice)
    assert (failure.error.kind, failure.error.final, failure.again) == ("declined", False, False)
    assert words in failure.error.reason


def test_an_error_inside_an_answer_is_one() -> None:
    assert failed({"error": {"code": 502, "message": "upstream"}, "message": {"content": ""}}).error.kind == "server"


# --- stop -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stop", "text", "finish"),
    [((), "a END b", "length"), (("END",), "a ", "stop"), (("x", "b", " "), "a", "stop"), (("",), "a END b", "length")],
)
def test_a_text_ends_where_it_should_have(stop: tuple[str, ...], text: str, finish: str) -> None:
    request = Request(CHAT.address, "talker", CHAT.messages, stop=stop)
    completion = read(message("a END b", finish_reason="length"), request=request)
    assert (completion.text, completion.finish) == (text, finish)


def test_tokens_end_where_the_text_does() -> None:
    request = Request(CHAT.address, "talker", CHAT.messages, stop=("END",))
    content = [{"token": token, "logprob": -1.0} for token in ("a", " ", "EN", "D", " b")]
    completion = read(message("a END b", logprobs={"content": content}), request=request)
    assert completion.tokens == (Token("a", -1.0), Token(" ", -1.0))


def test_tokens_are_cut_to_the_text_that_a_server_stripped() -> None:
    content = [{"token": token, "logprob": -1.0} for token in ("\n", "  Hel", "lo", " ", "\n")]
    completion = read(message("Hello", logprobs={"content": content}))
    assert completion.tokens == (Token("Hel", -1.0), Token("lo", -1.0))


def test_tokens_of_another_text_are_left_alone() -> None:
    content = [{"token": "Goodbye", "logprob": -1.0}]
    assert read(message("Hello", logprobs={"content": content})).tokens == (Token("Goodbye", -1.0),)


# --- tokens ---------------------------------------------------------------------------------


def test_tokens_of_a_chat_are_read() -> None:
    content = [{"token": "Hel", "logprob": -0.5, "bytes": None}, {"token": "lo", "logprob": 0, "bytes": [108, 111]}]
    assert read(message("Hello", logprobs={"content": content})).tokens == (Token("Hel", -0.5), Token("lo", 0.0))


def test_tokens_of_a_completion_are_read() -> None:
    logprobs = {"tokens": ["Hel", "lo"], "token_logprobs": [-0.5, -0.25], "text_offset": [0, 3]}
    assert read({"text": "Hello", "logprobs": logprobs}).tokens == (Token("Hel", -0.5), Token("lo", -0.25))


def test_parts_of_a_character_are_put_together() -> None:
    """Joined they are the text, and the character is as likely as all its parts together."""
    first, second = "é".encode()
    content = [
        {"token": "caf", "logprob": -0.1, "bytes": list(b"caf")},
        {"token": "\\xc3", "logprob": -0.2, "bytes": [first]},
        {"token": "\\xa9", "logprob": -0.3, "bytes": [second]},
    ]
    tokens = read(message("café", logprobs={"content": content})).tokens
    assert tokens is not None
    assert [token.text for token in tokens] == ["caf", "é"]
    assert tokens[1].logprob == pytest.approx(-0.5)


@pytest.mark.parametrize(
    "logprobs",
    [
        None,
        {},
        [],
        {"content": []},
        {"content": [{"token": "a"}]},
        {"content": ["a"]},
        {"content": [{"token": "a", "logprob": None}]},
        {"content": [{"token": "a", "logprob": math.nan}]},
        {"content": [{"token": "a", "logprob": "-1"}]},
        {"tokens": ["a"], "token_logprobs": []},
        {"tokens": ["a"], "token_logprobs": [None]},
        {"tokens": "a", "token_logprobs": -1},
    ],
)
def test_log_probabilities_that_are_none_are_none(logprobs: Any) -> None:
    assert read(message("a", logprobs=logprobs)).tokens is None


def test_strange_bytes_of_a_token_fall_back_on_its_text() -> None:
    content = [{"token": "a", "logprob": -1, "bytes": [999]}]
    assert read(message("a", logprobs={"content": content})).tokens == (Token("a", -1.0),)
