from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from textwright.errors import PredictionError
from textwright.predictors.rules import RulesPredictor
from textwright.schema import Schema, schema_of
from textwright.server.app import create_app
from textwright.server.hosted import host
from textwright.server.limits import Limits
from textwright.types import Annotation, Category

RULES = """
language = 1
[lists]
rank = ["senior", "junior"]
town = "towns.txt"
[[phases]]
name = "p"
rules = [{ name = "r", match = "[SENIORITY: {rank}] | [LOCATION: {town}]" }]
"""
LIMITS = Limits(texts=5, length=20, body=500)


class Moody:
    """Answers each text with a category, but fails at one that says so, and crashes at another."""

    schema: Schema = schema_of([], tasks={"mood": ["good"]})

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        for place, text in enumerate(texts):
            if text == "fail":
                raise PredictionError(place, "it said so")
            if text == "crash":
                raise RuntimeError("a secret path")
        return [Annotation(categories=(Category("mood", "good", 0.5),)) for _ in texts]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ranks"
    made.mkdir()
    (made / "config.json").write_text('{"kind": "rules", "rules": "rules.toml", "note": "kept"}')
    (made / "rules.toml").write_text(RULES)
    (made / "towns.txt").write_text("Leeds\nYork\n")
    (made / "secret.txt").write_text("not named by the rules")
    return made


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    models = [host("ranks", RulesPredictor.open(folder)), host("moody", Moody())]
    with TestClient(create_app(models, limits=LIMITS), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def predict(client: TestClient) -> Any:
    def ask(body: Any, model: str = "ranks") -> Any:
        return client.post(f"/v1/models/{model}/predict", json=body)

    return ask
