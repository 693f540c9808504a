from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.train.lora_world import EMPTY, EXAMPLES, TEXTS, prompt, tiny_model
from tests.train.tiny_gguf import written
from textwright.errors import DataError, ModelError
from textwright.llm.calls import Message
from textwright.llm.local.embedded import Embedded
from textwright.train.lora_base import load, open_base, refuse_too_large
from textwright.train.lora_data import Lesson, batches, lesson, lessons
from textwright.types import Annotation, Example


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("base"))


def test_the_head_of_a_file_says_what_it_is(model: Path) -> None:
    base = open_base(model)
    assert (base.name, base.licence, base.architecture) == ("Tiny", "apache-2.0", "llama")
    assert base.parameters > 100_000


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no\.gguf: no such file. --gguf takes"):
        open_base(tmp_path / "no.gguf")


@pytest.mark.parametrize("content", [b"", b"GGUF", b"no weights at all" * 9])
def test_what_is_no_gguf_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.gguf").write_bytes(content)
    with pytest.raises(ModelError, match=r"bad\.gguf is no GGUF file, or is cut off"):
        open_base(tmp_path / "bad.gguf")


def test_a_file_that_was_cut_off_is_named(model: Path, tmp_path: Path) -> None:
    whole = model.read_bytes()
    (tmp_path / "cut.gguf").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match="cut off"):
        open_base(tmp_path / "cut.gguf")


def test_another_architecture_is_refused(tmp_path: Path) -> None:
    other = written(tmp_path / "other.gguf", TEXTS, architecture="gpt2")
    with pytest.raises(ModelError, match=r"its architecture is 'gpt2'\. Tuning here knows: llama"):
        open_base(other)


def test_a_model_that_was_not_made_to_answer_is_refused(tmp_path: Path) -> None:
    bare = written(tmp_path / "bare.gguf", TEXTS, template=None)
    with pytest.raises(ModelError, match="no chat template"):
        open_base(bare)


def test_too_little_memory_is_said_before_anything_is_loaded(model: Path) -> None:
    base = replace(open_base(model), parameters=7_000_000_000)
    with pytest.raises(ModelError, match=r"7000 million weights needs about \d+\.\d GB of memory, 8\.0 GB are free"):
        refuse_too_large(base, available=8_000_000_000)
    refuse_too_large(open_base(model), available=8_000_000_000)


@pytest.mark.parametrize("text", ["the nurse", "", "Chef  2025\t£30,000", "naïve 👩‍💻 １２", "in 35 places"])
def test_questions_are_cut_as_llama_cpp_cuts_them(model: Path, text: str) -> None:
    messages = prompt().messages(text)
    ours = load(open_base(model)).asked([{"role": each.role, "content": each.content} for each in messages])
    embedded = Embedded(model)
    try:
        assert len(ours) == embedded.count_tokens(messages)
    finally:
        embedded.close()


def test_the_lesson_is_the_very_question_and_the_answer_without_spaces(model: Path) -> None:
    loaded = load(open_base(model))
    made = lesson(EXAMPLES[0], prompt(), loaded)
    asked, answered = (loaded.tokenizer.decode(part) for part in (made.asked, made.answered))
    assert asked == (
        "<|im_start|>system\nMark the text.<|im_end|>\n<|im_start|>user\nthe nurse<|im_end|>\n<|im_start|>assistant\n"
    )
    assert answered == '{"spans":[{"label":"ROLE","text":"nurse"}]}<|im_end|>'
    assert prompt().messages("the nurse")[0] == Message("system", "Mark the text.")


class Letters:
    """Cuts everything into letters."""

    def asked(self, messages: object) -> list[int]:
        return [1] * len(messages[-1]["content"])  # type: ignore[index]

    def answered(self, answer: str) -> list[int]:
        return [2] * len(answer)


def test_texts_that_are_not_annotated_or_too_long_are_left_out() -> None:
    told: list[str] = []
    bare = Example("bare", "bare")
    long = Example("long", "x" * 500, Annotation(spans=()))
    made = lessons([bare, long, *EMPTY[:3]], prompt(), Letters(), longest=100, tell=told.append)
    assert len(made) == 3
    assert told == ["1 of 4 train texts are left out: longer than 100 tokens"]


@pytest.mark.parametrize(
    ("examples", "message"),
    [
        ([], "the train set has no text annotated with spans"),
        ([Example("bare", "bare")], "the train set has no text annotated with spans"),
        ([Example("long", "x" * 500, Annotation(spans=()))], "every text of the train set is longer than 100 tokens"),
    ],
)
def test_nothing_to_learn_from_is_an_error(examples: list[Example], message: str) -> None:
    with pytest.raises(DataError, match=message):
        lessons(examples, prompt(), Letters(), longest=100, tell=lambda _: None)


def test_batches_hold_each_lesson_once_and_those_of_one_length_together() -> None:
    import random

    cases = [Lesson((1,) * (n % 30 + 1), (2,)) for n in range(100)]
    found = batches(cases, 8, random.Random(0))
    assert sorted(len(each) for batch in found for each in batch) == sorted(map(len, cases))
    assert max(len(batch) for batch in found) == 8
    padded = sum(len(batch) * max(map(len, batch)) for batch in found)
    assert padded < 1.2 * sum(map(len, cases))
    assert found == batches(cases, 8, random.Random(0))
    assert found != batches(cases, 8, random.Random(1))
