"""The old wrapper's faults that are the client's: each has its test."""

from __future__ import annotations

import pytest

from tests.llm.client.conftest import talk
from tests.llm.servers import Act, html, model_server, sends, status


@pytest.mark.parametrize("fault", [status(400), status(401), status(429), status(500), html(), sends(b"null")])
def test_an_error_is_raised_and_is_never_an_empty_answer(fault: Act) -> None:
    """It printed the error and returned null."""
    with talk(fault, attempts=2) as talking:
        assert talking.fault().reason


def test_gpt_4_is_asked_as_a_chat_model() -> None:
    """It looked for "gpt-4" behind the first letter, so that "gpt-4" itself went to the completion address."""
    server = model_server(str.upper, chat_models=["gpt-4", "gpt-4o"], completion_models=["gpt-3.5-turbo-instruct"])
    with talk(server) as talking:
        assert talking.ask("hello", model="gpt-4").text == "HELLO"
        assert talking.ask("hello", model="gpt-3.5-turbo-instruct", form="completion").text == "HELLO"
    assert [each.path for each in talking.server.received] == ["/v1/chat/completions", "/v1/completions"]


def test_gpt_4_at_the_completion_address_says_what_would_work() -> None:
    with talk(model_server(str.upper, chat_models=["gpt-4"])) as talking:
        assert "Ask with form = 'chat'" in talking.fault(model="gpt-4", form="completion").reason
