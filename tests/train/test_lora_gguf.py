from __future__ import annotations

import errno
import shutil
from pathlib import Path

import gguf
import numpy as np
import pytest
import torch
from gguf import GGUFReader

from tests.train.lora_world import EXAMPLES, prompt, tiny_model
from textwright.errors import ModelError
from textwright.llm.calls import Request
from textwright.llm.local.embedded import Embedded
from textwright.train import lora_gguf
from textwright.train.lora import LoraSettings, Tuned, Tuning, tune
from textwright.train.lora_base import Loaded, load, open_base
from textwright.train.lora_data import lessons
from textwright.train.lora_gguf import GgufPrecision, write_gguf

ASKED = 40


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def loaded(model: Path) -> Loaded:
    return load(open_base(model))


@pytest.fixture(scope="module")
def tuned(model: Path) -> Tuned:
    loaded = load(open_base(model))
    made = lessons(EXAMPLES, prompt(), loaded, longest=200, tell=lambda _: None)
    settings = LoraSettings(epochs=30, rank=8, rate=1e-2, batch=6, share=1.0, threads=1)
    return tune(Tuning(loaded.network, made[4:], made[:4], settings))


def greedy(network: torch.nn.Module, loaded: Loaded, text: str) -> str:
    tokens = loaded.asked([{"role": each.role, "content": each.content} for each in prompt().messages(text)])
    begin = len(tokens)
    while len(tokens) < begin + ASKED and tokens[-1] != loaded.tokenizer.eos_token_id:
        with torch.inference_mode():
            tokens.append(int(network(input_ids=torch.tensor([tokens])).logits[0, -1].argmax()))
    return str(loaded.tokenizer.decode(tokens[begin:], skip_special_tokens=True))


def answered(file: Path, texts: list[str]) -> list[str]:
    embedded = Embedded(file)
    try:
        return [
            embedded.complete(
                Request(embedded.address, embedded.model, prompt().messages(text), enforce="none", max_tokens=ASKED)
            ).text
            for text in texts
        ]
    finally:
        embedded.close()


def test_llama_cpp_answers_as_the_tuned_network(tuned: Tuned, loaded: Loaded, model: Path, tmp_path: Path) -> None:
    write_gguf(tuned.network, model, tmp_path / "model.gguf", name="Tuned", precision="f16")
    texts = ["the nurse", "one cook", "a new smith"]
    ours = [greedy(tuned.network, loaded, text) for text in texts]
    assert all(each.startswith('{"spans":[{"label":"ROLE","text":"') for each in ours)
    assert answered(tmp_path / "model.gguf", texts) == ours
    assert answered(model, texts) != ours


@pytest.mark.parametrize(("precision", "kind", "error"), [("q8_0", "Q8_0", 0.02), ("f16", "F16", 0.002)])
def test_what_is_written_reads_as_the_same_weights(
    tuned: Tuned, model: Path, tmp_path: Path, precision: GgufPrecision, kind: str, error: float
) -> None:
    file = tmp_path / "model.gguf"
    write_gguf(tuned.network, model, file, name="Tuned", precision=precision)
    again = load(open_base(file)).network.state_dict()
    for name, value in tuned.network.state_dict().items():
        assert float((again[name] - value).abs().max()) <= error * float(value.abs().max()), name
    kinds = {tensor.tensor_type.name for tensor in GGUFReader(str(file)).tensors}
    assert kinds == {kind, "F32"}


def test_the_head_is_that_of_the_source_under_the_new_name(tuned: Tuned, model: Path, tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    write_gguf(tuned.network, model, file, name="Tuned")
    source, found = GGUFReader(str(model)), GGUFReader(str(file))
    assert found.get_field("general.name").contents() == "Tuned"
    own = {"general.name", "general.file_type", "GGUF.kv_count", "GGUF.tensor_count"}
    for key in set(source.fields) - own:
        assert found.get_field(key).contents() == source.get_field(key).contents(), key


def test_rows_that_blocks_do_not_fill_are_written_in_half() -> None:
    assert lora_gguf.precision_of(np.zeros((4, 40), dtype=np.float32), "q8_0").name == "F16"
    assert lora_gguf.precision_of(np.zeros((4, 64), dtype=np.float32), "q8_0").name == "Q8_0"
    assert lora_gguf.precision_of(np.zeros(64, dtype=np.float32), "q8_0").name == "F32"


def test_a_disk_that_is_too_small_is_named_before_anything_is_written(
    tuned: Tuned, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(ModelError, match=r"the weights need \d+ MB, the disk has 0 MB left"):
        write_gguf(tuned.network, model, tmp_path / "model.gguf", name="Tuned")
    assert not list(tmp_path.iterdir())


def test_a_disk_that_fills_up_is_named(
    tuned: Tuned, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(gguf.GGUFWriter, "write_tensors_to_file", full)
    with pytest.raises(ModelError, match=r"model\.gguf: the weights cannot be written: No space left on device"):
        write_gguf(tuned.network, model, tmp_path / "model.gguf", name="Tuned")


def test_a_network_of_another_size_is_refused(loaded: Loaded, model: Path, tmp_path: Path) -> None:
    from transformers import LlamaConfig, LlamaForCausalLM

    small = LlamaForCausalLM(
        LlamaConfig(vocab_size=50, hidden_size=32, num_hidden_layers=3, num_attention_heads=4, intermediate_size=64)
    )
    with pytest.raises(ModelError, match=r"the tuned network has \(50, 32\) for token_embd.weight, the file"):
        write_gguf(small, model, tmp_path / "model.gguf", name="Small")
