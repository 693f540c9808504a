"""What the routes do with the work itself."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from tests.server.annotation.conftest import Client, act, kind_of, made_desk, state
from textwright.annotate.desk import Desk
from textwright.errors import StoreError
from textwright.server.annotation.limits import AnnotationLimits
from textwright.server.annotation.routes import ROUTES


def send(client: TestClient, *acts: Any) -> Any:
    return client.post("/api/acts", json={"acts": list(acts)})


def test_project_says_what_it_is_and_who_asks(client: TestClient) -> None:
    told = client.get("/api/project").json()
    assert (told["name"], told["annotator"], told["role"], told["login"]) == ("titles", "me", "owner", False)
    assert set(told["schema"]["labels"]) == {"JOB", "RANK"}
    assert told["total"] == 3


def test_label_is_added_and_can_be_used_at_once(client: TestClient) -> None:
    added = client.post("/api/labels", json={"name": "CITY", "meaning": "A town."}).json()["schema"]
    assert added["labels"]["CITY"] == {"meaning": "A town.", "key": "c"}
    assert set(client.get("/api/project").json()["schema"]["labels"]) == {"JOB", "RANK", "CITY"}
    [kept] = send(client, act("a", state=state((0, 4, "CITY")))).json()["results"]
    assert kept["version"] == 1


@pytest.mark.parametrize("name", ["JOB", " CITY"])
def test_label_that_cannot_be_is_refused(client: TestClient, name: str) -> None:
    refused = client.post("/api/labels", json={"name": name})
    assert (refused.status_code, kind_of(refused)) == (422, "wrong_label")
    assert set(client.get("/api/project").json()["schema"]["labels"]) == {"JOB", "RANK"}


def test_queue_gives_texts_in_order_without_those_known(client: TestClient) -> None:
    first = client.get("/api/queue").json()["tasks"]
    assert [task["number"] for task in first] == [1, 2, 3]
    assert [task["number"] for task in client.get("/api/queue?skip=1,3").json()["tasks"]] == [2]


def test_acts_are_kept_and_come_back(client: TestClient) -> None:
    [kept] = send(client, act("a")).json()["results"]
    assert (kept["key"], kept["version"]) == ("a", 1)
    task = client.get("/api/texts/1").json()
    assert (task["version"], task["status"]) == (1, "done")
    assert task["acts"][0]["state"]["spans"] == [{"start": 0, "end": 4, "label": "RANK"}]
    assert client.get("/api/history?text=1").json()["acts"][0]["seconds"] == 1.5


def test_act_that_comes_twice_is_answered_alike(client: TestClient) -> None:
    assert send(client, act("a")).json() == send(client, act("a")).json()


def test_conflict_tells_the_history(client: TestClient) -> None:
    send(client, act("a"))
    [refused] = send(client, act("b")).json()["results"]
    assert refused["problem"]["kind"] == "conflict"
    assert (refused["problem"]["version"], len(refused["problem"]["acts"])) == (1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": state((0, 99, "RANK"))},
        {"state": state((0, 4, "CITY"))},
        {"state": state((0, 4, "RANK"), note="x" * 20_001)},
        {"state": {}},
        {"state": None},
        {"kind": "delete"},
        {"base": -1},
        {"base": 2**40},
        {"text": "1"},
        {"seconds": -1},
        {"seconds": "x"},
        {"more": 1},
    ],
)
def test_wrong_act_holds_up_no_other(client: TestClient, wrong: dict[str, Any]) -> None:
    refused, kept = send(client, {**act("a"), **wrong}, act("b", text=2, state=state())).json()["results"]
    assert (refused["key"], refused["problem"]["kind"]) == ("a", "invalid")
    assert kept["version"] == 1


def test_act_of_an_unknown_text_is_told_so(client: TestClient) -> None:
    [refused] = send(client, act("a", text=99)).json()["results"]
    assert refused["problem"]["kind"] == "no_such_text"


def test_too_many_acts_are_refused_and_the_most_are_kept(client: TestClient) -> None:
    acts = [act(f"k{i}", base=i, kind="edit") for i in range(1_001)]
    refused = send(client, *acts)
    assert (refused.status_code, kind_of(refused)) == (413, "too_many_acts")
    assert client.get("/api/texts/1").json()["version"] == 0
    assert send(client, *acts[:1_000]).json()["results"][-1]["version"] == 1_000


def test_acts_come_too_often(desk: Desk, client_of: Client) -> None:
    client = client_of(desk, limits=AnnotationLimits(acts_burst=3, acts_a_second=0.1))
    assert send(client, *[act(f"k{i}", base=i, kind="edit") for i in range(3)]).status_code == 200
    refused = send(client, act("late", base=3))
    assert (refused.status_code, kind_of(refused)) == (429, "too_often")
    assert 1 <= int(refused.headers["retry-after"]) <= 10


def test_requests_come_too_often(desk: Desk, client_of: Client) -> None:
    client = client_of(desk, limits=AnnotationLimits(requests_burst=3, requests_a_second=0.1))
    assert [client.get("/api/project").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert client.get("/healthz").status_code == 200


def test_answer_comes_after_the_commit(desk: Desk, client: TestClient) -> None:
    """Hold the commit of an act back: there must be no answer until it is through."""
    going, reached = threading.Event(), threading.Event()
    answers: list[Any] = []

    def mark(connection: Any, _: Any, statement: str, *__: Any) -> None:
        connection.info["keeps an act"] = "INSERT INTO acts" in statement or connection.info.get("keeps an act")

    def hold(connection: Any) -> None:
        if connection.info.pop("keeps an act", False):
            reached.set()
            assert going.wait(60)

    event.listen(desk.database.engine, "before_cursor_execute", mark)
    event.listen(desk.database.engine, "commit", hold)
    asking = threading.Thread(target=lambda: answers.append(send(client, act("a"))))
    asking.start()
    assert reached.wait(60)
    asking.join(0.3)
    assert answers == []
    going.set()
    asking.join(60)
    assert answers[0].json()["results"][0]["version"] == 1


@pytest.mark.parametrize("method", ["record", "queue", "task", "progress", "rows", "past", "examples"])
def test_storage_that_fails_is_told_with_a_time_to_come_again(
    desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise StoreError("the database says: database or disk is full")

    monkeypatch.setattr(desk, method, fail)
    ask: dict[str, Callable[[], Any]] = {
        "record": lambda: send(client, act("a")),
        "queue": lambda: client.get("/api/queue"),
        "task": lambda: client.get("/api/texts/1"),
        "progress": lambda: client.get("/api/progress"),
        "rows": lambda: client.get("/api/texts"),
        "past": lambda: client.get("/api/history?text=1"),
        "examples": lambda: client.get("/api/export"),
    }
    refused = ask[method]()
    assert (refused.status_code, kind_of(refused)) == (503, "storage")
    assert refused.headers["retry-after"] == "5"
    assert "disk is full" in refused.json()["detail"]


def test_rows_are_found_and_filtered(client: TestClient) -> None:
    send(client, act("a", state=state((0, 4, "RANK"), flagged=True)))
    found = client.get("/api/texts?label=RANK&flagged=true&status=done&annotator=me").json()
    assert [row["number"] for row in found["texts"]] == [1]
    assert found["texts"][0]["annotations"][0]["annotator"] == "me"
    assert client.get("/api/texts?query=nurse").json()["texts"][0]["number"] == 2
    assert client.get("/api/texts?limit=1").json()["more"] is True
    assert client.get("/api/texts?query=nothing").json() == {"texts": [], "more": False, "found": None}


def test_progress_counts(client: TestClient) -> None:
    send(client, act("a"), act("b", text=2, kind="skip", state=state()))
    told = client.get("/api/progress").json()
    assert (told["total"], told["done"], told["mine"]["done"]) == (3, 1, 1)


def test_agreement_of_one_says_why_there_is_none(client: TestClient) -> None:
    told = client.get("/api/agreement").json()
    assert told["pairs"] == []
    assert told["notes"]


def test_disagreement_is_decided_once(logged_in: Callable[[str], TestClient], people: Desk) -> None:
    object.__setattr__(people.settings, "people", 2)
    send(logged_in("ann"), act("a"))
    send(logged_in("bob"), act("b", state=state((0, 4, "JOB"))))
    reviewer = logged_in("rev")
    [differing] = reviewer.get("/api/disagreements").json()["texts"]
    assert {side["annotator"] for side in differing["sides"]} == {"ann", "bob"}
    decision = {"key": "d", "text": 1, "base": 0, "took": "bob", "spans": [], "categories": [], "reason": "<b>so</b>"}
    kept = reviewer.post("/api/decisions", json=decision)
    assert reviewer.post("/api/decisions", json=decision).json() == kept.json()
    late = reviewer.post("/api/decisions", json={**decision, "key": "e"})
    assert (late.status_code, kind_of(late)) == (409, "decided_elsewhere")
    assert late.json()["decision"]["took"] == "bob"
    assert reviewer.get("/api/notes").json()["notes"][0]["reason"] == "<b>so</b>"
    written = reviewer.get("/api/notes?format=markdown")
    assert written.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "<b>" not in written.text


@pytest.mark.parametrize(
    "wrong", [{"text": 99}, {"spans": [{"start": 0, "end": 99, "label": "JOB"}]}, {"took": "nobody"}]
)
def test_decision_that_does_not_fit_is_refused(client: TestClient, wrong: dict[str, Any]) -> None:
    refused = client.post(
        "/api/decisions", json={"key": "d", "text": 1, "base": 0, "took": None, "reason": "", **wrong}
    )
    assert (refused.status_code, kind_of(refused)) == (422, "wrong_decision")


def test_another_s_work_is_not_seen_before_handing_in(logged_in: Callable[[str], TestClient], people: Desk) -> None:
    object.__setattr__(people.settings, "people", 2)
    send(logged_in("ann"), act("a", state=state((0, 4, "RANK"), note="a secret note")))
    bob = logged_in("bob")
    for path in ("/api/texts", "/api/history?text=1", "/api/texts/1", "/api/texts?annotator=ann", "/api/progress"):
        assert "a secret note" not in bob.get(path).text
        assert "ann" not in bob.get(path).text.replace("annotat", "")
    assert bob.get("/api/export").status_code == 403


def test_every_route_is_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]
    assert {(method.upper(), path) for path, methods in described.items() for method in methods} == {
        ("GET", "/healthz"),
        *((route.method, route.path) for route in ROUTES),
    }


def test_metrics_stay_away_unless_asked(desk: Desk, client_of: Client) -> None:
    assert client_of(desk).get("/metrics").status_code == 404
    asked = client_of(desk, metrics=True)
    asked.get("/healthz")
    assert 'textwright_requests_total{status="200"} 1.0' in asked.get("/metrics").text


@pytest.mark.parametrize("note", ["nul \x00", "half \ud83d"])
def test_what_no_database_holds_is_refused(where: str, client_of: Client, note: str) -> None:
    desk = made_desk(where)
    client = client_of(desk)
    body = json.dumps({"acts": [act("a", state=state(note=note))]})
    refused = client.post("/api/acts", content=body, headers={"Content-Type": "application/json"})
    if "half" in note:
        assert (refused.status_code, kind_of(refused)) == (400, "not_json")
    else:
        assert refused.json()["results"][0]["problem"]["kind"] == "invalid"
    assert send(client, act("b", state=state(note="kept 🚀 \u2028 </script>"))).json()["results"][0]["version"] == 1
    assert client.get("/api/texts/1").json()["acts"][0]["state"]["note"] == "kept 🚀 \u2028 </script>"
    desk.close()
    desk.database.close()


def test_a_page_hears_which_of_its_texts_were_handed_in_elsewhere(client: TestClient) -> None:
    send(client, act("a"), act("b", text=2, kind="skip"), act("c", text=3, kind="edit"))
    assert client.get("/api/over?texts=1,2,3,99").json() == {"over": [1, 2]}
    assert client.get("/api/over?texts=").status_code == 422
