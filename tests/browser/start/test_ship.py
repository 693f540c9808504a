"""The form that fills itself: alone, in the step, and downloaded on a bare static server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.quiet import accessibility_faults, quiet_page
from tests.browser.start.bare import bare_server
from tests.browser.start.conftest import OpenStart, StartProject
from tests.project.ship.making import SCHEMA, judge_as, method, write_rules
from textwright.project.files import Project
from textwright.project.ship.form_files import PLAIN, form_file, form_page
from textwright.schema import Label, Schema, Task

pytestmark = pytest.mark.browser

# A runtime whose model is plain to see: capitalised words are makers, topics are words that stand in the text.
RUNTIME = r"""
const model = {
  close() {},
  async predict([text]) {
    if (text.includes("fail")) throw new Error("it is out of order");
    const spans = [...text.matchAll(/(?<BRAND>[A-Z]\w+)|(?<SIZE>\d+\s+cm)/g)].map((found) => {
      const [[label, part]] = Object.entries(found.groups).filter(([, part]) => part !== undefined);
      return { label, start: found.index, end: found.index + part.length };
    });
    const said = (task, labels) => labels.filter((label) => text.includes(label)).map((label) => ({ task, label }));
    return [{ spans, categories: [...said("topic", ["tools", "toys"]), ...said("for", ["home", "work"])] }];
  },
};
export const load = async (folder, { worker }) => {
  document.documentElement.dataset.loaded = `${folder} ${worker}`;
  return model;
};
export const latest = (of) => ({ predict: async (text) => (await of.predict([text]))[0] });
"""
ASKED = Schema(
    labels=(Label("BRAND"), Label("SIZE", "How big.")),
    tasks=(Task("topic", (Label("tools"), Label("toys"))), Task("for", (Label("home"), Label("work")), multiple=True)),
)


def fields(page: Page) -> Mapping[str, str]:
    """Return what stands in the fields, as somebody sees it."""
    found: Mapping[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-label], [data-task]")].map((field) => [
            field.dataset.label ?? field.dataset.task,
            field.value ?? [...field.querySelectorAll(":checked")].map(({ value }) => value).join(" "),
        ]))"""
    )
    return found


def test_the_form_fills_what_nobody_typed_and_leaves_what_somebody_did(tmp_path: Path, browser: Browser) -> None:
    folder = tmp_path / "some/where"
    (folder / "runtime").mkdir(parents=True)
    (folder / "runtime/textwright.js").write_text(RUNTIME)
    (folder / "index.html").write_text(form_page(ASKED, "goods"))
    for name in PLAIN:
        (folder / name).write_bytes(form_file(name))
    with bare_server(tmp_path) as url, quiet_page(browser, f"{url}some/where/", ready="[data-text]") as page:
        text, brand, size = (page.get_by_label(name, exact=True) for name in ("Text", "BRAND", "SIZE"))
        expect(page.get_by_role("status")).to_have_text("Type a text.")
        assert page.evaluate("document.documentElement.dataset.loaded") == f"{url}some/where/model/ true"
        page.evaluate("addEventListener('filled', ({ detail }) => (document.body.dataset.told = detail.spans.length))")
        text.fill("Bosch and Sony and Bosch, 20\ncm, tools for home and work")
        expect(brand).to_have_value("Bosch, Sony")
        assert fields(page) == {"BRAND": "Bosch, Sony", "SIZE": "20 cm", "topic": "tools", "for": "home work"}
        expect(page.get_by_role("status")).to_have_text("Filled: BRAND, SIZE, topic, for.")

        assert page.locator("body").get_attribute("data-told") == "4"

        brand.fill("Makita")
        page.get_by_label("topic").select_option("toys")
        page.get_by_label("home").uncheck()
        text.fill("Sony 5 cm tools home")
        expect(size).to_have_value("5 cm")
        assert fields(page) == {"BRAND": "Makita", "SIZE": "5 cm", "topic": "toys", "for": "work"}
        size.fill("")  # an empty field may be what somebody wants, too
        text.fill("7 cm")
        page.wait_for_timeout(100)
        assert fields(page) == {"BRAND": "Makita", "SIZE": "", "topic": "toys", "for": "work"}

        page.get_by_role("button", name="Clear").click()
        expect(text).to_be_focused()
        assert fields(page) == {"BRAND": "", "SIZE": "", "topic": "", "for": ""}
        text.fill("Sony 7 cm")
        expect(size).to_have_value("7 cm")
        text.fill("fail")
        expect(page.get_by_role("status")).to_have_text("The model cannot answer: it is out of order")


def test_the_step_shows_the_form_and_its_zip_does_the_same_on_any_web_space(
    tmp_path: Path, start_project: StartProject, open_start: OpenStart, browser: Browser
) -> None:
    def judged(project: Project) -> None:
        write_rules(project)
        judge_as(project, method("prompt", "prompt:x", 0.95, shippable=False), method("rules", f"{project.rules}/"))

    served = start_project([f"Bosch drill {n} cm" for n in range(8)], schema=SCHEMA, before=judged)
    page = open_start(served.url, "ship")
    page.get_by_label("Text", exact=True).fill("Sony case, 12 cm")
    expect(page.get_by_label("SIZE")).to_have_value("12 cm")
    shown = fields(page)
    assert shown == {"BRAND": "Sony", "SIZE": "12 cm"}
    expect(page.locator("p", has_text="The prompt cannot be taken along: it asks a language model")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the form").click()

    (tmp_path / "web").mkdir()
    with ZipFile(download.value.path()) as archive:
        archive.extractall(tmp_path / "web/a")
    with bare_server(tmp_path / "web") as url, quiet_page(browser, f"{url}a/form/", ready="[data-text]") as alone:
        alone.get_by_label("Text", exact=True).fill("Sony case, 12 cm")
        expect(alone.get_by_label("SIZE")).to_have_value("12 cm")
        assert fields(alone) == shown
        assert accessibility_faults(alone) == []
