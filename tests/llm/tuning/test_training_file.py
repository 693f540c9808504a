"""Lessons, the two shapes of a training file, and what is refused before an upload."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from textwright.errors import DataError
from textwright.formats.mentions import gold_of
from textwright.llm.calls import Request
from textwright.llm.client.stepping import NOTHING_LEFT_OUT, body_of
from textwright.llm.prompts.prompt import Prompt
from textwright.llm.prompts.template import open_template
from textwright.llm.tuning.estimate import estimate, within
from textwright.llm.tuning.lessons import END, lessons, record_of, stop_of, write
from textwright.llm.tuning.training_file import content_of
from textwright.schema import schema_of
from textwright.types import Example

PROMPT = Prompt(open_template("ner"), schema_of(["SENIORITY", "ROLE"]))
CHAT = json.dumps({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "{}"}]})
PAIR = json.dumps({"prompt": "a", "completion": " {}\n"})


def test_chat_line_is_the_prompts_own_messages_and_the_gold(examples: list[Example]) -> None:
    messages = record_of(lessons(PROMPT, examples)[0], "chat", END)["messages"]
    asked = [{"role": each.role, "content": each.content} for each in PROMPT.messages("Senior Nurse")]
    assert messages[:-1] == asked
    assert gold_of(json.loads(messages[-1]["content"]), "Senior Nurse") == (examples[0].gold, [])


def test_completion_line_begins_with_the_very_prompt_that_the_client_sends(examples: list[Example]) -> None:
    record = record_of(lessons(PROMPT, examples)[0], "completion", END)
    request = Request("http://127.0.0.1/v1", "m", PROMPT.messages("Senior Nurse"), form="completion")
    assert record["prompt"] == body_of(request, NOTHING_LEFT_OUT)["prompt"]
    assert record["completion"].endswith(stop_of(PROMPT))
    assert stop_of(PROMPT) not in record["completion"][:-1]


@pytest.mark.parametrize("form", ["chat", "completion"])
def test_written_file_is_read_back_as_what_it_is(tmp_path: Path, examples: list[Example], form: str) -> None:
    path = tmp_path / "tune.jsonl"
    write(path, lessons(PROMPT, examples), form, END)  # type: ignore[arg-type]
    content = content_of(path)
    assert (content.form, content.examples) == (form, 12)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([CHAT] * 9, "holds 9 examples; 10 are the least"),
        ([CHAT] * 10 + [PAIR], r":11: is of the form completion, but line 1 is chat"),
        ([CHAT] * 10 + ["{oops"], r":11: not JSON"),
        ([CHAT] * 10 + ['{"text": "a"}'], r":11: has neither messages nor prompt and completion"),
        ([CHAT] * 10 + ['{"messages": [{"role": "user", "content": "a"}]}'], r":11: the last message is the user's"),
        ([CHAT] * 10 + ['{"messages": [{"role": "tool", "content": "a"}]}'], r":11: a message needs a role"),
    ],
)
def test_file_that_a_server_would_refuse_is_refused_by_its_line(tmp_path: Path, lines: list[str], reason: str) -> None:
    path = tmp_path / "tune.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DataError, match=reason):
        content_of(path)


def test_examples_longer_than_the_context_are_named(examples: list[Example]) -> None:
    taught = lessons(PROMPT, examples)
    fits, long = within(taught, lambda messages: len(messages[1].content) - len("<text>\nSenior \n</text>"), 5)
    assert long == [each.id for each in examples if len(each.text) > len("Senior Nurse")]
    assert len(fits) + len(long) == 12


def test_cost_is_tokens_times_epochs_times_price(examples: list[Example]) -> None:
    made = estimate(lessons(PROMPT, examples), lambda messages: 100, exact=True, epochs=3, price=25.0)
    assert (made.tokens, made.longest, made.cost) == (1200, 100, pytest.approx(0.09))


def test_unknown_price_is_said_and_not_taken_for_nothing(examples: list[Example]) -> None:
    made = estimate(lessons(PROMPT, examples), lambda messages: 100, exact=False, epochs=None, price=None)
    assert made.cost is None
    assert "no training price is known for small" in made.lines("small")[1]
