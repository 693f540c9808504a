"""Whole files come in and go out while people work."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.server.annotation.conftest import Client, act, kind_of, made_desk, state
from textwright import formats
from textwright.annotate.desk import Desk
from textwright.errors import StoreError
from textwright.types import Example

BYTES = {"Content-Type": "application/octet-stream"}


def bring(client: TestClient, content: bytes, query: str = "name=more.jsonl") -> Any:
    return client.post(f"/api/import?{query}", content=content, headers=BYTES)


def lines(*records: Any) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in records)


def test_export_gives_a_line_for_each_annotation(client: TestClient) -> None:
    client.post("/api/acts", json={"acts": [act("a"), act("b", text=2, kind="edit", state=state())]})
    answer = client.get("/api/export?format=jsonl")
    first, second = map(json.loads, answer.text.splitlines())
    assert (first["id"], first["annotator"], first["spans"]) == ("t1", "me", [{"start": 0, "end": 4, "label": "RANK"}])
    assert second["status"] == "begun"
    assert len(client.get("/api/export?status=done").text.splitlines()) == 1
    assert "annotator" not in json.loads(client.get("/api/export?which=gold").text)


def test_export_of_nothing_is_an_empty_file(client: TestClient) -> None:
    answer = client.get("/api/export")
    assert (answer.status_code, answer.content) == (200, b"")


def test_export_is_sent_as_it_is_read(desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def many(**_: Any) -> Iterator[Example]:
        return (Example(f"t{i}", "x" * 1_000) for i in range(1_000))

    monkeypatch.setattr(desk, "examples", many)
    with client.stream("GET", "/api/export") as answer:
        assert "content-length" not in answer.headers
        assert sum(len(piece.splitlines()) for piece in [answer.read()]) == 1_000


@pytest.mark.parametrize("name", [name for name in formats.FORMATS if name not in ("spacy",)])
def test_every_format_is_given_or_says_what_would_be_lost(client: TestClient, name: str) -> None:
    client.post("/api/acts", json={"acts": [act("a")]})
    strict = client.get(f"/api/export?format={name}")
    assert strict.status_code in (200, 409)
    if strict.status_code == 409:
        assert kind_of(strict) in ("lossy", "not_writable")
    lossy = client.get(f"/api/export?format={name}&lossy=true")
    assert lossy.status_code in (200, 409)
    if lossy.status_code == 200:
        assert lossy.content
        assert lossy.headers["content-disposition"].startswith("attachment")


def test_lossy_format_counts_what_would_be_lost(client: TestClient) -> None:
    client.post("/api/acts", json={"acts": [act("a")]})
    refused = client.get("/api/export?format=conll")
    assert (refused.status_code, kind_of(refused)) == (409, "lossy")
    assert refused.json()["lost"]["annotators"] == 1


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_a_table_holds_the_spans_with_their_places_unless_loss_is_asked_for(
    client: TestClient, tmp_path: Path, name: str
) -> None:
    client.post("/api/acts", json={"acts": [act("a")]})
    path = tmp_path / f"out.{name}"
    for query, places in [("", [(0, 4)]), ("&lossy=true", [])]:
        path.write_bytes(client.get(f"/api/export?format={name}{query}").content)
        [example] = formats.read(path)
        assert [(span.start, span.end) for span in example.gold.spans or ()] == places


def test_unknown_format_names_those_known(client: TestClient) -> None:
    refused = client.get("/api/export?format=word")
    assert (refused.status_code, kind_of(refused)) == (422, "unknown_format")
    assert "jsonl" in refused.json()["formats"]


def test_export_goes_on_with_a_full_disk(desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post("/api/acts", json={"acts": [act("a")]})

    def full(_: Any) -> Any:
        raise StoreError("the database says: database or disk is full")

    monkeypatch.setattr(desk.database, "write", full)
    assert len(client.get("/api/export").text.splitlines()) == 1


def test_import_adds_texts_and_annotations(client: TestClient) -> None:
    content = lines(
        {"id": "t1", "text": "Lead UX researcher"},
        {"id": "new", "text": "Chief cook", "spans": [{"start": 0, "end": 5, "label": "RANK"}], "annotator": "bob"},
    )
    assert bring(client, content).json() == {"added": 1, "known": 1, "annotations": 1}
    assert bring(client, content).json() == {"added": 0, "known": 2, "annotations": 0}
    assert client.get("/api/project").json()["total"] == 4
    [found] = client.get("/api/texts?annotator=bob").json()["texts"]
    assert found["annotations"][0]["status"] == "done"


@pytest.mark.parametrize(
    ("query", "content"),
    [
        ("name=a.txt", b"Cook\nBaker\n"),
        ("name=a.csv&column=title", b"title,x\nCook,1\nBaker,2\n"),
        ("name=a&format=lines", b"Cook\nBaker"),
    ],
)
def test_format_is_found_by_name_content_or_word(client: TestClient, query: str, content: bytes) -> None:
    assert bring(client, content, query).json()["added"] == 2


def test_wrong_line_is_named_and_nothing_is_added(client: TestClient) -> None:
    content = lines({"text": "good"}, {"text": "bad", "spans": [{"start": 0, "end": 99, "label": "JOB"}]}, {"text": 1})
    refused = bring(client, content)
    assert (refused.status_code, kind_of(refused)) == (422, "wrong_lines")
    problem = refused.json()
    assert (problem["line"], problem["found"], [each["line"] for each in problem["lines"]]) == (2, 2, [2, 3])
    assert problem["detail"].startswith("more.jsonl, line 2: ")
    assert client.get("/api/project").json()["total"] == 3


@pytest.mark.parametrize(
    "record",
    [
        {"text": "nul \x00"},
        {"text": "x", "id": "nul \x00"},
        {"text": "half \ud83d"},
        {"text": "x", "annotator": "a/b"},
        {"text": "x", "annotator": "\x00", "spans": []},
        {"text": "xx", "spans": [{"start": 0, "end": 1, "label": "CITY"}]},
        {"text": "x", "categories": [{"task": "kind", "label": "c"}]},
        {"text": "x", "categories": [{"task": "other", "label": "a"}]},
    ],
)
def test_record_that_the_project_cannot_hold_is_refused(client: TestClient, record: Any) -> None:
    refused = bring(client, lines(record))
    assert (refused.status_code, kind_of(refused)) == (422, "wrong_lines")
    assert refused.json()["line"] == 1


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00\x01\x02", b'{"text": ', b"PAR1" + b"x" * 50, b"[" * 5_000])
@pytest.mark.parametrize("name", ["x.jsonl", "x.csv", "x.parquet", "x.json", "x.conll", "x.spacy", "x"])
def test_broken_file_is_refused_without_a_fault(client: TestClient, name: str, content: bytes) -> None:
    answer = bring(client, content, f"name={name}")
    assert answer.status_code in (200, 422)
    assert "/tmp" not in answer.text


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "/etc/passwd.txt",
        "..\\..\\x.txt",
        "a%00b.txt",
        "x.t%2F..%2Fxt",
        "x" * 190 + ".txt",
        ".txt",
        "con.txt",
    ],
)
def test_name_of_an_import_reaches_no_path(client: TestClient, name: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    answer = bring(client, b"Cook\n", f"name={name}")
    assert answer.status_code in (200, 422)
    assert [each for each in sorted(tmp_path.rglob("*")) if each not in before and "sqlite" not in each.name] == []


def test_full_disk_while_importing_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    refused = bring(client, b"Cook\n", "name=a.txt")
    assert (refused.status_code, kind_of(refused)) == (503, "storage")


def test_imports_are_in_the_audit_log(client: TestClient) -> None:
    bring(client, b"Cook\n", "name=a.txt")
    client.get("/api/export")
    told = client.get("/api/audit").json()["entries"]
    assert [each["what"] for each in told] == ["import", "export"]
    assert told[0]["detail"] == {"file": "a.txt", "added": 1, "known": 0, "annotations": 0}


def test_both_databases_take_what_the_page_sends(where: str, client_of: Client) -> None:
    desk = made_desk(where)
    client = client_of(desk)
    assert bring(client, lines({"text": "Köchin 🚀", "meta": {"a\u2028": [1, None, "\\u0000"]}})).json()["added"] == 1
    assert client.post("/api/acts", json={"acts": [act("a")]}).json()["results"][0]["version"] == 1
    assert client.get("/api/queue").json()["tasks"][-1]["text"] == "Köchin 🚀"
    assert len(client.get("/api/export").text.splitlines()) == 1
    for path in ("progress", "texts", "history?text=1", "agreement", "disagreements", "notes", "accounts", "audit"):
        assert client.get(f"/api/{path}").status_code == 200
    for query in ("query=%00", "label=%00", "annotator=%00", "query=%ff", "query=%ed%a0%80"):
        assert client.get(f"/api/texts?{query}").status_code in (200, 422)
    desk.close()
    desk.database.close()
