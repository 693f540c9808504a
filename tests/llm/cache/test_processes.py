"""Several processes and threads at one file: nothing lost, nothing wrong, no row twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.llm.cache.asking import answer, request, together
from tests.llm.cache.working import done, started, text
from textwright.llm.kept.cache import Cache

PROCESSES = 4


def test_four_processes_read_and_write_the_same_answers(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    found = [done(each) for each in [started("works", path, seed, 200, 50) for seed in range(PROCESSES)]]
    assert [each["wrong"] for each in found] == [0] * PROCESSES
    with Cache(path) as cache:
        kept = [number for number in range(50) if (each := cache.get(request(text(number)))) and each.text]
        assert cache.count() == len(kept) == 50


def test_many_threads_of_one_process(tmp_path: Path) -> None:
    with Cache(tmp_path / "answers.sqlite") as cache:

        def work(number: int) -> list[str]:
            for each in range(30):
                cache.put(request(text(each)), answer(f"answer {each}"))
            return [found.text for each in range(30) if (found := cache.get(request(text(each))))]

        assert together(16, work) == [[f"answer {each}" for each in range(30)]] * 16
        assert cache.count() == 30


def test_many_open_a_new_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"

    def work(number: int) -> int:
        with Cache(path) as cache:
            cache.put(request(text(number)), answer())
            return 1

    assert together(12, work) == [1] * 12
    with Cache(path) as cache:
        assert cache.count() == 12


def times_open(path: Path) -> int:
    return sum(os.path.realpath(each) == str(path) for each in Path("/proc/self/fd").iterdir())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files can only be counted on Linux")
def test_a_process_that_was_forked_off_opens_its_own_connection(tmp_path: Path) -> None:
    with Cache(tmp_path / "answers.sqlite") as cache:
        cache.put(request(text(0)), answer())
        inherited = times_open(cache.path)
        child = os.fork()
        if child == 0:
            cache.put(request(text(1)), answer())
            own = times_open(cache.path) == 2 * inherited
            os._exit(0 if own and cache.get(request(text(0))) else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert cache.get(request(text(1))) is not None


def test_a_closed_cache_opens_again_when_it_is_asked(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "answers.sqlite")
    cache.put(request(), answer())
    cache.close()
    assert cache.get(request()) is not None
    cache.close()
