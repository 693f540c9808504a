"""A run that is killed half way goes on from the cache: no answer that came is paid again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

from tests.llm.servers import Server, model_server

TEXTS = 60
KILLED_AFTER = 25
AT_ONCE = 4
ANSWER = '{"spans": [{"label": "RANK", "text": "Senior"}]}'


class Counting:
    """What a model answers; counts the texts, and says when enough were asked."""

    def __init__(self) -> None:
        self.texts: Counter[str] = Counter()
        self.enough = threading.Event()
        self._lock = threading.Lock()

    def __call__(self, prompt: str) -> str:
        with self._lock:
            self.texts[next(line for line in prompt.splitlines() if line.startswith("Senior Gardener"))] += 1
            if self.texts.total() >= KILLED_AFTER:
                self.enough.set()
        return ANSWER


def started(folder: Path, server: Server) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "textwright", "prompt", "ner", str(folder / "titles.txt"), "--labels", "RANK"]
    options = ["--base-url", server.address, "--model", "talker", "-o", str(folder / "titles.jsonl")]
    environment = {**os.environ, "TEXTWRIGHT_CACHE": str(folder / "answers.sqlite")}
    return subprocess.Popen([*command, *options], env=environment, stderr=subprocess.PIPE)


def test_a_killed_run_goes_on_and_pays_no_answer_twice(tmp_path: Path) -> None:
    lines = [f"Senior Gardener number {number}" for number in range(TEXTS)]
    (tmp_path / "titles.txt").write_text("\n".join(lines))
    model = Counting()
    with Server(model_server(model, chat_models=("talker",))) as server:
        first = started(tmp_path, server)
        assert model.enough.wait(timeout=120), first.communicate()
        os.kill(first.pid, signal.SIGKILL)
        first.communicate()
        asked_before = model.texts.total()
        second = started(tmp_path, server)
        _, said = second.communicate(timeout=120)
        assert second.returncode == 0, said
    assert asked_before < TEXTS
    assert set(model.texts) == set(lines)
    # Asked twice are at most those whose answer was on its way when the run was killed.
    assert model.texts.total() <= TEXTS + AT_ONCE
    written = [json.loads(line) for line in (tmp_path / "titles.jsonl").read_text().splitlines()]
    assert [each["text"] for each in written] == lines
    assert sum(each["details"]["cached"] for each in written) >= KILLED_AFTER - AT_ONCE
