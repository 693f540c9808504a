from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.train.tiny import DEV, TRAIN, trainer
from textwright.errors import ModelError
from textwright.train.checkpoint import Checkpoint, digest
from textwright.train.fitting import Progress, Settings

QUICK = Settings(epochs=4, batch=16, rate=1e-2, average=0.8)


def interrupted_after(epoch: int) -> Callable[[Progress], None]:
    def report(progress: Progress) -> None:
        if progress.epoch > epoch:
            raise KeyboardInterrupt

    return report


def interrupted(checkpoint: Checkpoint, epoch: int = 2, **changes: Any) -> None:
    """Train until the epoch after `epoch` is done but not kept."""
    with pytest.raises(KeyboardInterrupt):
        trainer(**{"settings": QUICK, **changes}, report=interrupted_after(epoch), checkpoint=checkpoint).fit(
            TRAIN, DEV
        )


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Interrupt a training; give its state."""
    checkpoint = Checkpoint(tmp_path_factory.mktemp("begun") / "state.pt")
    interrupted(checkpoint)
    return checkpoint.path.read_bytes()


def test_an_interrupted_training_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    whole: list[Progress] = []
    model = trainer(settings=QUICK, noise=0.5, dropout=0.2, report=whole.append).fit(TRAIN, DEV)
    said: list[str] = []
    again: list[Progress] = []
    checkpoint = Checkpoint(tmp_path / "part" / "state.pt", tell=said.append)
    interrupted(checkpoint, noise=0.5, dropout=0.2)
    torch.rand(7)
    resumed = trainer(settings=QUICK, noise=0.5, dropout=0.2, report=again.append, checkpoint=checkpoint)
    assert resumed.fit(TRAIN, DEV).graph == model.graph
    assert said == [f"going on after epoch 2 of 4, from {checkpoint.path}"]
    assert [replace(each, seconds_left=0) for each in again] == [replace(each, seconds_left=0) for each in whole]


def test_a_finished_training_is_not_done_again(tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path / "state.pt")
    model = trainer(settings=QUICK, checkpoint=checkpoint).fit(TRAIN, DEV)
    written = checkpoint.path.stat().st_mtime_ns
    assert trainer(settings=QUICK, checkpoint=checkpoint).fit(TRAIN, DEV).graph == model.graph
    assert checkpoint.path.stat().st_mtime_ns == written


@pytest.mark.parametrize(
    "changes",
    [{"settings": replace(QUICK, seed=1)}, {"settings": replace(QUICK, rate=0.02)}, {"dropout": 0.1}, {"noise": 0.5}],
)
def test_other_settings_start_anew_and_say_so(tmp_path: Path, begun: bytes, changes: dict[str, Any]) -> None:
    said: list[str] = []
    checkpoint = Checkpoint(tmp_path / "state.pt", tell=said.append)
    checkpoint.path.write_bytes(begun)
    interrupted(checkpoint, epoch=0, **changes)
    assert said == [f"{checkpoint.path} belongs to other data or settings; training starts anew"]


@pytest.mark.parametrize(("train", "dev"), [(TRAIN[1:], DEV), (TRAIN, DEV[1:])])
def test_other_data_start_anew_and_say_so(tmp_path: Path, begun: bytes, train: Any, dev: Any) -> None:
    said: list[str] = []
    checkpoint = Checkpoint(tmp_path / "state.pt", tell=said.append)
    checkpoint.path.write_bytes(begun)
    model = trainer(settings=QUICK, checkpoint=checkpoint).fit(train, dev)
    assert said == [f"{checkpoint.path} belongs to other data or settings; training starts anew"]
    assert model.graph == trainer(settings=QUICK).fit(train, dev).graph


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_damaged_checkpoint_starts_anew_and_says_so(tmp_path: Path, content: bytes) -> None:
    said: list[str] = []
    checkpoint = Checkpoint(tmp_path / "state.pt", tell=said.append)
    checkpoint.path.write_bytes(content)
    trainer(settings=replace(QUICK, epochs=1), checkpoint=checkpoint).fit(TRAIN, DEV)
    assert len(said) == 1
    assert "cannot be read" in said[0]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ModelError, match=r"file/state.pt: the state of learning cannot be kept: File exists"):
        trainer(settings=QUICK, checkpoint=Checkpoint(tmp_path / "file" / "state.pt")).fit(TRAIN, DEV)


def test_what_was_kept_outlives_a_full_disk(tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path / "state.pt")
    checkpoint.write({"epoch": 1})
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(ModelError, match=r"state.pt: the state of learning cannot be kept"):
            checkpoint.write({"epoch": 2, "weights": torch.rand(10_000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    kept = checkpoint.read()
    assert kept is not None
    assert kept["epoch"] == 1
    assert [each.name for each in tmp_path.iterdir()] == ["state.pt"]


def test_the_system_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(ModelError, match="No space left on device"):
        Checkpoint(tmp_path / "state.pt").write({})


def test_a_digest_tells_apart_what_differs() -> None:
    one = torch.zeros(2, 2)
    parts = [(one,), (torch.tensor([[0.0, 0.0], [0.0, -0.0]]),), ({"a": one},), ([1, 2],), ([[1], 2],), ("\ud800",)]
    assert len({digest(*each) for each in parts}) == len(parts)
    assert digest(one) == digest(torch.zeros(2, 2))


KILLED = """
import sys
from pathlib import Path
from tests.train.tiny import DEV, TRAIN, trainer
from textwright.train.checkpoint import Checkpoint
from textwright.train.fitting import Settings

settings = Settings(epochs=12, patience=12, batch=4, rate=1e-2, average=0.8)
model = trainer(settings=settings, checkpoint=Checkpoint(Path("state.pt"), tell=print)).fit(TRAIN, DEV)
Path(sys.argv[1]).write_bytes(model.graph)
"""


def started(folder: Path, result: str) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    path = os.pathsep.join([str(root), str(root / "src")])
    command = [sys.executable, "-c", KILLED, result]
    return subprocess.Popen(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.verify
def test_a_killed_process_goes_on_to_the_same_network(tmp_path: Path) -> None:
    killed = started(tmp_path, "never")
    until = time.monotonic() + 60
    while not (tmp_path / "state.pt").exists() and time.monotonic() < until:
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    second = started(tmp_path, "resumed")
    said, _ = second.communicate(timeout=120)
    (tmp_path / "state.pt").unlink()
    third = started(tmp_path, "whole")
    assert third.communicate(timeout=120)[0] == ""
    assert said.startswith("going on after epoch")
    assert (tmp_path / "resumed").read_bytes() == (tmp_path / "whole").read_bytes()
