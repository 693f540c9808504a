"""What a project shows of itself in a notebook, and what one does with it there."""

from __future__ import annotations

from pathlib import Path

import pytest

import textwright as tw
from tests.annotate.acting import act
from tests.notebook.test_displays import Words
from textwright.project.files import Project
from textwright.project.workbench import ME, Workbench

LINES = "Sony <b>headphones</b>\nBosch drill 18 V\nLamy fountain pen\n"


def shown(project: Project) -> str:
    return " ".join(each.strip() for each in Words(project._repr_html_() or "").words)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "goods & more.txt").write_text(LINES)
    return tw.open_project(tmp_path / "goods & more.txt")


def test_a_project_shows_where_each_step_stands(project: Project) -> None:
    project.schema_file.write_text("[labels.BRAND]\n[tasks.kind]\nlabels = ['a', 'b']\n")
    words = shown(project)
    assert "goods & more" in words
    assert "Texts 3, of which" in words
    assert "Looked for BRAND kind" in words
    assert "Corrected none yet Judged not yet Shipped not yet" in words
    assert f"textwright start '{project.folder}'" in words


def test_a_file_that_cannot_be_read_hinders_no_other_step(project: Project) -> None:
    project.schema_file.write_text("[labels")
    words = shown(project)
    assert "schema.toml" in words
    assert "Shipped not yet" in words


def test_what_was_corrected_is_there_while_the_page_is_open(project: Project) -> None:
    project.schema_file.write_text("[labels.BRAND]\n")
    assert len(project.annotated) == 0
    bench = Workbench(project, say=lambda _: None)
    act(bench.desk, ME, 1, (0, 4, "BRAND"))
    try:
        [corrected] = project.annotated
        assert [span.label for span in corrected.gold.spans or ()] == ["BRAND"]
        assert "Corrected 1, of which" in shown(project)
    finally:
        bench.close()


def test_what_cannot_be_done_yet_says_what_to_do_first(project: Project) -> None:
    with pytest.raises(tw.DataError, match="first"):
        project.judge(tell=lambda _: None)
    with pytest.raises(tw.DataError, match=r"judge"):
        project.ship()
