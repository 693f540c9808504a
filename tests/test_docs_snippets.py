"""Every snippet of the README and of docs/ is run, parsed or, with its reason, left alone."""

from __future__ import annotations

import doctest
import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import spec
from tests.known_rules import know_rules
from tests.llm.servers import Server
from tests.snippets import (
    PAGES,
    ROOT,
    Block,
    Model,
    ask,
    blocks_of,
    lines_of,
    run_command,
    served,
    words_of,
    write_sample,
)
from textwright.cli import COMMANDS
from textwright.cli.lazy import load

# Blocks that are no snippets, and why.
SHOWN = {
    "text": "a synopsis, a sketch or output",
    "diff": "tests/test_tutorial_rules.py makes the change",
    "nginx": "another program's settings",
    "ini": "another program's settings",
}
# Programs that are not ours, and why they are not run here.
OTHERS = {
    "cd": "tests/test_npm_package.py packs",
    "createdb": "needs PostgreSQL; tests/store has one",
    "docker": "tests/test_container.py builds",
    "make": "tests/test_docs.py knows the targets",
    "node": "tests/examples/test_node_server.py starts it",
    "npm": "tests/test_npm_package.py installs",
    "pg_dump": "needs PostgreSQL",
    "pip": "installs; the extra is looked up",
    "python": "a bench, a tool or the standard library's server; that it exists is looked up",
    "python3": "makes an environment",
    "sqlite3": "need not be installed",
}
# Commands of ours that are not run here, by their beginning, and why.
NOT_RUN = {
    "textwright demo": "tests/cli/test_demo.py runs it and looks at what it wrote",
    "textwright tune local": "takes minutes; tests/verify tunes",
    "textwright pages": "packs for half a minute; tests/server/test_pages.py packs",
    "textwright parity": "asks every shipped model; tests/test_parity.py does",
    "textwright annotate titles.txt --database postgresql:": "needs PostgreSQL; tests/store has one",
}
# Pages whose commands a test of their own follows to the letter.
FOLLOWED = {"tutorial-rules.md": "tests/test_tutorial_rules.py", "tutorial-node.md": "tests/examples/test_tutorials.py"}
# Pages that train: `make verify` runs them, here their commands are only parsed and their Python compiled.
TRAINING = {"doubt.md", "how-much-data.md", "quantising.md", "training.md", "whole-texts.md"}
# Pages of which only these commands and lines of Python wait for `make verify`; all else on them is run here.
WAITING = {
    "coming-from.md": ("textwright train ",),
    "notebooks.md": ("textwright notebook rules --html", "run = run_notebook("),  # tests/notebook runs all lessons
}
# Trainings are shortened: that they run is the question here, not what they learn.
SHORTER = {"train": ["--epochs", "1"], "curve": ["--epochs", "1"], "doubt": ["--epochs", "1"]}
ON_ANY_PORT = {
    "serve": ["--port", "0"],
    "annotate": ["--port", "0", "--no-browser"],
    "start": ["--port", "0", "--no-browser"],
}
LANGUAGE_MODEL = re.compile(r"(?:https?://)?(?:localhost:(?:8000|11434)|llm\.example\.org)(?:/v1)?")
OUR_SERVER = re.compile(r"(?:https?://)?(?:localhost:8660|models\.example\.org)(?=/)")
SAME = doctest.OutputChecker()
LOOSELY = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def name_of(page: Path) -> str:
    return page.name


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    return folder


@pytest.fixture(scope="module")
def language_model() -> Iterator[str]:
    with Server(Model(course=("succeeded",))) as server:
        yield server.address


@pytest.fixture(scope="module")
def our_server() -> Iterator[str]:
    with served("job_titles") as origin:
        yield origin


@pytest.fixture
def reader(
    sample: Path, tmp_path: Path, language_model: str, our_server: str, monkeypatch: pytest.MonkeyPatch
) -> Reader:
    """Return somebody who sits in a folder with the sample files and tries what is written."""
    folder = tmp_path / "work"
    shutil.copytree(sample, folder)
    monkeypatch.chdir(folder)
    know_rules(monkeypatch)
    monkeypatch.setenv("TEXTWRIGHT_CACHE", str(tmp_path / "answers.sqlite"))
    monkeypatch.setenv("OPENAI_BASE_URL", language_model)
    monkeypatch.setenv("OPENAI_API_KEY", "a-key")
    monkeypatch.setattr("textwright.server.run._Server.run", lambda self, sockets: self.config.load())
    monkeypatch.setattr("textwright.llm.opening.default_gguf", lambda: Path("small.gguf"))
    monkeypatch.setattr("textwright.llm.opening.Embedded", lambda gguf: stand_in(language_model))
    monkeypatch.setattr("tests.llm.tuning.server.BASE", "NAME")
    return Reader(folder, language_model, our_server)


def write_encoder(folder: Path) -> None:
    """Write a tiny encoder under the name of a real one."""
    from tests.train.encoders import written

    written("roberta", folder, ["Senior Nurse, Leeds", "Head Chef - 6 months"])


def stand_in(address: str) -> Any:
    """Answer as the embedded model would, at once: what it is worth is asked elsewhere."""
    from textwright.llm.client.client import Client

    client = Client(address)
    return SimpleNamespace(model="small", address=client.address, complete=client.complete)


class Reader:
    """Tries the snippets of a page one after another, in one folder and one Python namespace."""

    def __init__(self, folder: Path, language_model: str, our_server: str) -> None:
        self.folder = folder
        self.only_reads = False
        self.not_run = tuple(NOT_RUN)
        self.language_model = language_model
        self.our_server = our_server
        self.names: dict[str, Any] = {"__name__": "snippet"}

    def tries(self, block: Block) -> None:
        {
            "sh": self.tries_commands,
            "console": self.tries_commands,
            "python": self.tries_python,
            "pycon": self.tries_session,
            "toml": self.keeps_toml,
            "json": self.reads_json,
            "jinja": self.opens_template,
        }.get(block.language, lambda _: None)(block)

    def here(self, text: str) -> str:
        """Put the addresses of this process in the place of those on the page."""
        return OUR_SERVER.sub(self.our_server, LANGUAGE_MODEL.sub(self.language_model, text))

    def tries_commands(self, block: Block) -> None:
        for command, shown in lines_of(block):
            for part in command.split(" && "):
                self.tries_command(self.here(part.strip()), shown)

    def tries_command(self, command: str, shown: str) -> None:
        program, *arguments = words_of(command.rpartition(" | ")[2])
        if Path(program).name in OTHERS:
            assert_known(Path(program).name, arguments)
        elif program == "curl":
            assert json.loads(ask(words_of(command)))
        elif program == "printf":
            subprocess.run(command, shell=True, check=True, cwd=self.folder)
        else:
            assert Path(program).name == "textwright", command
            self.tries_ours(command, arguments[0], shown)

    def tries_ours(self, command: str, name: str, shown: str) -> None:
        if self.only_reads or command.startswith(self.not_run):
            parse(words_of(command.rpartition(" | ")[2])[1:])
            return
        more = [*SHORTER.get(name, []), *ON_ANY_PORT.get(name, [])]
        status, out, err = run_command(" ".join([re.sub(r"\s#.*", "", command), *more]))
        assert status == 0, f"{command}\n{out}{err}"
        assert not shown or SAME.check_output(squeezed(shown), squeezed(out), LOOSELY), f"{command}\n{out}"

    def tries_python(self, block: Block) -> None:
        if "distilroberta-base/" in block.text and not self.only_reads:
            write_encoder(self.folder / "distilroberta-base")
        code = compile(self.here(block.text), "snippet", "exec")
        waits = any(line.startswith(self.not_run) for line in block.text.splitlines())
        if not self.only_reads and not waits:
            exec(code, self.names)

    def tries_session(self, block: Block) -> None:
        test = doctest.DocTestParser().get_doctest(block.text, self.names, "snippet", None, block.line)
        result = doctest.DocTestRunner(optionflags=LOOSELY).run(test, clear_globs=False)
        self.names = test.globs
        assert result.failed == 0

    def keeps_toml(self, block: Block) -> None:
        """Parse it; a first line `# NAME.toml` names the file, which later commands use."""
        tomllib.loads(block.text)
        named = re.match(r"# ([\w-]+\.toml)\n", block.text)
        if named:
            (self.folder / named[1]).write_text(self.here(block.text), encoding="utf-8")

    def reads_json(self, block: Block) -> None:
        try:
            json.loads(block.text)
        except json.JSONDecodeError:
            assert all(json.loads(line) for line in block.text.splitlines())

    def opens_template(self, block: Block) -> None:
        from textwright.llm.prompts.template import open_template

        path = self.folder / "template.md"
        path.write_text(block.text, encoding="utf-8")
        assert open_template(str(path)).name


def squeezed(text: str) -> str:
    """Leave white space out: a page breaks long lines."""
    return "".join(text.split())


def parse(arguments: list[str]) -> None:
    """Let a command read its arguments, without doing anything. Raise its error when it cannot."""
    [found] = [each for each in COMMANDS if each.name == arguments[0]]
    command: Any = load(found)
    inner = getattr(command, "commands", None)
    rest = arguments[1:]
    if inner:
        command, rest = inner[rest[0]], rest[1:]
    command.make_context(arguments[0], rest)


def assert_known(program: str, arguments: list[str]) -> None:
    """Look up what can be looked up without running: extras, scripts of ours and their options."""
    if program == "pip":
        known = set(metadata("textwright").get_all("Provides-Extra") or ())
        named = re.findall(r"(?:textwright|\.)\[([\w,]+)\]", " ".join(arguments))
        assert {extra for each in named for extra in each.split(",")} <= known
    scripts = [each for each in arguments if each.endswith(".py")] if program == "python" else []
    for script in scripts:
        source = (ROOT / script).read_text(encoding="utf-8")
        assert [each for each in arguments if each.startswith("--") and each.split("=")[0] not in source] == []


def try_all(page: Path, reader: Reader) -> None:
    for block in blocks_of(page):
        try:
            reader.tries(block)
        except Exception as error:
            error.add_note(f"{page}:{block.line}")
            raise


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in FOLLOWED], ids=name_of)
def test_snippets_run(page: Path, reader: Reader) -> None:
    reader.only_reads = page.name in TRAINING
    reader.not_run += WAITING.get(page.name, ())
    try_all(page, reader)


@pytest.mark.verify
@pytest.mark.parametrize("page", [page for page in PAGES if page.name in TRAINING | set(WAITING)], ids=name_of)
def test_snippets_that_train_run(page: Path, reader: Reader) -> None:
    try_all(page, reader)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_each_block_says_what_it_is(page: Path) -> None:
    tried = {"sh", "console", "python", "pycon", "toml", "json", "jinja", "js", "html"}
    assert {
        (block.line, block.language) for block in blocks_of(page) if block.language not in tried | set(SHOWN)
    } == set()


def test_each_reason_is_still_needed() -> None:
    lines = [line for page in PAGES for block in blocks_of(page) for line in block.text.splitlines()]
    commands = [line.removeprefix("$ ").strip() for line in lines]
    assert [each for each in NOT_RUN if not any(line.startswith(each) for line in commands)] == []
    assert all(any(line.startswith(each) for line in commands) for waiting in WAITING.values() for each in waiting)
    parts = [part.strip().split(" ")[0] for line in commands for part in re.split(r"&&|\|", line)]
    assert set(OTHERS) - {Path(part).name for part in parts} == set()
    assert set(SHOWN) <= {block.language for page in PAGES for block in blocks_of(page)}


@cache
def scripts() -> tuple[tuple[str, str], ...]:
    """Return the JavaScript of all pages with its place."""
    found = [(page, block) for page in PAGES for block in blocks_of(page)]
    js = [(f"{page.name}:{block.line}", block.text) for page, block in found if block.language == "js"]
    html = [(f"{page.name}:{block.line}", block.text) for page, block in found if block.language == "html"]
    inside = [
        (place, script) for place, text in html for script in re.findall(r"<script[^>]*>\n(.*?)</script>", text, re.S)
    ]
    return (*js, *inside)


CHECK = """
import { SourceTextModule } from "node:vm";
const wrong = [];
for (const [place, text] of JSON.parse(process.argv[1])) {
  try { new SourceTextModule(text); } catch (error) { wrong.push(`${place}: ${error}`); }
}
console.log(JSON.stringify(wrong));
"""


@pytest.mark.node
def test_javascript_is_well_formed() -> None:
    command = [spec.node(), "--no-warnings", "--experimental-vm-modules", "--input-type=module", "-e", CHECK]
    done = subprocess.run([*command, json.dumps(scripts())], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
    assert len(scripts()) > 8
