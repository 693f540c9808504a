"""Experiment files that are wrong, and what is said of each."""

from __future__ import annotations

from tests.experiment.file.texts import SMALL

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
    "chosen on texts that were learned": (
        SMALL
        + METHOD.replace('"b"', '"a"')
        + 'recipe = "linear"\nrefit = true\n[[method]]\nname = "c"\ncascade = ["a", "rules"]\nbelow = 0.5\n'
        + METHOD
        + 'cascade = ["c", "rules"]\nbelow = "dev"',
        "method 'b': below = \"dev\" cannot be chosen on texts that 'a' has learned (refit = true)",
    ),
    "distil learned again": (
        SMALL + METHOD + 'recipe = "distil"\nteachers = ["rules"]\nunlabelled = "train"\nrefit = true',
        "distil takes no refit",
    ),
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
    "patience": ("patience = 0" + SMALL, "patience is 0, expected a number of minutes"),
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
