"""Make the small language model of the code completion page: trained from nothing on Python's standard library.

    python tools/make_completion_model.py [--work out/models/completion] [--steps 807]

It reads the standard library of the Python that runs it, which is all that it learns from, and takes about ten
minutes on a core of its own. The weights are kept in the work folder, and not made again when they are there. It writes
web/pages/completion/model/: the file, its card, and the figures that the page shows.
"""

from __future__ import annotations

import argparse
import itertools
import json
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
from completion_text import DEV, fingerprint, functions_of, library, refuse_held_out
from numpy.typing import NDArray
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM

from textwright.llm.calls import Message, Request
from textwright.llm.local.embedded import Embedded
from textwright.train.lora_gguf import precision_of, turned

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "web/pages/completion/model/python.gguf"
CARD = Path(__file__).with_name("completion_card.md")
HELD_OUT = ROOT / "bench/completion/functions.txt"
SEED = 6
END = "<|end|>"
PIECES = 4096
LAYERS, WIDTH, INNER, HEADS, CONTEXT = 4, 256, 576, 4, 512

Ids = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Plan:
    """How many steps: the last fifth with a falling rate."""

    steps: int
    rate: float = 3e-3
    warm_up: int = 30

    def rate_at(self, done: int) -> float:
        """Return the rate of a step."""
        return self.rate * min(1.0, (done + 1) / self.warm_up, (self.steps - done) / (self.steps / 5))


# A fifth of the time that would be well spent: 4,000 steps take 50 minutes on a core of one's own.
SHIPPED_STEPS = 807
ROWS, DECAY = 8, 0.1

# --- its pieces ---------------------------------------------------------------------------------


def learn_pieces(texts: Iterable[str]) -> Tokenizer:
    """Learn byte pairs. The text is cut as llama.cpp does for `smollm`: digits alone, a line's end with its indent."""
    tokeniser = Tokenizer(models.BPE())
    tokeniser.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokeniser.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=PIECES, special_tokens=[END], initial_alphabet=alphabet, show_progress=False
    )
    tokeniser.train_from_iterator(texts, trainer)
    return tokeniser


def ids_of(tokeniser: Tokenizer, texts: Sequence[str], *, seed: int) -> Ids:
    """Return the texts in a random order as one row of pieces, an end before each."""
    order = np.random.default_rng(seed).permutation(len(texts))
    encoded = tokeniser.encode_batch([texts[each] for each in order])
    row = itertools.chain.from_iterable([0, *each.ids] for each in encoded)
    return np.fromiter(row, dtype=np.uint16)


# --- the network --------------------------------------------------------------------------------


def new_network() -> Any:
    torch.manual_seed(SEED)
    config = LlamaConfig(
        vocab_size=PIECES,
        hidden_size=WIDTH,
        intermediate_size=INNER,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        num_key_value_heads=HEADS,
        max_position_embeddings=CONTEXT,
        tie_word_embeddings=True,
        bos_token_id=0,
        eos_token_id=0,
    )
    return LlamaForCausalLM(config)


def train(network: Any, functions: Ids, files: Ids, dev: Ids, plan: Plan) -> None:
    """Learn from rows of functions and of files in turn; the rate rises, stays, and falls to nothing at the end."""
    optimisers = optimisers_of(network, plan.rate)
    random = np.random.default_rng(SEED)
    began = time.monotonic()
    for done in range(plan.steps):
        loss = learn(network, optimisers, batch(random, functions, files), plan.rate_at(done))
        if (done + 1) % 25 == 0:
            judged = f", dev {dev_loss(network, dev):.3f}" if (done + 1) % 100 == 0 else ""
            said = f"{done + 1} of {plan.steps}: loss {loss:.3f}{judged}, {time.monotonic() - began:.0f} s"
            print(said, file=sys.stderr, flush=True)


def optimisers_of(network: Any, rate: float) -> list[Any]:
    """Muon for the matrices inside, AdamW for the embedding and what scales."""
    inside = [each for name, each in network.named_parameters() if each.ndim == 2 and "embed" not in name]
    others = [each for name, each in network.named_parameters() if each.ndim != 2 or "embed" in name]
    muon = torch.optim.Muon(inside, lr=rate, weight_decay=DECAY, adjust_lr_fn="match_rms_adamw")
    return [muon, torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.95), weight_decay=0.0)]


def batch(random: np.random.Generator, functions: Ids, files: Ids) -> torch.Tensor:
    sources = [functions if each % 2 else files for each in range(ROWS)]
    starts = [int(random.integers(len(source) - CONTEXT)) for source in sources]
    rows = [source[start : start + CONTEXT] for source, start in zip(sources, starts, strict=True)]
    return torch.from_numpy(np.stack(rows).astype(np.int64))


def learn(network: Any, optimisers: Sequence[Any], ids: torch.Tensor, rate: float) -> float:
    with torch.autocast("cpu", torch.bfloat16):
        loss = network(input_ids=ids, labels=ids, use_cache=False).loss
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = rate
        optimiser.step()
        optimiser.zero_grad()
    return float(loss.detach())


@torch.no_grad()
def dev_loss(network: Any, dev: Ids, rows: int = 8) -> float:
    """Return the loss a piece, in nats, at rows spread evenly over the modules that were held out."""
    starts = np.linspace(0, len(dev) - CONTEXT, rows).astype(int)
    ids = torch.from_numpy(np.stack([dev[each : each + CONTEXT] for each in starts]).astype(np.int64))
    with torch.autocast("cpu", torch.bfloat16):
        return float(network(input_ids=ids, labels=ids, use_cache=False).loss)


# --- the file ------------------------------------------------------------------------------------


def write_gguf(network: Any, tokeniser: Tokenizer, target: Path) -> None:
    """Write what llama.cpp reads: the network in 8 bits and its pieces."""
    writer = gguf.GGUFWriter(str(target), "llama")
    add_facts(writer)
    add_pieces(writer, tokeniser)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, LAYERS)
    for name, value in network.state_dict().items():
        known = names.get_name(name, try_suffixes=(".weight",))
        if known is not None and name != "lm_head.weight":  # the embedding is the head, too
            array = value.detach().float().numpy()
            values = turned(array, HEADS) if known.endswith(("attn_q.weight", "attn_k.weight")) else array
            kind = precision_of(values, "q8_0")
            writer.add_tensor(known, gguf.quants.quantize(values, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add_facts(writer: Any) -> None:
    writer.add_name("Python completion")
    writer.add_description("Trained by textwright on Python's standard library")
    writer.add_license("PSF-2.0")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_vocab_size(PIECES)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_block_count(LAYERS)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_rope_freq_base(10_000.0)
    writer.add_layer_norm_rms_eps(1e-6)


def add_pieces(writer: Any, tokeniser: Tokenizer) -> None:
    told = json.loads(tokeniser.to_str())["model"]
    pieces = sorted(told["vocab"], key=told["vocab"].get)
    types = [gguf.TokenType.CONTROL if piece == END else gguf.TokenType.NORMAL for piece in pieces]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(pieces)
    writer.add_token_types(types)
    writer.add_token_merges([" ".join(pair) for pair in told["merges"]])
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(0)
    writer.add_add_bos_token(True)


# --- its card ------------------------------------------------------------------------------------


def agreement(network: Any, tokeniser: Tokenizer, target: Path, prompts: Sequence[str]) -> float:
    """Return the share of prompts after which llama.cpp, in 8 bits, writes what torch does: 16 likeliest pieces."""
    model = Embedded(target)
    same = [ask(model, prompt) == greedy(network, tokeniser, prompt) for prompt in prompts]
    model.close()
    return sum(same) / len(same)


def ask(model: Embedded, prompt: str) -> str:
    messages = (Message("user", prompt),)
    request = Request(model.address, model.model, messages, "completion", enforce="none", max_tokens=16)
    return model.complete(request).text


@torch.no_grad()
def greedy(network: Any, tokeniser: Tokenizer, prompt: str) -> str:
    ids = [0, *tokeniser.encode(prompt).ids]
    asked = len(ids)
    while len(ids) < asked + 16 and (ids[-1] != 0 or len(ids) == asked):
        ids.append(int(network(input_ids=torch.tensor([ids])).logits[0, -1].argmax()))
    return str(tokeniser.decode(ids[asked:], skip_special_tokens=True))


def judged() -> dict[str, Any]:
    """Measure the file as everybody can, and a larger one beside it; keep the figures for the page."""
    found = TARGET.with_name("figures.json")
    subprocess.run([sys.executable, ROOT / "bench/completion.py", "--json", found], check=True)
    figures: list[dict[str, Any]] = json.loads(found.read_text(encoding="utf-8"))
    return figures[0]


def card_of(figures: dict[str, Any], facts: dict[str, Any]) -> str:
    return CARD.read_text(encoding="utf-8").format_map({**figures, **facts})


# --- all together ---------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=ROOT / "out/models/completion")
    parser.add_argument("--steps", type=int, default=SHIPPED_STEPS, help="more are better, and take longer")
    options = parser.parse_args()
    work, plan = options.work, Plan(options.steps)
    work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)  # more threads add up in another order
    files = library()
    learned = [text for name, text in files.items() if name not in DEV]
    functions = [each for text in learned for each in functions_of(text)]
    refuse_held_out(HELD_OUT.read_text(encoding="utf-8"), learned)
    tokeniser = learn_pieces([*learned, *functions])
    dev = ids_of(tokeniser, [text for name, text in files.items() if name in DEV], seed=SEED)
    network = new_network()
    weights = work / f"weights-{plan.steps}.pt"
    if not weights.exists():
        train(network, ids_of(tokeniser, functions, seed=SEED), ids_of(tokeniser, learned, seed=SEED), dev, plan)
        torch.save(network.state_dict(), weights)
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.eval()
    write_gguf(network, tokeniser, TARGET)
    prompts = ["\n".join(each.splitlines()[:4]) for each in functions[:: len(functions) // 50]]
    facts = {
        "files": len(learned),
        "functions_learned": len(functions),
        "python": platform.python_version(),
        "fingerprint": fingerprint(files),
        "parameters": sum(each.numel() for each in network.parameters()) / 1e6,
        "steps": plan.steps,
        "loss": dev_loss(network, dev, rows=32),
        "same": agreement(network, tokeniser, TARGET, prompts),
    }
    (TARGET.parent / "README.md").write_text(card_of(judged(), facts), encoding="utf-8")


if __name__ == "__main__":
    main()
