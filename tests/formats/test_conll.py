"""CoNLL columns: schemes of tags, text with and without its comment."""

from __future__ import annotations

from pathlib import Path

import pytest

from textwright import formats
from textwright.errors import DataError, LossError
from textwright.formats import Options, Rejected
from textwright.formats.base import Identify
from textwright.types import Annotation, Category, Example, Span

PLAIN = Options()


def read(folder: Path, content: str, options: Options = PLAIN) -> list[Example]:
    path = folder / "train.conll"
    path.write_bytes(content.encode())
    return list(formats.read(path, options=options))


def test_tokens_are_joined_with_single_spaces(tmp_path: Path) -> None:
    content = (
        "-DOCSTART- -X- O O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\n\nPeter NNP B-NP B-PER\nPan NNP I-NP I-PER\n"
    )
    first, second = read(tmp_path, content)
    assert (first.text, first.gold.spans) == ("EU rejects", (Span(0, 2, "ORG"),))
    assert (second.text, second.gold.spans) == ("Peter Pan", (Span(0, 9, "PER"),))


@pytest.mark.parametrize(
    "tags",
    ["B-A I-A B-A O B-B", "I-A I-A B-A O I-B", "B-A E-A S-A O S-B", "B-A L-A U-A O U-B", "B-A I-A S-A O I-B"],
)
def test_every_scheme_of_tags_gives_the_same_spans(tmp_path: Path, tags: str) -> None:
    [example] = read(tmp_path, "".join(f"x\t{tag}\n" for tag in tags.split()))
    assert example.gold.spans == (Span(0, 3, "A"), Span(4, 5, "A"), Span(8, 9, "B"))


def test_a_tag_that_goes_on_after_an_end_begins_anew(tmp_path: Path) -> None:
    [example] = read(tmp_path, "x\tS-A\nx\tI-A\n")
    assert example.gold.spans == (Span(0, 1, "A"), Span(2, 3, "A"))


def test_spans_that_touch_do_not_overlap(tmp_path: Path) -> None:
    example = Example("1", "abcd", Annotation((Span(0, 2, "A"), Span(2, 4, "A"))))
    formats.write(tmp_path / "out.conll", [example])
    assert list(formats.read(tmp_path / "out.conll")) == [example]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_text_of_a_comment_is_the_text(tmp_path: Path, ends: str) -> None:
    [example] = read(
        tmp_path, "# sent_id = s1\n# text = Nurse, London\nNurse\tO\n,\tO\nLondon\tB-L\n".replace("\n", ends)
    )
    assert (example.id, example.text, example.gold.spans) == ("s1", "Nurse, London", (Span(7, 13, "L"),))


def test_a_hash_that_is_a_token_is_no_comment(tmp_path: Path) -> None:
    [example] = read(tmp_path, "# O\n1 B-N\n")
    assert example.text == "# 1"


def test_a_plain_file_is_written_back_as_it_was(tmp_path: Path) -> None:
    content = "Peter\tB-PER\nBlackburn\tI-PER\n\nNurse\tO\n\n"
    path = tmp_path / "back.conll"
    formats.write(path, read(tmp_path, content))
    assert path.read_text() == content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Nurse O\n\nPeter\n", "train.conll:3: line 3 has one column"),
        ("Nurse O\n\nPeter X-PER\n", "train.conll:3: found 'X-PER', expected a tag"),
        ("# text = Nurse\nDoctor O\n", "train.conll:1: the token 'Doctor' does not stand in the text"),
    ],
)
def test_a_bad_block_says_where(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(DataError, match="train") as caught:
        read(tmp_path, content)
    assert reason in str(caught.value)


def test_a_bad_block_does_not_end_the_job(tmp_path: Path) -> None:
    rejected: list[Rejected] = []
    found = read(tmp_path, "a O\n\nb\n\nc O\n", Options(on_reject=rejected.append))
    assert ([each.text for each in found], [each.text for each in rejected]) == (["a", "c"], ["b"])


@pytest.mark.parametrize(
    ("example", "loss"),
    [
        (Example("1", "Senior Nurse", Annotation((Span(0, 12, "A"), Span(0, 6, "B")))), "1 overlapping spans"),
        (Example("1", "ab cd ef", Annotation((Span(0, 5, "A"), Span(3, 8, "B")))), "1 overlapping spans"),
        (Example("1", "Senior Nurse", Annotation((Span(0, 7, "A"),))), "1 white space at span edges"),
        (Example("1", "Nurse", Annotation((Span(0, 5, "A", 0.5),))), "1 span scores"),
        (Example("1", "Nurse", Annotation((Span(0, 5, "A\tB"),))), "1 labels that no column holds"),
        (Example("1", "Nurse", Annotation((), (Category("a", "b"),))), "1 categories"),
        (Example("1", "Nurse"), "1 texts without annotated spans"),
        (Example("1", "Nurse", Annotation(()), {"a": 1}, "anna"), "1 annotators, 1 meta"),
    ],
)
def test_what_columns_cannot_hold_is_refused_with_its_count(tmp_path: Path, example: Example, loss: str) -> None:
    path = tmp_path / "out.conll"
    with pytest.raises(LossError, match=f"conll cannot hold {loss}"):
        formats.write(path, [example])
    assert not path.exists()


def test_files_are_recognised_by_content_under_the_ending_txt(tmp_path: Path) -> None:
    tagged, plain = tmp_path / "a.txt", tmp_path / "b.txt"
    tagged.write_text("Peter B-PER\nwent O\n\nNurse O\n")
    plain.write_text("Peter went\nNurse, O\n")
    assert [formats.find_format(path).name for path in (tagged, plain)] == ["conll", "lines"]


@pytest.mark.parametrize("text", ["", " ", "\ufeff", "\ufeffNurse", "Nurse"])
def test_texts_with_derived_ids_are_kept_however_little_there_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "out.conll"
    formats.write(path, [Example(Identify()(text), text, Annotation(()))])
    assert [each.text for each in formats.read(path, format="conll")] == [text]
