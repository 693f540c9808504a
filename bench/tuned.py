"""How exact, how fast and how large language models tuned on this machine are: 500 and 1,000 titles.

    python bench/tuned.py draw FOLDER        writes train500.jsonl, train1000.jsonl and choose.jsonl, says how to tune
    python bench/tuned.py judge MODEL...     judges model folders on the titles of dev.jsonl
    python bench/tuned.py parity MODEL       asks llama.cpp and transformers the same titles and compares the answers

It reads ../shared/data/titles (or $TEXTWRIGHT_SHARED/data/titles). Half of the titles to learn from are of the UX
kind, half of any; the 500 are among the 1,000. The epoch is chosen by 100 other titles of train.jsonl, so that no
title of dev.jsonl has a part in the training; whoever changes settings after looking at these figures chooses by them.
`judge` takes all UX titles and $TEXTWRIGHT_GENERAL (150) of the general ones, drawn by a seed.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from textwright.dataset import Dataset
from textwright.evaluate.report import Report, evaluate
from textwright.leakage import words_of
from textwright.packs.job_titles import SCHEMA
from textwright.predictors.tuned import TunedPredictor, open_tuned
from textwright.types import Example

ROOT = Path(__file__).parents[1]
TITLES = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared")) / "data/titles"
GENERAL = int(os.environ.get("TEXTWRIGHT_GENERAL", "150"))
SHOWN = ("JOBTITLE", "SENIORITY", "COREJOBTITLE")
DOMAINS = ("ux", "general")
SIZES, CHOOSE = (500, 1000), 100


def main() -> None:
    match sys.argv[1:]:
        case ["draw", folder]:
            draw(Path(folder))
        case ["judge", _, *_]:
            for model in sys.argv[2:]:
                judge(Path(model))
        case ["parity", model]:
            parity(Path(model))
        case _:
            sys.exit(__doc__)


def draw(folder: Path) -> None:
    """Write the samples: of each domain the first titles of an order that the seed decides."""
    train = Dataset.read(TITLES / "train.jsonl", schema=SCHEMA)
    pools = {domain: list(of_domain(apart(train), domain)) for domain in DOMAINS}
    for pool in pools.values():
        random.Random(0).shuffle(pool)
    folder.mkdir(parents=True, exist_ok=True)
    aside = CHOOSE // 2
    parts = {"choose": (0, aside), **{f"train{size}": (aside, aside + size // 2) for size in SIZES}}
    for name, (begin, end) in parts.items():
        chosen = [each for pool in pools.values() for each in pool[begin:end]]
        train.with_examples(chosen).write(folder / f"{name}.jsonl")
    for size, epochs in zip(SIZES, (4, 2), strict=True):
        data = f"--train {folder}/train{size}.jsonl --dev {folder}/choose.jsonl --schema job_titles"
        print(f"textwright tune local {data} --epochs {epochs} -o {folder}/tuned{size}")


def apart(train: Dataset) -> Iterator[Example]:
    """Leave out titles that stand twice, letters and digits compared, and those of dev.jsonl."""
    seen = {key(each) for each in Dataset.read(TITLES / "dev.jsonl", schema=SCHEMA)}
    for each in train:
        if key(each) not in seen:
            seen.add(key(each))
            yield each


def key(example: Example) -> str:
    return words_of(example.text).replace(" ", "")


def of_domain(examples: Iterator[Example] | Dataset, domain: str) -> Iterator[Example]:
    return (each for each in examples if each.meta["domain"] == domain)


def judge(folder: Path) -> None:
    """Say how a model does on the UX titles and on general ones."""
    model = open_tuned(folder)
    print(f"{folder}: {about(model)}", flush=True)
    dev = Dataset.read(TITLES / "dev.jsonl", schema=SCHEMA)
    for domain in DOMAINS:
        part = dev.with_examples(sample(list(of_domain(dev, domain)), domain))
        print(f"  {domain:8} n={len(part)}  {figures(evaluate(model, part))}", flush=True)


def sample(examples: Sequence[Example], domain: str) -> Sequence[Example]:
    if domain == "ux" or len(examples) <= GENERAL:
        return examples
    return random.Random(0).sample(examples, GENERAL)


def about(model: TunedPredictor) -> str:
    recipe, train = model.config["recipe"], model.config["trained"]["train"]
    return (
        f"{train['examples']} titles, epoch {recipe['best_epoch']} of {recipe['epochs']}, rank {recipe['rank']}, "
        f"rate {recipe['rate']:g}, trained in {recipe['seconds'] / 60:.0f} min, {model.size_bytes / 1e6:.1f} MB"
    )


def figures(report: Report) -> str:
    data = report.to_data()
    shares = {label: data["exact"][label] for label in SHOWN} | {"whole": data["whole_text"]}
    shown = [f"{k} {v['accuracy']:.3f} [{v['low']:.3f}, {v['high']:.3f}]" for k, v in shares.items()]
    speed = f"p50 {data['speed']['latency_ms_p50']:.0f} ms a title"
    return "  ".join([*shown, f"failed {data['failed']}", speed])


def parity(folder: Path) -> None:
    """Read the tuned file back into transformers, and compare its greedy answers with those of llama.cpp."""
    import torch

    from textwright.train.lora_base import load, open_base

    model = open_tuned(folder)
    loaded = load(open_base(folder / "model.gguf"))
    dev = Dataset.read(TITLES / "dev.jsonl", schema=SCHEMA)
    texts = [each.text for each in random.Random(0).sample(list(dev), 10)]
    same = 0
    for text in texts:
        request = [{"role": each.role, "content": each.content} for each in model.asking.prompt.messages(text)]
        tokens = torch.tensor([loaded.asked(request)])
        with torch.inference_mode():
            out = loaded.network.generate(
                tokens, attention_mask=torch.ones_like(tokens), do_sample=False, max_new_tokens=256, pad_token_id=0
            )
        ours = loaded.tokenizer.decode(out[0, tokens.shape[1] :], skip_special_tokens=True)
        same += spans_of(ours) == spans_of(answered(model, text))
    print(f"{folder}: {same} of {len(texts)} answers are the same in transformers and in llama.cpp")


def answered(model: TunedPredictor, text: str) -> str:
    from textwright.llm.asking import request_of

    prompt = model.asking.prompt
    request = request_of(prompt.messages(text), prompt.answer, model.asking.settings)
    return model.asking.completer.complete(request).text


def spans_of(answer: str) -> object:
    try:
        return json.loads(answer)
    except ValueError:
        return answer


if __name__ == "__main__":
    main()
