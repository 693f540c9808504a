"""An experiment file is read whole, and what is wrong in one is said with its place and what would do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.experiment.file.texts import SMALL, WHOLE, written
from textwright.errors import DataError
from textwright.experiment.file import read_experiment
from textwright.experiment.file.experiment import Change, CurveSpec, DataSpec, Experiment


@pytest.fixture
def whole(tmp_path: Path) -> Experiment:
    return read_experiment(written(tmp_path, WHOLE))


def test_whole_file_is_read(whole: Experiment, tmp_path: Path) -> None:
    assert (whole.name, whole.labels, whole.measure) == ("UX titles", ("JOBTITLE", "SENIORITY"), "exact:JOBTITLE")
    assert whole.schema is not None
    assert whole.schema.name == "job_titles"
    assert (whole.seeds, whole.runtimes, whole.slice_by) == ((0, 1, 2), ("python", "node"), ("domain", "length"))
    assert (whole.runs, whole.leaks) == (tmp_path / "kept", "tell")
    assert whole.curves == (CurveSpec("network", (0.25, 0.5, 1.0), 2),)
    assert whole.changes == (Change("SENIORITY", "old", "test"),)


def test_data_sets_are_read(whole: Experiment, tmp_path: Path) -> None:
    assert whole.data["titles"] == DataSpec("titles", file=tmp_path / "titles.jsonl")
    assert whole.data["dev"] == DataSpec("dev", rest_of="test", share=0.1)
    assert whole.data["pool"].sample == 5000
    test = whole.data["test"]
    assert (test.where, test.without) == ({"domain": "ux"}, {"source": ["x", "y"]})
    assert (test.share, test.by, test.near, test.seed) == (0.2, "source", 0.8, 3)


@pytest.mark.parametrize(
    ("name", "kind", "needs", "seeds"),
    [
        ("rules", "model", (), ()),
        ("distilled", "recipe", ("network",), (0, 1, 2)),
        ("network", "recipe", (), (7,)),
        ("small", "quantise", ("network",), ()),
        ("few shot", "prompt", (), ()),
        ("tuned", "tune", (), (0, 1, 2)),
        ("rules, then network", "cascade", ("rules", "network"), ()),
        ("peer", "fit", (), (0, 1, 2)),
        ("my function", "function", (), ()),
    ],
)
def test_method_of_each_kind_is_read(
    whole: Experiment, name: str, kind: str, needs: tuple[str, ...], seeds: tuple[int, ...]
) -> None:
    method = whole.method(name)
    assert (method.kind, method.needs, method.seeds) == (kind, needs, seeds)


def test_settings_are_the_files_with_paths_made_whole(whole: Experiment, tmp_path: Path) -> None:
    assert whole.method("network").settings == {"recipe": "network", "epochs": 3, "quick": True}
    assert whole.method("few shot").settings["prompt"]["replay"] == str(tmp_path / "answers.jsonl")


@pytest.mark.parametrize(
    ("name", "uses"),
    [
        ("rules", {}),
        ("distilled", {"train": "train", "dev": "dev", "unlabelled": "pool"}),
        ("few shot", {"train": "train"}),
        ("rules, then network", {"dev": "dev"}),
        ("my function", {}),
    ],
)
def test_method_names_the_data_that_it_takes(whole: Experiment, name: str, uses: dict[str, str]) -> None:
    assert whole.method(name).uses == uses


def test_data_sets_of_a_change_are_judged_on(whole: Experiment) -> None:
    assert whole.tests == ("test", "old")


def test_folder_stands_for_its_file(tmp_path: Path) -> None:
    written(tmp_path)
    assert read_experiment(tmp_path).name == tmp_path.name


def test_what_is_left_out_has_its_usual_value(tmp_path: Path) -> None:
    read = read_experiment(written(tmp_path))
    assert (read.seeds, read.tests, read.runtimes, read.leaks) == ((0,), ("test",), ("python",), "refuse")
    assert (read.measure, read.schema, read.runs) == ("whole_text", None, tmp_path / "runs")


@pytest.mark.parametrize(("schema", "measure"), [("emotion", "whole_text"), ("job_adverts", "category:advertiser")])
def test_only_task_is_the_measure(tmp_path: Path, schema: str, measure: str) -> None:
    assert read_experiment(written(tmp_path, f'schema = "{schema}"\n{SMALL}')).measure == measure


def test_path_may_begin_at_home_and_nothing_else_is_filled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATA", "elsewhere")
    text = SMALL.replace('"train.jsonl"', '"~/train.jsonl"').replace('"dev.jsonl"', '"$DATA/dev.jsonl"')
    data = read_experiment(written(tmp_path, text)).data
    assert (data["train"].file, data["dev"].file) == (tmp_path / "home/train.jsonl", tmp_path / "$DATA/dev.jsonl")


def test_model_folder_and_files_are_looked_for_beside_the_file(tmp_path: Path) -> None:
    folders = SMALL + '[[method]]\nname = "mine"\nmodel = "./mine/"\n[[method]]\nname = "b"\nmodel = "prompt:p.toml"\n'
    read = read_experiment(written(tmp_path, folders))
    assert read.method("mine").settings == {"model": str(tmp_path / "mine")}
    assert read.method("b").settings == {"model": f"prompt:{tmp_path / 'p.toml'}"}


METHOD = '[[method]]\nname = "b"\n'
FAULTS = {
    "key": ("nmae = 'x'" + SMALL, "unknown key 'nmae'. Did you mean name?"),
    "key of a data set": (
        SMALL.replace('"test.jsonl"', '{flie = "x"}'),
        "data.test: unknown key 'flie'. Did you mean file",
    ),
    "key of a method": (
        SMALL + METHOD + 'recipe = "linear"\nepoch = 3',
        "method 'b': unknown key 'epoch'. Did you mean epochs?",
    ),
    "key of another kind": (SMALL + METHOD + 'model = "job_titles"\nepochs = 3', "Known keys of a model: name, model"),
    "kind": (SMALL + METHOD + 'modle = "job_titles"', "says not what it is. Did you mean model?"),
    "two kinds": (
        SMALL + METHOD + 'model = "job_titles"\nrecipe = "linear"',
        "has model and recipe; a method is of one",
    ),
    "no name": (SMALL + '[[method]]\nmodel = "job_titles"', "[[method]] 2 has no name"),
    "name is a number": (SMALL + "[[method]]\nname = 3", "[[method]] 2 has the name 3"),
    "same name": (SMALL + '[[method]]\nname = "rules"\nmodel = "job_titles"', "two methods are called 'rules'"),
    "same slug": (SMALL + '[[method]]\nname = "Rules!"\nmodel = "job_titles"', "would both be kept as 'rules'"),
    "no letter": (SMALL + '[[method]]\nname = "***"\nmodel = "job_titles"', "needs a letter or a digit"),
    "no data": ("[[method]]\nname = 'a'\nmodel = 'job_titles'", "needs the key data, a table of data sets"),
    "no data set": ("[data]\n[[method]]\nname = 'a'\nmodel = 'job_titles'", "[data] names no data set"),
    "no method": ("[data]\ntest = 'x'", "needs the key method"),
    "empty methods": ("method = []\n[data]\ntest = 'x'", "there is no [[method]]"),
    "method is a text": ("method = ['a']\n[data]\ntest = 'x'", "[[method]] 1 is 'a', expected a table"),
    "one method": (SMALL.replace("[[method]]", "[method]"), "expected [[method]], a list of tables"),
    "unknown test": (
        "tests = ['tset']" + SMALL,
        "no data set is called 'tset'. Did you mean test? There is: train, dev, test",
    ),
    "no test": (SMALL.replace("test =", "held_out ="), "tests: no data set is called 'test'"),
    "name of data": (SMALL.replace("test =", "'te/st' ="), "'te/st' is no name of a data set"),
    "unknown train": (
        SMALL + METHOD + 'recipe = "linear"\ntrain = "trian"',
        "its train set: no data set is called 'trian'. Did you mean train?",
    ),
    "unknown teacher": (
        SMALL + METHOD + 'recipe = "distil"\nteachers = ["ruels"]\nunlabelled = "train"',
        "no method and no model is called 'ruels'",
    ),
    "no teacher": (SMALL + METHOD + 'recipe = "distil"', "distil needs teachers"),
    "teachers unused": (SMALL + METHOD + 'recipe = "linear"\nteachers = ["rules"]', "linear takes no teachers"),
    "recipe": (SMALL + METHOD + 'recipe = "forest"', "recipe is 'forest', expected one of linear, network"),
    "model": (SMALL + METHOD + 'model = "job_title"', "Did you mean job_titles?"),
    "model of a pack": (
        SMALL + METHOD + 'model = "job_titles.ruls"',
        "the pack job_titles has no model 'ruls'. Did you mean job_titles.rules?",
    ),
    "model is a method": (SMALL + METHOD + 'model = "rules"', "'rules' is a method of this file"),
    "quantised": (
        SMALL + METHOD + 'quantise = "rulse"\nprecision = "int8"',
        "no method is called 'rulse'. Did you mean rules?",
    ),
    "quantise alone": (SMALL + METHOD + 'quantise = "rules"', "needs the key precision, one of float32"),
    "itself": (SMALL + METHOD + 'quantise = "b"\nprecision = "int8"', "is made of itself"),
    "circle": (
        SMALL
        + METHOD
        + 'quantise = "c"\nprecision = "int8"\n[[method]]\nname = "c"\ncascade = ["rules", "b"]\nbelow = 0.5',
        "made of each other: c -> b -> c",
    ),
    "cascade of one": (SMALL + METHOD + 'cascade = ["rules"]\nbelow = 0.5', "expected two names of methods or more"),
    "cascade without end": (SMALL + METHOD + 'cascade = ["rules", "b"]', "has neither of below and pass_on"),
    "below": (
        SMALL + METHOD + 'cascade = ["rules", "b"]\nbelow = 1',
        "below is 1, expected a number above 0 and below 1",
    ),
    "prompt's key": (
        SMALL + METHOD + 'prompt = {template = "ner", lables = ["A"]}',
        "method 'b', prompt: unknown key 'lables'. Did you mean labels?",
    ),
    "prompt's template": (SMALL + METHOD + 'prompt = {template = "nre"}', "method 'b', prompt: "),
    "prompt without template": (SMALL + METHOD + "prompt = {}", "names no template"),
    "prompt's examples": (
        SMALL + METHOD + 'prompt = {template = "ner", examples = {cuont = 3}}',
        "prompt, examples: unknown key 'cuont'",
    ),
    "tune": (SMALL + METHOD + "tune = {epoch = 2}", "method 'b', tune: unknown key 'epoch'. Did you mean epochs?"),
    "fit": (SMALL + METHOD + 'fit = "spacy"', "fit is 'spacy', expected python:module:name"),
    "date in options": (
        SMALL + METHOD + 'fit = "python:a:b"\noptions = {x = 2026-01-01}',
        "expected a table of plain values",
    ),
    "share": (
        SMALL.replace('"test.jsonl"', '{file = "x", share = 1.2}'),
        "data.test: share is 1.2, expected a number above 0 and below 1",
    ),
    "share is a text": (SMALL.replace('"test.jsonl"', '{file = "x", share = "a"}'), "share is 'a'"),
    "near": (SMALL.replace('"test.jsonl"', '{file = "x", share = 0.5, near = 2}'), "near is 2"),
    "by alone": (SMALL.replace('"test.jsonl"', '{file = "x", by = "source"}'), "there is no share"),
    "seed alone": (SMALL.replace('"test.jsonl"', '{file = "x", seed = 1}'), "seed draws a share or a sample"),
    "neither": (SMALL.replace('"test.jsonl"', "{share = 0.5}"), "has neither file nor rest_of"),
    "both": (SMALL.replace('"test.jsonl"', '{file = "x", rest_of = "dev"}'), "has both file and rest_of"),
    "rest of none": (
        SMALL.replace('"test.jsonl"', '{rest_of = "tarin"}'),
        "no data set is called 'tarin'. Did you mean train?",
    ),
    "rest of all": (SMALL.replace('"test.jsonl"', '{rest_of = "train"}'), "'train' takes no share"),
    "rest of itself": (
        SMALL.replace('"test.jsonl"', '{rest_of = "test", share = 0.5}'),
        "is the rest of itself: test -> test",
    ),
    "format": (
        SMALL.replace('"test.jsonl"', '{file = "x", format = "jsnol"}'),
        "no format is called 'jsnol'. Did you mean jsonl?",
    ),
    "blank file": (SMALL.replace('"test.jsonl"', '" "'), "data.test: found a blank text"),
    "file is a number": (SMALL.replace('"test.jsonl"', "3"), "data.test is 3, expected a table"),
    "where": (SMALL.replace('"test.jsonl"', '{file = "x", where = {a = {b = 1}}}'), "where is"),
    "home of nobody": (SMALL.replace('"test.jsonl"', '"~nobody-here/x"'), "is no path"),
    "nul": (SMALL.replace('"test.jsonl"', '"a\\u0000b"'), "is no path"),
    "runtime": ("runtimes = ['deno']" + SMALL, "runtimes is ['deno'], expected a list of python, node, chromium"),
    "seeds twice": ("seeds = [1, 1]" + SMALL, "seeds is [1, 1], expected a list of different whole numbers"),
    "seed is true": ("seeds = [true]" + SMALL, "seeds is [True]"),
    "no seed": ("seeds = []" + SMALL, "seeds is []"),
    "leaks": ("leaks = 'ignore'" + SMALL, "leaks is 'ignore', expected one of refuse, drop, tell"),
    "measure": ("measure = 'f1'" + SMALL, "measure is 'f1', expected whole_text"),
    "measure's label": ("schema = 'job_titles'\nmeasure = 'exact:JOBTITEL'" + SMALL, "Did you mean JOBTITLE?"),
    "measure's kind": (
        "schema = 'job_titles'\nmeasure = 'category:JOBTITLE'" + SMALL,
        "the measure of JOBTITLE is 'exact:JOBTITLE'",
    ),
    "label": ("schema = 'job_titles'\nlabels = ['TITLE']" + SMALL, "no label or task of the schema is called 'TITLE'"),
    "schema": ("schema = 'job_tiles'" + SMALL, "no pack has this name"),
    "curve": (SMALL + "[[curve]]\nmethod = 'rules'", "[[curve]] 1: no method with a recipe is called 'rules'"),
    "shares": (
        SMALL + "[[curve]]\nmethod = 'rules'\nshares = [0.5, 0.2]",
        "shares is [0.5, 0.2], expected two growing numbers",
    ),
    "change": (SMALL + "[[change]]\nlabel = 'A'\nbefore = 'test'\nafter = 'test'", "before and after are both 'test'"),
    "change's data": (
        SMALL + "[[change]]\nlabel = 'A'\nbefore = 'tset'\nafter = 'test'",
        "no data set is called 'tset'",
    ),
    "taught test": (
        SMALL + METHOD + 'recipe = "linear"\ndev = "test"',
        "method 'b' has 'test' as its dev set, which is judged on too",
    ),
}


@pytest.mark.parametrize(("text", "said"), FAULTS.values(), ids=FAULTS)
def test_fault_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path, text.replace("]\n[data]", "]\n[data]"))
    with pytest.raises(DataError) as raised:
        read_experiment(path)
    assert str(raised.value).startswith(str(path))
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"a = ",
        b"[[[[",
        b"\x00",
        b"a = " + b"[" * 5000,
        b"data = 3\nmethod = 4",
        "ü".encode("latin-1"),
    ],
    ids=["empty", "utf-16", "half", "brackets", "nul", "deep", "numbers", "latin-1"],
)
def test_bytes_that_are_no_experiment_are_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "experiment.toml"
    path.write_bytes(raw)
    with pytest.raises(DataError, match=r"experiment\.toml"):
        read_experiment(path)


def test_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "experiment.toml"
    path.write_bytes(b"#" * 5_000_000)
    with pytest.raises(DataError, match="5,000,000 bytes"):
        read_experiment(path)


def test_missing_file_and_folder_without_one_say_what_would_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        read_experiment(tmp_path / "none.toml")
    with pytest.raises(DataError, match=r"holds no experiment\.toml"):
        read_experiment(tmp_path)


def test_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "experiment.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert read_experiment(path).tests == ("test",)


def test_long_chain_of_methods_is_no_fault(tmp_path: Path) -> None:
    chain = "".join(f'[[method]]\nname = "m{i}"\nquantise = "m{i + 1}"\nprecision = "int8"\n' for i in range(1500))
    text = SMALL + chain + '[[method]]\nname = "m1500"\nmodel = "job_titles"\n'
    assert len(read_experiment(written(tmp_path, text)).methods) == 1502
