from __future__ import annotations

from dataclasses import replace

import pytest

from textwright.evaluate.statistics import wilson
from textwright.project.judge import words
from textwright.project.judge.asking import title_of
from textwright.project.judge.judged import Behind, Forecast, Judged, Marks, Method, Score
from textwright.project.judge.parts import Parts


def method(right: int, texts: int, name: str = "network", behind: Behind | None = None) -> Method:
    interval = wilson(right, texts)
    return Method(
        name, title_of(name), "run", "./run/", right / texts, *interval, texts, 1000, 1.0, True, behind=behind
    )


def found(*methods: Method, texts: int = 25) -> Judged:
    return Judged("key", "whole_text", texts, 60, methods)


@pytest.mark.parametrize(
    ("right", "texts", "said"),
    [
        (
            22,
            25,
            "The network is right for 22 of 25 texts; between 7 and 10 of 10 would be no surprise: 25 texts are few.",
        ),
        (184, 200, "The network is right for 184 of 200 texts; between 87 and 96 of 100 would be no surprise."),
        (
            6,
            6,
            "The network is right for all 6 texts; between 6 and 10 of 10 would be no surprise: 6 texts are few.",
        ),
        (
            0,
            25,
            "The network is right for none of the 25 texts; between 0 and 2 of 10 would be no surprise: "
            "25 texts are few.",
        ),
        (
            49,
            50,
            "The network is right for 49 of 50 texts; between 8 and 10 of 10 would be no surprise: 50 texts are few.",
        ),
    ],
)
def test_headline_says_how_good_and_how_sure(right: int, texts: int, said: str) -> None:
    assert words.headline_of(found(method(right, texts), texts=texts)) == said


def test_best_of_several_is_said_to_look_better_than_it_is_unless_it_is_far_ahead() -> None:
    best, far, near = method(22, 25), Behind(0.4, True, None), Behind(0.04, False, 300)
    assert words.winner_of(found(best).methods) == ""
    assert words.winner_of(found(best, method(12, 25, "rules", far)).methods) == ""
    said = words.winner_of(found(best, method(21, 25, "lookup", near), method(12, 25, "rules", far)).methods)
    assert said == "The best of 3, chosen on these same texts, mostly looks a little better than it is."


def test_interval_in_words_never_leaves_the_counted_share_out() -> None:
    for texts in (5, 9, 25, 99, 100, 240):
        for right in range(texts + 1):
            said = words.headline_of(found(method(right, texts), texts=texts))
            low, high = (int(each) for each in said.partition("between ")[2].partition(" of")[0].split(" and "))
            whole = 100 if texts >= 100 else 10
            assert low <= whole * right / texts <= high


def test_all_failed() -> None:
    assert words.headline_of(found()) == "No method could be judged."
    assert words.comparisons(found()) == []
    assert words.marks_of(found()) == ""


@pytest.mark.parametrize(
    ("behind", "said"),
    [
        (Behind(0.2, True, 25), "Your rules are right less often"),
        (Behind(0.0, False, None), "Your rules are right as often as the network"),
        (Behind(0.12, False, 123), "About 130 texts in the test would tell."),
    ],
)
def test_what_cannot_be_told_apart_is_said_plainly(behind: Behind, said: str) -> None:
    [line] = words.comparisons(found(method(22, 25), method(20, 25, "rules", behind)))
    assert said in line


def test_marks_are_counted_in_hundredths() -> None:
    marked = replace(method(10, 25), marks=Marks(0.826, 0.9))
    assert words.marks_of(found(marked)) == "Of 100 marks to find, 83 are found. Of 100 that are made, 90 are right."


@pytest.mark.parametrize(
    ("forecast", "doubt", "said"),
    [
        (
            Forecast("linear", 60, 36, 0.84, 0.93, 0.88, 0.97, 600),
            "",
            "60 more texts, about 10 minutes of work, would bring the simple model from 84 to about 93 of 100 "
            "right texts (88 to 97 would be no surprise).",
        ),
        (
            Forecast("network", 60, 36, 0.84, 0.93, 0.88, 0.97, marks=True),
            "",
            "60 more texts would bring the network from 84 to about 93 of 100 right marks "
            "(88 to 97 would be no surprise).",
        ),
        (
            Forecast("linear", 20, 12, 0.9, 0.902, 0.88, 0.97),
            "",
            "20 more texts would hardly make the simple model better: it would stay at about 90 of 100 right texts.",
        ),
        (None, "nobody looked", "What more texts would bring cannot be said yet: nobody looked."),
        (None, "", ""),
    ],
)
def test_forecast_is_said_or_why_there_is_none(forecast: Forecast | None, doubt: str, said: str) -> None:
    assert words.forecast_words(replace(found(), forecast=forecast, doubt=doubt)) == said


def test_what_spoils_the_figures_is_said() -> None:
    spoiled = replace(
        found(method(5, 6), texts=6),
        learned=14,
        silent=("SIZE", "COLOUR"),
        absent=("DAY",),
        repeats=1,
        unseen={"job_titles": "learned from 5 texts that are not here"},
        failed={"network": "memory ran out"},
        partial=("rules",),
    )
    assert words.spoils(spoiled) == [
        "Only 6 texts are in the test. Take this as a first impression.",
        "SIZE and COLOUR are marked nowhere yet, so nothing is said of them.",
        "No text of the test has DAY. Whether it would be found, nobody knows.",
        "1 text of the test nearly repeats one that was learned from. The scores may be a little too good.",
        "The model job_titles learned before, from texts that nobody here can see. Some may be in the test.",
        "The network: memory ran out.",
        "Not in the list: your rules. Only a part of what you look for is answered there.",
    ]
    assert words.spoils(found(method(22, 25))) == []


TONE = Score(0.8, 0.6, 0.9)


def test_right_is_explained() -> None:
    marks = replace(found(method(22, 25)), labels=("TOWN",))
    assert words.meaning_of(marks).startswith("Right means that every mark of a text is")
    assert "nswer" not in words.meaning_of(marks)
    both = replace(marks, questions=("tone",))
    assert words.meaning_of(both).endswith("Answers are counted by themselves.")
    answers = replace(marks, labels=(), questions=("tone", "topic"))
    assert words.meaning_of(answers) == "Right means that all answers about a text are yours."
    task = replace(found(method(22, 25)), measure="category:tone", questions=("tone",))
    assert words.meaning_of(task) == "Right means that the answer to tone is yours."


def test_answers_have_shares_of_their_own_and_who_gives_none_is_named() -> None:
    answering = replace(method(20, 25), scores={"tone": TONE})
    rules = method(22, 25, "rules")
    silent = replace(found(rules), labels=("TOWN",), questions=("tone",))
    assert words.answers_of(silent) == ["Your rules do not answer tone."]
    [line] = words.answers_of(replace(silent, methods=(rules, answering)))
    assert line.startswith("To tone the best answers are those of the network: right for ")
    assert line.endswith(". Your rules do not answer it.")
    assert words.answers_of(replace(found(answering), labels=(), questions=("tone",))) == []


def test_it_is_said_that_who_wrote_a_method_had_seen_the_test() -> None:
    seen = replace(found(method(22, 25, "rules"), method(20, 25)), seen={"rules": 7, "prompt": 7, "wording": 7})
    assert words.spoils(seen) == [
        "Your rules: whoever wrote it had seen mistakes in 7 texts of this test. The score may be too good.",
        "What you look for was changed after mistakes in 7 texts of the test were shown.",
    ]
    assert words.note_of("rules", seen) == "whoever wrote it had seen mistakes in 7 texts of this test"
    assert words.note_of("network", seen) == ""


def test_corrected_texts_that_are_in_neither_part_are_counted() -> None:
    assert words.alike_of(Parts()) == ""
    assert words.alike_of(Parts(alike=1)).startswith("1 corrected text was left out")
    assert words.alike_of(Parts(alike=2)).startswith("2 corrected texts were left out")
