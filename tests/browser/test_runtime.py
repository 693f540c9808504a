"""Loading and running in Chromium: the worker, giving up, what is kept between visits, progress, threads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import served, visiting

pytestmark = pytest.mark.browser

TITLES = ["Senior UX Researcher, Leeds", "", "Head of Design 👩‍💻 (m/f/d)", "Nurse"] * 8
START = "const { latest, load, scores, explains, ModelError } = await import('/runtime/textwright.js');"
FAILED = "(error) => `${error.name}: ${error.message}`"


@pytest.fixture(scope="module")
def small_url(small: Path) -> Iterator[str]:
    with served(str(small)) as found:
        yield found


@pytest.fixture(scope="module")
def small_page(browser: Browser, small_url: str) -> Iterator[Page]:
    """Open a bare page beside the small rules, for tests that leave nothing behind."""
    with visiting(browser, small_url) as found:
        yield found


def run(page: Page, script: str, given: Any = None) -> Any:
    """Run the inside of a function of `given` that has the runtime at hand."""
    return page.evaluate(f"async (given) => {{ {START} {script} }}", given)


def asked_by(page: Page) -> list[str]:
    """Collect the names of the files of models that a page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("?")[0].rpartition("/")[2]))
    return asked


@pytest.mark.parametrize("name", ["job_titles", "job_titles.rules"])
def test_a_worker_gives_the_same_answers(page: Page, name: str) -> None:
    script = """
      const open = (options) => load(`/models/${given.name}/`, options);
      const [here, there] = await Promise.all([{}, { worker: true }].map(open));
      const ask = async (model) => [
        model.schema, scores(model), explains(model), await model.predict(given.titles),
        scores(model) ? await model.score(given.titles) : await model.explain(given.titles[0]),
      ];
      const found = [JSON.stringify(await ask(here)), JSON.stringify(await ask(there))];
      there.close();
      return found;"""
    here, there = run(page, script, {"name": name, "titles": TITLES})
    assert here == there
    assert '"JOBTITLE"' in there


def test_errors_come_over_from_a_worker(page: Page) -> None:
    script = f"return load('/models/', {{ worker: true }}).then(() => 'loaded', {FAILED});"
    assert run(page, script).startswith("ModelError: ")


def test_a_policy_that_allows_no_worker_is_named(browser: Browser, small_url: str) -> None:
    """Chromium itself says on the console what it refused."""
    script = f"return load('/models/small/', {{ worker: true }}).then(() => 'loaded', {FAILED});"
    with visiting(browser, small_url, messages=1) as page:
        policy = "<meta http-equiv=Content-Security-Policy content=\"worker-src 'none'\">"
        page.evaluate("(policy) => document.head.insertAdjacentHTML('beforeend', policy)", policy)
        found = run(page, script)
    assert found.startswith("ModelError: the worker cannot be started. ")
    assert "Content-Security-Policy" in found


def test_loading_in_a_worker_tells_progress_and_can_be_given_up(page: Page) -> None:
    script = """
      const seen = [];
      const stop = new AbortController();
      const name = "/models/job_titles/";
      const first = load(name, { worker: true, signal: stop.signal }).catch((error) => error.name);
      stop.abort();
      (await load(name, { worker: true, onProgress: (progress) => seen.push(progress) })).close();
      return [await first, seen.at(-1)];"""
    name, last = run(page, script)
    assert name == "AbortError"
    assert last["loaded"] == last["total"] > 4_000_000


def test_a_closed_worker_refuses_what_waits_and_what_comes(small_page: Page) -> None:
    script = f"""
      const model = await load("/models/small/", {{ worker: true }});
      const waits = model.predict(["Nurse"]).catch({FAILED});
      model.close();
      return [await waits, await model.predict(["Nurse"]).catch({FAILED})];"""
    assert run(small_page, script) == ["ModelError: the model is closed"] * 2


def test_work_that_was_given_up_is_dropped(page: Page) -> None:
    """The last of many questions is answered before even one of those that were given up could have been."""
    script = """
      const model = await load("/models/job_titles.rules/", { worker: true });
      const many = Array.from({ length: 20_000 }, (_, i) => `Senior Nurse ${i}, Leeds`);
      const time = async (step) => { const began = performance.now(); await step(); return performance.now() - began; };
      const whole = await time(() => model.predict(many.slice(0, 2_000))) * 10;
      const stop = new AbortController();
      const drop = (texts) => model.predict(texts, { signal: stop.signal }).catch((error) => error.name);
      const dropped = [many, many, many].map(drop);
      await new Promise((resolve) => setTimeout(resolve, 20));
      stop.abort();
      const next = await time(() => model.predict(["Nurse"]));
      model.close();
      return { whole, next, dropped: await Promise.all(dropped) };"""
    found = run(page, script)
    assert found["dropped"] == ["AbortError"] * 3
    assert found["next"] < found["whole"] / 2


def test_only_the_latest_text_is_answered(small_page: Page) -> None:
    script = """
      const model = await load("/models/small/", { worker: true });
      const newest = latest(model);
      const found = await Promise.all(["S", "Se", "Senior Nurse"].map((text) => newest.predict(text)));
      model.close();
      return found.map((annotation) => annotation?.spans.length);"""
    assert run(small_page, script) == [None, None, 3]


class Visits(NamedTuple):
    """The progress of loading at a first visit and at a second, and the files for which the second asked."""

    first: list[dict[str, Any]]
    second: list[dict[str, Any]]
    asked: list[str]


@pytest.fixture(scope="module")
def visits(browser: Browser, url: str) -> Visits:
    script = """const seen = [];
      await load("/models/job_titles/", { onProgress: (progress) => seen.push(progress) });
      return seen;"""
    with visiting(browser, url) as page:
        first = run(page, script)
        page.reload()
        asked = asked_by(page)
        return Visits(first, run(page, script), asked)


def test_a_second_visit_asks_for_config_alone(visits: Visits) -> None:
    assert visits.asked == ["textwright.js", "config.json", "onnxruntime.js", "onnxruntime.glue.js"]
    assert {each["from"] for each in visits.first} == {"network"}
    assert {each["file"] for each in visits.second if each["from"] == "cache"} == {
        "onnx/model.onnx",
        "onnxruntime.wasm.gz",
    }


def test_progress_knows_its_end_and_reaches_it(visits: Visits) -> None:
    seen = visits.first
    assert seen[-1]["loaded"] == seen[-1]["total"] > 4_000_000
    assert [each["loaded"] for each in seen] == sorted(each["loaded"] for each in seen)
    assert 0.98 < seen[0]["total"] / seen[-1]["total"] < 1.02


def test_a_damaged_file_is_refused_and_never_kept(browser: Browser, url: str) -> None:
    script = f"return load('/models/job_titles/').then(() => 'loaded', {FAILED});"
    with visiting(browser, url) as page:
        page.route("**/model.onnx?*", lambda route: route.fulfill(body="x"))
        assert "onnx/model.onnx is not the file that config.json names" in run(page, script)
        page.unroute("**/model.onnx?*")
        assert run(page, script) == "loaded"


def test_a_kept_file_that_was_damaged_is_fetched_again(browser: Browser, small_url: str) -> None:
    damage = """
      await load("/models/small/");
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) await cache.put(request, new Response("damaged"));
      }
      return (await (await load("/models/small/")).predict(["Senior Nurse"]))[0].spans.length;"""
    with visiting(browser, small_url) as page:
        assert run(page, damage) == 3


def test_files_of_an_older_version_are_forgotten(browser: Browser, small_url: str) -> None:
    script = """
      await load("/models/small/");
      const cache = await caches.open(`textwright ${new URL("/models/small/", location)}`);
      await cache.put("/models/small/old.txt?sha256=00", new Response("old"));
      const before = (await cache.keys()).length;
      await load("/models/small/");
      return before - (await cache.keys()).length;"""
    with visiting(browser, small_url) as page:
        assert run(page, script) == 1


@pytest.mark.parametrize("fault", ["delete globalThis.caches", "caches.open = () => Promise.reject(new Error('full'))"])
def test_a_broken_cache_is_no_error(browser: Browser, small_url: str, fault: str) -> None:
    with visiting(browser, small_url) as page:
        page.evaluate(f"() => {{ {fault}; }}")
        assert run(page, "return (await load('/models/small/')).schema.labels.length;") == 3


def test_two_loads_at_once_fetch_once(browser: Browser, small_url: str) -> None:
    with visiting(browser, small_url) as page:
        asked = asked_by(page)
        run(page, "await Promise.all([1, 2, 3].map(() => load('/models/small/', { cache: false })));")
    assert asked.count("titles.txt") == asked.count("config.json") == 1


def test_loading_can_be_given_up_by_one_of_two(page: Page) -> None:
    script = """
      const stop = new AbortController();
      const options = { signal: stop.signal, onProgress: () => stop.abort() };
      const first = load("/models/job_titles/", options).catch((error) => error.name);
      const other = await load("/models/job_titles/");
      return [await first, (await other.predict(["Nurse"]))[0].spans.length];"""
    assert run(page, script) == ["AbortError", 2]


def test_a_network_that_fails_once_is_asked_again(browser: Browser, small_url: str) -> None:
    failures = [1]

    def fail_once(route: Route) -> None:
        return route.abort() if failures and failures.pop() else route.fallback()

    with visiting(browser, small_url, messages=1) as page:
        page.route("**/rules.toml?*", fail_once)
        assert run(page, "return (await load('/models/small/')).schema.labels.length;") == 3
    assert failures == []


def test_an_isolated_page_runs_threads_with_the_same_answers(browser: Browser, url: str, page: Page) -> None:
    script = """
      const model = await load("/models/job_titles/", { threads: 2 });
      return [crossOriginIsolated, await model.predict(given)];"""
    with visiting(browser, url) as other:
        workers: list[str] = []
        other.on("worker", lambda worker: workers.append(worker.url))
        isolated, threaded = run(other, script, TITLES)
    assert isolated
    assert len(workers) >= 1
    assert run(page, "return (await load('/models/job_titles/')).predict(given);", TITLES) == threaded


def test_a_page_without_a_graphics_card_falls_back(browser: Browser, url: str) -> None:
    """Chromium itself says on the console that there is no card."""
    with visiting(browser, url, messages=1) as page:
        found = run(page, "return (await load('/models/job_titles/', { device: 'webgpu' })).predict(['Nurse']);")
    assert {span["label"] for span in found[0]["spans"]} == {"JOBTITLE", "COREJOBTITLE"}


def test_a_runtime_of_another_origin_has_its_worker(browser: Browser, small_url: str) -> None:
    """The other origin is the same server by another name; it allows everybody to read."""

    def allowed(route: Route) -> None:
        answer = route.fetch(url=route.request.url.replace("localhost", "127.0.0.1"))
        headers = {**answer.headers, "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
        headers.pop("content-encoding", None)
        route.fulfill(response=answer, headers=headers)

    other = small_url.replace("127.0.0.1", "localhost")
    script = f"""async (titles) => {{
      const {{ load }} = await import("{other}runtime/textwright.js");
      const model = await load("/models/small/", {{ worker: true }});
      return (await model.predict(titles))[0].spans.length;
    }}"""
    context = browser.new_context(service_workers="block", bypass_csp=True)
    page = context.new_page()
    context.route(f"{other}**", allowed)
    page.route(f"{small_url}bare", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto(f"{small_url}bare")
    assert page.evaluate(script, ["Senior Nurse"]) == 3
    context.close()
