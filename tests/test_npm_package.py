"""The npm package, as its users have it: packed, installed from the tarball, imported, type-checked, bundled."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import spec
from tests.conftest import ARGUMENTS, chromium
from textwright.predictors.onnx import OnnxPredictor

pytestmark = pytest.mark.node

PACKAGE = spec.WEB / "runtime"
TITLE = "Senior UX Researcher, Leeds"
USER = """
import { type Annotation, examplesOf, explains, latest, load, type Model, type Progress, scores } from "textwright";

const stop = new AbortController();
const onProgress = ({ file, loaded, total, from }: Progress): string => `${file} ${loaded / total} ${from}`;
const options = { worker: true, threads: 2, onProgress, signal: stop.signal };
const model: Model = await load(new URL("https://example.org/m/"), options);
const [annotation]: Annotation[] = await model.predict(["Nurse"], { signal: stop.signal });
const labels: string[] = annotation?.spans?.map((span) => span.label) ?? [];
const newest: Annotation | undefined = await latest(model).predict("Nurse");
if (scores(model)) (await model.score(["Nurse"]))[0]?.spans.map(({ score }) => score?.toFixed(2));
if (explains(model)) (await model.explain("Nurse")).map(({ rule }) => rule.toUpperCase());
// @ts-expect-error: a text alone is no list of texts
await model.predict("Nurse");
export default [labels, newest, examplesOf("")[0]?.text.length];
model.close();
"""
PAGE = """import { load } from "textwright";
const models = await Promise.all([load("/model/"), load("/model/", { worker: true })]);
const found = await Promise.all(models.map((model) => model.predict([document.title])));
document.querySelector("output").textContent = JSON.stringify(found);"""
HTML = f"""<!doctype html><title>{TITLE}</title><link rel="icon" href="data:,"><output></output>
<script type="module" src="./page.js"></script>"""


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pack the package and install it from its tarball in an empty folder."""
    spec.need_modules()
    folder = tmp_path_factory.mktemp("user")
    run_npm("pack", "--pack-destination", str(folder), cwd=PACKAGE)
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    (tarball,) = folder.glob("textwright-*.tgz")
    run_npm("install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", str(tarball), cwd=folder)
    return folder


def run_npm(*arguments: str, cwd: Path) -> None:
    home = spec.node().parent.parent if os.name != "nt" else spec.node().parent
    (cli,) = [*home.glob("lib/node_modules/npm/bin/npm-cli.js"), *home.glob("node_modules/npm/bin/npm-cli.js")]
    run(spec.node(), cli, *arguments, cwd=cwd)


def run(*command: str | Path, cwd: Path) -> str:
    path = f"{spec.node().parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def expected() -> list[list[object]]:
    [annotation] = OnnxPredictor.open(spec.NETWORK).predict([TITLE])
    return [[span.start, span.end, span.label] for span in annotation.spans or ()]


def test_it_holds_what_it_names_and_nothing_else(user: Path) -> None:
    installed = user / "node_modules/textwright"
    names = {path.name for path in (installed / "dist").iterdir() if path.is_file() and not path.name.endswith(".d.ts")}
    onnx = {
        f"onnxruntime.{name}" for name in ("js", "glue.js", "wasm.gz", "webgpu.js", "webgpu.glue.js", "webgpu.wasm.gz")
    }
    assert names == {"textwright.js", "textwright.worker.js", "LICENSE", *onnx}
    assert (installed / "README.md").exists()
    assert not (installed / "src").exists()
    assert "dependencies" not in json.loads((installed / "package.json").read_text())


def test_node_answers_as_python(user: Path) -> None:
    script = f"""import {{ load }} from "textwright";
    const model = await load({json.dumps(str(spec.NETWORK))});
    const [{{ spans }}] = await model.predict([{json.dumps(TITLE)}]);
    model.close();
    const refused = await model.predict(["Nurse"]).catch((error) => error.message);
    console.log(JSON.stringify({{ spans: spans.map(({{ start, end, label }}) => [start, end, label]), refused }}));"""
    (user / "use.mjs").write_text(script)
    found = json.loads(run(spec.node(), "use.mjs", cwd=user))
    assert found == {"spans": expected(), "refused": "the model is closed"}


def test_its_types_are_strict(user: Path) -> None:
    (user / "user.ts").write_text(USER)
    compiler = spec.WEB / "node_modules/typescript/bin/tsc"
    strict = ["--noEmit", "--strict", "--exactOptionalPropertyTypes"]
    setting = ["--target", "es2022", "--module", "nodenext", "--types", "", "--lib", "es2022,dom"]
    run(spec.node(), compiler, *strict, *setting, "user.ts", cwd=user)


@pytest.fixture(scope="module")
def bundled(user: Path) -> Iterator[str]:
    """Bundle a page by Vite, and serve it beside a model from a plain static server."""
    (user / "index.html").write_text(HTML)
    (user / "page.js").write_text(PAGE)
    run(spec.node(), spec.WEB / "node_modules/vite/bin/vite.js", "build", cwd=user)
    (user / "dist/blank.html").write_text('<!doctype html><link rel="icon" href="data:,">')
    (user / "dist/model").symlink_to(spec.NETWORK)
    (user / "dist/runtime").symlink_to(user / "node_modules/textwright/dist")
    handler = partial(Quiet, directory=str(user / "dist"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Keep the output of the tests quiet."""


@pytest.mark.browser
def test_a_bundled_page_finds_the_webassembly_and_the_worker(browser: Browser, bundled: str) -> None:
    page = browser.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(bundled)
    page.wait_for_function("document.querySelector('output').textContent !== ''")
    found = json.loads(page.inner_text("output"))
    page.close()
    assert [[[s["start"], s["end"], s["label"]] for s in each["spans"]] for [each] in found] == [expected()] * 2
    assert messages == []


@pytest.mark.browser
def test_a_graphics_card_gives_the_same_answers(browser: Browser, bundled: str) -> None:
    """The card is one that Chromium computes by itself: slow, but by the same way."""
    card = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", "--enable-features=Vulkan"]
    others = [argument for argument in ARGUMENTS if argument != "--disable-gpu"]
    other = browser.browser_type.launch(executable_path=chromium(), args=[*others, *card])
    page = other.new_page()
    messages: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{bundled}blank.html")
    if not page.evaluate("async () => Boolean(await navigator.gpu?.requestAdapter())"):
        pytest.skip("this Chromium has no card of its own")
    found = page.evaluate(
        """async (title) => {
          const { load } = await import("/runtime/textwright.js");
          const [{ spans }] = await (await load("/model/", { device: "webgpu" })).predict([title]);
          return spans.map(({ start, end, label }) => [start, end, label]);
        }""",
        TITLE,
    )
    other.close()
    assert found == expected()
    assert "onnxruntime.webgpu.wasm.gz" in asked
    assert messages == []
