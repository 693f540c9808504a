"""`textwright models --base-url`: what a server offers, or soon why there is no list."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.llm.servers import Server, model_server, says


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "TEXTWRIGHT_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_models_of_a_server_are_listed(run: Run) -> None:
    with Server(model_server(str, chat_models=("writer", "talker"))) as server:
        ran = run("models", "--base-url", server.address)
    assert (ran.status, ran.out, ran.err) == (0, "talker\nwriter\n", "")


def test_an_address_where_nobody_listens_is_told_while_it_is_tried_and_tried_twice(run: Run) -> None:
    with Server(says("")) as server:
        address = server.address
    ran = run("models", "--base-url", address)
    assert (ran.status, ran.out) == (2, "")
    waited, failed = ran.err.splitlines()
    assert "refused (is the address right, and the server running?); asking again in 0." in waited
    assert failed.endswith("(is the address right, and the server running?)")
