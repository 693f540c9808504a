from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from tests.project.bring.working import at_work, gold, hand_in, numbers
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.project import open_project
from textwright.project.bring import standing, work
from textwright.project.bring.looking import Looking
from textwright.project.examples import samples
from textwright.project.files import make_project
from textwright.project.workbench import Workbench
from textwright.store.held_out import is_held_out
from textwright.store.renewal import Stays
from textwright.types import Span

SCHEMA = '[labels.BRAND]\nmeaning = "The maker."\nkey = "b"\n'
COATS = "\n".join(
    f"{brand} coat in {colour}" for brand in ("Rab", "Keen", "Vango") for colour in ("red", "blue", "grey")
)


def paste(bench: Workbench, text: str) -> None:
    work.at_bench(bench, lambda kept: work.bring_pasted(bench.project, text, kept=kept))


def _bring_file(bench: Workbench, path: Path, kept: Stays) -> None:
    work.bring_file(bench.project, path, name=path.name, kept=kept)


def repair(bench: Workbench, *names: str) -> None:
    work.at_bench(bench, lambda kept: work.repair(bench.project, names, kept=kept))


def with_label(bench: Workbench) -> None:
    bench.project.schema_file.write_text(SCHEMA, encoding="utf-8")
    bench.take_schema()


def test_what_is_brought_is_on_disk_and_at_the_desk(tmp_path: Path) -> None:
    with at_work(tmp_path) as bench:
        paste(bench, COATS)
        assert bench.project.texts.texts == COATS.splitlines()
        assert list(numbers(bench)) == COATS.splitlines()
        assert sum(map(is_held_out, bench.project.texts)) == 2
        assert Dataset.read(bench.project.brought_file).texts == COATS.splitlines()
        assert standing(bench).words == "9 texts"
        assert bench.project.state.source == "pasted lines"


def test_more_can_be_brought_and_the_same_again_adds_nothing(tmp_path: Path) -> None:
    with at_work(tmp_path) as bench:
        paste(bench, COATS)
        paste(bench, f"{COATS}\nKeen hat\n")
        assert bench.project.texts.texts == [*COATS.splitlines(), "Keen hat"]
        assert Looking(bench).look().notes == ("9 texts were here already.",)


def test_doubles_of_one_file_stay_apart_until_they_are_repaired(tmp_path: Path) -> None:
    with at_work(tmp_path) as bench:
        paste(bench, "Cook\nCook\nBaker\n")
        assert bench.project.texts.texts == ["Cook", "Cook", "Baker"]
        repair(bench, "same")
        assert bench.project.texts.texts == ["Cook", "Baker"] == list(numbers(bench))


def test_repairs_can_be_taken_back(tmp_path: Path) -> None:
    raw = ["R&amp;D Lead", "Cook", "cook"]
    with at_work(tmp_path) as bench:
        paste(bench, "\n".join(raw))
        repair(bench, "letters", "same")
        assert bench.project.texts.texts == ["R&D Lead", "Cook"]
        assert sorted(numbers(bench)) == ["Cook", "R&D Lead"]
        repair(bench, "letters")
        assert bench.project.texts.texts == ["R&D Lead", "Cook", "cook"]
        repair(bench)
        assert bench.project.texts.texts == raw
        assert sorted(numbers(bench)) == sorted(raw)
        with pytest.raises(DataError, match=r"no repair is called 'magic'. Repairs: tags, letters"):
            repair(bench, "magic")


def test_what_is_annotated_stays_whatever_is_repaired_or_taken_out(tmp_path: Path) -> None:
    with at_work(tmp_path) as bench:
        with_label(bench)
        paste(bench, f"{COATS}\nRab &amp; Keen hat\nRab coat in red!\n")
        hand_in(bench, "Rab &amp; Keen hat", Span(0, 3, "BRAND"))
        hand_in(bench, "Rab coat in red!", Span(0, 3, "BRAND"))
        marked = {"Rab &amp; Keen hat": ["Rab"], "Rab coat in red!": ["Rab"]}
        repair(bench, "letters", "same")
        assert gold(bench) == marked
        assert "Rab &amp; Keen hat" in bench.project.texts.texts
        assert "Rab coat in red" not in bench.project.texts.texts
        work.at_bench(bench, lambda kept: work.clear(bench.project, kept=kept))
        assert sorted(bench.project.texts.texts) == sorted(marked) == sorted(numbers(bench))
        assert gold(bench) == marked
    with at_work(tmp_path) as bench:
        assert gold(bench) == marked


def test_an_annotated_text_stays_on_its_side_when_texts_come_and_go(tmp_path: Path) -> None:
    with at_work(tmp_path) as bench:
        with_label(bench)
        paste(bench, COATS)
        sides = {example.text: is_held_out(example) for example in bench.project.texts}
        for text in sides:
            hand_in(bench, text, Span(0, 3, "BRAND"))
        paste(
            bench,
            "\n".join(f"{word} hat number {i}" for i, word in enumerate("abcdefghijklmn")),
        )
        now = {example.text: is_held_out(example) for example in bench.project.texts}
        assert {text: now[text] for text in sides} == sides
        given = {example.text: is_held_out(example) for example in bench.desk.examples(which="gold")}
        assert given == sides


def test_marks_that_come_with_a_file_are_handed_in_and_bring_their_labels(tmp_path: Path) -> None:
    lines = [
        {"text": "Rab coat", "spans": [{"start": 0, "end": 3, "label": "THE BRAND"}], "annotator": "ann"},
        {"text": "Keen hat", "spans": [], "annotator": "ann"},
        {"text": "Vango tent", "spans": [{"start": 0, "end": 5, "label": "THE BRAND", "score": 0.7}]},
        {"text": "Old boot"},
    ]
    path = tmp_path / "shop.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    open_project(path)
    with at_work(tmp_path) as bench:
        assert bench.project.schema.spans == ("THE_BRAND",)
        assert gold(bench) == {"Rab coat": ["Rab"], "Keen hat": []}
        assert {example.annotator for example in bench.desk.examples(which="annotators")} == {"me"}
        assert Looking(bench).look().annotated == 2
        number = numbers(bench)["Vango tent"]
        task = bench.desk.task("me", number)
        assert task is not None
        assert task.suggestion is not None
        assert task.suggestion.annotation.spans == (Span(0, 5, "THE_BRAND"),)


def test_another_column_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    path.write_text("id,title,town\n1,Head Chef,York\n2,Cook,Leeds\n", encoding="utf-8")
    with at_work(tmp_path) as bench:
        work.at_bench(bench, lambda kept: work.bring_file(bench.project, path, name="jobs.csv", kept=kept))
        (source,) = Looking(bench).look().sources
        assert (source.column, source.columns) == ("title", ("title", "town"))
        work.at_bench(bench, lambda kept: work.use_column(bench.project, "jobs.csv", "town", kept=kept))
        assert bench.project.texts.texts == ["York", "Leeds"] == list(numbers(bench))
        work.at_bench(bench, lambda kept: work.use_column(bench.project, "jobs.csv", "title", kept=kept))
        assert bench.project.texts.texts == ["Head Chef", "Cook"]
        with pytest.raises(DataError, match=r"jobs.csv: no column 'job'. Columns: title, town"):
            work.use_column(bench.project, "jobs.csv", "job")


def test_two_files_may_use_the_same_ids(tmp_path: Path) -> None:
    with at_work(tmp_path) as bench:
        for name, title in (("a.csv", "Head Chef"), ("b.csv", "Cook")):
            path = tmp_path / name
            path.write_text(f"id,title\n1,{title}\n", encoding="utf-8")
            work.at_bench(bench, partial(_bring_file, bench, path))
        assert [(each.id, each.text) for each in bench.project.texts] == [("1", "Head Chef"), ("1-2", "Cook")]


@pytest.mark.parametrize("name", [each.name for each in samples()])
def test_an_example_is_brought_without_its_marks(tmp_path: Path, name: str) -> None:
    with at_work(tmp_path) as bench:
        work.at_bench(bench, lambda kept: work.bring_example(bench.project, name, kept=kept))
        assert bench.project.state.example == name
        assert len(bench.project.texts) > 200
        assert all(each.gold.spans is None and each.gold.categories is None for each in bench.project.texts)
        assert bench.project.schema.spans == ()
        assert 0.15 < sum(map(is_held_out, bench.project.texts)) / len(bench.project.texts) < 0.35


def test_work_that_was_cut_off_is_done_when_the_project_is_opened(tmp_path: Path) -> None:
    with at_work(tmp_path) as bench:
        paste(bench, "Cook\nCook\nBaker\n")
    bench.project.texts_file.unlink()
    with at_work(tmp_path) as bench:
        assert bench.project.texts.texts == ["Cook", "Cook", "Baker"]
        bench.project.repairs_file.write_text('{"repairs": ["same"], "notes": []}', encoding="utf-8")
    with at_work(tmp_path) as bench:
        assert bench.project.texts.texts == ["Cook", "Baker"] == list(numbers(bench))


def test_texts_that_somebody_edits_by_hand_are_taken(tmp_path: Path) -> None:
    with at_work(tmp_path) as bench:
        paste(bench, "Cook\nBaker\n")
    bench.project.texts_file.write_text('{"id": "x", "text": "Head Chef"}\n', encoding="utf-8")
    with at_work(tmp_path) as bench:
        assert list(numbers(bench)) == ["Head Chef"]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    with at_work(tmp_path) as bench:
        paste(bench, "Cook\nBaker\n")
        bench.project.repairs_file.write_text("{", encoding="utf-8")
        with pytest.raises(DataError, match=r"repairs.json: .*Take the file away"):
            repair(bench, "same")
        bench.project.repairs_file.unlink()
        bench.project.brought_file.write_text("nonsense\n", encoding="utf-8")
        with pytest.raises(DataError, match=r"brought.jsonl:1: not JSON"):
            paste(bench, "Cook\n")


def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    with at_work(tmp_path) as bench:
        paste(bench, COATS)
        with pytest.raises(DataError, match="no text in it"):
            paste(bench, " \n ")
        assert bench.project.texts.texts == COATS.splitlines() == list(numbers(bench))


def test_a_file_that_nothing_can_be_read_from_makes_no_project(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    with pytest.raises(DataError, match="the file is empty"):
        open_project(path)
    assert not (tmp_path / "empty.textwright").exists()


def test_a_project_that_was_cut_off_before_its_texts_came_gets_them(tmp_path: Path) -> None:
    path = tmp_path / "shop.txt"
    path.write_text(COATS, encoding="utf-8")
    make_project(tmp_path / "shop.textwright", "shop")
    assert open_project(path).texts.texts == COATS.splitlines()
    path.write_text("another\n", encoding="utf-8")
    assert open_project(path).texts.texts == COATS.splitlines()
