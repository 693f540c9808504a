"""The third step behind its routes: what suggests, rules of the page, ten texts, what was marked so far."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.server.start.conftest import At, ProjectAt
from textwright.errors import PredictionError
from textwright.predictors.rules.check import check_folder
from textwright.project.look_for.changes import change_label, remove_label
from textwright.project.look_for.work import change
from textwright.project.suggest import work
from textwright.project.suggest.folder import rules_file
from textwright.schema import schema_of
from textwright.types import Annotation, Example, Span

PATH = "/api/steps/suggest"
TEXTS = ("Bosch drill 18 V 🔋 2 kg", "Sony TV 55 in", "Makita saw 36 V", "Sony radio, red")
TOOLS = "[labels.BRAND]\n\n[labels.SIZE]\n\n[labels.JOBTITLE]\n"
SONY = {"label": "BRAND", "kind": "words", "words": "Sony"}
WEIGHT = {"label": "SIZE", "kind": "number", "words": "kg"}


@pytest.fixture
def at(project_at: ProjectAt) -> At:
    return project_at(TEXTS, schema=TOOLS)


def trial(at: At, asked: str = "") -> Any:
    return at.get(f"{PATH}/trial{asked}")


def suggested(at: At) -> list[str]:
    """Return what the desk suggests, text by text, as somebody gets it who corrects."""
    at.bench.desk._suggesting.hurry([1, 2, 3, 4], seconds=5)
    tasks = [at.bench.desk.task("me", number) for number in (1, 2, 3, 4)]
    found = [task.suggestion.annotation.spans if task and task.suggestion else () for task in tasks]
    return [" ".join(span.label for span in spans or ()) for spans in found]


def test_step_begins_with_nothing_and_offers_what_knows_a_label(at: At) -> None:
    data = at.get(PATH)
    assert (data["suggesting"], data["rules"], data["by_hand"], data["proposals"]) == ("nothing", [], False, [])
    assert "job_titles" in [each["reference"] for each in data["models"]]
    assert (at.standing("suggest")["done"], at.standing("suggest")["words"]) == (False, "")
    assert trial(at)["seen"] == []


def test_rules_are_kept_and_seen_at_work(at: At) -> None:
    at.post(f"{PATH}/choose", suggesting="rules")
    assert at.standing("suggest")["done"] is False
    assert at.post(f"{PATH}/rules", rules=[SONY, WEIGHT]) == {"faults": {}, "proposals": []}
    found = trial(at)
    of = found["of"]
    assert found["tried"] == of == len(found["seen"])
    assert found["parts"].keys() == {"0", "1"}
    drill = next((each for each in found["seen"] if "🔋" in each["text"]), None)
    assert drill is None or drill["spans"] == [{"start": 19, "end": 23, "label": "SIZE"}]
    assert [each["words"] for each in at.get(PATH)["rules"]] == ["Sony", "kg"]
    standing = at.standing("suggest")
    assert standing["words"] == "2 rules"
    assert [line.split()[1] for line in standing["commands"]] == ["rules", "predict", "annotate"]
    faults = at.post(f"{PATH}/rules", rules=[SONY, {**SONY, "label": "GONE"}])["faults"]
    assert faults == {"1": ["the label GONE is gone, so this rule marks nothing"]}
    assert trial(at)["parts"].keys() == {"0"}


def test_examples_are_found_and_what_they_look_like_is_said(project_at: ProjectAt) -> None:
    at = project_at([f"Lamp {code}" for code in ("AX-100", "BX-200", "CX-3000", "DX")], schema="[labels.CODE]\n")
    code = {"label": "CODE", "kind": "shape", "words": "AX-999, --"}
    faults = at.post(f"{PATH}/rules", rules=[code])["faults"]
    assert faults == {"0": ["-- has no letter and no digit, so it looks like nothing"]}
    at.post(f"{PATH}/choose", suggesting="rules")
    found = trial(at)
    assert found["shapes"] == {"0": "2 capital letters, a dash, 3 digits"}
    marked = {each["text"] for each in found["seen"] if each["spans"]}
    assert marked == {each["text"] for each in found["seen"]} & {"Lamp AX-100", "Lamp BX-200"}
    assert 'code_shape = ["X{2}-d{3}"]' in rules_file(at.project).read_text()
    found = check_folder(at.project.rules)
    assert (found.errors, found.warnings) == ((), ())


def test_label_that_a_shape_proposed_comes_with_a_ready_suggestion(project_at: ProjectAt) -> None:
    texts = [f"Item {n}: {code} for the house" for n, code in enumerate(("AX-100", "BX-200", "CX-300", "DX-400") * 6)]
    at = project_at(texts)
    offered = wait_for_proposals(at)
    code = next(each for each in offered if each["name"] == "CODE")
    at.post("/api/steps/look_for/labels", name="CODE", meaning=code["meaning"], place=code["places"][0])
    [ready] = at.get(PATH)["proposals"]
    assert (ready["label"], ready["kind"], len(ready["words"])) == ("CODE", "shape", 1)
    at.post(f"{PATH}/rules", rules=[{"label": "CODE", "kind": "shape", "words": ready["words"][0]}])
    at.post(f"{PATH}/choose", suggesting="rules")
    found = trial(at)
    assert found["found"] == found["tried"] == ready["times"][0]
    assert at.get(PATH)["proposals"] == []


def wait_for_proposals(at: At) -> Any:
    """Return what the second step proposes, once it has looked at the shapes."""
    for _ in range(1_200):
        offered = at.get("/api/steps/look_for/proposals")
        if offered["labels"] or offered["ready"]:
            return offered["labels"]
        threading.Event().wait(0.05)
    return []


def test_words_that_no_text_has_are_named_beside_their_rule(at: At) -> None:
    at.post(f"{PATH}/rules", rules=[{**SONY, "words": "Sony, Bosh"}])
    at.post(f"{PATH}/choose", suggesting="rules")
    assert trial(at)["absent"] == {"0": ["Bosh"]}
    path = rules_file(at.project)
    path.write_text(f"# by hand\n{path.read_text()}")
    assert trial(at)["absent"] == {}


def test_desk_suggests_with_what_was_chosen_and_follows_changes(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "QUIET_SECONDS", 0.0)
    at.post(f"{PATH}/rules", rules=[SONY])
    at.post(f"{PATH}/choose", suggesting="rules")
    assert suggested(at) == ["", "BRAND", "", "BRAND"]
    at.post(f"{PATH}/rules", rules=[WEIGHT])
    waiting = [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
    for timer in waiting:
        timer.join()
    assert suggested(at) == ["SIZE", "", "", ""]
    at.post(f"{PATH}/choose", suggesting="nothing")
    assert suggested(at) == ["", "", "", ""]


def test_rules_written_by_hand_are_said_and_can_be_put_aside(at: At) -> None:
    at.post(f"{PATH}/rules", rules=[SONY])
    at.post(f"{PATH}/choose", suggesting="rules")
    path = rules_file(at.project)
    path.write_text(path.read_text().replace("Sony", "Makita"))
    assert at.get(PATH)["by_hand"] is True
    assert at.standing("suggest")["words"] == "rules"
    assert trial(at)["parts"] == {}
    assert "was changed by hand" in at.refused(f"{PATH}/rules", rules=[WEIGHT])
    assert at.post(f"{PATH}/page-rules")["by_hand"] is False
    assert trial(at)["parts"].keys() == {"0"}


def test_rules_follow_labels_that_are_renamed_and_removed(at: At) -> None:
    at.post(f"{PATH}/rules", rules=[SONY, WEIGHT])
    at.post(f"{PATH}/choose", suggesting="rules")
    change(at.bench, lambda schema: change_label(schema, "BRAND", replace(schema.label("BRAND"), name="MAKER")))
    assert suggested(at) == ["SIZE", "MAKER", "", "MAKER"]
    change(at.bench, lambda schema: remove_label(schema, "MAKER"))
    assert suggested(at) == ["SIZE", "", "", ""]
    assert [rule["label"] for rule in at.get(PATH)["rules"]] == ["MAKER", "SIZE"]


def test_what_was_corrected_proposes_words_and_judges_rules(at: At) -> None:
    held_out = {each.id for each in at.project.texts if each.meta.get("held_out")}
    marked = Example("t2", TEXTS[1], Annotation((Span(0, 4, "BRAND"),)), annotator="me")
    other = Example("t4", TEXTS[3], Annotation((Span(12, 15, "SIZE"),)), annotator="me")
    at.bench.desk.add([marked, other])
    at.post(f"{PATH}/rules", rules=[SONY])
    at.post(f"{PATH}/choose", suggesting="rules")
    words = {each["label"]: each["words"] for each in at.get(PATH)["proposals"] if each["kind"] == "words"}
    assert words == ({} if "t4" in held_out else {"SIZE": ["red"]})
    of = len({"t2", "t4"} - held_out)
    assert trial(at)["checked"] == ({"0": {"right": 1, "of": of}} if of else {})


def test_model_is_tried(at: At) -> None:
    at.post(f"{PATH}/choose", suggesting="model", model="job_titles.split")
    found = trial(at, "?show=found")
    assert found["found"] == found["tried"] == len(found["seen"])
    assert {span["label"] for each in found["seen"] for span in each["spans"]} == {"JOBTITLE"}
    assert at.standing("suggest")["words"] == "job_titles.split"


def wait_for(name: str) -> None:
    for thread in threading.enumerate():
        if thread.name == name:
            thread.join(60)


def test_language_model_answers_text_by_text_and_then_suggests(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, taken = threading.Event(), list[str]()

    class Slow:
        schema = schema_of(["BRAND"])

        def predict(self, texts: Sequence[str]) -> list[Annotation]:
            asked.wait(60)
            return [Annotation((Span(0, 4, "BRAND"),)) for _ in texts]

    monkeypatch.setattr(work, "open_suggester", lambda project: {"prompt 1": Slow()})
    monkeypatch.setattr(at.bench, "take_suggester", lambda: taken.append("taken"))
    at.post(f"{PATH}/prompt", address="http://127.0.0.1:9/v1", model="m", confirmed=True)
    assert at.get(PATH)["prompt"] == {"address": "http://127.0.0.1:9/v1", "model": "m", "confirmed": True}
    first = trial(at)
    assert (first["running"], first["tried"], taken) == (True, 0, [])
    asked.set()
    wait_for("textwright asking")
    last = trial(at)
    assert (last["running"], last["failed"]) == (False, 0)
    assert last["found"] == last["tried"] == last["of"]
    assert taken == ["taken"]


def test_language_model_that_never_answers_does_not_suggest(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        schema = schema_of(["BRAND"])

        def predict(self, texts: Sequence[str]) -> list[Annotation]:
            raise PredictionError(0, "nobody is there")

    monkeypatch.setattr(work, "open_suggester", lambda project: {"prompt 1": Gone()})
    monkeypatch.setattr(at.bench, "take_suggester", lambda: pytest.fail("it suggests"))
    at.post(f"{PATH}/prompt", address="http://127.0.0.1:9/v1", model="m", confirmed=True)
    trial(at)
    wait_for("textwright asking")
    found = trial(at)
    assert found["failed"] == found["tried"] == found["of"]
    assert found["seen"][0]["problem"] == "nobody is there"


REFUSED: tuple[tuple[str, Any, str], ...] = (
    ("choose", {"suggesting": "magic"}, "suggesting"),
    ("choose", {"suggesting": "model"}, "no model was named"),
    ("choose", {"suggesting": "model", "model": "emotion.linear"}, "knows none of your labels"),
    ("rules", {"rules": [{"label": "BRAND", "kind": "magic"}]}, r"rules\[0\].kind"),
    ("rules", {"rules": [{**SONY, "most": 9}]}, r"rules\[0\].most"),
    ("rules", {"rules": [{**SONY, "words": "a\u0000b" * 400_000}]}, r"rules\[0\].words"),
    ("prompt", {"address": "nowhere", "model": "m"}, "nowhere is no address of a server"),
)


def test_what_cannot_be_is_said(at: At) -> None:
    for path, body, said in REFUSED:
        assert re.search(said, at.refused(f"{PATH}/{path}", **body))
    assert at.get(PATH)["suggesting"] == "nothing"
    at.project.page_rules_file.write_text("{")
    answer = at.client.get(PATH)
    assert answer.status_code == 422
    assert "Move it away" in answer.json()["detail"]
    assert at.standing("suggest")["done"] is False
