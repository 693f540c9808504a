"""The lessons run from their first cell to their last, say what is true, and stand alone as pages."""

from __future__ import annotations

import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tests.notebook.lessons import PHONE, check_access, check_page, offline, page_of, run_of, words_of
from tests.spec import ROOT
from tests.test_docs_snippets import parse
from textwright.cli import COMMANDS
from textwright.notebook.frame.lesson import FOLDER, LESSONS, Lesson, installed_lessons
from textwright.notebook.frame.run import read_cells

if TYPE_CHECKING:
    from playwright.sync_api import Browser

export_lessons = SimpleNamespace(**runpy.run_path(str(ROOT / "tools/export_lessons.py")))
MINE = ("wrangling", "annotate", "rules", "your_own_domain")


def exact(report: Any, label: str) -> float:
    accuracy: float = report.to_data()["exact"][label]["accuracy"]
    return accuracy


def test_the_list_names_just_the_lessons_that_are_installed() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert {lesson.name for lesson in LESSONS} == files
    assert [lesson.name for lesson in installed_lessons()] == [lesson.name for lesson in LESSONS]


def test_the_documents_list_them_with_the_same_words() -> None:
    listed = (ROOT / "docs/lessons.md").read_text(encoding="utf-8")
    assert [
        lesson.name for lesson in LESSONS if f"| {lesson.summary} | `textwright notebook {lesson.name}` |" not in listed
    ] == []


def test_every_lesson_has_a_test() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_lessons*.py"))
    assert [lesson.name for lesson in LESSONS if f'"{lesson.name}"' not in tests] == []


def test_marimo_finds_nothing_wrong() -> None:
    command = [
        sys.executable,
        "-m",
        "marimo",
        "check",
        "--strict",
        *(str(lesson.path) for lesson in installed_lessons()),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", MINE)
def test_a_lesson_runs_from_clean_to_end_and_its_page_stands_alone(name: str) -> None:
    run = run_of(name)
    assert len(run.outputs) == len(run.cells)
    assert "What one takes home" in words_of(run) or "Try it." in words_of(run)
    check_page(page_of(name))


def test_wrangling_gets_the_text_out_and_finds_the_way_back() -> None:
    values = run_of("wrangling").values
    assert values["page"].text.startswith("Planning Officer – Coast & Islands\n\nWe're planning")
    assert values["page"].text.endswith("£38,000 – £42,500")
    assert ("JOBTITLE", "Planning Officer", "Planning <em>Officer") in values["found"]


def test_wrangling_counts_and_compares() -> None:
    values = run_of("wrangling").values
    assert "['£38', '000', '–', '£42', '500']" in words_of(run_of("wrangling"))
    plans = values["table"][values["table"].text.str.lower().str.contains("plan")]
    assert dict(zip(plans.text, plans.stem, strict=True))["planner"] == "planner"
    assert dict(zip(plans.text, plans.lemma, strict=True))["planning"] == "plan"
    assert values["shouting"] == [(4, "A well-planned harbour can't wait!")]
    assert len(values["near"]) == 5
    assert sum(len(group.places) for group in values["groups"]) == len(values["headlines"])
    assert re.search(r"1\. \w+, \w+, \w+ \(\d+ headlines\)", words_of(run_of("wrangling")))


def test_anna_and_ben_differ_about_titles_and_nothing_else() -> None:
    values = run_of("annotate").values
    labels = values["agreed"].spans.labels
    assert labels["LOCATION"].f1.value == labels["SALARY"].f1.value == 1
    assert labels["COREJOBTITLE"].f1.value < 0.7
    assert len(values["apart"]) == 4
    assert "4 texts, and each is a question" in words_of(run_of("annotate"))
    assert [len(values[name].dataset) for name in ("widget", "helped")] == [0, 0]


def test_each_step_of_the_rules_is_judged_on_texts_that_stayed_shut() -> None:
    values = run_of("rules").values
    titles = {report.name: exact(report, "JOBTITLE") for report in values["steps"]}
    assert titles["whole headline"] < titles["dictionary"] < titles["cut once"] < titles["cut, then patterns"]
    assert titles["cut, then patterns"] < titles["shipped rules"]
    assert {each.id for each in values["seen"]}.isdisjoint(each.id for each in values["held_out"])
    assert f"For titles, step by step: {titles['whole headline']:.0%}, {titles['cut once']:.0%}" in words_of(
        run_of("rules")
    )


def test_the_rules_of_the_lesson_pass_their_own_examples() -> None:
    from textwright.predictors.rules.examples import try_examples

    values = run_of("rules").values
    for name in ("patterns", "with_facts", "with_cut"):
        trials = try_examples(values[name].rules, values[name].program)
        assert trials
        assert [trial.text for trial in trials if not trial.passed] == []


def test_a_network_learns_from_made_lines_and_is_judged_by_written_ones() -> None:
    values = run_of("your_own_domain").values
    assert (len(values["seen"]), len(values["held_out"])) == (30, 60)
    assert values["by_network"].to_data()["whole_text"]["accuracy"] > 0.5
    assert values["by_rules"].to_data()["whole_text"]["accuracy"] > 0.5
    assert {each.text for each in values["taught"]}.isdisjoint(values["held_out"].texts)
    assert values["opened"].size_bytes < 2_000_000


# --- what their words lead to ------------------------------------------------------------------------


def prose_of(lesson: Lesson) -> str:
    """Join the cells of which only the words are shown."""
    return "\n".join(cell.code for cell in read_cells(lesson.path) if cell.hidden)


def commands_in(prose: str) -> list[list[str]]:
    """List our commands, those within a sentence and those on lines of their own."""
    found = [*re.findall(r"`(textwright\s[^`]+)`", prose), *re.findall(r"^(textwright\s.+)$", prose, re.MULTILINE)]
    return [shlex.split(command)[1:] for command in found]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_commands_that_a_lesson_names_are_understood(lesson: Lesson) -> None:
    for arguments in commands_in(prose_of(lesson)):
        if arguments[1:]:
            parse(arguments)
        assert arguments[0] in [command.name for command in COMMANDS]


def test_commands_are_found_in_sentences_and_on_their_own() -> None:
    prose = "Ask `textwright profile\ntitles.csv -o page.html`, then\n\n```\ntextwright notebook rules  # again\n```"
    assert commands_in(prose)[0] == ["profile", "titles.csv", "-o", "page.html"]
    assert commands_in(prose)[1][:2] == ["notebook", "rules"]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_documents_that_a_lesson_names_become_links_in_the_site(lesson: Lesson) -> None:
    _, _, more = prose_of(lesson).partition("More in textwright's documents: ")
    named = re.findall(r"`([\w-]+)\.md`", more)
    assert named
    assert "`docs/" not in prose_of(lesson)
    for name in named:
        assert (ROOT / f"docs/{name}.md").is_file()
        marked = f"<code>{name}.md</code>"
        assert export_lessons.linked(f"see {marked}.") == f'see <a href="../{name}.html">{marked}</a>.'


def test_what_is_no_document_becomes_no_link() -> None:
    assert export_lessons.linked("<code>headline.md</code>") == "<code>headline.md</code>"


# --- as a page ------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_opens_from_a_file_without_network(browser: Browser, tmp_path: Path, scheme: Any) -> None:
    page = tmp_path / "rules.html"
    page.write_text(page_of("rules"), encoding="utf-8")
    with offline(browser, page, color_scheme=scheme, viewport=PHONE) as opened:
        assert opened.locator("h1").inner_text().startswith("How far does one get")
        assert opened.locator("figure.chart svg").count() == 2
        assert opened.evaluate("document.documentElement.scrollWidth") == 390
        ink, ground = opened.evaluate(
            "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
        )
        assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
        assert opened.locator("figure.chart text").first.evaluate("text => getComputedStyle(text).fill") == ink


@pytest.mark.browser
def test_a_page_is_accessible_in_the_light_and_in_the_dark(browser: Browser, tmp_path: Path) -> None:
    check_access(browser, page_of("annotate"), tmp_path)


@pytest.mark.browser
def test_a_page_with_a_map_is_accessible_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    check_access(browser, page_of("wrangling"), tmp_path, within="figure", viewport=PHONE)


def test_a_map_stands_still_in_a_page_with_its_points_alone() -> None:
    page = page_of("wrangling")
    assert "Open the lesson to choose points with a rectangle" in page
    assert "brush" not in page.split("wrangle.scatter")[-1]
    assert "Texts of the points under the rectangle" not in page
    widths = [float(width) for width in re.findall(r'<svg[^>]* width="([\d.]+)"', page)]
    assert max(widths) < 600
