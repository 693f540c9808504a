"""Every template that ships is filled, makes a sound conversation and asks for a form that servers take."""

from __future__ import annotations

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from textwright import packs
from textwright.dataset import Dataset
from textwright.llm.prompts.answer_schema import strict
from textwright.llm.prompts.few_shot import FewShot
from textwright.llm.prompts.prompt import Prompt
from textwright.llm.prompts.template import templates
from textwright.packs.templates import template_folders
from textwright.schema import Schema

from .samples import MOOD, STARS, TOPIC, TRADES

ALL = {each.name: each for each in templates(template_folders()[1:])}
NAMES = [
    "binary",
    "explain",
    "job_titles",
    "multiclass",
    "multilabel",
    "ner",
    "qa",
    "qa_gen",
    "relation",
    "sql_writer",
    "summary",
    "tabular",
]
SCHEMAS = {
    "binary": Schema(tasks=(MOOD,)),
    "multiclass": Schema(tasks=(MOOD, STARS)),
    "multilabel": Schema(tasks=(MOOD, TOPIC)),
    "job_titles": packs.open_pack("job_titles").schema,
}
VALUES: dict[str, dict[str, Any]] = {
    "qa": {"question": "Where was it?"},
    "sql_writer": {"tables": "guests(name, nights)"},
    "tabular": {"columns": ["who", 'the "where"'], "row": "a guest"},
    "relation": {"relations": ["works for"]},
}
ANSWERS: dict[str, Any] = {
    "binary": {"categories": [{"task": "mood", "label": "good", "evidence": "lovely"}]},
    "multiclass": {"categories": [{"task": "mood", "label": "bad"}, {"task": "stars", "label": "one"}]},
    "multilabel": {"categories": [{"task": "mood", "label": "bad"}, {"task": "topic", "label": "food"}]},
    "ner": {"spans": [{"label": "TOWN", "text": "Hove", "occurrence": 2}, {"label": "TRADE", "text": "Cook"}]},
    "job_titles": {"spans": [{"label": "JOBTITLE", "text": "Cook"}]},
    "relation": {"relations": [{"subject": "Ada", "relation": "works for", "object": "the mill"}]},
    "qa": {"answer": "Hove", "evidence": None},
    "qa_gen": {"questions": [{"question": "Where?", "answer": "Hove", "evidence": "in Hove"}]},
    "summary": {"summary": "It rained."},
    "explain": {"explanation": "Water fell.", "terms": [{"term": "rain", "meaning": "Water from clouds."}]},
    "tabular": {"columns": ["who", 'the "where"'], "rows": [["Ada", None]]},
    "sql_writer": {"sql": "SELECT 1", "reason": None},
}


def prompt_of(name: str) -> Prompt:
    return Prompt(ALL[name], SCHEMAS.get(name, TRADES), VALUES.get(name, {}))


def test_the_promised_templates_are_there() -> None:
    assert sorted(ALL) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_makes_a_sound_conversation(name: str) -> None:
    system, user = prompt_of(name).messages("It rained in Hove.")
    assert (system.role, user.role) == ("system", "user")
    assert user.content == "<text>\nIt rained in Hove.\n</text>"
    assert "\n\n\n" not in system.content
    assert not re.search(r"[{]%|[{][{]|  \w|None|[ \t]\n", system.content)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", ["", "Inns of the coast."])
def test_every_optional_variable_changes_what_is_said(name: str, value: str) -> None:
    plain = prompt_of(name)
    for variable in ("domain", "description"):
        told = Prompt(plain.template, plain.schema, {**VALUES.get(name, {}), variable: value})
        assert (value in told.filled("x")) or not value
        assert "\n\n\n" not in told.filled("x")


@pytest.mark.parametrize("name", NAMES)
def test_a_template_says_what_it_is_and_what_its_variables_mean(name: str) -> None:
    assert ALL[name].description.endswith(".")
    assert all(each.meaning.endswith(".") for each in ALL[name].variables.values())


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_that_is_described_is_the_one_that_is_taken(name: str) -> None:
    answer = prompt_of(name).answer
    assert answer is not None
    Draft202012Validator.check_schema(answer)
    assert Draft202012Validator(answer).is_valid(ANSWERS[name])
    assert not Draft202012Validator(answer).is_valid({**ANSWERS[name], "more": 1})
    assert not Draft202012Validator(answer).is_valid({})


@pytest.mark.parametrize("name", NAMES)
def test_the_form_that_is_shown_has_the_keys_of_the_answer(name: str) -> None:
    prompt = prompt_of(name)
    assert prompt.answer is not None
    form = prompt.messages("x")[0].content.rsplit("in this form:\n", 1)[1]
    keys = set(re.findall(r'"(\w+)":', form))
    assert keys >= set(prompt.answer["required"])
    assert keys <= _keys(prompt.answer)


def _keys(form: Any) -> set[str]:
    """Return every property that a JSON Schema knows."""
    if isinstance(form, list):
        return set().union(*map(_keys, form)) if form else set()
    if not isinstance(form, dict):
        return set()
    return set(form.get("properties", ())) | set().union(*map(_keys, form.values()), set())


@pytest.mark.parametrize("name", NAMES)
def test_the_strict_form_takes_the_same_answers(name: str) -> None:
    answer = prompt_of(name).answer
    assert answer is not None
    form = strict(answer)
    Draft202012Validator.check_schema(form)
    assert _is_strict(form)
    assert Draft202012Validator(form).is_valid(_with_nulls(ANSWERS[name]))


def _is_strict(form: Any) -> bool:
    """Say whether a JSON Schema keeps the rules of strict mode in every object."""
    if isinstance(form, list):
        return all(map(_is_strict, form))
    if not isinstance(form, dict):
        return True
    if "properties" in form and (form["additionalProperties"] or list(form["required"]) != list(form["properties"])):
        return False
    return not {"minItems", "maxItems", "anyOf"} & set(form) and all(map(_is_strict, form.values()))


def _with_nulls(value: Any) -> Any:
    """Name what was left out, as strict mode makes a model do."""
    if isinstance(value, list):
        return [_with_nulls(each) for each in value]
    if not isinstance(value, dict):
        return value
    missing: dict[str, Any] = {}
    if "label" in value:
        missing = {"evidence": None} if "task" in value else {"occurrence": None}
    return missing | {key: _with_nulls(each) for key, each in value.items()}


def test_the_packs_template_shows_the_packs_sample() -> None:
    pack = packs.open_pack("job_titles")
    stock = tuple(each for each in Dataset.read(pack.sample) if not pack.schema.problems(each.text, each.gold))
    prompt = Prompt(ALL["job_titles"], pack.schema, examples=FewShot(stock, 4, "similar"))
    assert len(prompt.messages("Senior UX Designer, Leeds")) == 10


def test_the_packs_rules_are_told_of_the_labels_that_are_asked_for() -> None:
    towns = Schema.from_data({"labels": {"LOCATION": "A place."}})
    told = Prompt(ALL["job_titles"], towns).filled("x")
    assert "JOBTITLE" not in told
    assert "SENIORITY" not in told
