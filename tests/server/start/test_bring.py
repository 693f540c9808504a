"""The first step behind its routes: paste, open or take texts, repair them, choose a column, begin anew."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.start.conftest import At, ProjectAt

PATH = "/api/steps/bring"
RAW = "R&amp;D Lead\nCook\ncook\n\nThe <b>Bold</b> one\n"


@pytest.fixture
def at(project_at: ProjectAt) -> At:
    return project_at()


def upload(at: At, name: str, content: bytes) -> Any:
    headers = {"Content-Type": "application/octet-stream"}
    return at.client.post(f"{PATH}/file", params={"name": name}, content=content, headers=headers)


def test_a_new_project_offers_examples(at: At) -> None:
    found = at.get(PATH)
    assert (found["count"], found["sample"], found["repairs"]) == (0, [], [])
    assert [each["name"] for each in found["examples"]] == ["products", "tickets", "titles"]
    assert all(each["texts"] > 200 and each["first"] for each in found["examples"])
    assert not at.standing("bring")["done"]


def test_pasted_texts_are_shown_with_what_is_worth_repairing(at: At) -> None:
    found = at.post(f"{PATH}/pasted", text=RAW)
    assert found["count"] == 4
    assert found["said"][0]["words"] == "4 texts will do to look around. A model needs about 100: bring more."
    assert [(each["name"], each["chosen"]) for each in found["repairs"]] == [
        ("tags", False),
        ("letters", False),
        ("same", False),
    ]
    assert found["repairs"][1]["shown"] == [{"before": "R&amp;D Lead", "after": "R&D Lead"}]
    assert at.standing("bring")["words"] == "4 texts"
    assert at.get(PATH) == found


def test_repairs_are_done_and_taken_back(at: At) -> None:
    at.post(f"{PATH}/pasted", text=RAW)
    found = at.post(f"{PATH}/repairs", repairs=["tags", "letters", "same"])
    assert [each["text"] for each in found["sample"]] == ["R&D Lead", "Cook", "The Bold one"]
    assert all(each["chosen"] for each in found["repairs"])
    assert "textwright dedupe" in " ".join(at.standing("bring")["commands"])
    assert at.post(f"{PATH}/repairs", repairs=[])["count"] == 4
    assert "no repair is called 'magic'" in at.refused(f"{PATH}/repairs", repairs=["magic"])


def test_a_table_is_opened_and_another_column_chosen(at: At) -> None:
    found = upload(at, "jobs.csv", b"id,title,town\n1,Head Chef,York\n2,Cook,Leeds\n").json()
    assert found["sources"] == [{"name": "jobs.csv", "texts": 2, "column": "title", "columns": ["title", "town"]}]
    found = at.post(f"{PATH}/column", source="jobs.csv", column="town")
    assert [each["text"] for each in found["sample"]] == ["York", "Leeds"]
    assert "Columns: title, town" in at.refused(f"{PATH}/column", source="jobs.csv", column="job")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"PK\x03\x04", "a.xlsx: the file is a workbook"),
        ("../../etc/a.json", b'["a", "b"', "../../etc/a.json:1: not JSON"),
        ("a.txt", b"", "a.txt: the file is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_its_own_name(at: At, name: str, content: bytes, said: str) -> None:
    answer = upload(at, name, content)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(said)
    assert at.get(PATH)["count"] == 0


def test_an_example_comes_in_and_goes(at: At) -> None:
    found = at.post(f"{PATH}/example", example="products")
    assert found["count"] > 200
    assert 0.2 < found["held_out"] / found["count"] < 0.3
    assert at.project.state.example == "products"
    assert at.client.request("DELETE", f"{PATH}/texts", json={}).json()["count"] == 0
    assert at.project.state.example is None
    assert "no example is called 'cars'" in at.refused(f"{PATH}/example", example="cars")


def test_a_long_text_is_shown_short(at: At) -> None:
    found = at.post(f"{PATH}/pasted", text="word " * 500)
    assert len(found["sample"][0]["text"]) == 301


def test_personal_data_is_offered_to_be_masked(at: At) -> None:
    (offer,) = at.post(f"{PATH}/pasted", text="write to ann@example.org\nor call +44 20 7946 0958\n")["repairs"]
    assert offer["words"].startswith("2 texts with e-mail addresses or telephone numbers")
    found = at.post(f"{PATH}/repairs", repairs=["persons"])
    assert [each["text"] for each in found["sample"]] == ["write to xxx@xxxxxxx.xxx", "or call +00 00 0000 0000"]
    assert found["repairs"][0]["chosen"]
    assert "The folder keeps the texts as they came" in found["repairs"][0]["caution"]
    assert "ann@example.org" in at.project.brought_file.read_text()
