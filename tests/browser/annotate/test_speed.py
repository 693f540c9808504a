"""The next text is there at once."""

from __future__ import annotations

import pytest

from tests.browser.annotate.conftest import Open, Serve

pytestmark = pytest.mark.browser

TEXTS = 60
# From the key press to the frame in which the next text is drawn.
MEASURE = """async () => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const group = () => document.querySelector('[role=group][aria-label="Text"]');
    const times = [];
    const end = performance.now() + 30_000;
    for (let i = 0; i < 50 && performance.now() < end; i++) {
        const before = group().dataset.id;
        const start = performance.now();
        const at = { key: "Enter", code: "Enter", bubbles: true, cancelable: true };
        group().dispatchEvent(new KeyboardEvent("keydown", at));
        while (group().dataset.id === before) await new Promise((resolve) => setTimeout(resolve));
        await painted();
        times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b);
}"""


def test_the_next_text_is_there_at_once_though_the_server_is_slow(serve: Serve, open_tab: Open) -> None:
    server = serve([f"Senior Chef {number}, London" for number in range(1, TEXTS + 1)])
    work = open_tab(server.url)
    work.page.route("**/api/acts", lambda route: None)  # no answer comes at all
    times = work.page.evaluate(MEASURE)
    p95 = times[int(len(times) * 0.95)]
    print(f"\nnext text: median {times[len(times) // 2]:.0f} ms, p95 {p95:.0f} ms of {len(times)}")
    assert p95 <= 300, "100 ms is the aim; other work shares this machine"
    work.page.unroute("**/api/acts")
