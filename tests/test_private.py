"""What holds texts, accounts or answers is its owner's alone, also where everybody may read what is made."""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from textwright.llm.calls import Completion, Request
from textwright.llm.kept.answers_file import AnswersFile
from textwright.llm.kept.recording import Recorded
from textwright.llm.tuning.record import Records
from textwright.private import exposed
from textwright.project import open_project
from textwright.project.workbench import Workbench
from textwright.store.accounts import add_account
from textwright.store.database import open_database

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only POSIX has modes of files")


@pytest.fixture(autouse=True)
def _open_hand() -> Iterator[None]:
    """Let everybody read and write what is made, unless it says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_database_is_private_with_what_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "work.sqlite"
    database = open_database(path)
    add_account(database, "ann", "a good long password", "owner", by="test")
    assert {each.name: mode(each) for each in tmp_path.iterdir()} == {
        "work.sqlite": 0o600,
        "work.sqlite-wal": 0o600,
        "work.sqlite-shm": 0o600,
    }
    database.close()


def test_a_database_behind_a_link_is_private(tmp_path: Path) -> None:
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "work.sqlite")
    open_database(tmp_path / "link.sqlite").close()
    assert mode(tmp_path / "work.sqlite") == 0o600


def test_a_database_that_is_there_keeps_its_mode_and_says_what_helps(tmp_path: Path) -> None:
    path = tmp_path / "it's work.sqlite"
    open_database(path).close()
    assert exposed(path) is None
    path.chmod(0o644)
    open_database(path).close()
    assert mode(path) == 0o644
    assert exposed(path) is None  # nobody else comes as far
    tmp_path.chmod(0o755)
    assert str(exposed(path)).endswith(f"To keep it to yourself: chmod 600 {shlex.quote(str(path))}")


def test_a_project_is_private_with_all_that_start_writes(tmp_path: Path) -> None:
    (tmp_path / "goods.txt").write_text("Sony headphones\nBosch drill\n")
    project = open_project(tmp_path / "goods.txt")
    bench = Workbench(project, say=lambda _: None)
    assert mode(project.folder) == 0o700
    assert mode(project.database_file) == 0o600
    assert exposed(project.folder) is None
    bench.desk.close()
    bench.database.close()


def test_a_project_that_others_can_look_into_is_told(tmp_path: Path) -> None:
    (tmp_path / "goods.txt").write_text("Sony headphones\nBosch drill\n")
    folder = open_project(tmp_path / "goods.txt").folder
    folder.chmod(0o755)
    told: list[str] = []
    open_project(folder, tell=told.append)
    assert [line for line in told if line.endswith(f"chmod 700 {folder}")] == told
    assert len(told) == 1
    assert mode(folder) == 0o755


def answers(folder: Path) -> Path:
    AnswersFile(folder / "answers.sqlite").close()
    return folder / "answers.sqlite"


class Silent:
    """A completer that is never asked."""

    def complete(self, request: Request) -> Completion:
        raise NotImplementedError


def recording(folder: Path) -> Path:
    Recorded(Silent(), folder / "answers.jsonl").close()
    return folder / "answers.jsonl"


@pytest.mark.parametrize("make", [answers, recording])
def test_answers_of_a_language_model_are_private(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    assert mode(make(tmp_path)) == 0o600


def test_records_of_tuning_are_private(tmp_path: Path) -> None:
    with Records(tmp_path / "tuned").alone("some"):
        assert mode(tmp_path / "tuned") == 0o700


def test_what_a_person_names_keeps_the_usual_mode(tmp_path: Path) -> None:
    os.umask(0o022)
    (tmp_path / "titles.txt").write_text("Nurse\n")
    out = tmp_path / "out.csv"
    subprocess.run([sys.executable, "-m", "textwright", "convert", tmp_path / "titles.txt", out], check=True)
    assert mode(out) == 0o644
