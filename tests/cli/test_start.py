"""`textwright start` as somebody meets it: in a process of its own, over HTTP."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.local import Local, local_in
from textwright.cli import start as command
from textwright.project import open_project
from textwright.project.bring import work
from textwright.project.files import make_project
from textwright.project.lock import LOCK, held
from textwright.project.opening import left_unread
from textwright.server.run import bind

LINES = "Sony headphones black\nBosch drill 18 V\nLamy fountain pen\n"


class Running:
    """A project page that the command serves."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        line = [sys.executable, "-m", "textwright", "start", *arguments, "--port", "0", "--no-browser"]
        self.process = subprocess.Popen(line, cwd=folder, stderr=subprocess.PIPE, text=True)
        self.local = self._local()
        self.get = self.local.get

    def _local(self) -> Local:
        assert self.process.stderr is not None
        said = []
        for line in self.process.stderr:
            said.append(line)
            if found := local_in(line):
                return found
        raise AssertionError(f"the server did not start: {said}")

    def end(self, how: signal.Signals) -> str:
        self.process.send_signal(how)
        return self.process.communicate(timeout=60)[1]


Begin = Callable[..., Running]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    (tmp_path / "goods.txt").write_text(LINES)
    started: list[Running] = []

    def begin_one(*arguments: str) -> Running:
        started.append(Running(tmp_path, *arguments))
        return started[-1]

    yield begin_one
    for each in started:
        each.process.kill()
        each.process.communicate()


def test_a_killed_project_opens_again_and_a_second_start_leads_to_it(begin: Begin, run: Run, tmp_path: Path) -> None:
    first = begin("goods.txt")
    assert first.get("api/steps")["steps"][0]["words"] == "3 texts"
    first.end(signal.SIGKILL)
    again = begin("goods.txt")
    assert again.get("api/steps")["steps"][0]["words"] == "3 texts"
    second = run("start", tmp_path / "goods.textwright", "--port", 0, "--no-browser")
    assert (second.status, second.err) == (
        0,
        f"goods is open already at {again.local.opened} (Ctrl+C stops it there)\n",
    )
    assert "All is kept in goods.textwright" in again.end(signal.SIGINT)
    assert again.process.returncode == 0


def test_a_second_start_before_the_first_has_an_address_is_refused(run: Run, tmp_path: Path) -> None:
    project = make_project(tmp_path / "goods.textwright", "goods").folder
    holding = (
        "import sys; from pathlib import Path; from textwright.project.lock import held\n"
        "with held(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    line = [sys.executable, "-c", holding, str(project)]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        refused = run("start", project, "--no-browser")
        assert other.stdin is not None
        other.stdin.close()
    assert (refused.status, "is open already" in refused.err) == (2, True)


def test_a_lock_that_was_left_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("http://127.0.0.1:1/\n")
    with held(tmp_path) as sign:
        assert (tmp_path / LOCK).read_text() == "\n"
        sign("http://127.0.0.1:8650/")
        assert (tmp_path / LOCK).read_text() == "http://127.0.0.1:8650/\n"
        assert (tmp_path / LOCK).stat().st_mode & 0o777 == 0o600  # a token stands in it


@pytest.fixture
def taken() -> Iterator[int]:
    with bind("127.0.0.1", 0) as listening:
        yield int(listening.getsockname()[1])


def test_a_port_that_is_taken_is_told_with_what_to_do(run: Run, tmp_path: Path, taken: int) -> None:
    refused = run("start", tmp_path / "new.textwright", "--port", taken, "--no-browser")
    assert (refused.status, f"port {taken}" in refused.err, "--port 0" in refused.err) == (2, True, True)


@pytest.mark.parametrize("name", ["nothing.txt", "goods.txt/x.textwright", "goods.textwright"])
def test_what_cannot_be_opened_is_told_in_a_line(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "goods.txt").write_text(LINES)
    (tmp_path / "goods.textwright").write_text("no folder")
    refused = run("start", tmp_path / name, "--port", 0, "--no-browser")
    assert refused.status == 2
    assert name.split("/")[0] in refused.err
    assert refused.err.count("\n") == 1


def test_a_broken_line_is_told_and_the_others_are_brought(run: Run, tmp_path: Path, taken: int) -> None:
    file = tmp_path / "goods.jsonl"
    file.write_text('{"text": "A lamp"}\n{"text": A chair}\n{"text": "A desk"}\n')
    ran = run("start", file, "--port", taken, "--no-browser")
    told = "1 record could not be read and is left out. Line 2: not JSON: Expecting value at character 10."
    assert f"textwright: {file}: {told}\n" in ran.err
    assert open_project(file).texts.texts == ["A lamp", "A desk"]


def test_a_project_of_another_file_goes_on_and_says_so(run: Run, tmp_path: Path, taken: int) -> None:
    (tmp_path / "goods.txt").write_text(LINES)
    (tmp_path / "goods.csv").write_text("text\nA lamp\n")
    first = run("start", tmp_path / "goods.txt", "--port", taken, "--no-browser")
    assert "was not read" not in first.err
    second = run("start", tmp_path / "goods.csv", "--port", taken, "--no-browser")
    assert "goods.csv was not read. Bring it in the page" in second.err


def test_a_file_that_was_read_is_not_called_unread_and_what_is_new_in_it_is_told(tmp_path: Path) -> None:
    file = tmp_path / "goods.txt"
    file.write_text(LINES)
    open_project(file)
    work.bring_pasted(open_project(file), "A lamp\n")
    assert left_unread(open_project(file), file) == ""
    file.write_text(f"{LINES}A chair\n")
    told = left_unread(open_project(file), file)
    assert told == f"{file} has changed since it was read. Bring it in the page once more: what is new in it is added"
    work.bring_file(open_project(file), file, name="goods.txt")
    assert left_unread(open_project(file), file) == ""
    work.clear(open_project(file))
    assert "was not read" in left_unread(open_project(file), file)


@pytest.mark.parametrize(
    ("package", "name"), [("sqlalchemy", "mine.textwright"), ("sqlalchemy", "goods.txt"), ("alembic", "goods.txt")]
)
def test_a_missing_package_is_named_with_the_line_that_brings_it(tmp_path: Path, package: str, name: str) -> None:
    (tmp_path / "goods.txt").write_text(LINES)
    code = f"import sys; sys.modules['{package}'] = None; from textwright.cli import main; sys.exit(main(sys.argv[1:]))"
    line = [sys.executable, "-c", code, "start", name, "--port", "0", "--no-browser"]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2, done.stderr
    assert done.stderr == f"textwright: {package} is not installed. Install it with: pip install 'textwright[start]'\n"
    assert [each.name for each in tmp_path.iterdir()] == ["goods.txt"]


def test_what_works_without_training_is_said_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda package: None if package == "torch" else object())
    assert command.missing_packages() == [
        "no network learns while you correct (torch is not installed)",
        "all of that comes with: pip install 'textwright[start]'",
    ]
    monkeypatch.setattr(command, "find_spec", lambda _: object())
    assert command.missing_packages() == []
