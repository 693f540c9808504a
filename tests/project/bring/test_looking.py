"""What the step says of the texts, and of those that stay as they are."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from tests.project.bring.working import at_work, hand_in
from textwright.project.bring import work
from textwright.project.bring.looking import Looking
from textwright.project.workbench import Workbench
from textwright.types import Span


def said(bench: Workbench) -> list[str]:
    return [each.words for each in Looking(bench).look().said if each.weight == "look"]


def repair(bench: Workbench, *names: str) -> None:
    work.at_bench(bench, lambda kept: work.repair(bench.project, names, kept=kept))


def test_a_corrected_text_that_a_repair_or_a_column_leaves_alone_is_told(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text("name,town\nRab &amp; Keen hat,York\nVango &amp; Co tent,Hove\n,Ware\n", encoding="utf-8")

    with at_work(tmp_path) as bench:
        bench.project.schema_file.write_text('[labels.BRAND]\nmeaning = "The maker."\n', encoding="utf-8")
        bench.take_schema()
        work.at_bench(bench, lambda kept: work.bring_file(bench.project, path, name="shop.csv", kept=kept))
        assert said(bench)[0] == "1 empty text is left out."
        repair(bench, "letters")
        hand_in(bench, "Rab & Keen hat", Span(0, 3, "BRAND"))
        assert len(said(bench)) == 2
        repair(bench)
        assert said(bench)[1] == "1 corrected text keeps its words, whatever is repaired or chosen here."
        repair(bench, "letters")
        assert len(said(bench)) == 2
        work.at_bench(bench, lambda kept: work.use_column(bench.project, "shop.csv", "town", kept=kept))
        assert bench.project.texts.texts == ["Rab & Keen hat", "Hove", "Ware"]
        assert said(bench)[0] == "1 corrected text keeps its words, whatever is repaired or chosen here."


def test_the_columns_keep_the_order_of_the_file_whichever_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text("ref,agent,advert,price\n1,Hill,Sunny flat,9\n2,Fox,,8\n3,Fox,Small house,\n", encoding="utf-8")
    with at_work(tmp_path) as bench:
        work.at_bench(bench, lambda kept: work.bring_file(bench.project, path, name="shop.csv", kept=kept))
        for column, texts in (
            ("advert", ["Sunny flat", "Small house"]),
            ("price", ["9", "8"]),
            ("agent", ["Hill", "Fox", "Fox"]),
        ):
            work.at_bench(bench, partial(_use_column, bench, column))
            (source,) = Looking(bench).look().sources
            assert (source.column, source.columns) == (column, ("ref", "agent", "advert", "price"))
            assert bench.project.texts.texts == texts


def _use_column(bench: Workbench, column: str, kept: Any) -> None:
    work.use_column(bench.project, "shop.csv", column, kept=kept)
