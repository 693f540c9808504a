from __future__ import annotations

import json
import tracemalloc
from collections.abc import Sequence
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.server.conftest import LIMITS, Moody
from textwright.server.app import create_app
from textwright.server.hosted import host
from textwright.server.limits import Limits
from textwright.server.problems import HttpProblem
from textwright.server.requests import VALUES, decoded_body
from textwright.types import Answer

JSON = {"Content-Type": "application/json"}


def test_texts_get_annotations_in_order(predict: Any) -> None:
    answer = predict({"texts": ["Senior nurse", "", "York"]})
    assert answer.status_code == 200
    assert answer.json() == {
        "annotations": [
            {"spans": [{"start": 0, "end": 6, "label": "SENIORITY"}]},
            {"spans": []},
            {"spans": [{"start": 0, "end": 4, "label": "LOCATION"}]},
        ]
    }


def test_no_texts_get_no_annotations(predict: Any) -> None:
    assert predict({"texts": []}).json() == {"annotations": []}


@pytest.mark.parametrize(("offsets", "start"), [("code_points", 2), ("utf16", 3)])
def test_offsets_are_counted_as_asked(predict: Any, offsets: str, start: int) -> None:
    [annotation] = predict({"texts": ["👩 York"], "offsets": offsets}).json()["annotations"]
    assert annotation["spans"] == [{"start": start, "end": start + 4, "label": "LOCATION"}]


def test_a_lone_surrogate_is_a_text_like_any_other(client: TestClient) -> None:
    answer = client.post("/v1/models/ranks/predict", content='{"texts": ["\\ud800 York"]}', headers=JSON)
    assert answer.json()["annotations"][0]["spans"][0]["start"] == 2


def test_a_layer_that_is_not_annotated_is_left_out(predict: Any) -> None:
    [annotation] = predict({"texts": ["x"]}, "moody").json()["annotations"]
    assert annotation == {"categories": [{"task": "mood", "label": "good", "score": 0.5}]}


class Telling(Moody):
    """Says which words decided."""

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        evidence = [{"start": 2, "end": 4, "label": "good", "score": 0.5}]
        return [Answer(each, notes={"evidence": evidence}) for each in self.predict(texts)]


@pytest.mark.parametrize(("offsets", "start"), [("code_points", 2), ("utf16", 3)])
def test_what_decided_stands_beside_the_answer(offsets: str, start: int) -> None:
    client = TestClient(create_app([host("telling", Telling())], limits=LIMITS))
    asked = {"texts": ["👩 ok"], "offsets": offsets}
    [answer] = client.post("/v1/models/telling/predict", json=asked).json()["annotations"]
    assert answer["evidence"] == [{"start": start, "end": start + 2, "label": "good", "score": 0.5}]


def test_a_text_without_answer_has_an_error_alone(predict: Any) -> None:
    first, second, third = predict({"texts": ["a", "fail", "b"]}, "moody").json()["annotations"]
    assert first == third == {"categories": [{"task": "mood", "label": "good", "score": 0.5}]}
    assert second == {"error": {"kind": "prediction", "reason": "it said so"}}


WRONG: list[tuple[Any, int, str, str]] = [
    ({"texts": ["x"] * 6}, 413, "too_many_texts", "6 texts in one request, at most 5 are allowed"),
    ({"texts": ["a", "x" * 21]}, 413, "text_too_long", "texts[1] has 21 code points, at most 20 are allowed"),
    ({"texts": ["x" * 20] * 5, "more": "x" * 500}, 413, "body_too_large", "the body is larger than 500 bytes"),
    ({}, 422, "wrong_shape", "texts is missing, expected a list of strings"),
    ([], 422, "wrong_shape", 'the body is a list, expected an object: {"texts": ["..."]}'),
    ({"texts": "x"}, 422, "wrong_shape", "texts is a string, expected a list of strings"),
    ({"texts": ["a", 1]}, 422, "wrong_shape", "texts[1] is a number, expected a string"),
    ({"texts": [None]}, 422, "wrong_shape", "texts[0] is null, expected a string"),
    ({"texts": [], "offset": "utf16"}, 422, "wrong_shape", "unknown key 'offset'. Known keys: offsets, texts"),
    ({"texts": [], "offsets": "bytes"}, 422, "wrong_shape", "offsets is 'bytes'. Known: code_points, utf16"),
    (
        {"texts": [], "offsets": "x" * 400},
        422,
        "wrong_shape",
        f"offsets is '{'x' * 37}...{'x' * 38}'. Known: code_points, utf16",
    ),
    ({"texts": [], "🙂" * 30: 1}, 422, "wrong_shape", f"unknown key '{'🙂' * 30}'. Known keys: offsets, texts"),
    ({"texts": [], "offsets": []}, 422, "wrong_shape", "offsets is []. Known: code_points, utf16"),
]


@pytest.mark.parametrize(("body", "status", "kind", "detail"), WRONG)
def test_a_wrong_request_is_told_what_is_wrong(predict: Any, body: Any, status: int, kind: str, detail: str) -> None:
    answer = predict(body)
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"], problem["detail"]) == (status, status, detail)
    assert problem["type"] == f"urn:textwright:problem:{kind}"
    assert problem["instance"] == "/v1/models/ranks/predict"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe\xfa",
        b'{"texts": ["a]}',
        b"[" * 400,
        b"9" * 450 + b"x",
        '{"texts": []}'.encode("utf-16"),
        b'{"texts": ["\xed\xa0\x80"]}',
        b'{"texts": ["a"], "texts": ["b"]}',
    ],
)
def test_a_body_that_is_not_json_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/v1/models/ranks/predict", content=body, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:textwright:problem:not_json"


def test_a_body_of_far_too_many_values_takes_no_memory() -> None:
    body = b'{"texts": [%b]}' % b",".join([b"[]"] * 1_000_000)
    tracemalloc.start()
    with pytest.raises(HttpProblem) as refused:
        decoded_body(body, Limits())
    assert tracemalloc.get_traced_memory()[1] < 3 * len(body)
    tracemalloc.stop()
    assert (refused.value.kind, refused.value.more) == ("too_many_texts", {"limit": 1_000, "found": 2_000_001})


@pytest.mark.parametrize("text", ["[," * VALUES, '\\"[,' * VALUES, "\\" * VALUES + "," * 2 * VALUES])
def test_commas_and_brackets_inside_of_texts_are_no_values(text: str) -> None:
    assert decoded_body(json.dumps({"texts": [text]}).encode(), Limits()) == {"texts": [text]}


def test_a_text_without_end_is_read_once() -> None:
    with pytest.raises(HttpProblem, match="not JSON"):
        decoded_body(b'{"texts": ["' + b'\\"[' * 4 * VALUES, Limits())


def test_an_unknown_model_is_told_which_there_are(predict: Any) -> None:
    answer = predict({"texts": []}, "rank")
    assert answer.status_code == 404
    assert answer.json()["models"] == ["ranks", "moody"]
    assert "Served models: ranks, moody" in answer.json()["detail"]


def test_a_fault_tells_the_client_no_secret(predict: Any, client: TestClient) -> None:
    answer = predict({"texts": ["crash"]}, "moody")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/healthz").status_code == 200


def test_the_largest_allowed_request_is_answered(predict: Any) -> None:
    body = {"texts": ["x" * 20] * 5}
    assert len(json.dumps(body)) < 500
    assert predict(body).status_code == 200
