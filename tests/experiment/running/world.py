"""A small experiment whose methods are at once trained, and leave word of each time that they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.train.tiny import DEV, SCHEMA, TRAIN
from textwright import trust
from textwright.dataset import Dataset
from textwright.experiment.running.missing import Plan
from textwright.experiment.running.order import Order
from textwright.experiment.running.prepare import prepared
from textwright.experiment.running.run import Choice, run_plan
from textwright.runs import Run

# `begun.txt` and `ended.txt` beside the experiment count the fits, through all processes.
MODULE = '''
import json
import time
from pathlib import Path

from textwright.schema import Schema
from textwright.types import Annotation, Span

HERE = Path(__file__).parent


def _note(file, line):
    with (HERE / file).open("a") as out:
        out.write(line + "\\n")


class FirstWords:
    """Takes the first words of a text for a title."""

    def __init__(self, schema, words):
        self.schema, self.words = schema, words

    @property
    def name(self):
        return "first words"

    def predict(self, texts):
        return [Annotation(spans=tuple(self._spans(text))) for text in texts]

    def _spans(self, text):
        end = len(" ".join(text.split()[: self.words]))
        return [Span(0, end, "TITLE")] if end and text[0] != " " else []

    def save(self, folder):
        data = {"schema": self.schema.to_data(), "words": self.words}
        (Path(folder) / "words.json").write_text(json.dumps(data))

    @staticmethod
    def open(folder):
        data = json.loads((Path(folder) / "words.json").read_text())
        return FirstWords(Schema.from_data(data["schema"]), data["words"])


def fit(train, dev, *, seed, tell, words=2, seconds=0.0):
    _note("begun.txt", f"{words} {seed}")
    tell(f"{len(train)} texts")
    time.sleep(seconds)
    _note("ended.txt", f"{words} {seed}")
    return FirstWords(train.schema, words)


def fails(train, dev, *, seed):
    _note("begun.txt", "fails")
    raise ValueError("the moon is full")


def one(text):
    return [(0, len(text.split(" - ")[0]), "TITLE")] if " - " in text else []
'''

HEAD = """name = "Small"
schema = "schema.json"
labels = ["TITLE"]
measure = "exact:TITLE"
leaks = "tell"
tests = ["test"]
[data]
train = "train.jsonl"
dev = "dev.jsonl"
test = "test.jsonl"
other = "other.jsonl"
"""
TWO = """
[[method]]
name = "two words"
fit = "python:words_of_{key}:fit"
[[method]]
name = "function"
function = "python:words_of_{key}:one"
"""
NOT_FITTED = """
[[method]]
name = "fails"
fit = "python:words_of_{key}:fails"
[[method]]
name = "after it"
cascade = ["fails", "function"]
pass_on = "empty"
"""


def experiment_in(folder: Path, methods: str = TWO) -> Path:
    """Write an experiment with its data and its module, whose name no other test has."""
    import json

    key = f"{abs(hash(str(folder))):x}"
    trust.name([f"python:words_of_{key}:one"])
    (folder / f"words_of_{key}.py").write_text(MODULE, encoding="utf-8")
    (folder / "schema.json").write_text(json.dumps(SCHEMA.to_data()), encoding="utf-8")
    for name, texts in (("train", TRAIN[:20]), ("dev", DEV[:6]), ("test", DEV[6:14]), ("other", DEV[14:])):
        Dataset(texts, schema=SCHEMA).write(folder / f"{name}.jsonl")
    file = folder / "experiment.toml"
    file.write_text(HEAD + methods.replace("{key}", key), encoding="utf-8")
    return file


def counted(file: Path, what: str = "begun.txt") -> list[str]:
    """Return what was noted of fits."""
    found = file.parent / what
    return found.read_text().split("\n")[:-1] if found.exists() else []


class Silent:
    """Watches and remembers."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.fits: list[str] = []
        self.judgements = 0
        self.heard: list[str] = []
        self.failed: dict[str, str] = {}

    def begins(self, fits: Sequence[Order], judgements: int, standing: int) -> None:
        """Remember what there is to do."""
        self.fits, self.judgements = [order.name for order in fits], judgements

    def started(self, order: Order) -> None:
        """Hear that an order is begun."""

    def told(self, order: Order, line: str) -> None:
        """Remember how far an order is."""
        self.heard.append(f"{order.name}: {line}")

    def ended(self, order: Order, failed: str | None) -> None:
        """Remember why an order failed."""
        if failed is not None:
            self.failed[order.name] = failed


def ran(file: Path, choice: Choice | None = None) -> tuple[list[Run], Silent]:
    """Run an experiment in this process; return its runs, and what was told."""
    watcher = Silent()
    plan: Plan = prepared(file)
    return run_plan(plan, watcher, choice or Choice(own_process=False)), watcher
