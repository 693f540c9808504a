"""What somebody's own training must give, and what is said when it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.experiment.running.world import TWO, experiment_in, ran
from textwright.experiment.running.run import Choice

MORE = """

def no_model(train, dev, *, seed):
    return 7


class Unsaved:
    schema = None

    def predict(self, texts):
        return []


def unsaved(train, dev, *, seed):
    return Unsaved()


def local(train, dev, *, seed):
    class Local(FirstWords):
        pass

    return Local(train.schema, 1)


NUMBER = 7
"""


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("no_model", "gave int, which is no predictor: it needs predict and schema"),
        ("unsaved", "Unsaved cannot be kept, so that the run could never be opened again"),
        ("local", "is made inside a function; make it a class of a module"),
        ("NUMBER", "int cannot be called"),
        ("fitt", "the module has no 'fitt'. Did you mean fit?"),
    ],
)
def test_what_cannot_be_kept_says_why(tmp_path: Path, name: str, reason: str) -> None:
    file = experiment_in(tmp_path, TWO)
    module = next(tmp_path.glob("words_of_*.py"))
    module.write_text(module.read_text() + MORE)
    file.write_text(file.read_text().replace(":fit", f":{name}"))
    runs, _ = ran(file, Choice(only=["two words"], own_process=False))
    assert reason in str(runs[0].failed)


def test_an_option_that_the_function_does_not_take_is_told(tmp_path: Path) -> None:
    file = experiment_in(tmp_path, TWO.replace(':fit"', ':fit"\noptions = {word = 3}'))
    runs, _ = ran(file, Choice(only=["two words"], own_process=False))
    assert "got an unexpected keyword argument 'word'; it is called as fit(train, dev, *, seed" in str(runs[0].failed)
