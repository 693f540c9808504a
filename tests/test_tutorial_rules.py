"""The tutorial for rules does what it says: its files are written, its commands run, their output compared."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from tests.snippets import run_command

PAGE = Path(__file__).parents[1] / "docs/tutorial-rules.md"
STEP = re.compile(
    r"(?P<action>Write|[Pp]ut at the end of|[Cc]hange in) `(?P<path>[^`]+)`[^`]*?:\n```\w+\n(?P<body>.*?)```"
    r"|```console\n(?P<console>.*?)```",
    re.DOTALL,
)
SAME = doctest.OutputChecker()


def write(path: Path, body: str) -> None:
    path.write_text(body, encoding="utf-8")


def append(path: Path, body: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + body, encoding="utf-8")


def change(path: Path, body: str) -> None:
    """Put the lines with + in the place of those with - before them."""
    text = path.read_text(encoding="utf-8")
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", body, re.MULTILINE):
        removed, added = (re.sub(r"^[-+]", "", lines, flags=re.MULTILINE) for lines in (old, new))
        assert text.count(removed) == 1, f"{removed!r} does not stand in {path} once"
        text = text.replace(removed, added)
    path.write_text(text, encoding="utf-8")


ACTIONS = {"write": write, "put at the end of": append, "change in": change}


def run(command: str) -> str:
    assert command.startswith("textwright ")
    _, out, err = run_command(command)
    assert "Traceback" not in err
    return out + err


def test_tutorial_can_be_followed_to_the_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    steps = list(STEP.finditer(PAGE.read_text(encoding="utf-8")))
    assert len(steps) > 10
    for step in steps:
        if step["action"]:
            ACTIONS[step["action"].lower()](tmp_path / step["path"], step["body"])
            continue
        for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", step["console"], re.MULTILINE):
            found = run(command)
            assert SAME.check_output(expected, found, doctest.ELLIPSIS), f"{command}\n{found}"


@pytest.mark.parametrize("word", ["Write", "Put at the end of", "Change in"])
def test_every_file_of_the_tutorial_is_a_step(word: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?!console|\n)", text, re.MULTILINE)
    actions = [step["action"] for step in STEP.finditer(text) if step["action"]]
    assert len(blocks) == len(actions)
    assert word.lower() in {action.lower() for action in actions}
