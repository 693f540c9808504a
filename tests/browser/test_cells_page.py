"""The page of live cells: real code on the real runtime, in the browser, with what it gives beneath."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import known_model, served
from tests.browser.quiet import faults_in_each_look, quiet_page
from tests.browser.test_offline import KEPT

pytestmark = pytest.mark.browser

PASTE = """(editor, code) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", code);
  editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
TEXT = "Senior UX Researcher 👩‍💻 – 6 month contract, Leith, £45k"
SAID = ["I am so proud of our team!", "We regret to inform you."]


@pytest.fixture(scope="module")
def served_url() -> Iterator[str]:
    with served("job_titles", "emotion") as found:
        yield found


@pytest.fixture(scope="module")
def opened(browser: Browser, served_url: str) -> Iterator[Page]:
    with quiet_page(browser, f"{served_url}cells/", ready="body.ready") as page:
        yield page


@pytest.fixture
def page(opened: Page) -> Page:
    """Return the page as it was at first."""
    opened.set_viewport_size({"width": 1280, "height": 800})
    opened.click("#reset")
    return opened


@pytest.fixture(scope="module")
def ran(opened: Page) -> list[str]:
    """Run all cells; give what each shows."""
    opened.click("#all")
    opened.wait_for_selector(".cell:last-child[data-run], .failed")
    shown: list[str] = opened.eval_on_selector_all(".output", "all => all.map(each => each.innerText)")
    return shown


def write(page: Page, number: int, code: str) -> None:
    """Paste code in the place of a cell's."""
    editor = page.get_by_label(f"Code of cell {number}", exact=True)
    editor.click()
    page.keyboard.press("Control+a")
    editor.evaluate(PASTE, code)


def output(page: Page, number: int) -> str:
    cell = page.locator(".cell").nth(number - 1)
    expect(cell).to_have_attribute("data-run", "1")
    return cell.locator(".output").inner_text()


def run(page: Page, number: int, code: str) -> str:
    write(page, number, code)
    page.keyboard.press("Control+Enter")
    return output(page, number)


def test_words_have_their_places(ran: list[str]) -> None:
    assert '2: ["Researcher", "Capital"]' in ran[0]
    assert '14: ["45", "2"]' in ran[0]


def test_the_model_says_what_python_says(ran: list[str]) -> None:
    [annotation] = known_model("job_titles").predict([TEXT])
    spans = annotation.spans or ()
    for span in spans:
        assert f"{span.label}: {TEXT[span.start : span.end]}" in ran[1].replace("\n", " ")
    assert ran[2].splitlines()[1:] == [f'{span.label}: "{TEXT[span.start : span.end]}"' for span in spans]


def test_offsets_are_units_here_and_points_in_files(ran: list[str]) -> None:
    spans = known_model("job_titles").predict([TEXT])[0].spans or ()
    found = [line.removeprefix("points: ") for line in ran[3].splitlines() if line.startswith("points")]
    assert found == [f"[{span.start}, {span.end}]" for span in spans]
    assert "units: [54, 58]\npoints: [52, 56]" in ran[3]


def test_lines_come_back(ran: list[str]) -> None:
    line, same = ran[4].splitlines()
    assert line.startswith('{"id":"t-1","text":"Senior UX')
    assert same == "true"


def test_faults_of_a_file_say_where(ran: list[str]) -> None:
    assert "line 2: the key 'text' is number, expected a string" in ran[5]
    assert "line 1: span [3, 9) does not fit" in ran[5]


def test_emotions_are_those_of_python(ran: list[str]) -> None:
    for annotation in known_model("emotion").predict(SAID):
        for category in annotation.categories or ():
            assert category.task != "emotion" or f'"{category.label} {category.score:.2f}"' in ran[6]


def test_accuracy_is_counted(ran: list[str]) -> None:
    titles = ["Night Porter, Harbour Hotel", "We need a Lead Welder in Perth", "Join us on Saturday"]
    wanted = ["Night Porter", "Lead Welder", None]
    found = [
        next((text[s.start : s.end] for s in annotation.spans or () if s.label == "JOBTITLE"), None)
        for text, annotation in zip(titles, known_model("job_titles").predict(titles), strict=True)
    ]
    right = [str(one == other).lower() for one, other in zip(found, wanted, strict=True)]
    assert f"right: [{', '.join(right)}]" in ran[7]


def test_everybody_can_read_it_on_a_phone_and_in_the_dark(opened: Page, ran: list[str]) -> None:
    assert faults_in_each_look(opened, 390, 1280) == []


def test_after_a_visit_all_cells_work_without_network(opened: Page, ran: list[str]) -> None:
    for name in ("cells/worker.js", "job_titles/config.json", "emotion/config.json"):
        opened.evaluate(KEPT, name)
    opened.context.set_offline(True)
    opened.reload()
    opened.click("#all")
    opened.wait_for_selector(".cell:last-child[data-run], .failed")
    assert opened.eval_on_selector_all(".output", "all => all.map(each => each.innerText)") == ran
    opened.context.set_offline(False)


def test_cells_see_each_others_names(page: Page) -> None:
    run(page, 1, "const a = 2;\nfunction twice(n) { return 2 * n; }")
    assert run(page, 2, "let b = twice(a);\nconsole.log('b is', b);\nb + 1") == '"b is"\n4\n5'.replace('"', "")
    assert run(page, 3, "const a = 'again';\na") == '"again"'


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("const a = 1;\nmissing + a", "line 2 ReferenceError: missing is not defined"),
        ("const a = 1;\n\nconst b = (;", "line 3 SyntaxError: Unexpected token ';'"),
        ("const a = 1;\nreturn a", "line 2 SyntaxError: a cell has no return: it shows its last expression"),
        ("import x from 'x'", 'line 1 SyntaxError: only this can be imported here: import { … } from "textwright"'),
        ("throw 'just words'", "Error: just words"),
        ("throw { a: 1 }", "This was thrown, which is no Error:\n{1}\na: 1"),
        ("document.title", "line 1 ReferenceError: document is not defined"),
    ],
)
def test_an_error_is_shown_with_its_line(page: Page, code: str, shown: str) -> None:
    assert run(page, 1, code) == shown


def test_an_error_in_another_cell_says_which(page: Page) -> None:
    run(page, 1, "function fails() {\n  throw new Error('so');\n}")
    assert run(page, 2, "fails()") == "cell 1, line 2 Error: so"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("Promise.reject(new Error('late'));\n1", "1\nline 1 Error: late"),
        ("1;\nsetTimeout(() => { throw new Error('later') }, 10);\n5", "5\nline 2 Error: later"),
        ("Promise.reject({ b: 2 });\nawait new Promise((done) => setTimeout(done, 50));\n6", "6\nThis was thrown"),
    ],
)
def test_an_error_that_comes_later_is_shown_too(page: Page, code: str, shown: str) -> None:
    run(page, 1, code)
    cell = page.locator(".cell").first
    expect(cell).to_have_class("cell failed")
    assert cell.locator(".output").inner_text().startswith(shown)
    expect(page.locator("#said")).to_contain_text("Cell 1 failed later")


def test_what_is_exported_has_its_name(page: Page) -> None:
    assert run(page, 1, 'import { load } from "textwright";\nload') == "function load"


def test_what_never_ends_says_that_it_runs_and_is_stopped(page: Page) -> None:
    run(page, 1, "41")
    write(page, 1, "for (;;);")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_have_text("Cell 1 is running.")
    expect(page.locator(".output").first).to_have_css("opacity", "0.35")
    page.click("#stop")
    expect(page.locator(".cell").first).to_have_attribute("data-run", "2")
    assert "Stopped. All names are gone" in page.locator(".output").first.inner_text()
    assert run(page, 2, "1 + 1") == "2"


def test_what_is_typed_outlives_the_page_until_reset(page: Page) -> None:
    write(page, 2, "const mine = 1;")
    page.reload()
    page.wait_for_selector("body.ready")
    code = page.get_by_label("Code of cell 2", exact=True)
    expect(code).to_have_text("const mine = 1;")
    page.click("#reset")
    page.reload()
    page.wait_for_selector("body.ready")
    expect(code).to_contain_text("await load")


def test_the_network_beyond_is_closed(browser: Browser, served_url: str) -> None:
    """The browser says so on the console, too, so that this page is one of its own."""
    page = browser.new_page()
    page.goto(f"{served_url}cells/")
    code = "let said;\ntry { await fetch('https://example.org/'); said = 'open' } catch { said = 'closed' }\nsaid"
    assert run(page, 1, code) == '"closed"'
    page.close()


def test_the_keyboard_is_enough(page: Page) -> None:
    page.focus("#all")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run cell 1", exact=False)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("40 + 2")
    page.keyboard.press("Shift+Enter")
    assert output(page, 1) == "42"
    page.keyboard.press("Control+a")
    page.keyboard.type("({ a: [1, { b: null }] })")
    page.keyboard.press("Control+Enter")
    assert output(page, 2).splitlines() == ["{1}", "a: [2]", "0: 1", "1: { b: null }"]
    page.keyboard.press("Tab")
    expect(page.locator("summary").first).to_be_focused()
    page.keyboard.press("Enter")
    assert output(page, 2) == "{1}"


def test_reset_brings_the_first_cells_back(page: Page) -> None:
    run(page, 1, "const text = 1;")
    page.click("#reset")
    expect(page.get_by_label("Code of cell 1", exact=True)).to_contain_text("examplesOf, linesOf")
    expect(page.locator(".output").first).to_be_hidden()
    assert "text is not defined" in run(page, 2, "text")
