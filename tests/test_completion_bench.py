"""The measure of code completion measures: the held-out functions are right, and what is run may do nothing else."""

from __future__ import annotations

import doctest
import importlib.util
import sys
from types import ModuleType
from typing import Any

import pytest

from tests import spec

QUESTION = 'def f():\n    """\n    >>> f()\n    1\n    """\n'


def bench() -> ModuleType:
    place = importlib.util.spec_from_file_location("completion_bench", spec.ROOT / "bench/completion.py")
    assert place is not None
    assert place.loader is not None
    module = importlib.util.module_from_spec(place)
    sys.modules["completion_bench"] = module  # its dataclasses look for it there
    place.loader.exec_module(module)
    return module


BENCH = bench()
FUNCTIONS = BENCH.read_functions(BENCH.FUNCTIONS.read_text(encoding="utf-8"))


def test_there_are_fifty_functions_that_do_what_they_say() -> None:
    names: dict[str, Any] = {}
    for each in FUNCTIONS:
        exec("\n".join(each.lines), names)
        assert doctest.DocTestRunner(verbose=False).run(
            doctest.DocTestFinder().find(names[each.name], each.name, module=False, globs=names)[0]
        ) == (0, each.question.count(">>>"))
    assert len({each.name for each in FUNCTIONS}) == 50


@pytest.mark.parametrize(
    ("body", "passes"),
    [
        ("    return 1\n", True),
        ("    return 2\n", False),
        ("    import math; return math.floor(1.5)\n", True),
        ("    return open('/etc/hostname').read() and 1\n", False),
        ("    import os; os.mkdir('x'); return 1\n", False),
        ("    import socket; socket.socket(); return 1\n", False),
        ("    raise SystemExit\n", False),
        ("    return (\n", False),
    ],
)
def test_a_body_is_run_with_nothing_to_reach(body: str, passes: bool) -> None:
    assert BENCH.run_doctest(QUESTION + body, "f") is passes


def test_cuts_are_lines_of_the_body_and_always_the_same() -> None:
    cuts = BENCH.cuts_of(FUNCTIONS)
    assert cuts == BENCH.cuts_of(FUNCTIONS)
    for each, (before, line) in zip(FUNCTIONS, cuts, strict=True):
        assert before.startswith(each.question)
        assert "\n".join(each.lines).startswith(f"{before}\n{line}")


@pytest.mark.parametrize(
    ("written", "block"),
    [
        ("\n    return 1\n\nprint(2)", "\n    return 1\n"),
        (" + 1\n\n    return x\n# end", " + 1\n\n    return x"),
        ("", ""),
    ],
)
def test_a_body_ends_at_the_first_line_without_indent(written: str, block: str) -> None:
    assert BENCH.block_of(written) == block
