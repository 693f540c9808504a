"""The native format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from textwright import formats
from textwright.errors import DataError
from textwright.formats import Options, Rejected
from textwright.types import Annotation, Category, Example, Span

PLAIN = Options()


def read(folder: Path, content: bytes | str, options: Options = PLAIN) -> list[Example]:
    path = folder / "gold.jsonl"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(formats.read(path, options=options))


def test_a_full_line_is_written_back_as_it_was(tmp_path: Path) -> None:
    line = (
        '{"id": "t-1", "text": "Senior UX", "spans": [{"start": 0, "end": 9, "label": "A"}, {"start": 0, "end": 6, '
        '"label": "B", "score": 0.5}], "categories": [{"task": "advertiser", "label": "agency", "score": 0.97}], '
        '"meta": {"source": "board"}, "annotator": "a1", "seconds": 4.2}\n'
    )
    examples = read(tmp_path, line)
    formats.write(tmp_path / "back.jsonl", examples)
    assert (tmp_path / "back.jsonl").read_text() == line
    assert examples[0].extra == {"seconds": 4.2}


def test_a_missing_layer_differs_from_an_empty_one(tmp_path: Path) -> None:
    missing, empty = read(tmp_path, '{"text": "a"}\n{"text": "b", "spans": [], "categories": []}\n')
    assert (missing.gold, empty.gold) == (Annotation(), Annotation((), ()))


def test_equal_texts_get_different_ids_that_stay_the_same(tmp_path: Path) -> None:
    content = '{"text": "Nurse"}\n' * 2 + '{"id": 7, "text": "Nurse"}\n'
    first, second, third = (each.id for each in read(tmp_path, content))
    assert second == f"{first}-2"
    assert third == "7"
    assert [each.id for each in read(tmp_path, content)] == [first, second, third]


def test_ids_stay_different_when_more_texts_came_than_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textwright.formats.base.REMEMBERED_TEXTS", 2)
    found = [each.id for each in read(tmp_path, "".join(f'{{"text": "{i % 4}"}}\n' for i in range(12)))]
    assert len(set(found)) == 12


@pytest.mark.parametrize("content", ["\ufeff" + '{"text": "a"}\n', '{"text": "a"}\r\n\r\n  \n', '{"text": "a"}'])
def test_byte_order_marks_blank_lines_and_line_ends_do_not_matter(tmp_path: Path, content: str) -> None:
    assert [each.text for each in read(tmp_path, content)] == ["a"]


BAD_LINES = [
    ("{", "not JSON"),
    ("[" * 100_000, "nested too deeply"),
    ("[1]", "found list, expected an object with a text"),
    ('{"id": "1"}', "the key 'text' is missing, expected a string"),
    ('{"text": 5}', "the key 'text' is int, expected a string"),
    ('{"text": "a", "spans": {}}', "the key 'spans' is dict, expected a list"),
    ('{"text": "a", "spans": [[0, 1, "A"]]}', "a span is not an object with start, end and label"),
    ('{"text": "a", "spans": [{"start": 0, "end": 1, "label": 3}]}', "a span's label is int, expected a string"),
    ('{"text": "a", "spans": [{"start": 1, "end": 1, "label": "A"}]}', "start must be at least 0 and less than end"),
    ('{"text": "a", "spans": [{"start": 0.0, "end": 1, "label": "A"}]}', "the offsets must be whole numbers"),
    ('{"text": "a", "spans": [{"start": true, "end": 1, "label": "A"}]}', "the offsets must be whole numbers"),
    ('{"text": "👩", "spans": [{"start": 0, "end": 2, "label": "A"}]}', "it would fit if counted in UTF-16 units"),
    ('{"text": "é", "spans": [{"start": 0, "end": 2, "label": "A"}]}', "it would fit if counted in UTF-8 bytes"),
    ('{"text": "a", "spans": [{"start": 0, "end": 1, "label": "A", "score": "x"}]}', "a score is 'x'"),
    ('{"text": "a", "spans": [{"start": 0, "end": 1, "label": "A", "score": NaN}]}', "a score is nan"),
    ('{"text": "a", "categories": [{"label": "x"}]}', "a category is not an object with task and label"),
    ('{"text": "a", "meta": []}', "the key 'meta' is list, expected an object"),
    ('{"text": "a\\ud83d"}', "lone surrogate U+D83D at offset 1"),
    (b'{"text": "caf\xe9"}', r"not UTF-8 at byte 13 of the line (b'\xe9'). Save the file as UTF-8"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES)
def test_a_bad_line_says_where_and_what(tmp_path: Path, line: str | bytes, reason: str) -> None:
    raw = line if isinstance(line, bytes) else line.encode()
    with pytest.raises(DataError) as caught:
        read(tmp_path, b'{"text": "fine"}\n' + raw + b"\n")
    assert "gold.jsonl:2: " in str(caught.value)
    assert reason in str(caught.value)


def test_bad_lines_do_not_end_the_job(tmp_path: Path) -> None:
    rejected: list[Rejected] = []
    bad = [line if isinstance(line, bytes) else line.encode() for line, _ in BAD_LINES]
    content = b"".join(each + b'\n{"text": "fine"}\n' for each in bad)
    found = read(tmp_path, content, Options(on_reject=rejected.append))
    assert (len(found), len(rejected)) == (len(bad), len(bad))
    assert [each.line for each in rejected] == list(range(1, 2 * len(bad), 2))
    assert rejected[0].text == "{"


def test_a_utf16_file_is_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the file is UTF-16"):
        read(tmp_path, '{"text": "a"}\n'.encode("utf-16"), Options(on_reject=lambda _: None))


def test_edge_white_space_is_read_and_told(tmp_path: Path) -> None:
    told: list[str] = []
    spans = (Span(0, 6, "A"), Span(5, 7, "B"))
    formats.write(tmp_path / "a.jsonl", [Example("t", "Nurse  ", Annotation(spans))])
    [example] = formats.read(tmp_path / "a.jsonl", options=Options(on_warning=told.append))
    assert example.gold.spans == spans
    assert told == [
        "t: A [0, 6) begins or ends with white space; [0, 5) would not",
        "t: B [5, 7) is white space alone",
    ]


def test_a_lone_surrogate_beside_the_text_is_kept(tmp_path: Path) -> None:
    examples = read(tmp_path, '{"text": "a", "meta": {"k": "\\ud83d"}}\n')
    formats.write(tmp_path / "back.jsonl", examples)
    assert list(formats.read(tmp_path / "back.jsonl")) == examples


def test_a_lone_surrogate_in_a_text_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="lone surrogate"):
        formats.write(tmp_path / "back.jsonl", [Example("1", "a\ud83d")])
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    places: list[int] = []
    content = json.dumps({"text": "x" * 3_000_000}) + "\n"
    read(tmp_path, content, Options(on_progress=places.append))
    assert len(places) >= 3
    assert places == sorted(places)
    assert places[-1] == len(content)


def test_categories_keep_their_order_and_scores(tmp_path: Path) -> None:
    gold = Annotation(None, (Category("e", "b", 0.5), Category("e", "a")))
    formats.write(tmp_path / "a.jsonl", [Example("1", "a", gold)])
    [example] = formats.read(tmp_path / "a.jsonl")
    assert [(each.label, each.score) for each in example.gold.categories or ()] == [("b", 0.5), ("a", None)]
