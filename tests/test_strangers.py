"""What a stranger sent is data: opening it runs nothing, sends nothing, and writes nothing elsewhere."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.llm.servers import Server, model_server
from textwright.cli import main
from textwright.dataset import Dataset
from textwright.errors import DataError, ModelError
from textwright.project import open_project
from textwright.project.workbench import Workbench
from textwright.references import open_model
from textwright.runs.folder import write_run
from textwright.runs.record import Run
from textwright.server.start.app import create_start_app
from textwright.types import Annotation, Example, Span

HERE = "http://127.0.0.1"
# Leaves word that it was run.
GIFT = """
from pathlib import Path
Path(__file__).with_name("run.txt").write_text("run")
from textwright.schema import schema_of

class Model:
    schema = schema_of(["BRAND"])
    predict = staticmethod(lambda texts: [])

def make():
    return Model()

def find(text):
    return []
"""
SCHEMA = '[labels.BRAND]\nmeaning = "Who makes it."\n'
EXPERIMENT = """
name = "gift"
tests = ["test"]
[data]
test = "titles.jsonl"
[[method]]
name = "gift"
function = "python:gift_module:find"
"""


@pytest.fixture
def gift(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a project's folder that a stranger made: a module, a run that names it, texts, labels."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "titles.txt").write_text("Sony radio\nBraun radio\nGrundig radio\n")
    folder = open_project(tmp_path / "titles.txt").folder
    (folder / "schema.toml").write_text(SCHEMA)
    (folder / "gift_module.py").write_text(GIFT)
    write_run(run_of("python:gift_module:make"), folder / "runs" / "r1")
    before = list(sys.path)
    yield folder
    sys.path[:] = before
    sys.modules.pop("gift_module", None)


def run_of(model: str) -> Run:
    facts: dict[str, Any] = {name: {} for name in ("settings", "data", "needs", "environment")}
    return Run(
        "r1",
        "gift",
        "m",
        "model",
        0,
        "0" * 64,
        model=model,
        size_bytes=0,
        began="2026",
        seconds=0,
        cpu_seconds=0,
        **facts,
    )


def change(folder: Path, **state: Any) -> None:
    path = folder / "project.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **state}))


def was_run(folder: Path) -> bool:
    return any(folder.parent.rglob("run.txt"))


class Opened:
    """A project as `textwright start` opens it, with what it said and a client."""

    def __init__(self, folder: Path) -> None:
        self.said: list[str] = []
        self.bench = Workbench(open_project(folder), say=self.said.append)
        self.bench.take_suggester()
        app = create_start_app(self.bench, place=place())
        self.client = TestClient(app, base_url=HERE, headers={"Origin": HERE})

    def post(self, path: str, **body: Any) -> tuple[int, str]:
        answer = self.client.post(f"/api/steps/{path}", json=body)
        return answer.status_code, str(answer.json().get("detail"))

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.bench.close()


def place() -> Any:
    try:
        from textwright.server.gate import place_of
    except ImportError:
        from textwright.server.annotation.addresses import place_of  # type: ignore[import-not-found, no-redef]
    return place_of("127.0.0.1", 80)


# --- code ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "model", ["run:titles.textwright/runs/r1", "python:gift_module:make", "run:r1", "cascade:titles.textwright/c.toml"]
)
def test_a_project_that_names_code_does_not_have_it_run(gift: Path, model: str) -> None:
    sys.path.insert(0, str(gift))  # as where one starts in the folder itself
    (gift / "c.toml").write_text(
        '[[step]]\nmodel = "job_titles.split"\npass_on = "empty"\n[[step]]\nmodel = "run:r1"\n'
    )
    change(gift, suggesting="model", model=model)
    with Opened(gift) as opened:
        assert opened.bench.desk is not None
        assert "was not offered" in "".join(opened.said)
        assert opened.client.get("/api/steps").status_code == 200
    assert not was_run(gift)


@pytest.mark.parametrize(
    "model",
    ["run:evil/runs/r1", "python:os:getcwd", "run:titles.textwright/runs/r1", "./x/", "http://127.0.0.1:1/v1/models/m"],
)
def test_a_page_chooses_from_what_was_offered(gift: Path, model: str) -> None:
    with Opened(gift) as opened:
        status, detail = opened.post("suggest/choose", suggesting="model", model=model)
        assert (status, "was not offered" in detail) == (422, True)
        assert opened.bench.project.state.model is None
    assert not was_run(gift)


def test_the_person_who_names_a_run_names_its_code(gift: Path) -> None:
    assert open_model(f"run:{gift}/runs/r1").schema.spans == ("BRAND",)
    assert was_run(gift)


@pytest.mark.parametrize("inner", ["run:titles.textwright/runs/r1", "python:gift_module:make"])
def test_a_cascade_runs_no_code_that_only_its_file_names(
    gift: Path, inner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(gift))
    Path("c.toml").write_text(f'[[step]]\nmodel = "job_titles.split"\npass_on = "empty"\n[[step]]\nmodel = "{inner}"\n')
    with pytest.raises(
        ModelError,
        match=r"is code, and a file or a page cannot have it run.* textwright --code python:gift_module:make",
    ):
        open_model("cascade:c.toml")
    assert not was_run(gift)


def experiment(gift: Path) -> Path:
    example = Example("t1", "Sony radio", Annotation((Span(0, 4, "BRAND"),)))
    Dataset([example]).write(gift / "titles.jsonl")
    (gift / "experiment.toml").write_text(EXPERIMENT)
    return gift / "experiment.toml"


def test_an_experiment_runs_the_code_that_the_command_names(gift: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = experiment(gift)
    assert main(["experiment", "run", str(file)]) == 4
    assert not was_run(gift)
    assert "textwright --code python:gift_module:find" in "".join(capsys.readouterr())
    assert main(["--code", "python:gift_module:find", "experiment", "run", str(file)]) == 0
    assert was_run(gift)


def test_a_folder_of_an_experiment_is_no_place_of_modules(gift: Path) -> None:
    file = experiment(gift)
    file.write_text(EXPERIMENT.replace('function = "python:gift_module:find"', 'model = "job_titles.split"'))
    assert main(["experiment", "run", str(file)]) == 0
    assert str(gift) not in sys.path  # else its torch.py would be run in the place of torch


def test_a_run_that_names_itself_ends(gift: Path) -> None:
    write_run(run_of("run:titles.textwright/runs/r1"), gift / "runs" / "r1")
    with pytest.raises(ModelError, match="never ends"):
        open_model("run:titles.textwright/runs/r1")


# --- addresses -------------------------------------------------------------------------------


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    monkeypatch.setenv("TEXTWRIGHT_CACHE", str(tmp_path / "answers.sqlite"))
    monkeypatch.setenv("TEXTWRIGHT_API_KEY", "the-key-of-the-user")
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with Server(model_server(lambda _: '{"spans": []}')) as server:
        yield server


def prompt_of(address: str, more: str = "") -> str:
    return f'template = "ner"\nschema = "schema.toml"\nmodel = "talker"\nbase_url = "{address}"\n{more}'


def test_a_projects_prompt_sends_nothing_to_its_own_address(gift: Path, listening: Server) -> None:
    (gift / "prompt.toml").write_text(prompt_of(listening.address))
    change(gift, suggesting="prompt")
    with Opened(gift) as opened:
        assert f"nobody has confirmed {listening.address}" in "".join(opened.said)
        opened.client.get("/api/steps/suggest/trial")
        opened.post("look_for/proposals/model")
        opened.client.get("/api/steps/look_for/proposals")
    assert listening.received == []


@pytest.mark.parametrize(
    "line",
    ['cache = "{}/c.sqlite"', 'record = "../r.jsonl"', 'gguf = "/etc/passwd"', '[examples]\nfile = "../e.jsonl"'],
)
def test_a_projects_prompt_keeps_to_the_project(gift: Path, line: str, tmp_path: Path) -> None:
    (gift / "prompt.toml").write_text(prompt_of("http://127.0.0.1:9/v1", line.format(tmp_path)))
    change(gift, suggesting="prompt")
    with Opened(gift) as opened:
        assert "lies outside" in "".join(opened.said)
    assert not [*tmp_path.glob("c.sqlite*"), *tmp_path.glob("r.jsonl*")]


@pytest.mark.parametrize("line", ['cache = "{}/c.sqlite"', 'record = "../r.jsonl"'])
def test_a_prompt_file_writes_nowhere_else(tmp_path: Path, line: str) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "prompt.toml").write_text(f'template = "ner"\nlabels = ["A"]\n{line.format(tmp_path)}')
    with pytest.raises(DataError, match=r"prompt\.toml: (cache|record): .* lies outside"):
        open_model(f"prompt:{folder}/prompt.toml")


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_open_and_closed_ports_are_answered_alike(gift: Path, listening: Server) -> None:
    with Opened(gift) as opened:
        found = [
            (status, detail.replace(address, "ADDRESS"))
            for address in (listening.address, f"http://127.0.0.1:{closed_port()}/v1")
            for status, detail in [opened.post("suggest/prompt", address=address, model="")]
        ]
    assert found[0] == found[1]
    assert found[0][0] == 422
    assert listening.received == []


def test_a_page_that_was_told_yes_may_send(gift: Path, listening: Server) -> None:
    with Opened(gift) as opened:
        assert opened.post("suggest/prompt", address=listening.address, model="", confirmed=True)[0] == 200
        assert opened.client.get("/api/steps/suggest").json()["prompt"]["confirmed"] is True
    assert listening.received != []


def test_a_model_of_openai_is_confirmed_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    (tmp_path / "p.toml").write_text('template = "ner"\nlabels = ["A"]\nmodel = "gpt-5-mini"\n')
    with pytest.raises(ModelError, match=r"nobody has confirmed https://api\.openai\.com/v1"):
        open_model(f"prompt:{tmp_path}/p.toml")


def test_an_address_is_confirmed_on_the_command_line_once(
    gift: Path, listening: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    (gift / "prompt.toml").write_text(prompt_of(listening.address))
    command = ["predict", f"prompt:{gift}/prompt.toml", "titles.txt"]
    assert main(command) == 2
    assert f"textwright --base-url {listening.address}" in capsys.readouterr().err
    assert listening.received == []
    assert main(["--base-url", listening.address, *command]) == 0
    (gift / "prompt.toml").write_text(prompt_of(listening.address, "cached = false"))
    assert main(command) == 0
    (gift / "prompt.toml").write_text(prompt_of(f"http://127.0.0.1:{closed_port()}/v1"))
    assert main(command) == 2


def test_a_cascade_asks_no_server_that_only_its_file_names(tmp_path: Path, listening: Server) -> None:
    step = f'[[step]]\nmodel = "{listening.address}/models/a"\n'
    (tmp_path / "c.toml").write_text(f'{step}pass_on = "empty"\n{step}')
    with pytest.raises(ModelError, match=f"nobody has confirmed {listening.address}"):
        open_model(f"cascade:{tmp_path}/c.toml")
    assert listening.received == []


# --- links -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["annotations.sqlite", "models", "texts.jsonl"])
def test_a_project_with_a_link_that_leads_outside_is_refused(gift: Path, tmp_path: Path, name: str) -> None:
    (gift / name).unlink(missing_ok=True)
    (gift / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DataError, match=f"{name} lies outside"):
        open_project(gift)
