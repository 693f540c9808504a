from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, cast

import pytest

from tests.project.judge.working import examples, project_in
from textwright.experiment.running.order import JudgeOrder, Order
from textwright.experiment.running.parts import part_of
from textwright.experiment.running.prepare import prepared
from textwright.project.judge import work
from textwright.project.judge.asking import write_files
from textwright.project.judge.judged import Behind, Judged, Method
from textwright.project.judge.parts import parted
from textwright.project.judge.work import QUICK, TABLE, Told, _clean, _worth_a_curve


def told_lines(out: io.StringIO) -> list[Any]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_progress_only_rises_and_says_what_is_done(tmp_path: Path) -> None:
    project = project_in(tmp_path, 24)
    write_files(project, parted(examples(24)))
    plan = prepared(project.folder)
    fits = [plan.fit_order(each) for each in plan.planned]
    judging = [cast(JudgeOrder, plan.judge_order(each, None)) for each in plan.planned]
    out = io.StringIO()
    told = Told(out)
    told.begin(QUICK, TABLE)
    told.begins(fits, len(judging), 0)
    orders: list[Order] = [*fits, *judging]
    for order in orders:
        told.started(order)
        told.told(order, "spans, epoch 30 of 60, dev 0.8, 4 s left")
        told.told(order, "nothing to read")
        told.told(order, "once more, from train and dev together")
        told.told(order, "spans, epoch 1 of 60, 9 s left")
        told.told(order, "spans, epoch 60 of 60, 0 s left")
        told.ended(order, None)
    told.begin(TABLE, 1.0)
    told.curve(2)
    told.trained("one")
    told.trained("two")
    shares = [share for _, share, _ in told_lines(out)]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (QUICK, 1.0)
    words = list(dict.fromkeys(said for _, _, said in told_lines(out)))
    assert words[1:3] == ["The simple model: learning", "The network: learning"]
    assert words[-1] == "Looking what more texts would bring"


def test_what_was_learned_from_earlier_texts_is_taken_away(tmp_path: Path) -> None:
    project = project_in(tmp_path, 24)
    write_files(project, parted(examples(24)))
    plan = prepared(project.folder)
    earlier, begun = (part_of(plan.experiment.runs, name) for name in ("linear-0-earlier", plan.planned[1].run_id))
    for part in (earlier, begun):
        part.mkdir()
    _clean(plan)
    assert (earlier.exists(), begun.exists()) == (False, True)


def method(name: str, behind: Behind | None = None) -> Method:
    return Method(name, name, name, name, 0.5, 0.4, 0.6, 25, 1, 1.0, True, behind=behind)


LEVEL, APART = Behind(0.1, False, 130), Behind(0.4, True, 25)


@pytest.mark.parametrize(
    ("texts", "methods", "chosen"),
    [
        (60, [method("network"), method("linear", LEVEL)], "linear"),
        (60, [method("network"), method("linear", APART)], "network"),
        (60, [method("linear"), method("network", LEVEL)], "linear"),
        (60, [method("rules"), method("network", APART), method("linear", APART)], "network"),
        (60, [method("rules")], None),
        (49, [method("linear")], None),
        (2501, [method("linear")], None),
    ],
)
def test_the_curve_is_that_of_the_quickest_method_that_may_be_the_best(
    texts: int, methods: list[Method], chosen: str | None
) -> None:
    found = Judged("key", "whole_text", 25, texts, tuple(methods))
    assert _worth_a_curve(found) == chosen


def test_one_that_is_not_there_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(work, "_judge", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert work.run(tmp_path, "key", Told(out)) == 2
    assert told_lines(out) == [["failed", "No space left on device"]]
