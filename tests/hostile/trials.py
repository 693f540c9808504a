"""What strangers may send, spoiled at random: model folders, projects, files of texts, opened in a process of its own.

`python -m tests.hostile.trials SECONDS SEED COUNT` makes `COUNT` of them, or as many as fit the seconds. It writes a
line of JSON for each that ended otherwise than with an answer or a `TextwrightError`, or took too long, and one with
counts.
The process may take so much memory and no more.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

MEMORY = 6 << 30
LONGEST = 5.0
ROOT = Path(__file__).parents[2]
PACKS = ROOT / "src/textwright/packs"
FOLDERS = (
    ROOT / "src/textwright/predictors/rules/example",
    ROOT / "examples/gate/model",
    PACKS / "job_titles/model",
    PACKS / "emotion/linear",
    PACKS / "job_adverts/linear",
    PACKS / "job_adverts/model",
    PACKS / "emotion/model",
)
# The last of the folders takes a second to open.
WEIGHTS = (8, 6, 4, 4, 3, 3, 1)
TEXTS = ["Senior Nurse - 6 months, Leeds", "", "a b " * 60, "\ud800 👩‍🔬 İ\u0301 &amp; 200g flour"]
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**70), 10**400, 1e308, float("nan"), float("inf"), 0.5, "", "x",
    "../x", "/etc/passwd", "\x00", "\ud800", "a" * 10_000, [], {}, [[]], [None], {"": None}, ["a"] * 1_000,
    {"a": {"b": {"c": []}}},
)  # fmt: skip
PATTERNS = (
    "<word>* <word>* <word>* <word>* zzz", "(a | <any>)* (<any>)*", "[A: <any>]?" * 20, "(" * 60, "{", "<", "~(a b)",
    "{l}* {l}+", "[[A: a]: b]", "a" * 5_000, "a-b-c-d-e-f-g-h", "<any>? " * 200, "\u0130 \u00df", '"', "( | )",
    "X{999}-d{0}",
)  # fmt: skip


class TooLong(BaseException):
    """A trial that nothing ended."""


# --- spoiling -------------------------------------------------------------------------------------


def spoiled_bytes(content: bytes, rng: random.Random) -> bytes:
    """Change some bytes of a file."""
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5, 30))):
        place, long = rng.randrange(len(data) + 1), rng.choice((1, 2, 8, 100))
        what = rng.randrange(6)
        if what == 0:
            data[place : place + 1] = rng.randbytes(1)
        elif what == 1:
            del data[place : place + long]
        elif what == 2:
            data[place:place] = rng.randbytes(long)
        elif what == 3:
            data[place:place] = data[place : place + long] * rng.choice((2, 50))
        elif what == 4:
            data[place:place] = rng.choice(
                (b"[", b"{", b'"', b"\\", b"\n", b"\x00", b"[" * 3_000, b"9" * 5_000, b"a." * 500)
            )
        else:
            del data[place:]
    return bytes(data)


def spoiled_json(data: Any, rng: random.Random) -> Any:
    """Change a value somewhere in plain data, take it away, or put another beside it."""
    places = list(_places(data))
    if not places:
        return rng.choice(VALUES)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        holder, key = rng.choice(places)
        try:
            if rng.random() < 0.2:
                del holder[key]
            elif rng.random() < 0.3:
                other, name = rng.choice(places)
                holder[key] = json.loads(json.dumps(other[name]))
            else:
                holder[key] = rng.choice(VALUES)
        except (KeyError, IndexError):
            continue
    return data


def _places(data: Any) -> Any:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in list(pairs):
        yield data, key
        yield from _places(value)


def spoiled_rules(text: str, rng: random.Random) -> str:
    """Change lines of a rule set: its patterns, keys and values."""
    lines = text.split("\n")
    for _ in range(rng.choice((1, 2, 4))):
        place = rng.randrange(len(lines))
        key = lines[place].split("=")[0]
        if "=" in lines[place] and rng.random() < 0.6:
            value = rng.choice((*PATTERNS, *(str(each) for each in VALUES)))
            lines[place] = f"{key}= {json.dumps(value)}"
        elif rng.random() < 0.5:
            lines[place] = rng.choice(lines)
        else:
            lines.insert(
                place,
                rng.choice(('inside = "A"', "[[phases]]", '[shapes]\nx = "X{1,60}-[Xd]{3}"', 'as = "word"', "= =")),
            )
    return "\n".join(lines)


def spoil(path: Path, rng: random.Random) -> None:
    """Spoil one file in place, by what it is."""
    content = path.read_bytes()
    if path.suffix == ".json" and rng.random() < 0.7:
        path.write_text(json.dumps(spoiled_json(json.loads(content), rng)), encoding="utf-8", errors="replace")
    elif path.suffix == ".toml" and rng.random() < 0.7:
        path.write_text(spoiled_rules(content.decode(), rng), encoding="utf-8", errors="replace")
    else:
        path.write_bytes(spoiled_bytes(content, rng))


# --- trials ---------------------------------------------------------------------------------------


def model(folder: Path, rng: random.Random) -> None:
    """Open a spoiled model folder and ask it."""
    from textwright.parity import promised
    from textwright.predictor import answer_batch
    from textwright.references import open_model

    made = folder / "model"
    shutil.copytree(rng.choices(FOLDERS, WEIGHTS)[0], made)
    files = [path for path in sorted(made.rglob("*")) if path.is_file() and path.suffix not in (".md", ".txt")]
    spoil(rng.choice(files), rng)
    if rng.random() < 0.9:
        state_sums(made)
    found = open_model(str(made))
    answer_batch(found, TEXTS)
    if rng.random() < 0.3:
        promised(made)


def state_sums(folder: Path) -> None:
    """Let config.json state the sums of the spoiled files, so that these are read."""
    path = folder / "config.json"
    try:
        config = json.loads(path.read_bytes())
        stated = config["files"]
        for name in stated:
            stated[name]["sha256"] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        path.write_text(json.dumps(config), encoding="utf-8")
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return


def project(folder: Path, rng: random.Random) -> None:
    """Open a spoiled project."""
    from textwright.project.files import make_project, read_project
    from textwright.project.summary import summary_of
    from textwright.schema import Schema

    made = folder / "mine.textwright"
    make_project(made, "mine")
    (made / "schema.toml").write_text((PACKS / "job_titles/schema.toml").read_text(), encoding="utf-8")
    state = {
        **json.loads((made / "project.json").read_bytes()),
        "brought": {"name": "x.csv", "column": "text"},
        "choices": [],
    }
    (made / "project.json").write_text(json.dumps(state), encoding="utf-8")
    spoil(rng.choice([made / "project.json", made / "project.json", made / "schema.toml"]), rng)
    opened = read_project(made)
    summary_of(opened)
    Schema.read(made / "schema.toml")


BROUGHT: dict[str, bytes] = {
    "a.csv": b'id,text,label\n1,Senior Nurse,x\n2,"Chef, ""head""",y\n' * 5,
    "a.jsonl": b'{"id": "1", "text": "Senior Nurse", "spans": [{"start": 0, "end": 6, "label": "A"}], "meta": {}}\n'
    * 5,
    "a.json": b'[{"text": "Nurse", "data": {"text": "x"}, "annotations": [{"result": [{"value": {"start": 0}}]}]}]',
    "a.html": b"<table><tr><td>Nurse<td>Chef</table><p>Senior &amp; Nurse<script>x</script>" * 5,
    "a.txt": "Nurse\nChef – Leeds\n".encode() * 20,
    "a.conll": b"Senior B-A\nNurse I-A\n\nChef O\n",
    "a.md": b"# Nurse\n\n- Chef\n- [x](y)\n\n| a | b |\n| - | - |\n| c | d |\n",
    "a.tsv": b"text\tlabel\nNurse\tx\n" * 5,
}


def brought(folder: Path, rng: random.Random) -> None:
    """Read a spoiled file of texts, as a project and as a data set."""
    from textwright.dataset import Dataset
    from textwright.project.bring.reading import read_brought

    name = rng.choice(list(BROUGHT))
    path = folder / name
    path.write_bytes(spoiled_bytes(BROUGHT[name], rng))
    for read in (lambda: read_brought(path, name=name), lambda: len(Dataset.read(path))):
        expected(read)


def schema(folder: Path, rng: random.Random) -> None:
    """Read a spoiled schema and check annotations by it."""
    from textwright.schema import Schema

    path = folder / "schema.toml"
    shutil.copy(PACKS / rng.choice(("job_titles", "emotion", "job_adverts")) / "schema.toml", path)
    spoil(path, rng)
    found = Schema.read(path)
    Schema.from_data(found.to_data())


Trial = Callable[[Path, random.Random], None]
TRIALS: dict[str, tuple[Trial, int]] = {
    "model": (model, 6),
    "project": (project, 2),
    "brought": (brought, 3),
    "schema": (schema, 1),
}


def expected(act: Callable[[], object]) -> None:
    """Do something that may end with a `TextwrightError`."""
    from textwright.errors import TextwrightError

    try:
        act()
    except TextwrightError as error:
        if not str(error) or "Traceback" in str(error):
            raise AssertionError(f"an error says nothing: {error!r}") from error


def run_one(kind: str, seed: int) -> tuple[str, float]:
    """Run one trial; return what went wrong, "" for nothing, and the seconds."""

    def end(*_: object) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, end)
    started = time.process_time()
    wrong = ""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        signal.alarm(60)
        try:
            expected(lambda: TRIALS[kind][0](Path(folder), random.Random(seed)))
        except (Exception, TooLong):
            wrong = re.sub(r"(.)\1{50,}", r"\1...", traceback.format_exc())[-2_500:]
        finally:
            signal.alarm(0)
    seconds = time.process_time() - started
    return wrong or (f"took {seconds:.1f} s" if seconds > LONGEST else ""), seconds


def main(seconds: float, seed: int, most: int) -> int:
    """Run trials until the time or their number is up."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    rng, counts, longest, faults = random.Random(seed), Counter[str](), 0.0, 0
    ends = time.monotonic() + seconds
    for number in range(most):
        if time.monotonic() > ends:
            break
        kind = rng.choices(list(TRIALS), [weight for _, weight in TRIALS.values()])[0]
        own = seed * 1_000_003 + number
        wrong, took = run_one(kind, own)
        counts[kind] += 1
        longest = max(longest, took)
        if wrong:
            faults += 1
            print(json.dumps({"kind": kind, "seed": own, "wrong": wrong}), flush=True)
    print(json.dumps({"trials": dict(counts), "faults": faults, "longest": round(longest, 2)}), flush=True)
    return faults


if __name__ == "__main__":
    sys.exit(min(1, main(float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
