"""The playground page: what a person does with it, and what it must never do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import known_model, playground
from tests.browser.quiet import faults_in_each_look, paste
from textwright.cli import main
from textwright.types import Annotation

pytestmark = pytest.mark.browser

SPANS = """rows => rows.map(row => [...row.querySelectorAll("[data-label]")].map(
  box => [Number(box.dataset.start), Number(box.dataset.end), box.dataset.label]))"""
RULES, SPLIT = "job_titles.rules", "job_titles.split"


@pytest.fixture(scope="module")
def opened(browser: Browser, url: str) -> Iterator[Page]:
    with playground(browser, url) as page:
        yield page


@pytest.fixture
def page(opened: Page) -> Page:
    """Return the page as one finds it at a first visit: it is opened once, since a model takes its time."""
    opened.context.set_offline(False)
    opened.set_viewport_size({"width": 1100, "height": 900})
    opened.unroute_all()
    if opened.is_visible("#opened"):
        opened.click("#clear")
    for field, value in (("#other", "nothing"), ("#model", RULES), ("#place", "in a worker")):
        if opened.input_value(field) != value:
            opened.select_option(field, value)
    for box in ("#explain", "#only"):
        opened.evaluate("box => document.querySelector(box).checked && document.querySelector(box).click()", box)
    opened.click("#examples")
    opened.wait_for_function("() => /^12 texts, .* in a worker/.test(document.querySelector('#summary').textContent)")
    opened.wait_for_function("() => document.querySelectorAll('#results > li').length === 12")
    return opened


@pytest.fixture(scope="module")
def loud(browser: Browser) -> Iterator[Page]:
    """Open a tab without a page: Chromium itself says on the console what a server refused."""
    with closing(browser.new_page(service_workers="block")) as page:
        yield page


def write(page: Page, *texts: str) -> None:
    """Replace the texts and wait for the answers to them."""
    page.fill("#texts", "\n".join(texts))
    wait_until_done(page)
    expect(page.locator("#results > li")).to_have_count(len(texts))
    expect(page.locator("#results > li").first).to_contain_text(texts[0])


def upload(page: Page, path: Path, content: bytes | str) -> None:
    """Open a file and wait for the answers to its texts."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    page.set_input_files("#file", path)
    page.wait_for_function("name => document.querySelector('#opened-name').textContent.startsWith(name)", arg=path.name)
    wait_until_done(page)


def wait_until_done(page: Page) -> None:
    """Wait until all texts are answered and drawn."""
    page.wait_for_selector("#results[aria-busy=false]", state="attached")


def beside(page: Page, name: str) -> None:
    """Set a model beside the first one and wait for its answers."""
    page.select_option("#other", name)
    wait_until_done(page)


def drawn(page: Page, rows: str = "#results > li") -> Any:
    """Return the boxes of each row, in code points, sorted as spans are."""
    found = page.eval_on_selector_all(rows, SPANS)
    return [sorted(row, key=lambda span: (span[0], -span[1], span[2])) for row in found]


def expected(*texts: str, model: str = RULES) -> list[list[list[Any]]]:
    """Return what Python says of the texts."""
    return [_marks(annotation) for annotation in known_model(model).predict(texts)]


def _marks(annotation: Annotation) -> list[list[Any]]:
    return [[span.start, span.end, span.label] for span in annotation.spans or ()]


def saved(page: Page, button: str) -> tuple[str, str]:
    """Press a button that saves; return the file's name and content."""
    with page.expect_download() as waiting:
        page.click(button)
    return waiting.value.suggested_filename, waiting.value.path().read_bytes().decode()


def test_examples_are_there_from_the_start(page: Page) -> None:
    assert page.locator("#results > li").count() >= 10
    assert "a text, in a worker" in page.inner_text("#summary")


def test_texts_are_drawn_as_python_marks_them(page: Page) -> None:
    texts = ["Senior UX Designer, Leeds", "👩‍💻 Lead Developer – £60k – remote", "R&amp;D Manager", "nothing here 123"]
    write(page, *texts)
    assert drawn(page) == expected(*texts)


def test_a_box_holds_the_text_of_its_span(page: Page) -> None:
    write(page, "Senior Nurse")
    expect(page.locator('[data-label="SENIORITY"] > .inside')).to_have_text("Senior")
    expect(page.locator('[data-label="SENIORITY"] > .name')).to_have_text("SENIORITY")


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


def test_an_empty_field_says_what_to_do(page: Page) -> None:
    page.click("#clear")
    page.wait_for_selector("#nothing:not([hidden])")
    assert page.locator("#results > li").count() == 0
    assert page.inner_text("#summary") == "0 texts, 0 spans"
    assert "open a file" in page.inner_text("#nothing")
    assert page.is_disabled("#download")


@pytest.mark.parametrize(
    ("name", "content", "texts"),
    [
        ("a.txt", b"Senior Nurse\r\n\r\nChef\r\n", ["Senior Nurse", "Chef"]),
        ("a.csv", b'id,Title\n1,"Nurse, Senior"\n2,"Head ""Chef"""\n', ["Nurse, Senior", 'Head "Chef"']),
        ("b.csv", b"Nurse;1\nChef;2\n", ["Nurse", "Chef"]),
        ("c.csv", "text\nCafé Manager\n".encode("cp1252"), ["Café Manager"]),
        ("d.csv", b'\xef\xbb\xbftext,x\n"Nurse\nnights",1\n', ["Nurse nights"]),
        ("e.jsonl", b'{"text": "Nurse", "spans": []}\n{"text": "Chef"}\n', ["Nurse", "Chef"]),
    ],
)
def test_a_file_is_read(page: Page, tmp_path: Path, name: str, content: bytes, texts: list[str]) -> None:
    upload(page, tmp_path / name, content)
    assert page.locator("#results > li").count() == len(texts)
    page.click("#edit")
    assert page.input_value("#texts").split("\n") == texts


def test_another_column_can_be_chosen(page: Page, tmp_path: Path) -> None:
    upload(page, tmp_path / "a.csv", "name,job\nAlexandra Longname-Smith,Chef\nSam,Nurse\n")
    assert "Choose another column" in page.inner_text("#note")
    page.select_option("#column", label="job")
    assert page.locator("#preview li").all_inner_texts() == ["Chef", "Nurse"]
    page.wait_for_function("() => document.querySelector('#results > li').textContent.includes('Chef')")
    page.uncheck("#heading")
    assert page.locator("#preview li").all_inner_texts() == ["job", "Chef", "Nurse"]


def test_closing_a_file_brings_the_typed_texts_back(page: Page, tmp_path: Path) -> None:
    write(page, "Junior Chef")
    upload(page, tmp_path / "a.txt", "Senior Nurse\nCook\n")
    assert not page.is_visible("#texts")
    page.click("#clear")
    assert page.input_value("#texts") == "Junior Chef"
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 1")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.jsonl", b'{"text": "x"}\n{"title": "y"}\n', "a.jsonl, line 2: the key 'text' is "),
        ("a.txt", b"\n", "a.txt holds no texts"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(page: Page, tmp_path: Path, name: str, content: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(content)
    page.set_input_files("#file", tmp_path / name)
    page.wait_for_selector("#problem:not([hidden])")
    assert why in page.inner_text("#problem")
    assert page.locator("#results > li").count() >= 10


def test_what_is_saved_is_the_file_format(page: Page) -> None:
    texts = ["Senior Nurse 👩 London", "Chef"]
    write(page, *texts)
    name, content = saved(page, "#download")
    lines = [json.loads(line) for line in content.splitlines()]
    assert name == "texts.jsonl"
    assert [line["text"] for line in lines] == texts
    assert [[[s["start"], s["end"], s["label"]] for s in line["spans"]] for line in lines] == expected(*texts)


@pytest.mark.parametrize(
    ("name", "content", "button", "options"),
    [
        ("a.csv", 'id,Title,pay\n1,"Senior Nurse, Leeds",3\n2,,4\n3,Chef 👩 & Junior Chef,5\n', "#table", ["Title"]),
        ("a.tsv", 'x\ttext\n1\t"Chef ""Junior"""\n\tNurse\n', "#table", ["text"]),
        ("a.jsonl", '{"id": "7", "text": "Senior Nurse 👩 Leeds", "meta": {"a": 1}, "pay": "3"}\n', "#download", []),
        ("b.csv", "id,text\n9,Senior Nurse\n,Chef\n,Chef\n", "#download", ["text"]),
        ("a.txt", "Chef 👩\nChef 👩\n", "#download", []),
    ],
)
def test_what_is_saved_is_what_the_command_line_writes(
    page: Page, tmp_path: Path, name: str, content: str, button: str, options: Sequence[str]
) -> None:
    page.select_option("#model", SPLIT)
    upload(page, tmp_path / name, content)
    _, ours = saved(page, button)
    out = tmp_path / f"out{'.jsonl' if button == '#download' else Path(name).suffix}"
    column = [f"--column={each}" for each in options]
    assert main(["predict", SPLIT, str(tmp_path / name), "-o", str(out), *column]) == 0
    theirs = out.read_bytes().decode()
    if button == "#download":
        assert [json.loads(line) for line in ours.splitlines()] == [json.loads(line) for line in theirs.splitlines()]
    else:
        assert ours == theirs


def test_copying_says_so(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    write(page, "Senior Nurse")
    page.click("#copy")
    page.wait_for_function("() => document.querySelector('#summary').textContent.startsWith('Copied 1 line')")
    assert json.loads(page.evaluate("navigator.clipboard.readText()"))["text"] == "Senior Nurse"


def test_rules_are_named(page: Page) -> None:
    """A row has no inner text before the frame in which it is first drawn, though it is there and has its size."""
    write(page, "Senior Nurse")
    page.check("#explain")
    expect(page.locator(".rules")).to_contain_text("SENIORITY “Senior” by ")


def test_two_models_stand_beside_each_other(page: Page) -> None:
    texts = ["Senior Nurse, Leeds", "Nurse", "Chef de Partie in the Peak District, £12 an hour"]
    write(page, *texts)
    beside(page, SPLIT)
    ours, theirs = expected(*texts), expected(*texts, model=SPLIT)
    assert drawn(page, "#results .answer:nth-last-child(2)") == ours
    assert drawn(page, "#results .answer:last-child") == theirs
    differ = [a != b for a, b in zip(ours, theirs, strict=True)]
    assert True in differ
    assert False in differ
    rows = page.locator("#results > li")
    assert ["differs" in (row.get_attribute("class") or "") for row in rows.all()] == differ
    assert page.inner_text("#differing") == f"{sum(differ)} of 3 texts {'differs' if sum(differ) == 1 else 'differ'}."
    assert "a text, on the server" in page.inner_text("#other-summary")
    page.check("#only")
    page.wait_for_function("count => document.querySelectorAll('#results > li').length === count", arg=sum(differ))
    only = [[b for b in a if b not in other] for a, other in zip(ours, theirs, strict=True) if a != other]
    assert drawn_only(page) == only


def drawn_only(page: Page) -> Any:
    """Return of each row what the first model alone says."""
    script = SPANS.replace("[data-label]", ".answer:nth-last-child(2) .only")
    found = page.eval_on_selector_all("#results > li", script)
    return [sorted(row, key=lambda span: (span[0], -span[1], span[2])) for row in found]


def test_the_answers_of_either_model_can_be_saved(page: Page) -> None:
    write(page, "Junior Chef in Leeds")
    beside(page, SPLIT)
    for place, model in enumerate((RULES, SPLIT)):
        page.select_option("#whose", str(place))
        [line] = [json.loads(each) for each in saved(page, "#download")[1].splitlines()]
        assert [[s["start"], s["end"], s["label"]] for s in line["spans"]] == expected(line["text"], model=model)[0]


@contextmanager
def another_tab(opened: Page, address: str) -> Iterator[Page]:
    """Open an address beside the page, with all that it has kept, and wait for the first answers."""
    with closing(opened.context.new_page()) as page:
        page.goto(address)
        page.wait_for_selector("#results li")
        yield page


def test_the_address_keeps_both_models(opened: Page, url: str) -> None:
    with another_tab(opened, f"{url}?model={SPLIT}&other={RULES}") as page:
        page.wait_for_function("() => document.querySelectorAll('#results .answer').length >= 20")
        assert [page.input_value("#model"), page.input_value("#other")] == [SPLIT, RULES]
        page.select_option("#other", "nothing")
        page.wait_for_selector("#other-head", state="hidden")
        assert page.url == f"{url}?model={SPLIT}"


def test_a_model_is_opened_by_its_folder(opened: Page, url: str) -> None:
    with another_tab(opened, f"{url}?model=models/{RULES}/") as page:
        write(page, "Junior Chef")
        assert page.input_value("#model") == f"models/{RULES}/"
        assert page.is_disabled("#place") is False
        assert drawn(page) == expected("Junior Chef")


def test_an_unknown_model_is_named_with_those_that_there_are(opened: Page, url: str) -> None:
    with another_tab(opened, f"{url}?model=nothing_such") as page:
        page.wait_for_selector("#problem:not([hidden])")
        assert "nothing_such" in page.inner_text("#problem")
        assert RULES in page.inner_text("#problem")


def test_the_server_answers_for_a_model_without_files(page: Page) -> None:
    page.select_option("#model", SPLIT)
    page.wait_for_function("() => document.querySelector('#summary').textContent.includes('on the server')")
    write(page, "👩 Nurse, London")
    assert drawn(page) == expected("👩 Nurse, London", model=SPLIT)
    assert page.is_disabled("#place")
    assert "sent to it" in page.inner_text("#where")


def test_a_model_can_run_in_each_place(page: Page) -> None:
    page.select_option("#model", "job_titles")
    texts = ["Junior Chef (m/f/d) 👩‍🍳, Bath", "LeadDesigner &amp; co"]
    for place in ("on the server", "in this page", "in a worker"):
        page.select_option("#place", place)
        page.wait_for_function("place => document.querySelector('#summary').textContent.includes(place)", arg=place)
        write(page, *texts)
        assert drawn(page) == expected(*texts, model="job_titles")


def test_it_goes_on_without_network(page: Page) -> None:
    page.context.set_offline(True)
    write(page, "Junior Chef")
    assert drawn(page) == expected("Junior Chef")


def test_a_server_that_fails_is_said(loud: Page, url: str) -> None:
    loud.unroute_all()
    loud.route("**/predict", lambda route: route.fulfill(status=503, json={"detail": "the server is stopping"}))
    loud.goto(f"{url}?model={SPLIT}")
    loud.wait_for_function("() => document.querySelector('#summary').textContent === 'the server is stopping'")
    assert loud.locator("#results > li").count() == 0


def test_what_a_busy_server_left_out_is_not_saved(loud: Page, url: str) -> None:
    """The first request is answered, every other refused."""
    page, asked = loud, list[str]()

    def first_only(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            return route.continue_()
        return route.fulfill(status=502, content_type="text/html", body="<html>Bad Gateway</html>")

    page.unroute_all()
    page.route("**/predict", first_only)
    page.goto(f"{url}?model={SPLIT}")
    page.wait_for_selector("#results li")
    asked.clear()
    paste(page, "#texts", "\n".join(f"Nurse {i}" for i in range(100)))
    page.wait_for_selector("#summary .failed")
    told = "the server answered 502 · 16 of 100 texts are answered, so they cannot be saved"
    assert page.inner_text("#summary") == told
    assert [page.is_disabled(button) for button in ("#copy", "#download", "#table")] == [True] * 3


def test_explaining_does_not_read_again(page: Page) -> None:
    """All but the first texts are answered when the page has been asked to explain."""
    asked: list[int] = []
    held: list[Route] | None = []

    def slowly(route: Route) -> None:
        asked.append(len(json.loads(route.request.post_data or "")["texts"]))
        if len(asked) > 1 and held is not None:
            held.append(route)
            return
        page.wait_for_timeout(400)  # longer than the page says nothing of how far it is
        route.continue_()

    page.select_option("#model", SPLIT)
    beside(page, RULES)
    page.route("**/predict", slowly)
    paste(page, "#texts", "\n".join(f"Nurse {i}" for i in range(60)))
    page.wait_for_function("() => document.querySelector('#results').ariaBusy === 'true'")
    page.wait_for_function("() => document.querySelector('#other-summary').textContent.includes('of 60')")
    page.check("#explain")
    waiting, held = held, None
    for route in waiting:
        route.continue_()
    page.wait_for_function("() => document.querySelectorAll('#results > li .rules').length === 60")
    assert sum(asked) == 60


def test_the_legend_counts_what_is_answered_so_far(page: Page) -> None:
    """The first texts are answered after a while, the others never."""
    asked: list[Route] = []

    def first_only(route: Route) -> None:
        asked.append(route)
        if len(asked) == 1:
            page.wait_for_timeout(400)
            route.continue_()

    page.select_option("#model", SPLIT)
    wait_until_done(page)
    page.route("**/predict", first_only)
    paste(page, "#texts", "\n".join(f"Nurse {i}" for i in range(300)))
    page.wait_for_function("() => document.querySelector('#summary').textContent.startsWith('16 of 300')")
    counts = page.eval_on_selector_all("#legend li", "all => all.map(each => each.textContent)")
    assert "COREJOBTITLE 16" in counts


def test_examples_that_are_asked_for_while_a_model_is_loaded_come_with_it(page: Page) -> None:
    page.select_option("#model", SPLIT)
    write(page, "Nurse", "Chef")
    choose_and_press = """name => {
      const field = document.querySelector("#model");
      field.value = name;
      field.dispatchEvent(new Event("change"));
      document.querySelector("#examples").click();
    }"""
    page.evaluate(choose_and_press, RULES)
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 12")
    assert page.input_value("#texts").startswith("Senior UX Researcher")


def test_a_complaint_of_one_file_is_gone_with_the_next(page: Page, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text('[{"text": "Nurse"}]', encoding="utf-8")
    page.set_input_files("#file", tmp_path / "one.json")
    page.wait_for_selector("#problem:not([hidden])")
    upload(page, tmp_path / "good.txt", "Nurse\nChef\n")
    assert page.is_hidden("#problem")


def test_a_sign_stands_right_behind_its_word_below_which_the_name_is_wider(page: Page) -> None:
    write(page, "Nurse, contract, Leeds")
    places = """() => {
      const box = document.querySelector('[data-label="EMPLOYMENT_TYPE"]');
      const placeOf = part => {
        const range = document.createRange();
        range.selectNodeContents(part);
        return range.getBoundingClientRect();
      };
      const [word, name] = [".inside", ".name"].map(part => placeOf(box.querySelector(part)));
      const sign = placeOf(box.nextSibling);
      return { sign: sign.left - word.right, wider: name.right - word.right };
    }"""
    found = page.evaluate(places)
    assert found["wider"] > 5
    assert abs(found["sign"]) < 1


def test_only_files_are_taken_from_a_drop(page: Page) -> None:
    script = """kind => {
      const dataTransfer = new DataTransfer();
      if (kind === "text") dataTransfer.setData("text/plain", "Senior Nurse");
      else dataTransfer.items.add(new File(["Senior Nurse"], "dropped.txt"));
      const options = { dataTransfer, bubbles: true, cancelable: true };
      const events = ["dragover", "drop"].map(name => new DragEvent(name, options));
      return events.map(event => document.querySelector("#texts").dispatchEvent(event));
    }"""
    assert page.evaluate(script, "text") == [True, True]
    assert page.evaluate(script, "file") == [False, False]
    page.wait_for_function("() => document.querySelector('#opened-name').textContent === 'dropped.txt: 1 text'")


def test_many_texts_are_shown_in_parts(page: Page) -> None:
    paste(page, "#texts", "\n".join(f"Nurse {i}" for i in range(1_050)))
    page.wait_for_function("() => document.querySelector('#summary').textContent.startsWith('1,050 texts')")
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 100")
    page.click("#more")
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 200")


def test_a_large_file_does_not_stop_the_page(page: Page, tmp_path: Path) -> None:
    lines = "".join(f"{i},Senior Nurse {i} in Leeds\n" for i in range(50_000))
    (tmp_path / "large.csv").write_text(f"id,title\n{lines}")
    page.evaluate("""() => {
      window.longest = 0;
      let last = performance.now();
      setInterval(() => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; }, 10);
    }""")
    page.set_input_files("#file", tmp_path / "large.csv")
    page.wait_for_function("() => document.querySelector('#summary').textContent.includes(' of 50,000 texts')")
    page.wait_for_function("() => document.querySelectorAll('#results > li').length === 100")
    assert page.evaluate("longest") < 2_000
    page.click("#clear")
    page.wait_for_function("() => /^1?[0-9] texts?, /.test(document.querySelector('#summary').textContent)")


def test_a_changed_file_is_refused(browser: Browser, url: str) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    context.route("**/rules.toml*", lambda route: route.fulfill(body="language = 1"))
    page.goto(url)
    page.wait_for_selector("#summary .failed")
    assert "rules.toml is not the file that config.json names" in page.inner_text("#summary")
    context.close()


def test_everything_can_be_reached_by_keyboard(page: Page) -> None:
    beside(page, SPLIT)
    page.wait_for_selector("#only")
    reached = []
    page.focus("#model")
    for _ in range(13):
        reached.append(page.evaluate("document.activeElement.id"))
        page.keyboard.press("Tab")
    asked = ["model", "place", "other", "texts", "file", "examples", "clear"]
    assert reached == [*asked, "explain", "whose", "copy", "download", "table", "only"]


def test_it_is_accessible_and_fits(page: Page, tmp_path: Path) -> None:
    page.check("#explain")
    page.wait_for_selector(".rules")
    assert faults_in_each_look(page, 360, 1100) == []
    upload(page, tmp_path / "a.csv", "name,job\nAlexandra Longname-Smith,Senior Chef in the Peak District\nSam,Nurse\n")
    beside(page, SPLIT)
    page.wait_for_selector("#results .differs")
    assert faults_in_each_look(page, 360, 1100) == []
