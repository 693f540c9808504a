"""Files that are no cache, are damaged, newer, full or closed: said clearly, and nothing lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.llm.cache.asking import Answers, answer, request
from tests.llm.cache.working import LONG, done, started, text
from textwright.errors import CallError, StoreError
from textwright.llm.kept.cache import Cache, Cached, UnreadableError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "answers.sqlite"
    with Cache(path) as cache:
        for number in range(50):
            cache.put(request(text(number)), answer(LONG))
    return path


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Buy bread.\n" * 500)
    with pytest.raises(StoreError, match=r"notes\.txt: is damaged, or no database .* name another file"):
        Cache(path)
    assert path.read_text() == "Buy bread.\n" * 500


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE places (name TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Cache(path)
    assert path.read_bytes() == before


def test_a_newer_file_asks_for_a_newer_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match=r"newer textwright .*99"):
        Cache(path)


def test_a_file_whose_middle_is_damaged_says_so_when_it_is_read(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(StoreError, match="is damaged"):
        Cache(path).get(request(text(3)))


def test_a_file_that_was_cut_says_so(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreError, match="is damaged"):
        Cache(path).get(request(text(40)))


UNREADABLE = [
    "'[]'",
    "'{'",
    "''",
    "'{\"text\": 7}'",
    "7",
    "x'c3'",
    "CAST(x'227bff' AS TEXT)",
    "replace(completion, '20,', '\"many\",')",
    f"'{'[' * 100_000}'",
]


def spoilt(path: Path, value: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"UPDATE answers SET completion = {value}")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("value", UNREADABLE, ids=lambda value: value[:30])
def test_an_answer_that_cannot_be_read_is_told_once_asked_for_again_and_replaced(path: Path, value: str) -> None:
    spoilt(path, value)
    told: list[str] = []
    inner = Answers()
    with Cache(path) as cache:
        completer = Cached(inner, cache, on_note=told.append)
        for _ in range(2):
            assert [completer.complete(request(text(n))).text for n in (0, 1)] == [
                "answer to title 0",
                "answer to title 1",
            ]
    assert len(inner.asked) == 2
    [note] = told
    assert request(text(0)).key in note
    assert "cannot be read" in note
    assert "asked for again" in note


def test_offline_an_answer_that_cannot_be_read_is_one_that_is_not_there(path: Path) -> None:
    spoilt(path, "'[]'")
    told: list[str] = []
    with Cache(path) as cache, pytest.raises(CallError) as caught:
        Cached(None, cache, on_note=told.append).complete(request(text(0)))
    assert (caught.value.kind, caught.value.final, len(told)) == ("offline", False, 1)


def test_what_another_process_put_in_its_place_stays(path: Path) -> None:
    spoilt(path, "'[]'")
    asked = request(text(0))
    with Cache(path) as slow, Cache(path) as quick:
        with pytest.raises(UnreadableError, match=asked.key) as found:
            slow.get(asked)
        quick.put(asked, answer("the first"), instead_of=found.value.found)
        slow.put(asked, answer("the second"), instead_of=found.value.found)
        assert slow.get(asked) == answer("the first", cached=True)


@pytest.mark.parametrize("where", ["/proc/answers.sqlite", "/dev/null/answers.sqlite"])
def test_a_place_where_no_file_can_be(where: str) -> None:
    with pytest.raises(StoreError, match=where):
        Cache(Path(where))


def test_a_folder_is_told_which_file_would_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"is a folder\. Name a file in it, such as .*answers\.sqlite"):
        Cache(tmp_path)


def test_an_empty_file_becomes_a_cache(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    path.touch()
    with Cache(path) as cache:
        cache.put(request(), answer())
        assert cache.count() == 1


def test_a_full_disk_costs_no_answer(tmp_path: Path) -> None:
    said = done(started("full", tmp_path / "answers.sqlite"))
    assert said["answered"] == 99
    assert len(said["warned"]) == 1  # type: ignore[arg-type]
    assert "answers cannot be kept" in said["warned"][0]  # type: ignore[index]
    with Cache(tmp_path / "answers.sqlite") as cache:
        assert cache.get(request(text(0))) is not None
        cache.put(request("now there is room"), answer())


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Make a folder that everybody may read, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not write")
def test_who_may_only_read_gets_what_is_there(path: Path, open_folder: Path) -> None:
    path = path.rename(open_folder / "answers.sqlite")
    path.chmod(0o444)
    said = done(started("reads", path))
    assert said["cached"] == [True, False]
    assert "readonly" in said["warned"][0]  # type: ignore[index]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not read")
def test_who_may_not_even_look_is_told_so(path: Path, open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    process = started("reads", path.rename(closed / "answers.sqlite"))
    assert "StoreError" in process.communicate(timeout=60)[1].splitlines()[-1]


def test_a_killed_process_leaves_a_whole_file_with_all_that_it_said(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    kept: list[int] = []
    for wanted in (5, 40, 12):
        process = started("writes", path)
        assert process.stdout is not None
        kept += [int(process.stdout.readline()) for _ in range(wanted)]
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    with Cache(path) as cache:
        assert [number for number in kept if cache.get(request(text(number))) is None] == []
    [(whole,)] = sqlite3.connect(path).execute("PRAGMA integrity_check")
    assert whole == "ok"
