"""The snippets of the documents, and what they need: sample files, a language model's server, a server of ours.

A page's snippets are run in their order, in one folder and one Python namespace, as a reader would.
"""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path

import textwright as tw
from tests.llm.servers import Exchange, dumped, says
from tests.llm.tuning.server import Tuning
from textwright.cli import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^( *)```(\w*)[^\n]*\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
PACKS = ROOT / "src/textwright/packs"
CASCADE = """
[[step]]
model = "job_titles.rules"
pass_on = "empty"

[[step]]
model = "prompt:titles.toml"
"""
# What somebody types when asked for a password.
TYPED = b"correct horse battery staple\n"


@dataclass(frozen=True)
class Block:
    """A fenced block: the language that its fence names, its text and the line where it begins."""

    language: str
    text: str
    line: int


def blocks_of(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            match[2],
            match[3].replace(f"\n{match[1]}", "\n").removeprefix(match[1]),
            text.count("\n", 0, match.start()) + 1,
        )
        for match in BLOCK.finditer(text)
    ]


# --- sample files ---------------------------------------------------------------------------


def write_sample(folder: Path) -> None:
    """Write the files that the documents name: texts and annotated texts of the packs, in several formats."""
    titles = list(tw.Dataset.read(PACKS / "job_titles/sample.jsonl"))
    adverts = tw.Dataset.read(PACKS / "job_adverts/sample.jsonl")
    schema = tw.open_model("job_titles.rules").schema
    parts = {"train": titles[:40], "dev": titles[40:50], "test": titles[50:58], "gold": titles[58:68]}
    parts |= {"pool": titles[68:84], "titles": titles[84:94]}
    for name, examples in parts.items():
        tw.Dataset(examples, schema=schema).write(folder / f"{name}.jsonl")
        (folder / f"{name}.txt").write_text("".join(each.text + "\n" for each in examples), encoding="utf-8")
    adverts.write(folder / "adverts.jsonl")
    (folder / "adverts.txt").write_text("We hire. Our client pays well!\nJoin our team.\n", encoding="utf-8")
    several = [by(each, name) for name in ("anna", "ben", "carl") for each in parts["dev"]]
    tw.Dataset(several).write(folder / "everybody.jsonl")
    for name in ("anna", "ben", "carl"):
        tw.Dataset(each for each in several if each.annotator == name).write(folder / f"{name}.jsonl")
    shutil.copy(PACKS / "job_titles/schema.toml", folder / "labels.toml")
    shutil.copy(PACKS / "job_titles/guideline.md", folder)
    for name in ("my-model", "first", "second", "tuned"):
        shutil.copytree(PACKS / "job_titles/model", folder / name)
    (folder / "rules-then-prompt.toml").write_text(CASCADE, encoding="utf-8")
    (folder / "talk.txt").write_text("Ada came to Hove.\n", encoding="utf-8")
    write_exports(tw.Dataset(parts["gold"], schema=schema), folder)
    tw.Dataset(several, schema=schema).write(folder / "label_studio.json", lossy=True)


def by(example: tw.Example, annotator: str) -> tw.Example:
    """Let somebody have annotated an example, with a category, too."""
    joy = tw.Category("emotion", "joy" if len(example.text) % 2 else "neutral")
    return replace(example, annotator=annotator, gold=replace(example.gold, categories=(joy,)))


def write_exports(data: tw.Dataset, folder: Path) -> None:
    """Write what other tools would export."""
    data.write(folder / "doccano.jsonl", format="doccano", lossy=True)
    data.write(folder / "export.jsonl", format="doccano", lossy=True)
    data.write(folder / "prodigy.jsonl", format="prodigy", lossy=True)
    data.write(folder / "corpus.spacy", lossy=True)


# --- servers --------------------------------------------------------------------------------


class Model(Tuning):
    """A language model's server: it lists one model, answers any, and takes jobs of tuning."""

    def __call__(self, exchange: Exchange) -> None:
        """Answer one call."""
        received = exchange.received
        if received.method == "GET" and received.path.endswith("/models"):
            exchange.send(200, dumped({"object": "list", "data": [{"id": "llama-3.1-8b", "object": "model"}]}))
        elif received.path.endswith("completions"):
            says(answer(received.body.decode()))(exchange)
        else:
            super().__call__(exchange)


def answer(asked: str) -> str:
    """Say that no span is there, or that an advert is an agency's."""
    if "categories" in asked:
        return json.dumps({"categories": [{"task": "advertiser", "label": "agency"}]})
    return json.dumps({"spans": []})


@contextmanager
def served(reference: str) -> Iterator[str]:
    """Serve a model over HTTP in this process, and give the origin."""
    import uvicorn

    from textwright.server.app import create_app
    from textwright.server.hosted import open_hosted

    config = uvicorn.Config(create_app(open_hosted([reference])), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


# --- running --------------------------------------------------------------------------------


def lines_of(block: Block) -> list[tuple[str, str]]:
    """Part a block into commands and what the page shows of their output ("" where it shows none)."""
    text = block.text.replace("\\\n", "")
    if block.language == "console":
        return re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE)
    lines = [line for line in re.sub(r"\n +", " ", text).splitlines() if line.strip() and not line.startswith("#")]
    return [(line, "") for line in lines]


def words_of(command: str) -> list[str]:
    return shlex.split(command, comments=True)


def run_command(command: str) -> tuple[int, str, str]:
    """Run a line of a shell whose last part is ours; give the exit status and what it printed, on either stream."""
    before, _, ours = command.rpartition(" | ")
    given = subprocess.run(before, shell=True, capture_output=True, check=True).stdout if before else TYPED
    out, err = stream(), stream()
    stdin, sys.stdin = sys.stdin, stream(given)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            status = main(words_of(ours)[1:])
    finally:
        sys.stdin = stdin
    return status, printed(out), printed(err)


def stream(content: bytes = b"") -> io.TextIOWrapper:
    """Return a stream of text over bytes, as the real ones are."""
    return io.TextIOWrapper(io.BufferedRandom(io.BytesIO(content)), encoding="utf-8")  # type: ignore[arg-type]


def printed(written: io.TextIOWrapper) -> str:
    written.flush()
    written.buffer.seek(0)
    return written.buffer.read().decode()


def ask(words: Sequence[str]) -> bytes:
    """Do what curl would do with an address and `-d`."""
    body = words[words.index("-d") + 1].encode() if "-d" in words else None
    [address] = [word for word in words if "://" in word]
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return bytes(answer.read())
