"""What a schema says of an annotation."""

from __future__ import annotations

from pathlib import Path

import pytest

from textwright.errors import SchemaError
from textwright.schema import Label, Rule, Schema, Task, schema_of
from textwright.types import Annotation, Category, Span

TITLES = Schema(
    labels=(Label("TITLE", key="t"), Label("CORE", key="c"), Label("PLACE")),
    tasks=(Task("advertiser", (Label("agency"), Label("direct"))),),
    rules=(
        Rule("exactly_one_inside", outer="TITLE", inner="CORE"),
        Rule("inside", outer="TITLE", inner="CORE"),
        Rule("no_overlap", label="PLACE"),
        Rule("no_crossing"),
    ),
)
TEXT = "Senior Nurse, Leeds"
GOOD = (Span(0, 12, "TITLE"), Span(7, 12, "CORE"), Span(14, 19, "PLACE"))


def kinds(*spans: Span, text: str = TEXT) -> list[str]:
    return [problem.kind for problem in TITLES.problems(text, Annotation(spans=spans))]


def test_good_annotation_has_no_problem() -> None:
    assert kinds(*GOOD) == []
    assert kinds() == []


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ((Span(0, 99, "PLACE"),), ["offset"]),
        ((Span(-1, 3, "PLACE"),), ["offset"]),
        ((Span(5, 5, "PLACE"),), ["offset"]),
        ((Span(14, 19, "TOWN"),), ["label"]),
        ((Span(13, 19, "PLACE"),), ["edge"]),
        ((Span(0, 12, "TITLE"),), ["exactly_one_inside"]),
        ((Span(0, 12, "TITLE"), Span(0, 6, "CORE"), Span(7, 12, "CORE")), ["exactly_one_inside"]),
        ((Span(7, 12, "CORE"),), ["inside"]),
        ((Span(0, 12, "PLACE"), Span(7, 12, "PLACE")), ["no_overlap"]),
        ((*GOOD, Span(7, 19, "PLACE")), ["no_overlap", "no_crossing"]),
    ],
)
def test_each_broken_rule_is_named(spans: tuple[Span, ...], found: list[str]) -> None:
    assert kinds(*spans) == found


def test_problem_says_what_was_found_and_what_is_known() -> None:
    [problem] = TITLES.problems(TEXT, Annotation(spans=(Span(14, 19, "TOWN"),)))
    assert problem.reason == "unknown label 'TOWN'. Known labels: TITLE, CORE, PLACE"


@pytest.mark.parametrize(
    ("category", "reason"),
    [
        (Category("advertiser", "agency"), None),
        (Category("advertiser", "board"), "unknown label 'board' of task advertiser. Known labels: agency, direct"),
        (Category("mood", "glad"), "unknown task 'mood'. Known tasks: advertiser"),
    ],
)
def test_categories_are_checked(category: Category, reason: str | None) -> None:
    problems = TITLES.problems(TEXT, Annotation(categories=(category,)))
    assert [problem.reason for problem in problems] == ([reason] if reason else [])


def test_open_schema_accepts_labels_nobody_listed() -> None:
    schema = Schema(open=True)
    assert schema.problems("Leeds", Annotation((Span(0, 5, "NEW"),), (Category("t", "l"),))) == []
    assert schema.label("NEW") == Label("NEW")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: schema_of(["A", "A"]), "the label 'A' stands twice"),
        (lambda: Schema(labels=(Label("A", key="x"), Label("B", key="x"))), "the key 'x' stands twice"),
        (lambda: Schema(labels=(Label("A", key="xy"),)), "the key 'xy' is not one character"),
        (lambda: Schema(labels=(Label("A", parent="B"),)), "its parent 'B' is not a label"),
        (lambda: Schema(labels=(Label(" A"),)), "white space"),
        (lambda: Schema(labels=(Label("A"),), rules=(Rule("inside", outer="A"),)), "needs 'inner'"),
        (lambda: Schema(labels=(Label("A"),), rules=(Rule("no_overlap", label="B"),)), "unknown label 'B'"),
        (lambda: schema_of(["A"]).label("B"), "unknown label 'B'. Known labels: A"),
        (lambda: schema_of(["A"]).task("t"), "unknown task 't'. Known tasks: none"),
    ],
)
def test_contradiction_is_refused(make: object, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        make()  # type: ignore[operator]


def test_file_is_read_with_its_guideline(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text("# Mark towns", encoding="utf-8")
    file = tmp_path / "schema.toml"
    file.write_text('guideline_file = "guide.md"\n[labels]\nTOWN = "A town."\n', encoding="utf-8")
    schema = Schema.read(file)
    assert (schema.spans, schema.labels[0].meaning, schema.guideline) == (("TOWN",), "A town.", "# Mark towns")
    assert Schema.from_data(schema.to_data()) == schema


@pytest.mark.parametrize("content", ["labels = 3", "[labels.A]\ncolor = 'red'", "lables = {}", "= x", "rules = [{}]"])
def test_bad_file_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "schema.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SchemaError, match=r"schema\.toml: "):
        Schema.read(file)
