"""What happens to texts while they are brought: somebody annotates, the process dies, the disk is full."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project.bring.working import at_work, gold, hand_in, numbers
from textwright.errors import DataError
from textwright.project import open_project
from textwright.project.bring import making, nearness, work
from textwright.project.bring.looking import Looking
from textwright.project.files import Project
from textwright.project.workbench import Workbench
from textwright.store.held_out import is_held_out, is_set_aside
from textwright.store.renewal import Stays
from textwright.store.texts import all_texts
from textwright.wrangle.numbers.duplicates import Group, duplicates

SEVEN = "".join(f"{letter} coat, number {i}\n" for i, letter in enumerate("abcdefg"))
WORDS = ("apple", "brick", "cloud", "drum", "eagle")
MORE = "".join(f"{a} {b} {a[::-1]} {b[::-1]}\n" for a in WORDS for b in WORDS if a != b)
MARKED = [
    {"text": f"{brand} coat", "spans": [{"start": 0, "end": len(brand), "label": "BRAND"}], "annotator": "ann"}
    for brand in ("Rab", "Keen")
]


def meanwhile(bench: Workbench, text: str, step: Callable[[Stays], object]) -> None:
    """Do a step while somebody hands a text in: after it is known what stays, before it is done."""

    def both(kept: Stays) -> None:
        hand_in(bench, text)
        step(kept)

    work.at_bench(bench, both)


def in_file(bench: Workbench) -> dict[str, bool]:
    return {each.text: is_held_out(each) for each in bench.project.texts}


def in_database(bench: Workbench) -> dict[str, bool]:
    return {each.text: is_set_aside(each.meta) for each in all_texts(bench.database, bench.desk.project)}


def paste(bench: Workbench, text: str) -> None:
    work.at_bench(bench, lambda kept: work.bring_pasted(bench.project, text, kept=kept))


def marked_file(folder: Path) -> Path:
    path = folder / "marked.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in MARKED), encoding="utf-8")
    return path


def bring_marked(bench: Workbench, path: Path) -> None:
    work.at_bench(bench, lambda kept: work.bring_file(bench.project, path, name=path.name, kept=kept))


def test_no_text_that_may_have_been_shown_with_a_suggestion_becomes_one_for_the_test(tmp_path: Path) -> None:
    with at_work(tmp_path) as bench:
        paste(bench, SEVEN)
        before = in_database(bench)
        assert not any(before.values())
        meanwhile(bench, "a coat, number 0", lambda kept: work.bring_pasted(bench.project, MORE, kept=kept))
        after = in_database(bench)
        assert {text: after[text] for text in before} == before
        assert 5 <= sum(after.values()) <= 7
        assert in_file(bench) == after


def test_a_test_text_that_is_annotated_while_all_sides_are_chosen_anew_stays_one(tmp_path: Path) -> None:
    def turned(_: Stays) -> None:
        """Write the texts as a choice that did not know of the act would: each on its other side."""
        lines = [json.loads(line) for line in bench.project.texts_file.read_text(encoding="utf-8").splitlines()]
        for line in lines:
            line["meta"] = {} if line["text"] in tests else {"held_out": True}
        bench.project.texts_file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")

    with at_work(tmp_path) as bench:
        paste(bench, MORE + SEVEN)
        before = in_database(bench)
        tests = [text for text, aside in before.items() if aside]
        meanwhile(bench, tests[0], turned)
        after = in_database(bench)
        assert after[tests[0]]
        assert not any(after[text] for text in before if text not in tests)
        assert in_file(bench) == after


@pytest.mark.parametrize("what", ["repair", "clear"])
def test_the_file_follows_the_database_where_somebody_was_quicker(tmp_path: Path, what: str) -> None:
    steps: dict[str, Callable[[Project, Stays], object]] = {
        "repair": lambda project, kept: work.repair(project, ["letters"], kept=kept),
        "clear": lambda project, kept: work.clear(project, kept=kept),
    }
    with at_work(tmp_path) as bench:
        paste(bench, "R&amp;D Lead\nCook\n")
        meanwhile(bench, "R&amp;D Lead", lambda kept: steps[what](bench.project, kept))
        assert "R&amp;D Lead" in gold(bench)
        assert in_file(bench) == in_database(bench)
        assert "R&amp;D Lead" in in_file(bench)


def test_near_texts_are_looked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []

    def counted(texts: tuple[str, ...], *, near: float) -> list[Group]:
        looked.append(near)
        return duplicates(texts, near=near)

    monkeypatch.setattr(nearness, "duplicates", counted)
    with at_work(tmp_path) as bench:
        paste(bench, f"{MORE}{MORE.title()}")
        offered = {offer.repair.name: offer.count for offer in Looking(bench).look().offers}
        assert offered["same"] == 20
        assert looked == [nearness.NEAR]


def test_nothing_is_left_of_texts_that_could_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DataError("brought.jsonl: no space left on the device")

    with at_work(tmp_path) as bench:
        paste(bench, SEVEN)
        monkeypatch.setattr(work, "write_gathered", full)
        with pytest.raises(DataError, match="no space left"):
            bring_marked(bench, marked_file(tmp_path))
        with pytest.raises(DataError, match="no space left"):
            paste(bench, SEVEN)
        assert bench.project.schema.spans == ()
        assert Looking(bench).look().notes == ()


def test_labels_and_marks_of_texts_whose_bringing_was_cut_off_come_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    path = marked_file(tmp_path)
    with at_work(tmp_path) as bench, monkeypatch.context() as patch:
        patch.setattr(work, "write_labels", killed)
        with pytest.raises(KeyboardInterrupt):
            work.bring_file(bench.project, path, name=path.name)
    said = list[str]()
    bench = Workbench(open_project(tmp_path / "shop.textwright"), say=said.append)
    try:
        assert bench.project.schema.spans == bench.desk.project.schema.spans == ("BRAND",)
        assert gold(bench) == {"Rab coat": ["Rab"], "Keen coat": ["Keen"]}
        assert [line for line in said if line.startswith("making the texts of ")]
        assert making.is_made(bench.project)
    finally:
        bench.close()


def test_texts_are_not_made_again_because_of_the_times_of_files(tmp_path: Path) -> None:
    with at_work(tmp_path) as bench:
        paste(bench, "Cook\nBaker\n")
    edited = bench.project.texts_file.read_text(encoding="utf-8").replace("Baker", "Head Chef")
    bench.project.texts_file.write_text(edited, encoding="utf-8")
    later = bench.project.texts_file.stat().st_mtime + 60
    for path in (bench.project.brought_file, bench.project.repairs_file):
        os.utime(path, (later, later))
    with at_work(tmp_path) as bench:
        assert list(numbers(bench)) == ["Cook", "Head Chef"]
