"""The playground page: what a person does with it, and what it must never do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests import spec
from textwright.references import open_model
from textwright.types import Annotation

pytestmark = pytest.mark.browser

SPANS = """rows => rows.map(row => [...row.querySelectorAll("[data-label]")].map(
  box => [Number(box.dataset.start), Number(box.dataset.end), box.dataset.label]))"""


def write(page: Page, *titles: str) -> None:
    """Replace the titles and wait for the answers to them."""
    page.fill("#texts", "\n".join(titles))
    page.wait_for_function("count => document.querySelectorAll('#results > li').length === count", arg=len(titles))
    page.wait_for_function("text => document.querySelector('#results > li')?.textContent.includes(text)", arg=titles[0])


def drawn(page: Page) -> Any:
    """Return the boxes of each row, in code points, sorted as spans are."""
    rows = page.eval_on_selector_all("#results > li", SPANS)
    return [sorted(row, key=lambda span: (span[0], -span[1], span[2])) for row in rows]


def expected(*titles: str, model: str = "job_titles.rules") -> list[list[list[Any]]]:
    """Return what Python says of the titles."""
    return [_marks(annotation) for annotation in open_model(model).predict(titles)]


def _marks(annotation: Annotation) -> list[list[Any]]:
    return [[span.start, span.end, span.label] for span in annotation.spans or ()]


def test_examples_are_there_from_the_start(page: Page) -> None:
    assert page.locator("#results > li").count() >= 10
    assert "a title, in this page" in page.inner_text("#summary")


def test_titles_are_drawn_as_python_marks_them(page: Page) -> None:
    titles = ["Senior UX Designer, Leeds", "👩‍💻 Lead Developer – £60k – remote", "R&amp;D Manager", "nothing here 123"]
    write(page, *titles)
    assert drawn(page) == expected(*titles)


def test_a_box_holds_the_text_of_its_span(page: Page) -> None:
    write(page, "Senior Nurse")
    assert page.inner_text('[data-label="SENIORITY"] > .inside') == "Senior"
    assert page.text_content('[data-label="SENIORITY"] > .name') == "SENIORITY"


def test_a_screen_reader_hears_the_same(page: Page) -> None:
    write(page, "Senior Nurse")
    heard = page.text_content("#results > li .visually-hidden") or ""
    assert heard.startswith("Senior Nurse. ")
    assert "SENIORITY: Senior" in heard


def test_texts_are_never_markup(page: Page) -> None:
    title = '<img src=x onerror="document.title=1"> <b>Nurse</b> <script>document.title=2</script>'
    write(page, title)
    assert page.locator("#results img, #results b, #results script").count() == 0
    assert page.text_content("#results .drawing") is not None
    assert page.title() == "textwright playground"


def test_an_empty_field_shows_no_rows(page: Page) -> None:
    page.click("#clear")
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 0")
    assert page.inner_text("#summary") == "0 titles, 0 spans"


@pytest.mark.parametrize(
    ("name", "content", "titles"),
    [
        ("a.txt", b"Senior Nurse\r\n\r\nChef\r\n", ["Senior Nurse", "Chef"]),
        ("a.csv", b'id,Title\n1,"Nurse, Senior"\n2,"Head ""Chef"""\n', ["Nurse, Senior", 'Head "Chef"']),
        ("b.csv", b"Nurse;1\nChef;2\n", ["Nurse", "Chef"]),
        ("c.csv", "text\nCafé Manager\n".encode("cp1252"), ["Café Manager"]),
        ("d.csv", b'\xef\xbb\xbftext,x\n"Nurse\nnights",1\n', ["Nurse nights"]),
    ],
)
def test_a_file_is_read(page: Page, tmp_path: Path, name: str, content: bytes, titles: list[str]) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    page.set_input_files("#file", path)
    page.wait_for_function("name => document.querySelector('#summary').textContent.includes(name)", arg=name)
    assert page.input_value("#texts").split("\n") == titles


def test_the_download_is_the_file_format(page: Page) -> None:
    titles = ["Senior Nurse 👩 London", "Chef"]
    write(page, *titles)
    with page.expect_download() as waiting:
        page.click("#download")
    lines = [json.loads(line) for line in waiting.value.path().read_text(encoding="utf-8").splitlines()]
    assert [line["text"] for line in lines] == titles
    assert [[[s["start"], s["end"], s["label"]] for s in line["spans"]] for line in lines] == expected(*titles)


def test_copying_says_so(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    write(page, "Senior Nurse")
    page.click("#copy")
    page.wait_for_function("() => document.querySelector('#summary').textContent.startsWith('Copied 1 line')")
    assert json.loads(page.evaluate("navigator.clipboard.readText()"))["text"] == "Senior Nurse"


def test_rules_are_named(page: Page) -> None:
    write(page, "Senior Nurse")
    page.check("#explain")
    page.wait_for_selector(".rules li")
    assert "SENIORITY “Senior” by " in page.inner_text(".rules")


def test_the_server_answers_for_a_model_without_files(page: Page) -> None:
    page.select_option("#model", "job_titles.split")
    page.wait_for_function("() => document.querySelector('#summary').textContent.includes('on the server')")
    write(page, "👩 Nurse, London")
    assert drawn(page) == expected("👩 Nurse, London", model="job_titles.split")


def test_a_model_can_run_in_either_place(page: Page) -> None:
    page.select_option("#model", "job_titles")
    page.wait_for_function("() => !document.querySelector('#summary').textContent.includes('Loading')")
    titles = ["Junior Chef (m/f/d) 👩‍🍳, Bath", "LeadDesigner &amp; co"]
    for place in ("on the server", "in this page"):
        page.select_option("#place", place)
        page.wait_for_function("place => document.querySelector('#summary').textContent.includes(place)", arg=place)
        write(page, *titles)
        assert drawn(page) == expected(*titles, model="job_titles")


def test_a_model_without_files_has_one_place(page: Page) -> None:
    page.select_option("#model", "job_titles.split")
    page.wait_for_function("() => document.querySelector('#place').disabled")
    assert page.input_value("#place") == "on the server"


def test_it_goes_on_without_network(page: Page) -> None:
    page.context.set_offline(True)
    write(page, "Junior Chef")
    assert drawn(page) == expected("Junior Chef")


def test_many_titles_are_shown_in_parts(page: Page) -> None:
    page.fill("#texts", "\n".join(f"Nurse {i}" for i in range(1_050)))
    page.wait_for_function("() => document.querySelector('#summary').textContent.startsWith('1,050 titles')")
    assert page.locator("#results > li").count() == 100
    page.click("#more")
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 200")


def test_a_changed_file_is_refused(browser: Browser, url: str) -> None:
    page = browser.new_page()
    page.route("**/rules.toml", lambda route: route.fulfill(body="language = 1"))
    page.goto(url)
    page.wait_for_selector("#problem:not([hidden])")
    assert "rules.toml is not the file that config.json names" in page.inner_text("#problem")
    page.close()


def test_everything_can_be_reached_by_keyboard(page: Page) -> None:
    reached = []
    page.focus("#model")
    for _ in range(9):
        reached.append(page.evaluate("document.activeElement.id"))
        page.keyboard.press("Tab")
    assert reached == ["model", "place", "texts", "file", "examples", "clear", "explain", "copy", "download"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1100])
def test_it_is_accessible_and_fits(browser: Browser, url: str, scheme: Any, width: int) -> None:
    spec.need_modules()
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(url)
    page.wait_for_selector("#results li")
    page.check("#explain")
    page.wait_for_selector(".rules")
    page.evaluate((spec.WEB / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    faults = page.evaluate("axe.run().then(found => found.violations.map(fault => [fault.id, fault.nodes[0].html]))")
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()
