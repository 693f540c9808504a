"""Data sets come out of the file's table the same each time, and what is wrong with one names it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.experiment.file.texts import titles, write_lines, written
from textwright import formats
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.experiment.file import open_data, read_experiment
from textwright.types import Example

Open = Callable[..., dict[str, Dataset]]
METHOD = '[[method]]\nname = "rules"\nmodel = "job_titles.rules"\n'


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Open the data of an experiment whose [data] and top are given."""
    write_lines(tmp_path / "titles.jsonl", titles(60))

    def open_these(data: str, top: str = "", more: str = "") -> dict[str, Dataset]:
        return open_data(read_experiment(written(tmp_path, f"{top}\n[data]\n{data}\n{METHOD}{more}")))

    return open_these


CHAIN = """
test = {file = "titles.jsonl", share = 0.2}
dev = {rest_of = "test", share = 0.25, seed = 1}
train = {rest_of = "dev"}
"""


def ids(data: Dataset) -> list[str]:
    return [example.id for example in data]


def test_chain_of_shares_divides_a_file(opened: Open, tmp_path: Path) -> None:
    data = opened(CHAIN)
    assert {name: len(each) for name, each in data.items()} == {"test": 12, "dev": 12, "train": 36}
    assert sorted(ids(data["test"]) + ids(data["dev"]) + ids(data["train"])) == sorted(
        ids(Dataset.read(tmp_path / "titles.jsonl"))
    )


def test_division_is_the_same_each_time_and_in_any_order_of_the_table(opened: Open) -> None:
    turned = "\n".join(reversed(CHAIN.strip().splitlines()))
    first, again, other = opened(CHAIN), opened(CHAIN), opened(turned)
    assert {name: each.fingerprint for name, each in first.items()} == {n: e.fingerprint for n, e in again.items()}
    assert {name: each.fingerprint for name, each in first.items()} == {n: e.fingerprint for n, e in other.items()}
    assert list(other) == ["train", "dev", "test"]


def test_another_seed_divides_otherwise(opened: Open) -> None:
    assert ids(opened(CHAIN)["dev"]) != ids(opened(CHAIN.replace("seed = 1", "seed = 2"))["dev"])


def test_sources_are_never_divided(opened: Open) -> None:
    data = opened('test = {file = "titles.jsonl", share = 0.4, by = "source"}\ntrain = {rest_of = "test"}')
    sources = [{example.meta["source"] for example in data[name]} for name in ("test", "train")]
    assert len(data["test"]) == 24
    assert not sources[0] & sources[1]


def test_near_texts_stay_together(opened: Open, tmp_path: Path) -> None:
    lines = [
        {"text": f"{word} Designer for a large agency in Leeds{mark}", "spans": []}
        for word in "ABCDEFGH"
        for mark in ("", " (x)")
    ]
    write_lines(tmp_path / "titles.jsonl", [*titles(40), *lines])
    data = opened('test = {file = "titles.jsonl", share = 0.3, near = 0.8}\ntrain = {rest_of = "test"}')
    agency = [sum("agency" in text for text in data[name].texts) for name in ("test", "train")]
    assert sorted(agency) == [0, 16]


@pytest.mark.parametrize(
    ("filters", "domains"),
    [
        ('where = {domain = "ux"}', {"ux"}),
        ('where = {domain = ["ux", "it"]}', {"ux", "it"}),
        ('without = {domain = "ux"}', {"it", "care"}),
        ('where = {domain = ["ux", "it"]}, without = {domain = ["it"]}', {"ux"}),
    ],
)
def test_filters_keep_what_they_say(opened: Open, filters: str, domains: set[str]) -> None:
    data = opened(f'test = {{file = "titles.jsonl", {filters}}}')["test"]
    assert {example.meta["domain"] for example in data} == domains
    assert len(data) == 20 * len(domains)


def test_true_is_not_one(opened: Open, tmp_path: Path) -> None:
    lines = [{"text": "a", "spans": [], "meta": {"k": True}}, {"text": "b", "spans": [], "meta": {"k": 1}}]
    write_lines(tmp_path / "titles.jsonl", lines)
    assert opened('test = {file = "titles.jsonl", where = {k = 1}}')["test"].texts == ["b"]
    assert opened('test = {file = "titles.jsonl", where = {k = true}}')["test"].texts == ["a"]


def test_what_a_filter_leaves_out_is_not_in_the_rest(opened: Open) -> None:
    data = opened('test = {file = "titles.jsonl", where = {domain = "ux"}, share = 0.5}\ntrain = {rest_of = "test"}')
    assert {example.meta["domain"] for example in data["train"]} == {"ux"}


def test_sample_draws_in_order_and_by_its_seed(opened: Open) -> None:
    data = opened(
        "\n".join(f'{n} = {{file = "titles.jsonl", sample = 9, seed = {s}}}' for n, s in [("test", 0), ("b", 1)])
    )
    places = [int(each[1:]) for each in ids(data["test"])]
    assert (len(places), places) == (9, sorted(places))
    assert ids(data["b"]) != ids(data["test"])


def test_each_file_is_read_once(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def counted(path: Path, **options: Any) -> Iterator[Example]:
        read.append(path)
        return formats.read(path, **options)

    monkeypatch.setattr("textwright.dataset.formats", SimpleNamespace(read=counted))
    opened('test = {file = "titles.jsonl", share = 0.5}\na = "titles.jsonl"\nb = {file = "./titles.jsonl", sample = 3}')
    assert len(read) == 1


def test_schema_is_the_experiments_and_the_name_the_tables(opened: Open) -> None:
    data = opened('test = "titles.jsonl"', 'schema = "job_titles"')["test"]
    assert (data.name, data.schema.name, data.declared) == ("test", "job_titles", True)
    assert opened('test = "titles.jsonl"')["test"].schema.spans == ("LOCATION",)


def test_plain_texts_are_a_pool(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "pool.txt").write_text("one\ntwo\n", encoding="utf-8")
    assert opened('test = "titles.jsonl"\npool = "pool.txt"')["pool"].texts == ["one", "two"]


FAULTS = {
    "missing": ('test = "none.jsonl"', "", "data.test: "),
    "damaged": ('test = "bad.jsonl"', "", "bad.jsonl:1"),
    "empty": ('test = "empty.jsonl"', "", "there are no texts in"),
    "unknown key": (
        'test = {file = "titles.jsonl", where = {domian = "ux"}}',
        "",
        "no text has meta.domian. Did you mean domain?",
    ),
    "unknown value": (
        'test = {file = "titles.jsonl", where = {domain = "xu"}}',
        "",
        "none of 60 texts is left. meta.domain is 'care', 'it', 'ux'.",
    ),
    "all left out": (
        'test = {file = "titles.jsonl", without = {domain = ["ux", "it", "care"]}}',
        "",
        "none of 60 texts is left",
    ),
    "by": (
        'test = {file = "titles.jsonl", share = 0.5, by = "surce"}',
        "",
        "data.test: by: no text has meta.surce. Did you mean source?",
    ),
    "one source": (
        'test = {file = "titles.jsonl", where = {source = "s1"}, share = 0.5, by = "source"}',
        "",
        "too few different values of meta.source",
    ),
    "not annotated": ('test = "pool.txt"', "", "none of 2 texts is annotated"),
    "label": ('test = "titles.jsonl"', 'labels = ["LOCATOIN"]', "called 'LOCATOIN'. Did you mean LOCATION?"),
    "measure": ('test = "titles.jsonl"', 'measure = "exact:TOWN"', "called 'TOWN'"),
    "slice": (
        'test = "titles.jsonl"',
        'slice_by = ["length", "domian"]',
        "meta.domian. Did you mean domain? There is: domain, source, length",
    ),
}


@pytest.mark.parametrize(("data", "top", "said"), FAULTS.values(), ids=FAULTS)
def test_fault_names_the_data_set(opened: Open, tmp_path: Path, data: str, top: str, said: str) -> None:
    (tmp_path / "bad.jsonl").write_text("{", encoding="utf-8")
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "pool.txt").write_text("one\ntwo\n", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        opened(data, top)
    assert said in str(raised.value)
    assert str(raised.value).startswith(str(tmp_path / "experiment.toml"))


CHANGE = '[[change]]\nlabel = "LOCATION"\nbefore = "old"\nafter = "test"\n'


def test_change_holds_the_same_texts_in_any_order(opened: Open, tmp_path: Path) -> None:
    write_lines(tmp_path / "old.jsonl", reversed(titles(60)))
    assert len(opened('old = "old.jsonl"\ntest = "titles.jsonl"', more=CHANGE)["old"]) == 60
    write_lines(tmp_path / "old.jsonl", titles(58))
    with pytest.raises(DataError, match="2 are only in test, 0 only in old"):
        opened('old = "old.jsonl"\ntest = "titles.jsonl"', more=CHANGE)
