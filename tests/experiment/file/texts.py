"""An experiment file with every kind of method, and folders that hold one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

JOBS = ("Nurse", "Welder", "Baker", "Analyst", "Tester", "Porter", "Clerk")
LEVELS = ("amber", "birch", "cedar", "dune", "ember", "fjord", "grove", "heath", "islet", "jade", "knoll")

WHOLE = """
name = "UX titles"
schema = "job_titles"
labels = ["JOBTITLE", "SENIORITY"]
measure = "exact:JOBTITLE"
seeds = [0, 1, 2]
runtimes = ["python", "node"]
slice_by = ["domain", "length"]
tests = ["test"]
leaks = "tell"
runs = "kept"

[data]
titles = "titles.jsonl"
dev = {rest_of = "test", share = 0.1}
train = {rest_of = "dev"}
pool = {file = "pool.txt", sample = 5000}
old = "old.jsonl"

[data.test]
file = "titles.jsonl"
where = {domain = "ux"}
without = {source = ["x", "y"]}
share = 0.2
by = "source"
near = 0.8
seed = 3

[[method]]
name = "rules"
model = "job_titles.rules"

[[method]]
name = "distilled"
recipe = "distil"
teachers = ["network", "job_titles"]
unlabelled = "pool"

[[method]]
name = "network"
recipe = "network"
epochs = 3
quick = true
seeds = [7]

[[method]]
name = "small"
quantise = "network"
precision = "int4"

[[method]]
name = "few shot"
prompt = {template = "ner", labels = ["JOBTITLE"], examples = {count = 8, choose = "similar"}, replay = "answers.jsonl"}

[[method]]
name = "tuned"
tune = {epochs = 2, limit = 250}

[[method]]
name = "rules, then network"
cascade = ["rules", "network"]
below = "dev"

[[method]]
name = "peer"
fit = "python:peers:fit"
options = {seconds = 60}

[[method]]
name = "my function"
function = "python:mymodule:titles"

[[curve]]
method = "network"
shares = [0.25, 0.5, 1.0]
seeds = 2

[[change]]
label = "SENIORITY"
before = "old"
after = "test"
"""

SMALL = """
[data]
train = "train.jsonl"
dev = "dev.jsonl"
test = "test.jsonl"

[[method]]
name = "rules"
model = "job_titles.rules"
"""

# Every setting of every kind, in values that both must take.
MORE = """
[data]
test = {file = "a", format = "csv", column = "text", where = {a = [1, 2.5, true]}, share = 0.5, near = 1}
b = {rest_of = "test", sample = 3, seed = 4294967295}
train = "t"
dev = "d"

[[method]]
name = "fine"
recipe = "transformer"
encoder = "~/encoder/"
precision = "float32"
train = "b"
dev = "b"

[[method]]
name = "asked"
train = "b"
[method.prompt]
name = "asked"
template = "ner"
model = "small"
base_url = "http://localhost:8000/v1"
gguf = "small.gguf"
labels = ["A"]
domain = "titles"
cached = false
cache = "c.sqlite"
offline = true
record = "r.jsonl"
replay = "r.jsonl"
concurrency = 1
timeout = 0.1
set = {description = "x"}
map = {B = "A"}
examples = {file = "e.jsonl", count = 1, choose = "first", seed = 2}
budget = {cost = 0, tokens = 10}
[method.prompt.parameters]
temperature = 0.5
max_tokens = 5
seed = 1
stop = ["x"]
form = "chat"
enforce = "object"
logprobs = true
attempts = 1

[[method]]
name = "tuned"
tune = {epochs = 1, rank = 1, rate = 1e-6, limit = 1, precision = "f16", template = "ner", gguf = "x.gguf", threads = 1}

[[method]]
name = "steps"
cascade = ["fine", "asked"]
pass_on = "empty"
seeds = [1]
"""


def written(folder: Path, text: str = SMALL) -> Path:
    """Write an experiment file and return its path."""
    path = folder / "experiment.toml"
    path.write_text(text, encoding="utf-8")
    return path


def titles(count: int, *, begin: int = 0) -> list[dict[str, Any]]:
    """Make so many titles from three domains and five sources, each with the place of the job marked."""
    made = []
    for number in range(begin, begin + count):
        job = f"{JOBS[number % 7]} {LEVELS[number // 7 % 11]}{number}"
        text = f"{job} in Leeds"
        spans = [{"start": len(text) - 5, "end": len(text), "label": "LOCATION"}]
        meta = {"domain": ("ux", "it", "care")[number % 3], "source": f"s{number % 5}"}
        made.append({"id": f"t{number}", "text": text, "spans": spans, "meta": meta})
    return made


def write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write a file of examples."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
