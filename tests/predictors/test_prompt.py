"""A prompt as a predictor: judged, suggested and passed on like any other; a failure stays a failure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.llm.servers import Server, model_server, status
from textwright import trust
from textwright.dataset import Dataset
from textwright.errors import DataError, ModelError, PredictionError, SchemaError
from textwright.evaluate import evaluate
from textwright.predictor import answers
from textwright.references import open_model
from textwright.testing import check_predictor
from textwright.types import Annotation, Category, Example, Span

Write = Callable[..., str]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTWRIGHT_CACHE", str(tmp_path / "answers.sqlite"))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "TEXTWRIGHT_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a prompt file; return the reference of its model."""

    def make(content: str, **more: Any) -> str:
        if "base_url" in more:
            trust.confirm(more["base_url"])
        (tmp_path / "prompt.toml").write_text(
            "\n".join([*(f"{key} = {json.dumps(value)}" for key, value in more.items()), content]), encoding="utf-8"
        )
        return f"prompt:{tmp_path / 'prompt.toml'}"

    return make


def first_words(prompt: str) -> str:
    """Say that the first word of a text is a rank and the second a role; of texts with `?` nothing useful."""
    found = re.search(r"<text>\n(.*)\n</text>", prompt)
    if found is None or "?" in found[1]:
        return "I do not know."
    words = found[1].split()
    return json.dumps(
        {"spans": [{"label": label, "text": word} for label, word in zip(["RANK", "ROLE"], words, strict=False)]}
    )


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(model_server(first_words)) as started:
        yield started


def test_answers_become_spans_of_the_text(server: Server, write: Write) -> None:
    model = open_model(write("", template="ner", labels=["RANK", "ROLE"], base_url=server.address))
    assert model.predict(["Senior Nurse, Hove"]) == [
        Annotation(spans=(Span(0, 6, "RANK"), Span(7, 13, "ROLE"))),
    ]


def test_a_prompt_keeps_the_contract(server: Server, write: Write) -> None:
    with Server(model_server(lambda _: '{"spans": []}')) as silent:
        check_predictor(open_model(write("", template="ner", labels=["RANK"], base_url=silent.address)))


def test_a_failure_is_wrong_and_never_nothing_found(server: Server, write: Write) -> None:
    model = open_model(write("", template="ner", labels=["RANK", "ROLE"], base_url=server.address))
    gold = Annotation(spans=(Span(0, 6, "RANK"), Span(7, 12, "ROLE")))
    data = Dataset([Example("1", "Senior Nurse", gold), Example("2", "Who?", Annotation(spans=()))])
    report = evaluate(model, data)
    assert report.failed == 1
    assert report.score.whole_text.accuracy == 0.5
    assert report.usage is not None
    assert report.usage.calls == 3  # one text is asked again


def test_predict_says_which_text_has_no_answer(server: Server, write: Write) -> None:
    model = open_model(write("", template="ner", labels=["RANK"], base_url=server.address))
    with pytest.raises(PredictionError, match=r"not JSON|no JSON|JSON"):
        model.predict(["Senior Nurse", "Who?"])


def test_labels_that_nobody_asked_for_cost_only_themselves(write: Write) -> None:
    said = [{"label": "RANK", "text": "Senior"}, {"label": "ROLE", "text": "Nurse"}]
    with Server(model_server(lambda _: json.dumps({"spans": said}))) as server:
        model = open_model(write("", template="ner", labels=["RANK"], base_url=server.address))
        [answer] = answers(model, ["Senior Nurse"])
        assert len(server.bodies) == 2  # it is told what is wrong first
    assert answer.annotation == Annotation(spans=(Span(0, 6, "RANK"),))
    assert answer.notes["details"]["repaired"] == ["unknown_label"]


def test_an_answer_of_unknown_labels_alone_is_none(write: Write) -> None:
    with Server(model_server(lambda _: '{"spans": [{"label": "ROLE", "text": "Nurse"}]}')) as server:
        model = open_model(write("", template="ner", labels=["TOWN"], base_url=server.address))
        [answer] = answers(model, ["Senior Nurse"])
    assert answer.annotation is None


def test_labels_that_the_model_made_up_get_the_names_of_the_data(server: Server, write: Write) -> None:
    model = open_model(write('[map]\nRANK = "SENIORITY"\nROLE = ""', template="ner", base_url=server.address))
    [found] = model.predict(["Senior Nurse"])
    assert found.spans == (Span(0, 6, "SENIORITY"),)


def test_asking_again_sends_nothing(server: Server, write: Write) -> None:
    reference = write("", template="ner", labels=["RANK", "ROLE"], base_url=server.address)
    first = list(answers(open_model(reference), ["Senior Nurse"]))
    sent = len(server.bodies)
    second = list(answers(open_model(reference), ["Senior Nurse"]))
    assert len(server.bodies) == sent == 1
    assert second[0].annotation == first[0].annotation
    assert second[0].notes["details"]["cached"]
    assert second[0].notes["details"]["calls"] == 0


def test_a_mention_that_is_not_in_the_text_is_kept_beside_it(write: Write) -> None:
    with Server(model_server(lambda _: '{"spans": [{"label": "TOWN", "text": "Paris"}]}')) as server:
        model = open_model(write("", template="ner", labels=["TOWN"], base_url=server.address))
        [answer] = answers(model, ["Nurse, Hove"])
    assert answer.annotation == Annotation(spans=())
    assert answer.notes["details"]["not_in_text"] == [{"label": "TOWN", "text": "Paris"}]


def test_categories_come_with_the_words_that_decided(write: Write) -> None:
    said = {"categories": [{"task": "advertiser", "label": "agency", "evidence": "Our client"}]}
    with Server(model_server(lambda _: json.dumps(said))) as server:
        model = open_model(write("", template="binary", schema="job_adverts", base_url=server.address))
        [answer] = answers(model, ["Our client is looking for a cook."])
    assert answer.annotation == Annotation(categories=(Category("advertiser", "agency"),))
    assert answer.notes["evidence"] == [{"start": 0, "end": 10, "label": "agency", "task": "advertiser"}]


def test_examples_are_shown_and_never_the_text_itself(server: Server, write: Write, tmp_path: Path) -> None:
    shown = [
        Example("1", "Head Cook", Annotation(spans=(Span(0, 4, "RANK"), Span(5, 9, "ROLE")))),
        Example("2", "Senior Nurse", Annotation(spans=(Span(0, 6, "RANK"), Span(7, 12, "ROLE")))),
    ]
    Dataset(shown).write(tmp_path / "few.jsonl")
    reference = write(
        '[examples]\nfile = "few.jsonl"\ncount = 2', template="ner", labels=["RANK", "ROLE"], base_url=server.address
    )
    open_model(reference).predict(["Senior Nurse"])
    said = json.dumps(server.bodies[0])
    assert "Head Cook" in said
    assert said.count("Senior Nurse") == 1


def test_one_wrong_key_ends_the_asking(write: Write) -> None:
    with Server(status(401, "Incorrect API key provided.")) as server:
        model = open_model(write("", template="ner", labels=["RANK"], base_url=server.address, model="m"))
        found = list(answers(model, [f"text {i}" for i in range(50)]))
    assert {each.problem.kind for each in found if each.problem} == {"refused"}
    assert len(found) == 50
    assert len(server.received) <= 4


def test_a_cascade_hands_on_what_a_prompt_cannot_answer(server: Server, write: Write, tmp_path: Path) -> None:
    write("", template="ner", schema="job_titles", base_url=server.address)
    (tmp_path / "both.toml").write_text(
        '[[step]]\nmodel = "prompt:prompt.toml"\npass_on = "empty"\n\n[[step]]\nmodel = "job_titles.rules"\n',
        encoding="utf-8",
    )
    [answer] = answers(open_model(f"cascade:{tmp_path / 'both.toml'}"), ["Senior Nurse?"])
    assert answer.notes["answered_by"] == "job_titles.rules"
    assert answer.annotation is not None
    assert answer.annotation.spans


def test_a_cascade_counts_what_all_its_steps_took(write: Write, server: Server, tmp_path: Path) -> None:
    with Server(model_server(lambda _: '{"spans": []}')) as silent:
        write("", template="ner", labels=["RANK", "ROLE"], base_url=silent.address)
        (tmp_path / "first.toml").write_bytes((tmp_path / "prompt.toml").read_bytes())
        write("", template="ner", labels=["RANK", "ROLE"], base_url=server.address)
        (tmp_path / "both.toml").write_text(
            '[[step]]\nmodel = "prompt:first.toml"\npass_on = "empty"\n\n[[step]]\nmodel = "prompt:prompt.toml"\n',
            encoding="utf-8",
        )
        [answer] = answers(open_model(f"cascade:{tmp_path / 'both.toml'}"), ["Senior Nurse"])
    assert answer.usage is not None
    assert (answer.usage.calls, answer.usage.prompt_tokens) == (2, 20)


def test_a_template_that_extends_one_for_several_labels_allows_several(write: Write, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text(
        '+++\nname = "mine"\n+++\n{% extends "multilabel" %}\n{% block role %}Sort it.{% endblock %}\n',
        encoding="utf-8",
    )
    said = {"categories": [{"task": "category", "label": label, "evidence": None} for label in ("A", "B")]}
    with Server(model_server(lambda _: json.dumps(said))) as server:
        reference = write("", template=str(tmp_path / "mine.md"), labels=["A", "B"], base_url=server.address)
        [found] = open_model(reference).predict(["x"])
    assert found.categories == (Category("category", "A"), Category("category", "B"))


def test_categories_that_the_model_made_up_get_other_names(write: Write) -> None:
    said = {"categories": [{"task": "category", "label": "fine mood", "evidence": None}]}
    with Server(model_server(lambda _: json.dumps(said))) as server:
        reference = write('[map]\n"fine mood" = "GOOD"', template="multiclass", base_url=server.address)
        [found] = open_model(reference).predict(["x"])
    assert found.categories == (Category("category", "GOOD"),)


def test_a_whole_temperature_is_the_same_question(server: Server, write: Write) -> None:
    for temperature in ("0", "0.0"):
        reference = write(
            f"[parameters]\ntemperature = {temperature}",
            template="ner",
            labels=["RANK", "ROLE"],
            base_url=server.address,
        )
        open_model(reference).predict(["Senior Nurse"])
    assert len(server.bodies) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "names no template"),
        ('template = "nre"', "Did you mean"),
        ('template = "ner"\ntempreature = 1', "unknown key 'tempreature'"),
        ('template = "ner"\n[parameters]\ntempreature = 1', "Did you mean temperature"),
        ('template = "ner"\n[parameters]\ntemperature = "hot"', "temperature is 'hot', expected"),
        ('template = "ner"\n[parameters]\nform = "talk"', "expected one of chat, completion"),
        ('template = "ner"\nconcurrency = 0', "concurrency is 0, expected a number from 1 to 256"),
        ('template = "ner"\ntimeout = nan', "timeout is nan"),
        ('template = "ner"\n[parameters]\nmax_tokens = -1', "max_tokens is -1"),
        ('template = "ner"\n[parameters]\ntemperature = -3.5', "temperature is -3.5"),
        ('template = "ner"\n[parameters]\nstop = [1]', "stop is .1., expected texts"),
        ('template = "ner"\n[parameters]\nstop = ""', "stop is '', expected texts"),
        ('template = "ner"\nlabels = []', "labels names none"),
        ('template = "ner"\nschema = "job_titles"\ntask = "x"', "asks for spans"),
        ('template = "ner"\nlabels = [1]', "expected names such as"),
        ('template = "ner"\nschema = "job_titels"', "no pack has this name"),
        ('template = "ner"\nschema = "job_titles"\nlabels = ["TOWN"]', "'TOWN' is no label of the schema"),
        ('template = "ner"\n[examples]\ncount = 3', "examples need a file"),
        ('template = "ner"\n[examples]\nfile = "none.jsonl"', "none.jsonl"),
        ('template = "summary"', "gives no spans or categories"),
        ('template = "ner"\ngguf = "a.gguf"', "two models"),
        ('template = "ner"\noffline = true\ncached = false', "without a cache"),
        ('template = "ner"\n[budget]\ncost = -1', "-1"),
        ("template = ", "prompt.toml"),
    ],
)
def test_a_mistake_in_the_file_is_named(content: str, said: str, write: Write, tmp_path: Path) -> None:
    trust.confirm("http://127.0.0.1:9/v1")
    (tmp_path / "prompt.toml").write_text(
        f'base_url = "http://127.0.0.1:9/v1"\nmodel = "m"\n{content}', encoding="utf-8"
    )
    with pytest.raises((ModelError, DataError, SchemaError), match=said.replace("(", r"\(")):
        open_model(f"prompt:{tmp_path / 'prompt.toml'}")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.toml"):
        open_model(f"prompt:{tmp_path / 'none.toml'}")
