from __future__ import annotations

from dataclasses import replace

import pytest

from tests.project.judge.working import examples, project_in
from textwright.experiment.curves import curve_file, curve_key
from textwright.experiment.running.missing import Plan
from textwright.experiment.running.prepare import prepared
from textwright.project.files import write_json
from textwright.project.judge.asking import curve_toml, write_files
from textwright.project.judge.forecast import JUMPS, NO_DIFFERENCE, UNKNOWN, forecast_of, more_of
from textwright.project.judge.judged import Forecast, Judged
from textwright.project.judge.parts import parted

SIZES = (18, 30, 49, 75)
FOUND = Judged("key", "whole_text", 25, 75, ())


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    folder = tmp_path_factory.mktemp("curve")
    project = project_in(folder, 100, rules=False)
    timed = [replace(each, extra={"seconds": 6.0}) for each in examples(100)]
    write_files(project, parted(timed))
    with project.experiment_file.open("a", encoding="utf-8") as file:
        file.write(curve_toml("linear"))
    return prepared(project.folder)


def with_scores(plan: Plan, whole: tuple[float, ...], marks: tuple[float, ...] = (), *, wobble: float = 0.0) -> Plan:
    """Keep a curve: three trainings of each size, `wobble` apart."""
    method = plan.experiment.method("linear")
    runs = [
        {
            "texts": texts,
            "seed": seed,
            "scores": {"whole_text": whole[place] + (seed - 1) * wobble}
            | ({"span F1": marks[place] + (seed - 1) * 0.002} if marks else {}),
            "seconds": 1.0,
            "failed": None,
        }
        for place, texts in enumerate(SIZES)
        for seed in range(3)
    ]
    file = curve_file(plan.experiment, method)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_json(file, {"key": curve_key(plan.experiment, method, plan.data), "runs": runs})
    return plan


RISING = (0.55, 0.66, 0.75, 0.80)


def test_a_curve_that_rises_is_followed(plan: Plan) -> None:
    found, doubt = forecast_of(with_scores(plan, RISING, wobble=0.01), FOUND)
    assert doubt == ""
    assert found is not None
    assert (found.method, found.more, found.taught, found.marks, found.seconds) == ("linear", 60, 45, False, 360.0)
    assert found.now == pytest.approx(0.80)
    assert 0.81 < found.expected < 0.9
    assert found.low < found.expected < found.high


def test_marks_speak_where_whole_texts_jump_about(plan: Plan) -> None:
    found, doubt = forecast_of(with_scores(plan, (0.2, 0.4, 0.28, 0.36), RISING, wobble=0.08), FOUND)
    assert doubt == ""
    assert isinstance(found, Forecast)
    assert found.marks


@pytest.mark.parametrize(
    ("whole", "wobble", "doubt"), [((0.5, 0.5, 0.5, 0.5), 0.0, NO_DIFFERENCE), ((0.2, 0.6, 0.3, 0.5), 0.02, JUMPS)]
)
def test_where_nobody_can_say_the_reason_is_plain(
    plan: Plan, whole: tuple[float, ...], wobble: float, doubt: str
) -> None:
    assert forecast_of(with_scores(plan, whole, wobble=wobble), FOUND) == (None, doubt)


def test_a_curve_that_is_not_finished_says_nothing(plan: Plan) -> None:
    curve_file(plan.experiment, plan.experiment.method("linear")).unlink(missing_ok=True)
    assert forecast_of(plan, FOUND) == (None, UNKNOWN)


@pytest.mark.parametrize(("learned", "texts", "more"), [(75, 25, 60), (15, 5, 20), (600, 250, 500), (3000, 1000, 1000)])
def test_about_half_as_many_again_are_spoken_of(learned: int, texts: int, more: int) -> None:
    assert more_of(replace(FOUND, learned=learned, texts=texts)) == more
