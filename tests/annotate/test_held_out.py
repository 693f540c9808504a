"""Texts that were set aside: one in four, without a suggestion, judged on and never learned from."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.annotate.acting import act, numbers
from tests.annotate.conftest import NewDesk
from tests.annotate.test_ordering import Unsure
from tests.annotate.test_retraining import QUICK
from tests.annotate.test_suggesting import FirstWord, eventually
from textwright.annotate import retraining
from textwright.annotate.desk import Desk
from textwright.annotate.learning import TEXTS, learn, parted
from textwright.annotate.settings import Settings
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.schema import schema_of
from textwright.types import Annotation, Example, Span

ASIDE = {"held_out": True}


def desk_with(new_desk: NewDesk, *, others: int = 9, aside: int = 3, order: str = "given", **settings: object) -> Desk:
    """Open a desk with texts that learn, numbered from 1, and texts that were set aside, behind them."""
    desk = new_desk(texts=others, order=order, blind_share=0.0, held_out_every=4, alone=True, **settings)
    desk.add(Example(f"a{i}", f"Senior Nurse {i}", meta=ASIDE) for i in range(aside))
    return desk


def aside_places(desk: Desk, name: str = "ann", skip: Sequence[int] = ()) -> list[int]:
    return [place for place, task in enumerate(desk.queue(name, limit=100, skip=skip)) if task.held_out]


def aside_in_order(desk: Desk) -> list[int]:
    return [task.text.number for task in desk.queue("ann", limit=100) if task.held_out]


def test_every_fourth_text_was_set_aside(new_desk: NewDesk) -> None:
    assert aside_places(desk_with(new_desk)) == [3, 7, 11]


def test_places_stay_while_one_works_and_asks_for_more(new_desk: NewDesk) -> None:
    desk = desk_with(new_desk)
    first = numbers(desk, "ann", limit=6)
    for number in first[:2]:
        act(desk, "ann", number)
    assert aside_places(desk) == [1, 5, 9]
    assert aside_places(desk, skip=first[2:]) == [1, 5]


@pytest.mark.parametrize(("others", "aside", "places"), [(2, 3, [2, 3, 4]), (6, 1, [3]), (0, 2, [0, 1]), (3, 0, [])])
def test_when_one_kind_is_used_up_the_other_goes_on(
    new_desk: NewDesk, others: int, aside: int, places: list[int]
) -> None:
    desk = desk_with(new_desk, others=others, aside=aside)
    assert aside_places(desk) == places
    assert len(numbers(desk, "ann")) == others + aside


def test_texts_set_aside_are_shown_without_a_suggestion(new_desk: NewDesk) -> None:
    desk = desk_with(new_desk)
    desk.suggest_with({"one": FirstWord()})
    eventually(lambda: [bool(task.suggestion) for task in desk.queue("ann", limit=4)] == [True, True, True, False])
    aside = desk.task("ann", 12)
    assert aside is not None
    assert aside.held_out
    assert aside.suggestion is None


def test_texts_set_aside_come_by_chance_whatever_a_model_is_unsure_of(new_desk: NewDesk) -> None:
    before = desk_with(new_desk, aside=12, order="uncertain")
    eventually(lambda: aside_in_order(before) != list(range(10, 22)))
    by_chance = aside_in_order(before)
    before.close()
    desk = desk_with(new_desk, aside=12, order="uncertain")
    desk.suggest_with({"u": Unsure()})
    eventually(lambda: [number for number in numbers(desk, "ann") if number <= 9] == list(range(9, 0, -1)))
    assert aside_in_order(desk) == by_chance


def test_without_the_setting_such_texts_are_like_all_others(new_desk: NewDesk) -> None:
    desk = new_desk(texts=3, blind_share=0.0)
    desk.add([Example("a", "Nurse", meta=ASIDE)])
    assert aside_places(desk) == []
    with pytest.raises(DataError, match="one in 2"):
        Settings(held_out_every=1)


# --- learning -----------------------------------------------------------------------------------


def marked(name: str, *, aside: bool = False) -> Example:
    return Example(name, f"text {name}", Annotation((Span(0, 4, "A"),)), ASIDE if aside else {})


def test_what_was_set_aside_is_judged_on_and_never_learned_from() -> None:
    data = [marked(str(i), aside=i % 4 == 3) for i in range(20)]
    learned, choosing, judged = parted(data, seed=0)
    assert {each.id for each in judged} == {"3", "7", "11", "15", "19"}
    assert len(choosing) == 2
    assert {each.id for each in [*learned, *choosing]} == {each.id for each in data} - {each.id for each in judged}
    with pytest.raises(DataError, match="too few"):
        parted([marked("a", aside=True), marked("b")], seed=0)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "quick.py"
    script.write_text(QUICK.format(sleep=0))
    monkeypatch.setattr(retraining, "COMMAND", [sys.executable, str(script)])
    monkeypatch.setattr(retraining, "LOOK_SECONDS", 0.05)


def trained(new_desk: NewDesk, folder: Path, model: FirstWord, *, suggester: FirstWord | None = None) -> Desk:
    """Let a desk of which four texts are handed in, one of them set aside, train `model`."""
    desk = desk_with(new_desk, retrain=4, folder=folder, opener=lambda _: model)
    desk.suggest_with({"rules": suggester} if suggester else {})
    if suggester:
        eventually(lambda: all(task.suggestion for task in desk.queue("ann", limit=3)))
    for number in numbers(desk, "ann", limit=4):
        act(desk, "ann", number, (0, 6, "RANK"))
    desk.start()
    eventually(lambda: bool(desk.progress("ann", everybody=False)["training"]["rounds"]))
    return desk


@pytest.mark.usefixtures("quick")
def test_training_is_told_which_texts_were_set_aside(new_desk: NewDesk, tmp_path: Path) -> None:
    trained(new_desk, tmp_path / "models", FirstWord())
    [file] = tmp_path.glob("models/*/round-0001/texts.jsonl")
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["id"] for line in lines if line.get("meta", {}).get("held_out")] == ["a0"]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("model", "suggester", "suggests"),
    [
        (FirstWord(), None, "trained"),
        (FirstWord("JOB"), None, None),
        (FirstWord("JOB"), FirstWord(), "rules"),
        (FirstWord(), FirstWord("JOB"), "trained"),
    ],
)
def test_model_suggests_once_it_is_right_often_enough_and_no_worse(
    new_desk: NewDesk, tmp_path: Path, model: FirstWord, suggester: FirstWord | None, suggests: str | None
) -> None:
    desk = trained(new_desk, tmp_path / "models", model, suggester=suggester)
    assert desk.suggests == suggests
    wanted = [suggests] * 3
    eventually(lambda: [t.suggestion.source if t.suggestion else None for t in desk.queue("ann", limit=3)] == wanted)


@pytest.mark.verify  # importing torch takes most of a minute on a busy machine
def test_real_training_learns_from_three_of_four_and_is_judged_on_the_fourth(tmp_path: Path) -> None:
    Dataset(marked(str(n), aside=n % 4 == 3) for n in range(40)).write(tmp_path / TEXTS)
    job = {"schema": schema_of(["A"]).to_data(), "seed": 0, "name": "test"}
    found = learn(tmp_path, job)
    assert [found[key] for key in ("texts", "learned", "support", "right")] == [40, 30, 10, 10]


def test_what_suggested_before_is_not_shown_once_something_else_was_chosen(new_desk: NewDesk) -> None:
    desk = desk_with(new_desk, aside=0)
    desk.suggest_with({"old": FirstWord()})
    eventually(lambda: all(task.suggestion for task in desk.queue("ann", limit=9)))
    desk.suggest_with({})
    assert [task.suggestion for task in desk.queue("ann", limit=9)] == [None] * 9
