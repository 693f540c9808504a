"""How good language models are at completing Python: the one that is shipped, the one at hand, or files of weights.

    python bench/completion.py [FILE.gguf...] [--json FILE] [--show]

It reads the functions of bench/completion/ (its README says how they are used) and takes about two minutes. Speed is
that of llama.cpp in this process, not that of the page. What the models write is run: see `run_doctest` for how.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import takewhile
from pathlib import Path

from textwright.errors import ModelError
from textwright.llm.calls import Completion, Message, Request
from textwright.llm.local.embedded import Embedded, default_gguf

ROOT = Path(__file__).parents[1]
FUNCTIONS = ROOT / "bench/completion/functions.txt"
SHIPPED = ROOT / "web/pages/completion/model/python.gguf"
SEED = 6
LONGEST = 96
STOPS = ("\ndef ", "\nclass ", "\n@", "\nif ", "\n#", "\nprint", "\n>>>", "\n```")
SECONDS, MEMORY = 2, 512 * 2**20

# The hook comes after what a body may need is imported; it lets nothing out of the interpreter any more.
GUARDED = """
import bisect, collections, contextlib, doctest, functools, heapq, io, itertools, math, operator, random, re, string
import sys
source, name = sys.stdin.read(), sys.argv[1]
REFUSED = {"ctypes", "import", "open", "os", "shutil", "signal", "socket", "subprocess", "tempfile"}
def guard(event, arguments):
    if event.split(".")[0] in REFUSED:
        raise PermissionError(event)
sys.addaudithook(guard)
def agrees(example):
    with contextlib.redirect_stdout(io.StringIO()) as written:
        exec(compile(example.source, name, "single"), names)
    return doctest.OutputChecker().check_output(example.want, written.getvalue(), 0)
names = {"__name__": name}
exec(compile(source, name, "exec"), names)
print("passed" if all(map(agrees, doctest.DocTestParser().get_examples(names[name].__doc__))) else "failed")
"""


@dataclass(frozen=True, slots=True)
class Function:
    """A held-out function: its name, all of its lines, and how many of them say what it does."""

    name: str
    lines: tuple[str, ...]
    told: int

    @property
    def question(self) -> str:
        """Return signature and docstring, without the end of the line: the model writes that with the indent."""
        return "\n".join(self.lines[: self.told])


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of a model."""

    model: str
    megabytes: float
    doctests: int
    functions: int
    next_lines: int
    cuts: int
    tokens_per_second: float


def read_functions(text: str) -> list[Function]:
    """Read the functions of a file of Python."""
    lines = text.splitlines()
    nodes = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    return [
        Function(
            node.name, tuple(lines[node.lineno - 1 : node.end_lineno]), (node.body[0].end_lineno or 0) - node.lineno + 1
        )
        for node in nodes
    ]


def cuts_of(functions: Sequence[Function], *, seed: int = SEED) -> list[tuple[str, str]]:
    """Return for each function what stands before a random line of its body, and the line."""
    chance = random.Random(seed)
    places = [(each, chance.randrange(each.told, len(each.lines))) for each in functions]
    return [("\n".join(each.lines[:place]), each.lines[place]) for each, place in places]


def ask(model: Embedded, prompt: str, *, most: int = LONGEST, stop: tuple[str, ...] = STOPS) -> Completion:
    """Let a model go on after a prompt, always with the likeliest piece."""
    messages = (Message("user", prompt),)
    request = Request(model.address, model.model, messages, "completion", enforce="none", max_tokens=most, stop=stop)
    return model.complete(request)


def block_of(written: str) -> str:
    """Return the lines up to the first that is not indented.

    >>> block_of("\\n    return 1\\n\\nprint(2)")
    '\\n    return 1\\n'
    """
    first, *others = written.split("\n")
    return "\n".join([first, *takewhile(lambda line: not line or line[0] == " ", others)])


def next_line(written: str) -> str:
    """Return the first line that is not empty, without spaces at its end.

    >>> next_line("\\n    return 1 \\nx")
    '    return 1'
    """
    return next((line.rstrip() for line in written.split("\n") if line.strip()), "")


def run_doctest(source: str, name: str) -> bool:
    """Run a function's doctest in a process that may do nothing but compute: no files, no network, no processes."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-S", "-B", "-c", GUARDED, name],
                input=source,
                capture_output=True,
                text=True,
                timeout=SECONDS * 10,
                cwd=folder,
                env={},
                preexec_fn=_bounded,
            )
        except subprocess.TimeoutExpired:
            return False
    return done.stdout.splitlines()[-1:] == ["passed"]


def _bounded() -> None:
    os.nice(5)
    limits = {resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_AS: MEMORY, resource.RLIMIT_FSIZE: 0}
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))


def measure(gguf: Path, functions: Sequence[Function], *, show: bool = False) -> Figures:
    """Judge a file of weights. Raise `ModelError` when it cannot be run."""
    model = Embedded(gguf, context=1024)
    bodies = [ask(model, each.question) for each in functions]
    sources = [each.question + block_of(body.text) + "\n" for each, body in zip(functions, bodies, strict=True)]
    passed = [run_doctest(source, each.name) for source, each in zip(sources, functions, strict=True)]
    cuts = cuts_of(functions)
    lines = [next_line(ask(model, before, most=48, stop=()).text) for before, _ in cuts]
    model.close()
    if show:
        for source, well in zip(sources, passed, strict=True):
            print(f"# {'passed' if well else 'failed'}\n{source}")
    spent = sum(body.usage.seconds for body in bodies)
    return Figures(
        model=gguf.stem,
        megabytes=round(gguf.stat().st_size / 1e6, 1),
        doctests=sum(passed),
        functions=len(functions),
        next_lines=sum(line == right for line, (_, right) in zip(lines, cuts, strict=True)),
        cuts=len(cuts),
        tokens_per_second=round(sum(body.usage.completion_tokens for body in bodies) / spent, 1),
    )


def table(rows: Sequence[Figures]) -> str:
    """Write the figures as a table."""
    head = "| model | MB | doctests that run | next lines | tokens/s |\n| --- | --- | --- | --- | --- |"
    lines = [
        f"| {row.model} | {row.megabytes} | {row.doctests} of {row.functions} | {row.next_lines} of {row.cuts} "
        f"| {row.tokens_per_second:.0f} |"
        for row in rows
    ]
    return "\n".join([head, *lines])


def at_hand() -> list[Path]:
    """Return the shipped model and, where its package is installed, the small one of everybody's."""
    try:
        return [SHIPPED, default_gguf()]
    except ModelError as error:
        print(error, file=sys.stderr)
        return [SHIPPED]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gguf", type=Path, nargs="*")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--show", action="store_true", help="print what each model wrote")
    options = parser.parse_args()
    functions = read_functions(FUNCTIONS.read_text(encoding="utf-8"))
    rows = [measure(each, functions, show=options.show) for each in options.gguf or at_hand()]
    print(table(rows))
    if options.json:
        kept = [{key: value for key, value in asdict(row).items() if key != "tokens_per_second"} for row in rows]
        options.json.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
