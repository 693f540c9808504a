from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.annotate.acting import act, numbers
from tests.annotate.conftest import NewDesk
from tests.annotate.test_suggesting import FirstWord, eventually
from textwright.annotate import retraining
from textwright.annotate.desk import Desk
from textwright.annotate.learning import parted
from textwright.errors import DataError
from textwright.references import open_model
from textwright.store.rounds import rounds_of
from textwright.types import Annotation, Example, Span

# What a training leaves behind, made in a moment: it stands in for `textwright.annotate.learning`.
QUICK = """
import json, pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
time.sleep({sleep})
texts = (folder / "texts.jsonl").read_text().splitlines()
result = dict(texts=len(texts), measure="span F1", score=0.5, support=1, seconds=0.1)
(folder / "result.json").write_text(json.dumps(result))
"""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let a training be a short script; return the script."""
    script = tmp_path / "quick.py"
    script.write_text(QUICK.format(sleep=0))
    command = [sys.executable, str(script)]
    monkeypatch.setattr(retraining, "COMMAND", command)
    monkeypatch.setattr(retraining, "LOOK_SECONDS", 0.05)
    return script


def desk_that_learns(new_desk: NewDesk, folder: Path, texts: int = 8) -> Desk:
    desk = new_desk(texts=texts, retrain=2, folder=folder, opener=lambda _: FirstWord(), blind_share=0.0)
    desk.start()
    return desk


def rounds(desk: Desk) -> int:
    return len(desk.progress("ann", everybody=False)["training"]["rounds"])


def hand_in(desk: Desk, *texts: int) -> None:
    for number in texts:
        act(desk, "ann", number, (0, 6, "RANK"))


def test_training_follows_so_many_texts_and_its_model_suggests(new_desk: NewDesk, tmp_path: Path, quick: Path) -> None:
    desk = desk_that_learns(new_desk, tmp_path / "models")
    numbers(desk, "ann")
    hand_in(desk, 1)
    assert rounds(desk) == 0
    hand_in(desk, 2)
    eventually(lambda: rounds(desk) == 1)
    eventually(lambda: all(task.suggestion for task in desk.queue("ann", limit=9)))
    suggestion = desk.queue("ann", limit=1)[0].suggestion
    assert suggestion is not None
    assert (suggestion.source, suggestion.round) == ("trained", 1)
    [found] = desk.progress("ann", everybody=False)["training"]["rounds"]
    assert (found["texts"], found["score"], found["measure"], found["support"]) == (2, 0.5, "span F1", 1)


def test_texts_that_a_training_learns_from_are_the_owners_alone(new_desk: NewDesk, tmp_path: Path, quick: Path) -> None:
    before = os.umask(0)
    try:
        desk = desk_that_learns(new_desk, tmp_path / "models")
        hand_in(desk, 1, 2)
        eventually(lambda: rounds(desk) == 1)
    finally:
        os.umask(before)
    assert (tmp_path / "models").stat().st_mode & 0o777 == 0o700


def test_later_run_goes_on_with_the_latest_model(new_desk: NewDesk, tmp_path: Path, quick: Path) -> None:
    desk = desk_that_learns(new_desk, tmp_path / "models")
    hand_in(desk, 1, 2)
    eventually(lambda: rounds(desk) == 1)
    desk.close()
    later = desk_that_learns(new_desk, tmp_path / "models")
    eventually(lambda: all(task.suggestion for task in later.queue("ann", limit=9)))
    assert rounds(later) == 1


@pytest.mark.parametrize(
    ("script", "reason"),
    [("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "signal 9"), ("print('no luck'); exit(2)", "no luck")],
)
def test_failed_training_is_said_and_tried_again(
    new_desk: NewDesk, tmp_path: Path, quick: Path, said: list[str], script: str, reason: str
) -> None:
    works = quick.read_text()
    quick.write_text(script)
    desk = desk_that_learns(new_desk, tmp_path / "models")
    hand_in(desk, 1, 2)
    eventually(lambda: bool(said))
    assert reason in said[0]
    quick.write_text(works)
    hand_in(desk, 3, 4)
    eventually(lambda: rounds(desk) == 1)


def test_training_that_cannot_be_written_is_said_and_tried_again(
    new_desk: NewDesk, tmp_path: Path, quick: Path, said: list[str]
) -> None:
    folder = tmp_path / "models"
    folder.write_text("a file where the folder should be")
    desk = desk_that_learns(new_desk, folder)
    hand_in(desk, 1, 2)
    eventually(lambda: bool(said))
    assert "no training was begun" in said[0]
    folder.unlink()
    hand_in(desk, 3, 4)
    eventually(lambda: rounds(desk) == 1)


def test_closing_ends_a_training(new_desk: NewDesk, tmp_path: Path, quick: Path) -> None:
    quick.write_text(QUICK.format(sleep=60))
    desk = desk_that_learns(new_desk, tmp_path / "models")
    hand_in(desk, 1, 2)
    eventually(lambda: desk.progress("ann", everybody=False)["training"]["running"])
    running = desk._retraining._running  # type: ignore[union-attr]
    assert running is not None
    desk.close()
    with pytest.raises(ProcessLookupError):
        os.kill(running.process.pid, signal.SIGCONT)


def test_training_ends_at_once_when_its_server_is_killed(tmp_path: Path) -> None:
    """A killed server leaves nothing but the closed end of a pipe."""
    process = subprocess.Popen([*retraining.COMMAND, str(tmp_path)], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin is not None
    os.mkfifo(tmp_path / "job.json")  # a job that never comes
    process.stdin.close()
    assert process.wait(60) == 1
    assert process.stderr is not None
    with process.stderr as said:
        assert said.read() == b""


def test_no_training_works_in_the_folder_of_one_that_may_live_on(
    new_desk: NewDesk, tmp_path: Path, quick: Path
) -> None:
    orphan = tmp_path / "models/project-1/round-0001"
    orphan.mkdir(parents=True)
    (orphan / "texts.jsonl").write_text("what it still reads")
    desk = desk_that_learns(new_desk, tmp_path / "models")
    hand_in(desk, 1, 2)
    eventually(lambda: rounds(desk) == 1)
    assert rounds_of(desk.database, desk.project)[0].facts["round"] == 2


def test_latest_models_are_kept_and_failed_trainings_go(new_desk: NewDesk, tmp_path: Path, quick: Path) -> None:
    models = tmp_path / "models/project-1"
    for number in range(1, 5):
        (models / f"round-000{number}").mkdir(parents=True)
    for number in (1, 2):
        (models / f"round-000{number}/result.json").touch()
    desk = desk_that_learns(new_desk, tmp_path / "models")
    hand_in(desk, 1, 2)
    eventually(lambda: sorted(each.name for each in models.iterdir()) == ["round-0002", "round-0005"])


def test_text_falls_to_the_same_part_however_many_there_are() -> None:
    examples = [Example(str(i), f"text {i}", Annotation((Span(0, 4, "A"),))) for i in range(200)]
    few, many = parted(examples[:100], seed=0), parted(examples, seed=0)
    assert all(set(map(id, a)) <= set(map(id, b)) for a, b in zip(few, many, strict=True))
    assert sum(map(len, many)) == 200
    with pytest.raises(DataError, match="too few"):
        parted(examples[:1], seed=0)


@pytest.mark.verify  # importing torch takes most of a minute on a busy machine
def test_real_training_learns_and_reports(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk(texts=40, retrain=40, folder=tmp_path / "models", opener=open_model, alone=True)
    for number in numbers(desk, "ann"):
        act(desk, "ann", number, (0, 6, "RANK"), (7, 11, "JOB"))
    desk.start()
    eventually(lambda: rounds(desk) == 1, seconds=300)
    [found] = desk.progress("ann", everybody=False)["training"]["rounds"]
    assert found["texts"] == 40
    assert 0 <= found["score"] <= 1
    assert list((tmp_path / "models").glob("*/round-0001/model/config.json"))
