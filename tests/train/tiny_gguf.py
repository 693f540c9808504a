"""A language model of the llama family with tiny random weights, written as a GGUF file that llama.cpp reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
TEMPLATE = (
    "{% for message in messages %}"
    "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
WIDTH, BLOCKS, HEADS, PAIRS, INNER, CONTEXT = 64, 3, 4, 2, 96, 4096


def written(path: Path, texts: Sequence[str], *, architecture: str = "llama", template: str | None = TEMPLATE) -> Path:
    """Write a model that knows pieces of the texts."""
    pieces = byte_pieces(texts)
    writer = gguf.GGUFWriter(str(path), architecture)
    writer.add_name("Tiny")
    writer.add_license("apache-2.0")
    writer.add_block_count(BLOCKS)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(PAIRS)
    writer.add_rope_freq_base(10000.0)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(pieces[0]))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    _add_tokenizer(writer, *pieces, template)
    for name, values in weights(len(pieces[0])).items():
        writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def byte_pieces(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Learn pieces of bytes; return them and the merges that make them."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    kind = trainers.BpeTrainer(vocab_size=320, special_tokens=list(SPECIAL), initial_alphabet=alphabet)
    made.train_from_iterator(texts, kind)
    learned = json.loads(made.to_str())["model"]
    merges = [each if isinstance(each, str) else " ".join(each) for each in learned["merges"]]
    return sorted(learned["vocab"], key=learned["vocab"].get), merges


def _add_tokenizer(writer: Any, tokens: list[str], merges: list[str], template: str | None) -> None:
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    kinds = gguf.TokenType
    writer.add_token_types([kinds.CONTROL if token in SPECIAL else kinds.NORMAL for token in tokens])
    writer.add_token_merges(merges)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_pad_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(False)
    writer.add_add_space_prefix(False)
    if template is not None:
        writer.add_chat_template(template)


def weights(tokens: int) -> dict[str, Any]:
    chance = np.random.default_rng(0)

    def matrix(rows: int, columns: int) -> Any:
        return (chance.standard_normal((rows, columns)) / columns**0.5).astype(np.float32)

    found = {"token_embd.weight": matrix(tokens, WIDTH), "output_norm.weight": np.ones(WIDTH, dtype=np.float32)}
    narrow = WIDTH // HEADS * PAIRS
    for block in range(BLOCKS):
        found |= {
            f"blk.{block}.attn_norm.weight": np.ones(WIDTH, dtype=np.float32),
            f"blk.{block}.ffn_norm.weight": np.ones(WIDTH, dtype=np.float32),
            f"blk.{block}.attn_q.weight": matrix(WIDTH, WIDTH),
            f"blk.{block}.attn_k.weight": matrix(narrow, WIDTH),
            f"blk.{block}.attn_v.weight": matrix(narrow, WIDTH),
            f"blk.{block}.attn_output.weight": matrix(WIDTH, WIDTH),
            f"blk.{block}.ffn_gate.weight": matrix(INNER, WIDTH),
            f"blk.{block}.ffn_up.weight": matrix(INNER, WIDTH),
            f"blk.{block}.ffn_down.weight": matrix(WIDTH, INNER),
        }
    return found
