"""What is sent, what is left out for a server that does not take it, and that it is told once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.llm.client.conftest import talk
from tests.llm.servers import Act, Exchange, cut, dumped, hang_up, says, sends, status, truncated
from textwright.errors import CallError
from textwright.llm.calls import Message, Request
from textwright.llm.client.stepping import NOTHING_LEFT_OUT, body_of

CLOSED = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}
LOOSE = {"type": "object", "properties": {"a": {"type": "string"}}}


def refuses(name: str, message: str, *, code: int = 400, param: str | None = None) -> Act:
    """Answer, but not as long as a parameter is sent."""

    def act(exchange: Exchange) -> None:
        has = name in exchange.received.json
        (status(code, message, param=param) if has else says("{}"))(exchange)

    return act


def sent(act: Act | None = None, **changes: Any) -> Any:
    with talk(act or says("{}")) as talking:
        talking.ask(**changes)
    return talking.server.bodies[-1]


def test_a_chat_sends_messages() -> None:
    assert sent() == {
        "model": "talker",
        "messages": [{"role": "user", "content": "Hello?"}],
        "max_tokens": 512,
        "temperature": 0.0,
        "seed": 0,
    }


def test_a_completion_sends_one_prompt() -> None:
    with talk(says("x")) as talking:
        messages = (Message("system", "Be brief. "), Message("user", "Hello?"))
        talking.client.complete(Request(talking.client.address, "old", messages, form="completion", seed=None))
    assert talking.server.received[0].path == "/v1/completions"
    assert talking.server.bodies == [
        {"model": "old", "prompt": "Be brief. Hello?", "max_tokens": 512, "temperature": 0.0}
    ]


def test_the_form_is_never_guessed_from_the_name() -> None:
    for model in ("gpt-4", "gpt-3.5-turbo-instruct", "text-davinci-003"):
        with talk(says("x")) as talking:
            talking.ask(model=model)
            talking.ask(model=model, form="completion")
        assert [each.path for each in talking.server.received] == ["/v1/chat/completions", "/v1/completions"]


def test_stop_and_log_probabilities_are_asked_for() -> None:
    chat = sent(stop=("\n", "END"), logprobs=True)
    completion = sent(stop=("\n", "END"), logprobs=True, form="completion")
    assert (chat["stop"], chat["logprobs"], completion["logprobs"]) == (["\n", "END"], True, 1)


@pytest.mark.parametrize("form", ["chat", "completion"])
def test_a_schema_is_asked_for_as_much_as_wanted(form: str) -> None:
    schema = sent(answer=CLOSED, form=form)["response_format"]
    assert schema["type"] == "json_schema"
    assert schema["json_schema"]["schema"] == CLOSED
    assert sent(answer=CLOSED, enforce="object", form=form)["response_format"] == {"type": "json_object"}
    assert "response_format" not in sent(answer=CLOSED, enforce="none", form=form)


def test_a_completion_names_the_schema_for_llama_cpp_too() -> None:
    assert sent(answer=CLOSED, form="completion")["json_schema"] == CLOSED
    assert "json_schema" not in sent(answer=CLOSED)
    assert "json_schema" not in sent(answer=CLOSED, form="completion", enforce="object")


def test_openai_gets_the_strict_form_and_others_the_schema_as_it_stands() -> None:
    def form_at(address: str) -> Any:
        request = Request(address, "talker", (Message("user", "x"),), answer=LOOSE)
        return body_of(request, NOTHING_LEFT_OUT)["response_format"]["json_schema"]

    nullable = CLOSED | {"properties": {"a": {"type": ["string", "null"]}}}
    assert form_at("https://api.openai.com/v1") == {"name": "answer", "schema": nullable, "strict": True}
    assert form_at("http://localhost:8000/v1") == {"name": "answer", "schema": LOOSE, "strict": False}


@pytest.mark.parametrize(
    ("name", "message", "options"),
    [
        ("temperature", "Unsupported value: 'temperature' does not support 0 with this model.", {}),
        ("seed", "body.seed: Extra inputs are not permitted", {}),
        ("stop", "Unsupported parameter: 'stop' is not supported with this model.", {"stop": ("END",)}),
        ("logprobs", "You are not allowed to request logprobs from this model.", {"logprobs": True}),
        ("max_tokens", "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", {}),
        ("response_format", "Unrecognized request argument supplied: response_format", {"answer": CLOSED}),
        ("response_format", "This server was built without grammar support", {"answer": CLOSED}),
        ("response_format", "Invalid schema for response_format 'answer'", {"answer": CLOSED}),
        ("response_format", "JSON schema error at #/properties/a: unrecognized type", {"answer": CLOSED}),
    ],
)
@pytest.mark.parametrize("code", [400, 422])
def test_what_a_server_does_not_take_is_left_out_from_then_on(
    name: str, message: str, options: dict[str, Any], code: int
) -> None:
    with talk(refuses(name, message, code=code)) as talking:
        first = talking.ask(**options)
        calls = talking.calls
        second = talking.ask("another", **options)
    assert first.usage.calls == calls > 1
    assert second.usage.calls == 1
    assert name not in talking.server.bodies[-1]
    assert len(talking.notes) == calls - 1
    assert talking.time.waits == []


def test_the_newer_name_of_the_limit_is_used() -> None:
    message = "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead."
    assert sent(refuses("max_tokens", message))["max_completion_tokens"] == 512


def test_a_schema_is_stepped_down_to_an_object() -> None:
    def act(exchange: Exchange) -> None:
        asked = exchange.received.json["response_format"]["type"]
        (says("{}") if asked == "json_object" else status(400, "json_schema is not supported"))(exchange)

    with talk(act) as talking:
        talking.ask(answer=LOOSE)
        talking.ask(answer=LOOSE)
    assert [body["response_format"]["type"] for body in talking.server.bodies][-2:] == ["json_object", "json_object"]
    assert len(talking.notes) == 1
    assert "does not enforce a JSON Schema" in talking.notes[0]
    assert 'It said: "json_schema is not supported"' in talking.notes[0]


def test_all_together_are_left_out_one_by_one() -> None:
    def act(exchange: Exchange) -> None:
        body = exchange.received.json
        for name in ("logprobs", "response_format", "temperature", "seed", "stop", "max_tokens"):
            if name in body:
                hint = "use 'max_completion_tokens' instead"
                return status(400, f"'{name}' is not supported, {hint}", param=name)(exchange)
        return says("fine")(exchange)

    with talk(act) as talking:
        completion = talking.ask(answer=LOOSE, stop=("END",), logprobs=True)
    assert completion.text == "fine"
    assert set(talking.server.bodies[-1]) == {"model", "messages", "max_completion_tokens"}


@pytest.mark.parametrize(
    "message",
    [
        "This model's maximum context length is 4096 tokens; 'max_tokens' or 'max_completion_tokens' is too large",
        "The text talks of temperature and seed and stop",
        "temperature must be between 0 and 2",
        "no",
    ],
)
def test_other_complaints_change_nothing(message: str) -> None:
    with talk(status(400, message)) as talking:
        assert talking.fault(answer=LOOSE).kind == "bad_request"
    assert (talking.calls, talking.notes) == (1, [])


def test_a_server_that_refuses_whatever_is_left_out_ends_it() -> None:
    message = "response_format, temperature, seed and max_tokens (max_completion_tokens instead) are not supported"
    with talk(status(400, message)) as talking:
        assert talking.fault(answer=LOOSE).kind == "bad_request"
    assert talking.calls <= 7


def test_each_model_is_known_for_itself() -> None:
    with talk(refuses("seed", "seed is not supported")) as talking:
        talking.ask(model="a")
        talking.ask(model="b")
        talking.ask(model="b", form="completion")
    assert len(talking.notes) == 3


def test_many_threads_find_out_together_and_it_is_told_once() -> None:
    with talk(refuses("temperature", "temperature is not supported")) as talking:
        with ThreadPoolExecutor(16) as pool:
            texts = [each.text for each in pool.map(talking.ask, map(str, range(100)))]
        assert texts == ["{}"] * 100
    assert len(talking.notes) == 1
    assert sum("temperature" in body for body in talking.server.bodies) <= 16


def test_sixteen_threads_get_each_their_own_answer() -> None:
    def echo(exchange: Exchange) -> None:
        says(exchange.received.prompt)(exchange)

    asked = [f"text {number} \U0001f600" for number in range(200)]
    with talk(echo) as talking, ThreadPoolExecutor(16) as pool:
        assert [each.text for each in pool.map(talking.ask, asked)] == asked


def test_a_failure_is_that_texts_alone() -> None:
    def act(exchange: Exchange) -> None:
        (status(400, "this one not") if exchange.received.prompt == "bad" else says("fine"))(exchange)

    with talk(act) as talking:
        assert talking.fault("bad").kind == "bad_request"
        assert talking.ask("good").text == "fine"


def test_a_request_for_another_server_is_a_bug() -> None:
    with talk(says("x")) as talking, pytest.raises(ValueError, match="this client asks"):
        talking.client.complete(Request("https://example.org/v1", "talker", (Message("user", "x"),)))


# --- what may have been paid ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "paid"),
    [
        (cut(), True),
        (hang_up(), True),
        (truncated(), True),
        (status(500), False),
        (status(429), False),
        (sends(b'{"error": {"code": 503}}'), False),
    ],
)
def test_a_lost_answer_is_told_before_asking_again(fault: Act, paid: bool) -> None:
    told: list[int] = []
    with talk(fault, says("Hello")) as talking:
        completion = talking.client.complete_metered(talking.request(), lambda: told.append(talking.calls))
    assert completion.text == "Hello"
    assert told == ([1] if paid else [])


def test_a_spent_budget_ends_the_trying() -> None:
    def spent() -> None:
        raise CallError("budget", "all is spent", final=True)

    with talk(cut(), says("Hello")) as talking, pytest.raises(CallError, match="all is spent") as caught:
        talking.client.complete_metered(talking.request(), spent)
    assert caught.value.kind == "budget"
    assert (talking.calls, caught.value.calls) == (1, 1)


@pytest.mark.parametrize(("fault", "calls"), [(status(500), 3), (status(401), 1), (cut(), 3)])
def test_a_failure_says_how_many_calls_it_took(fault: Act, calls: int) -> None:
    with talk(fault, attempts=3) as talking:
        assert talking.fault().calls == talking.calls == calls


# --- models ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "listed",
    [
        {"object": "list", "data": [{"id": "b"}, {"id": "a", "owned_by": "x"}, {"id": "b"}]},
        [{"id": "b"}, {"id": "a"}],
        ["b", "a"],
    ],
)
def test_models_are_listed_in_order(listed: Any) -> None:
    with talk(sends(dumped(listed))) as talking:
        assert talking.client.models() == ["a", "b"]
    assert talking.server.received[0].path == "/v1/models"


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (status(401), "refused"),
        (status(404), "bad_request"),
        (sends(b"<html>"), "bad_answer"),
        (sends(json.dumps({"models": []}).encode()), "bad_answer"),
    ],
)
def test_models_that_cannot_be_listed_are_an_error(fault: Act, kind: str) -> None:
    with talk(fault, attempts=2) as talking, pytest.raises(CallError) as caught:
        talking.client.models()
    assert caught.value.kind == kind
