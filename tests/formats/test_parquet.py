"""Parquet tables, and Parquet in the shape of `datasets`."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from textwright import formats
from textwright.errors import DataError
from textwright.formats import Options, Rejected
from textwright.types import Annotation, Example, Span

NURSE = Example("1", "Senior Nurse", Annotation((Span(0, 6, "SENIORITY"),)))


def table(folder: Path, columns: dict[str, Any], schema: Any = None) -> Path:
    path = folder / "t.parquet"
    pq.write_table(pa.table(columns, schema=schema), path)
    return path


def test_a_table_keeps_its_columns_and_types_and_gains_the_labels(tmp_path: Path) -> None:
    day = datetime.date(2026, 1, 2)
    path = table(tmp_path, {"day": [day, None], "text": ["Senior Nurse", "Porter"], "pay": [1.5, 2.0]})
    assert formats.find_format(path).name == "parquet"
    examples = [
        Example(each.id, each.text, Annotation((Span(0, 6, "SENIORITY"),)), extra=each.extra)
        for each in formats.read(path)
    ]
    out = tmp_path / "out.parquet"
    formats.write(out, examples, lossy=True, options=Options(columns=formats.columns_of(path)))
    assert pq.read_table(out).to_pydict() == {
        "day": [day, None],
        "text": ["Senior Nurse", "Porter"],
        "pay": [1.5, 2.0],
        "SENIORITY": ["Senior", "Porter"],
    }


def test_a_row_without_a_text_is_rejected(tmp_path: Path) -> None:
    rejected: list[Rejected] = []
    path = table(tmp_path, {"text": ["a", None, "c"]})
    found = list(formats.read(path, options=Options(on_reject=rejected.append)))
    assert ([each.text for each in found], [each.line for each in rejected]) == (["a", "c"], [2])


@pytest.mark.parametrize("content", [b"PAR1 and no more", b"no parquet at all", b"\x00\x01"])
def test_a_broken_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(content)
    with pytest.raises(DataError, match="not a Parquet file that can be read"):
        list(formats.read(path))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no column 'text'\. Columns: title"):
        list(formats.read(table(tmp_path, {"title": ["a"]})))


def test_columns_that_appear_late_and_ints_among_floats_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textwright.formats.arrow.BATCH", 1)
    examples = [Example(str(n), "a", extra={"n": n}) for n in (None, 1, 1.5)]
    formats.write(tmp_path / "out.parquet", examples)
    assert pq.read_table(tmp_path / "out.parquet")["n"].to_pylist() == [None, 1.0, 1.5]


@pytest.mark.parametrize("values", [(1, "x"), ([1, {"x": None}],), (2**70,)])
def test_values_that_do_not_go_together_are_refused_with_what_holds_them(
    tmp_path: Path, values: tuple[object, ...]
) -> None:
    examples = [Example(str(n), "a", extra={"mine": value}) for n, value in enumerate(values)]
    with pytest.raises(DataError, match=r"^the column 'mine' holds values of kinds .* --to hugging_face$"):
        formats.write(tmp_path / "out.parquet", examples)
    assert list(tmp_path.iterdir()) == []
    formats.write(tmp_path / "out.parquet", examples, format="hugging_face")
    assert list(formats.read(tmp_path / "out.parquet")) == examples


def test_spans_of_datasets_are_recognised(tmp_path: Path) -> None:
    path = tmp_path / "hf.parquet"
    formats.write(path, [NURSE], format="hugging_face")
    assert formats.find_format(path).name == "hugging_face"
    assert list(formats.read(path)) == [NURSE]


def test_tags_that_are_numbers_get_the_names_that_datasets_keeps(tmp_path: Path) -> None:
    feature = {"feature": {"names": ["O", "B-PER", "I-PER"], "_type": "ClassLabel"}, "_type": "Sequence"}
    metadata = {b"huggingface": json.dumps({"info": {"features": {"ner_tags": feature}}}).encode()}
    fields = [("tokens", pa.list_(pa.string())), ("ner_tags", pa.list_(pa.int64()))]
    schema = pa.schema(fields, metadata=metadata)
    path = table(tmp_path, {"tokens": [["Peter", "Pan", "!"]], "ner_tags": [[1, 2, 0]]}, schema)
    [example] = formats.read(path)
    assert (example.text, example.gold.spans) == ("Peter Pan !", (Span(0, 9, "PER"),))


def test_tags_without_names_are_refused(tmp_path: Path) -> None:
    path = table(tmp_path, {"tokens": [["Peter"]], "ner_tags": [[1]]})
    with pytest.raises(DataError, match="the tag 1 is a number without a name"):
        list(formats.read(path))
